//! Secrets that are sent as they are, and the places of tokens.

use crate::verify::catalog::auth::{Auth, SchemeError};
use crate::verify::catalog::builtin::chosen_header;
use crate::verify::credentials::{Token, TokenPlace, TokenRule};
use crate::verify::scheme::Scheme;

/// The keys of an `auth` table that the recipe has use for.
pub(in crate::verify) fn keys(rule: &TokenRule) -> Vec<&'static str> {
    let header = rule.place.is_none().then_some("header");
    header.into_iter().chain([secret_key(rule)]).collect()
}

/// What the user calls the secret that is sent: a token behind a scheme word.
fn secret_key(rule: &TokenRule) -> &'static str {
    if rule.word.is_some() { "token" } else { "secret" }
}

/// The place of the token; the user may have to name it.
pub(in crate::verify) fn place(auth: &Auth, rule: &TokenRule) -> Result<TokenPlace, SchemeError> {
    Ok(match (&rule.word, &rule.place) {
        (Some(word), _) => TokenPlace::Word(word.clone()),
        (None, Some(place)) => TokenPlace::Whole(place.clone()),
        (None, None) => TokenPlace::Whole(chosen_header(auth)?),
    })
}

/// The scheme of this recipe with the secrets of this table.
pub(in crate::verify) fn scheme(auth: &Auth, rule: &TokenRule) -> Result<Scheme, SchemeError> {
    let place = place(auth, rule)?;
    let values = auth.secrets.iter().chain(&auth.token);
    let values = values.map(|value| auth.not_empty(secret_key(rule), value).cloned());
    let values = values.collect::<Result<Vec<_>, _>>()?;
    let name = auth.name();
    if values.is_empty() {
        return Ok(Scheme::Keyless(name));
    }
    Ok(Scheme::Token(Token { name, place, values }))
}
