//! Recipes of the kind `token`, and the place of the token in those of the kind `jwt`.

use super::places::{needed_place, place};
use crate::verify::catalog::table::Table;
use crate::verify::catalog::value::{Mistake, Value};
use crate::verify::credentials::TokenRule;
use crate::verify::place::{HeaderPattern, Source};

/// Reads the keys of this kind.
pub(super) fn recipe(table: &mut Table<'_>) -> Result<TokenRule, Mistake> {
    match table.table("token")? {
        Some(token) => rule(token),
        None => Err(table.mistake("token is missing: where does it stand?")),
    }
}

fn rule(mut table: Table<'_>) -> Result<TokenRule, Mistake> {
    let is_chosen = table.any("header").is_some_and(|named| match &named.value {
        Value::Text(name) => name == "$header",
        _ => false,
    });
    if is_chosen {
        table.finish()?;
        return Ok(TokenRule { place: None, word: None });
    }
    let word = table.text("scheme")?;
    let Some(word) = word else {
        let place = needed_place(&mut table, "token", None)?;
        table.finish()?;
        return Ok(TokenRule { place: Some(place), word: None });
    };
    let place = place(&mut table, None)?;
    let is_authorization = |pattern: &HeaderPattern| match pattern {
        HeaderPattern::Name(name) => name.eq_ignore_ascii_case("Authorization"),
        HeaderPattern::Glob { .. } => false,
    };
    let fits = place.as_ref().is_some_and(|place| match &place.0[..] {
        [Source::Header(headers)] => headers.0.iter().all(is_authorization),
        _ => false,
    });
    if !fits {
        let message = "scheme is the word at the beginning of the header Authorization";
        return Err(Mistake::new(word.at, message));
    }
    let word = word.read(|word| {
        let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_word { Ok(word.to_owned()) } else { Err("a scheme is one word".to_owned()) }
    })?;
    table.finish()?;
    Ok(TokenRule { place, word: Some(word) })
}
