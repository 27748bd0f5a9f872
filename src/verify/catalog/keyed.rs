//! From a recipe and an endpoint's secrets to a scheme.

mod signature;
mod token;
mod jwt;

use std::sync::Arc;

use super::auth::{Auth, SchemeError};
use super::definition::{Definition, Kind};
use crate::verify::handshake::Handshakes;
use crate::verify::scheme::Scheme;
use crate::verify::settings::Setting;

/// The scheme that an `auth` table makes of this definition.
pub(in crate::verify) fn scheme(
    auth: &Auth,
    definition: &Definition,
) -> Result<Scheme, SchemeError> {
    auth.welcome(&keys(definition))?;
    let scheme = match &definition.kind {
        Kind::Signature(recipe) => signature::scheme(auth, recipe)?,
        Kind::Token(rule) => token::scheme(auth, rule)?,
        Kind::Jwt(recipe) => jwt::scheme(auth, recipe)?,
        Kind::Code(code) => (code.make)(auth)?,
    };
    let rules = &definition.handshakes;
    if rules.is_empty() {
        return Ok(scheme);
    }
    let key = match &scheme {
        Scheme::Signature(signature) => signature.keys.hmac().cloned(),
        _ => None,
    };
    let (name, rules, settings) = (auth.name(), Arc::clone(rules), auth.settings());
    Ok(Scheme::Handshaking(Box::new(Handshakes { name, rules, settings, key }), Box::new(scheme)))
}

/// The keys of an `auth` table that this definition has use for, in the order of help.
pub(in crate::verify) fn keys(definition: &Definition) -> Vec<&'static str> {
    let mut keys = match &definition.kind {
        Kind::Signature(recipe) => signature::keys(recipe),
        Kind::Token(rule) => token::keys(rule),
        Kind::Jwt(recipe) => jwt::keys(recipe),
        Kind::Code(code) => code.keys.to_vec(),
    };
    keys.extend(definition.handshakes.settings().map(Setting::key));
    keys
}
