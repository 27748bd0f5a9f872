//! The schemes that are code and not recipes: what they take of an `auth` table.

use std::time::Duration;

use super::auth::{Auth, SchemeError};
use super::nearest::suggestion;
use crate::domain::name::SchemeName;
use crate::domain::secret::Secret;
use crate::verify::address;
use crate::verify::clock::Window;
use crate::verify::credentials::{Basic, Token, TokenPlace};
use crate::verify::oauth1::OAuth1;
use crate::verify::oauth1::algorithm::Algorithm;
use crate::verify::scheme::Scheme;

/// How far the timestamp of OAuth 1.0a may lie from the arrival, unless the user says otherwise.
const OAUTH1_TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// Makes a scheme of an `auth` table.
type Make = fn(&Auth) -> Result<Scheme, SchemeError>;

/// The schemes by name, in the order of lists and help.
pub(in crate::verify) const BUILTIN: &[(&str, Make)] =
    &[("none", none), ("basic", basic), ("bearer", bearer), ("header", header), ("oauth1", oauth1)];

fn none(auth: &Auth) -> Result<Scheme, SchemeError> {
    auth.welcome(&[])?;
    Ok(Scheme::Open)
}

fn basic(auth: &Auth) -> Result<Scheme, SchemeError> {
    auth.welcome(&["username", "password"])?;
    let username = auth.needed("username", auth.username.as_ref())?.clone();
    if username.contains(':') {
        return Err(auth.unusable("username", "has a colon, which ends it (RFC 7617)"));
    }
    let name = SchemeName::from("basic");
    let Some(password) = auth.password.clone() else { return Ok(Scheme::Keyless(name)) };
    Ok(Scheme::Basic(Basic { name, username, password }))
}

fn bearer(auth: &Auth) -> Result<Scheme, SchemeError> {
    auth.welcome(&["token"])?;
    token(auth, "bearer", TokenPlace::Bearer, "token", auth.token.as_ref())
}

fn header(auth: &Auth) -> Result<Scheme, SchemeError> {
    auth.welcome(&["header", "value"])?;
    let header = auth.needed("header", auth.header.as_ref())?;
    if http::HeaderName::from_bytes(header.as_bytes()).is_err() {
        return Err(auth.unusable("header", format!("{header:?} is not the name of a header")));
    }
    token(auth, "header", TokenPlace::Header(header.clone()), "value", auth.value.as_ref())
}

fn token(
    auth: &Auth,
    name: &str,
    place: TokenPlace,
    key: &'static str,
    value: Option<&Secret>,
) -> Result<Scheme, SchemeError> {
    let name = SchemeName::from(name);
    let Some(value) = value else { return Ok(Scheme::Keyless(name)) };
    let value = auth.not_empty(key, value)?.clone();
    Ok(Scheme::Token(Token { name, place, value }))
}

fn oauth1(auth: &Auth) -> Result<Scheme, SchemeError> {
    auth.welcome(&[
        "key",
        "secret",
        "token",
        "token_secret",
        "algorithms",
        "tolerance",
        "future",
        "url",
    ])?;
    let name = SchemeName::from("oauth1");
    let key = auth.needed("key", auth.key.as_ref())?.clone();
    let algorithms = oauth1_algorithms(auth)?;
    if auth.url.as_deref().is_some_and(|url| address::base_uri(url).is_none()) {
        return Err(auth.unusable("url", "is not a url with a host"));
    }
    if auth.secrets.is_empty() {
        return Ok(Scheme::Keyless(name));
    }
    for secret in &auth.secrets {
        auth.not_empty("secret", secret)?;
    }
    let nothing = || Secret::new(Vec::new());
    let back = auth.tolerance.unwrap_or(OAUTH1_TOLERANCE);
    Ok(Scheme::OAuth1(Box::new(OAuth1 {
        name,
        key,
        secrets: auth.secrets.clone(),
        token: auth.token.clone().unwrap_or_else(nothing),
        token_secret: auth.token_secret.clone().unwrap_or_else(nothing),
        algorithms,
        window: Window { back: Some(back), ahead: Some(auth.future.unwrap_or(back)) },
        url: auth.url.clone(),
    })))
}

fn oauth1_algorithms(auth: &Auth) -> Result<Vec<Algorithm>, SchemeError> {
    let Some(names) = &auth.algorithms else { return Ok(Algorithm::DEFAULT.to_vec()) };
    if names.is_empty() {
        return Err(auth.unusable("algorithms", "is empty, so that nothing could pass"));
    }
    let known = |name: &String| {
        Algorithm::from_name(name).ok_or_else(|| {
            let suggestion = suggestion(name, Algorithm::ALL.map(Algorithm::as_str));
            auth.unusable("algorithms", format!("has {name:?}, which is not known{suggestion}"))
        })
    };
    names.iter().map(known).collect()
}
