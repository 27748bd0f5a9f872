//! The schemes that are code: what they take of an `auth` table.

use std::time::Duration;

use super::auth::{Auth, SchemeError};
use super::custom;
use super::httpsig;
use crate::domain::nearest::suggestion;
use crate::domain::secret::Secret;
use crate::verify::address;
use crate::verify::clock::Window;
use crate::verify::credentials::{Basic, Token, TokenPlace};
use crate::verify::oauth1::OAuth1;
use crate::verify::oauth1::algorithm::{Algorithm, Proof};
use crate::verify::place::{HeaderPattern, HeaderPlace, Place, Source};
use crate::verify::public_key::PublicKey;
use crate::verify::scheme::Scheme;

/// How far the timestamp of OAuth 1.0a may lie from the arrival, unless the user says otherwise.
const OAUTH1_TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// A way of authentication that is code.
#[derive(Debug)]
pub(in crate::verify) struct Code {
    /// The `kind` of recipes that name it; of a scheme that is no recipe its name.
    pub(in crate::verify) kind: &'static str,
    /// What it checks, for people.
    pub(in crate::verify) summary: &'static str,
    /// The keys of an `auth` table that it has use for.
    pub(in crate::verify) keys: &'static [&'static str],
    /// Makes a scheme of an `auth` table that has no other keys.
    pub(in crate::verify) make: fn(&Auth) -> Result<Scheme, SchemeError>,
}

/// The schemes that are no recipes, in the order of lists and help.
pub(in crate::verify) const BUILTIN: &[Code] = &[
    Code { kind: "none", summary: "nothing", keys: &[], make: |_| Ok(Scheme::Open) },
    Code {
        kind: "header",
        summary: "a header that holds a shared secret",
        keys: &["header", "value"],
        make: header,
    },
];

/// The kinds of recipes that are code.
pub(in crate::verify) const KINDS: &[Code] = &[
    Code {
        kind: "basic",
        summary: "HTTP Basic (RFC 7617)",
        keys: &["username", "password"],
        make: basic,
    },
    Code {
        kind: "oauth1",
        summary: "OAuth 1.0a (RFC 5849), with the body hash of its extension",
        keys: &[
            "key",
            "secret",
            "public_key",
            "token",
            "token_secret",
            "algorithms",
            "tolerance",
            "future",
            "url",
            "trust_forwarded",
            "require_body_hash",
        ],
        make: oauth1,
    },
    Code {
        kind: "httpsig",
        summary: "HTTP message signatures (RFC 9421) with digests of the body (RFC 9530)",
        keys: &["keys", "required", "max_age", "future", "tag", "url", "trust_forwarded"],
        make: httpsig::scheme,
    },
    Code {
        kind: "custom:aws_sns",
        summary: "an RSA signature in the JSON of the body, over the message and what belongs to it",
        keys: &["certificates", "topic_arn", "tolerance", "future"],
        make: custom::aws_sns,
    },
    Code {
        kind: "custom:contentful",
        summary: "HMAC-SHA-256 of method, path, listed headers and body in `x-contentful-signature`",
        keys: &["secret", "tolerance", "future"],
        make: custom::contentful,
    },
    Code {
        kind: "custom:plivo_v3",
        summary: "HMAC-SHA-256 of URL, form and nonce in `X-Plivo-Signature-V3`",
        keys: &["secret", "url", "trust_forwarded"],
        make: custom::plivo,
    },
    Code {
        kind: "custom:dropbox_sign",
        summary: "HMAC-SHA-256 of time and type of the event, in its `event_hash`",
        keys: &["secret", "tolerance", "future"],
        make: custom::dropbox_sign,
    },
];

fn basic(auth: &Auth) -> Result<Scheme, SchemeError> {
    let username = auth.needed("username", auth.username.as_ref())?.clone();
    if username.contains(':') {
        return Err(auth.unusable("username", "has a colon, which ends it (RFC 7617)"));
    }
    let name = auth.name();
    let Some(password) = auth.password.clone() else { return Ok(Scheme::Keyless(name)) };
    Ok(Scheme::Basic(Basic { name, username, password }))
}

fn header(auth: &Auth) -> Result<Scheme, SchemeError> {
    let place = TokenPlace::Whole(chosen_header(auth)?);
    let name = auth.name();
    let Some(value) = &auth.value else { return Ok(Scheme::Keyless(name)) };
    let values = vec![auth.not_empty("value", value)?.clone()];
    Ok(Scheme::Token(Token { name, place, values }))
}

/// The header that the user names.
pub(in crate::verify) fn chosen_header(auth: &Auth) -> Result<Place, SchemeError> {
    let header = auth.needed("header", auth.header.as_ref())?;
    if http::HeaderName::from_bytes(header.as_bytes()).is_err() {
        return Err(auth.unusable("header", format!("{header:?} is not the name of a header")));
    }
    Ok(Place(vec![Source::Header(HeaderPlace(vec![HeaderPattern::Name(header.clone())]))]))
}

fn oauth1(auth: &Auth) -> Result<Scheme, SchemeError> {
    let name = auth.name();
    let key = auth.needed("key", auth.key.as_ref())?.clone();
    let public_key = auth.public_key.as_ref().map(|key| public_key(auth, key)).transpose()?;
    let algorithms = oauth1_algorithms(auth)?;
    if auth.url.as_deref().is_some_and(|url| address::base_uri(url).is_none()) {
        return Err(auth.unusable("url", "is not a url with a host"));
    }
    if auth.secrets.is_empty() && auth.public_key.is_none() {
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
        public_key,
        token: auth.token.clone().unwrap_or_else(nothing),
        token_secret: auth.token_secret.clone().unwrap_or_else(nothing),
        algorithms,
        window: Window { back: Some(back), ahead: Some(auth.future.unwrap_or(back)) },
        require_body_hash: auth.require_body_hash.unwrap_or(false),
        origin: auth.origin(),
    })))
}

/// The methods that are named, each with what it needs, or those that go with what is there.
fn oauth1_algorithms(auth: &Auth) -> Result<Vec<Algorithm>, SchemeError> {
    let (secret, public_key) = (!auth.secrets.is_empty(), auth.public_key.is_some());
    let Some(names) = &auth.algorithms else {
        let with_secret = Algorithm::WITH_SECRET.into_iter().filter(|_| secret);
        let with_public_key = Algorithm::WITH_PUBLIC_KEY.into_iter().filter(|_| public_key);
        return Ok(with_secret.chain(with_public_key).collect());
    };
    if names.is_empty() {
        return Err(auth.unusable("algorithms", "is empty, so that nothing could pass"));
    }
    let known = |name: &String| {
        let algorithm = Algorithm::from_name(name).ok_or_else(|| {
            let suggestion = suggestion(name, Algorithm::ALL.map(Algorithm::as_str));
            auth.unusable("algorithms", format!("has {name:?}, which is not known{suggestion}"))
        })?;
        let missing = match algorithm.proof() {
            Proof::Rsa(_) if secret && !public_key => "public_key",
            Proof::Hmac(_) | Proof::Secrets if public_key && !secret => "secret",
            _ => return Ok(algorithm),
        };
        Err(auth.unusable("algorithms", format!("has {name}, which needs {missing}")))
    };
    names.iter().map(known).collect()
}

/// The public key of a key of the table.
fn public_key(auth: &Auth, text: &Secret) -> Result<PublicKey, SchemeError> {
    PublicKey::parse(text.expose()).map_err(|error| auth.unusable("public_key", error.to_string()))
}
