//! What the tests of schemes share: requests, arrivals and secrets in a few words.

use bytes::Bytes;
use jiff::Timestamp;

use super::catalog::{Auth, Catalog, NamedKey};
use super::received::Received;
use super::scheme::Scheme;
use super::signing::Signing;

use crate::domain::headers::{Field, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::secret::Secret;
use crate::domain::verdict::Verdict;
use crate::verify::verify;

pub(crate) fn request(line: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Request {
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

/// When the deliveries of tests are signed: 2026-11-21T10:00:00Z.
pub(super) const NOW: i64 = 1_795_255_200;

/// What is signed with at [`NOW`].
pub(super) const SIGNING: Signing<'static> = Signing {
    at: jiff::Timestamp::constant(NOW, 0),
    nonce: "n",
    id: Some("msg_1"),
    public_url: Some("https://p.test"),
};

/// Recipes for everything that a recipe may say and the shipped ones do not.
const RECIPES: &str = r#"
    [scheme.everything]
    kind = "mac"
    hash = "sha512"
    key = { encoding = "base64" }
    signature = { header = ["X-Sig", "X-Sig-*"], split = ",", prefix = "v1=", encoding = "base64" }
    timestamp = { header = ["X-Time"], format = "http-date", tolerance = 1, future = 1 }
    id = { header = "X-Id" }
    message = "{method} {url} {header:X-Kind}\n{timestamp}{id}{body}"

    [scheme.globbed]
    kind = "mac"
    hash = "sha1"
    signature = { header = "X-Sig-*", pairs = ";", field = "s", prefix = "1:" }
    timestamp = { field = "ts", format = "rfc3339", tolerance = 1 }
    message = "{body}{timestamp}"

    [scheme.millis]
    kind = "mac"
    key = { encoding = "hex" }
    signature = { header = "X-Sig" }
    timestamp = { header = "X-Time", format = "unix-ms", tolerance = 1 }
    message = "{timestamp}.{body}"
"#;

/// The catalog with these recipes.
pub(super) fn catalog() -> Catalog {
    Catalog::builtin().with_user_recipes(RECIPES).unwrap()
}

/// A table for OAuth 1.0a with this method.
pub(super) fn oauth1(algorithm: &str) -> Auth {
    Auth {
        key: Some("inspector".to_owned()),
        token: Some(secret("t&o ken")),
        token_secret: Some(secret("t%s")),
        algorithms: Some(vec![algorithm.to_owned()]),
        ..keyed("oauth1", &["s&cret"])
    }
}

/// A table for HTTP message signatures with one key.
pub(super) fn http_message_signatures() -> Auth {
    let algorithm = "hmac-sha256".to_owned();
    let key = NamedKey { algorithm, secret: Some(secret("s")), ..NamedKey::default() };
    Auth { keys: [("k".to_owned(), key)].into(), ..keyed("http_message_signatures", &[]) }
}

/// The verdict on a request that arrived at [`NOW`] at `https://p.test`.
pub(super) fn check(request: &Request, scheme: &Scheme) -> Verdict {
    verify(request, &Received { at: time(NOW), public_url: Some("https://p.test") }, scheme)
}

/// The bytes with one bit turned over.
pub(super) fn flipped(bytes: &[u8], bit: usize) -> Bytes {
    let bit = bit % (bytes.len() * 8);
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes.into()
}

/// A header field.
pub(super) fn field(name: &'static str, value: impl Into<Bytes>) -> Field {
    Field { name: name.into(), value: value.into() }
}
