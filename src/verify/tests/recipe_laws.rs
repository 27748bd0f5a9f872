//! Laws that hold for every recipe that a user can write: what it signs, it verifies, and a change of
//! what is signed is refuted.

use bytes::Bytes;
use proptest::prelude::*;

use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::fixture::{SIGNING, check, flipped, keyed, request};
use crate::verify::signed;

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(texts)
}

/// Recipes of every form that signs the body.
fn recipes() -> impl Strategy<Value = String> {
    let kind = one_of(&["mac", "digest"]);
    let hash = one_of(&["sha1", "sha256", "sha384", "sha512"]);
    let encoding = one_of(&["hex", "base64", "base64url"]);
    let place = one_of(&[
        "header = \"X-Sig\"",
        "header = [\"X-Sig\", \"X-Sig-Old\"]",
        "header = \"X-Sig-*\"",
        "header = \"X-Sig\", prefix = \"v1=\"",
        "header = \"X-Sig\", split = \" \", prefix = \"v1,\"",
        "header = \"X-Sig\", pairs = \",\", field = \"v1\"",
        "query = \"sig\"",
    ]);
    let time = one_of(&[
        "",
        "timestamp = { header = \"X-Time\", tolerance = 1, future = 1 }",
        "timestamp = { header = \"X-Time\", format = \"unix-ms\", tolerance = 1 }",
        "timestamp = { header = \"X-Time\", format = \"rfc3339\", tolerance = 1 }",
        "timestamp = { header = \"X-Time\", format = \"http-date\", tolerance = 1 }",
        "timestamp = { query = \"t\", tolerance = 1 }",
    ]);
    let id = one_of(&["", "id = { header = \"X-Id\" }", "id = { query = \"id\" }"]);
    let part = one_of(&[
        "{method}",
        "{header:X-Kind}",
        "{query:q}",
        "{config:app_key}",
        ".",
        "\\n",
        "{body|sha256|base64}",
        "{body|crc32}",
    ]);
    let message = prop::collection::vec(part, 0..5);
    (kind, hash, encoding, place, time, id, message).prop_map(
        |(kind, hash, encoding, place, time, id, message)| {
            let timestamp = if time.is_empty() { "" } else { "{timestamp}" };
            let signed_id = if id.is_empty() { "" } else { "{id}" };
            let secret = if kind == "digest" { "{secret}" } else { "" };
            let message = message.concat();
            format!(
                "[scheme.mine]\nkind = \"{kind}\"\nhash = \"{hash}\"\n\
                 signature = {{ {place}, encoding = \"{encoding}\" }}\n{time}\n{id}\n\
                 message = \"{secret}{timestamp}{signed_id}{message}{{body}}\"\n"
            )
        },
    )
}

fn unsigned(body: &[u8]) -> Request {
    let headers = [("Host", "h.test"), ("X-Kind", "created"), ("X-Sig-New", "old")];
    request("POST /a?q=1&sig=&t=&id=x", &headers, Bytes::copy_from_slice(body))
}

fn is_verified(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Verified { .. })
}

proptest! {
    #[test]
    fn what_a_recipe_signs_it_verifies_and_nothing_else(
        recipe in recipes(), body in prop::collection::vec(any::<u8>(), 1..40), bit: usize,
    ) {
        let catalog = Catalog::builtin().with_user_recipes(&recipe);
        let catalog = catalog.map_err(|error| TestCaseError::fail(format!("{error}: {recipe}")))?;
        let auth = Auth { app_key: Some("k".to_owned()), ..keyed("mine", &["secret"]) };
        let auth = if recipe.contains("app_key") { auth } else { keyed("mine", &["secret"]) };
        let scheme = catalog.scheme(&auth).map_err(|error| TestCaseError::fail(format!("{error}: {recipe}")))?;
        let signed = signed(&unsigned(&body), &SIGNING, &scheme);
        let signed = signed.map_err(|error| TestCaseError::fail(format!("{error}: {recipe}")))?;
        let verdict = check(&signed, &scheme);
        prop_assert!(is_verified(&verdict), "{:?} {}", verdict, recipe);
        let forged = Request { body: flipped(&signed.body, bit), ..signed.clone() };
        prop_assert!(!is_verified(&check(&forged, &scheme)), "{}", recipe);
        let other = catalog.scheme(&Auth { secrets: keyed("mine", &["Secret"]).secrets, ..auth }).unwrap();
        prop_assert!(!is_verified(&check(&signed, &other)), "{}", recipe);
    }
}
