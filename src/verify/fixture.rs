//! What the tests of schemes share: requests, arrivals and secrets in a few words.

use bytes::Bytes;
use jiff::Timestamp;

use super::catalog::{Auth, Catalog};
use super::received::Received;
use super::scheme::Scheme;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::domain::secret::Secret;
use crate::domain::verdict::Verdict;

pub(super) fn request(line: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Request {
    let (method, target) = line.split_once(' ').unwrap();
    Request {
        method: method.parse().unwrap(),
        target: target.to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs(headers.iter().copied()),
        body: body.into(),
    }
}

pub(super) fn time(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

pub(super) fn at(seconds: i64) -> Received<'static> {
    Received { at: time(seconds), public_url: None }
}

pub(super) fn secret(text: &str) -> Secret {
    Secret::new(text)
}

/// A recipe's auth table with these secrets.
pub(super) fn keyed(scheme: &str, secrets: &[&str]) -> Auth {
    let secrets = secrets.iter().copied().map(secret).collect();
    Auth { scheme: scheme.to_owned(), secrets, ..Auth::default() }
}

pub(super) fn scheme(auth: &Auth) -> Scheme {
    Catalog::builtin().scheme(auth).unwrap()
}

/// The scheme of the recipe with these lines, of the kind `mac`, with the secret `secret`.
pub(super) fn recipe(lines: &str) -> Scheme {
    recipe_of(&format!("kind = \"mac\"\n{lines}"), &keyed("mine", &["secret"]))
}

/// The scheme of the recipe with these lines and this auth table, whose scheme is `mine`.
pub(super) fn recipe_of(lines: &str, auth: &Auth) -> Scheme {
    let text = format!("[scheme.mine]\n{lines}");
    let catalog = Catalog::builtin().with_user_recipes(&text).unwrap();
    catalog.scheme(auth).unwrap()
}

/// The notes of a verified request.
pub(super) fn notes(verdict: Verdict) -> Vec<String> {
    match verdict {
        Verdict::Verified { notes, .. } => notes,
        verdict => panic!("{verdict:?}"),
    }
}

/// The verdict in one word: that of the verdict, or its reason if there is one.
pub(super) fn word(verdict: &Verdict) -> &'static str {
    verdict.reason().unwrap_or(verdict.as_str())
}
