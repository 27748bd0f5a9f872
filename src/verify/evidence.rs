//! What a check looked at: what the request carries and where, the signed bytes, and the signatures
//! that were expected and sent. For the user's own eyes: an expected signature must never be sent to
//! anybody.

use std::borrow::Cow;

use super::credentials::TokenPlace;
use super::expectation::Expectation;
use super::oauth1::OAuth1;
use super::oauth1::parameters::Parameters;
use super::place::{Place, Source};
use super::received::Received;
use super::recipe::{Recipe, TimestampSource};
use super::refutation::excerpt;
use super::scheme::Scheme;
use crate::domain::evidence::{Evidence, Signed};
use crate::domain::headers::Headers;
use crate::domain::http::Request;
use crate::domain::masking::MASK;

/// The most of the signed bytes that is kept.
pub const MOST_SIGNED: usize = 64 << 10;

/// The headers of HTTP message signatures.
const SIGNATURE_FIELDS: &[&str] =
    &["Signature-Input", "Signature", "Content-Digest", "Repr-Digest"];

/// What one scheme, neither several nor one with handshakes around it, looks at.
pub(super) fn evidence(request: &Request, received: &Received<'_>, scheme: &Scheme) -> Evidence {
    let (carried, seconds, expectation) = match scheme {
        Scheme::Signature(signature) => (
            places(&signature.recipe).flat_map(|place| at(place, request, false)).collect(),
            signature.signed_seconds(request),
            signature.expectation(request, received),
        ),
        Scheme::OAuth1(oauth1) => (
            parameters(request),
            OAuth1::signed_seconds(request),
            oauth1.expectation(request, received),
        ),
        Scheme::HttpSignatures(signatures) => (
            SIGNATURE_FIELDS.iter().flat_map(|name| header(name, request)).collect(),
            signatures.created(request),
            signatures.expectation(request, received),
        ),
        Scheme::Jwt(jwt) => (token(&jwt.place, request), jwt.times(request).0, None),
        Scheme::Token(scheme) => (token(&scheme.place, request), None, None),
        Scheme::Basic(_) => (token(&TokenPlace::Word("Basic".to_owned()), request), None, None),
        _ => (Vec::new(), None, None),
    };
    let Expectation { mut message, expected, received: sent } =
        expectation.clone().unwrap_or_default();
    let total = message.len();
    message.truncate(MOST_SIGNED);
    Evidence {
        carried,
        signed: expectation.is_some().then_some(Signed { bytes: message, total }),
        expected,
        received: sent,
        apart: seconds.map(|seconds| received.at.as_second().saturating_sub(seconds)),
        looks_like: None,
    }
}

/// Where the recipe looks for something that the signature is about.
fn places(recipe: &Recipe) -> impl Iterator<Item = &Place> {
    let timestamp = recipe.timestamp.as_ref().and_then(|rule| match &rule.source {
        TimestampSource::Place(place) => Some(place),
        TimestampSource::Pair { .. } => None,
    });
    let all = [Some(&recipe.signature.place), timestamp, recipe.id.as_ref()];
    all.into_iter().flatten().chain(recipe.requires.iter().map(|rule| &rule.place))
}

/// What stands at this place, by the header's name as it was sent, or by the kind of place.
fn at(place: &Place, request: &Request, secret: bool) -> Vec<(String, String)> {
    let shown = |value: &[u8]| if secret { MASK.to_owned() } else { excerpt(value) };
    let mut found = Vec::new();
    for source in &place.0 {
        if let Source::Header(headers) = source {
            for field in request.headers.iter() {
                let alone = Headers::new(vec![field.clone()], request.headers.fidelity());
                if headers.all(&alone).is_ok_and(|values| !values.is_empty()) {
                    found.push((excerpt(&field.name), shown(&field.value)));
                }
            }
        } else if let Ok(Some(value)) = Place(vec![source.clone()]).find(request) {
            found.push((source.to_string(), shown(&value)));
        }
    }
    found
}

fn header(name: &str, request: &Request) -> Vec<(String, String)> {
    let named = request.headers.iter().filter(|field| field.is(name));
    named.map(|field| (excerpt(&field.name), excerpt(&field.value))).collect()
}

fn token(place: &TokenPlace, request: &Request) -> Vec<(String, String)> {
    match place {
        TokenPlace::Whole(place) => at(place, request, true),
        TokenPlace::Word(word) => {
            let is_there = place.read(request).is_ok();
            let shown = is_there.then(|| ("Authorization".to_owned(), format!("{word} {MASK}")));
            shown.into_iter().collect()
        }
    }
}

/// The parameters of OAuth 1.0a. A token, and the signature of PLAINTEXT, are secrets.
fn parameters(request: &Request) -> Vec<(String, String)> {
    const NAMES: &[&str] = &[
        "oauth_consumer_key",
        "oauth_signature_method",
        "oauth_signature",
        "oauth_timestamp",
        "oauth_nonce",
        "oauth_version",
        "oauth_body_hash",
        "oauth_token",
    ];
    let parameters = Parameters::of(request).unwrap_or_default();
    let value = |name: &str| parameters.once(name).ok().flatten();
    let is_plain = value("oauth_signature_method").is_some_and(|method| method == b"PLAINTEXT");
    let is_secret = |name: &str| name == "oauth_token" || (is_plain && name == "oauth_signature");
    let shown = |name: &&str| {
        let value = value(name)?;
        let value = if is_secret(name) { Cow::Borrowed(MASK) } else { excerpt(value).into() };
        Some(((*name).to_owned(), value.into_owned()))
    };
    NAMES.iter().filter_map(shown).collect()
}

#[cfg(test)]
mod tests;
