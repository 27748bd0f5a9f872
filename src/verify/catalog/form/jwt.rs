//! Recipes of the kind `jwt`.

use super::places::{check_coverage, digests, not_empty, written_place};
use super::token;
use super::words::{choices, template};
use crate::verify::catalog::table::Table;
use crate::verify::catalog::value::Mistake;
use crate::verify::jwt::recipe::{Algorithm, JwtRecipe};
use crate::verify::key::KeyForm;
use crate::verify::template::{Part, Template};

/// What a recipe says about claims.
#[derive(Default)]
struct Claims {
    issuer: Option<String>,
    audience: Option<Template>,
    required: Vec<String>,
}

/// Reads the keys of this kind.
pub(super) fn recipe(table: &mut Table<'_>) -> Result<JwtRecipe, Mistake> {
    let token = token::recipe(table)?;
    let algorithms = choices(table, "algorithms", &Algorithm::ALL)?.unwrap_or_default();
    let claims = table.table("claims")?.map(claims).transpose()?.unwrap_or_default();
    let Claims { issuer, audience, required } = claims;
    let digests = digests(table, true, None)?;
    let covers = digests.iter().any(|rule| rule.of.has(&Part::Body) && !rule.optional);
    check_coverage(table, covers)?;
    let dedupe = table.text("dedupe")?;
    let dedupe = dedupe.map(|text| text.read(|text| written_place("dedupe", text))).transpose()?;
    let key = KeyForm::default();
    Ok(JwtRecipe { token, key, algorithms, issuer, audience, required, digests, dedupe })
}

fn claims(mut table: Table<'_>) -> Result<Claims, Mistake> {
    let issuer = table.text("iss")?.map(|text| text.value.to_owned());
    let audience = table.text("aud")?;
    let audience =
        audience.map(|text| text.read(|text| template("aud", text, None))).transpose()?;
    let required = table.texts("required")?.unwrap_or_default();
    let required =
        required.into_iter().map(|text| text.read(not_empty)).collect::<Result<_, _>>()?;
    table.finish()?;
    Ok(Claims { issuer, audience, required })
}
