//! Signatures that senders publish, in their documents or in the tests of their own libraries.

use serde_json::Value;

use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::fixture::{flipped, keyed, notes, request, secret, time, word};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::verify;

/// Each with its source, what is checked with which secret, and when it arrived where.
const PUBLISHED: &str = include_str!("../../../tests/data/signatures/published.json");

/// messagebird/messagebird-nodejs, lib/testdata/webhook-signature-jwt-reference.json, one case of
/// each kind, with the reason that is expected here.
const MESSAGEBIRD: &str = include_str!("../../../tests/data/signatures/messagebird.json");

const MESSAGEBIRD_SECRET: &str = "36efdd1aace2e26cd490f0d951138253bef2f7c6d34d18981da781555cc4cebb";

/// 2021-07-05T12:00:00+02:00
const MESSAGEBIRD_TIME: i64 = 1_625_479_200;

fn cases(text: &str) -> Vec<Value> {
    serde_json::from_str::<Vec<Value>>(text).unwrap()
}

fn published(case: &Value) -> (Scheme, Request) {
    let text = |key: &str| case[key].as_str();
    let auth = Auth {
        public_key: text("public_key").map(secret),
        ..keyed(text("scheme").unwrap(), text("secret").as_slice())
    };
    let headers = case["headers"].as_array().unwrap().iter();
    let headers = headers.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()));
    let body = text("body").unwrap().to_owned();
    let request = request(text("line").unwrap(), &headers.collect::<Vec<_>>(), body);
    (Catalog::builtin().scheme(&auth).unwrap(), request)
}

fn check(case: &Value, scheme: &Scheme, request: &Request) -> Verdict {
    let at = time(case["at"].as_i64().unwrap_or_default());
    verify(request, &Received { at, public_url: case["public_url"].as_str() }, scheme)
}

#[test]
fn published_signatures_verify() {
    for case in cases(PUBLISHED) {
        let (scheme, request) = published(&case);
        let verdict = check(&case, &scheme, &request);
        assert_eq!(word(&verdict), "verified", "{case:#} {verdict:?}");
    }
}

#[test]
fn published_signatures_do_not_verify_another_body() {
    for case in cases(PUBLISHED) {
        // At Adyen only eight fields are signed.
        let (scheme, mut request) = published(&case);
        if case["scheme"] == "adyen" {
            let body = String::from_utf8(request.body.to_vec()).unwrap();
            request.body = body.replace("\"value\":1130", "\"value\":1131").into();
        } else if !request.body.is_empty() {
            request.body = flipped(&request.body, 9);
        } else {
            request.body = "x".into();
        }
        let verdict = check(&case, &scheme, &request);
        let is_digest = case["line"].as_str().unwrap().contains("bodySHA256");
        let expected = if is_digest { "digest_mismatch" } else { "signature_mismatch" };
        assert_eq!(word(&verdict), expected, "{case:#} {verdict:?}");
    }
}

#[test]
fn what_only_another_reading_verifies_says_which() {
    for (scheme, url, body, expected) in [
        (
            "box",
            None,
            "スクリーン",
            "the signature covers the body with \\u escapes for all beyond ASCII",
        ),
        (
            "twilio",
            Some("https://mycompany.com:1234"),
            "CallSid",
            "the signature covers the url as https://mycompany.com/myapp.php?foo=1&bar=2",
        ),
    ] {
        let is_it = |case: &Value| {
            case["scheme"] == scheme
                && case["public_url"].as_str() == url
                && case["body"].as_str().unwrap().contains(body)
        };
        let case = cases(PUBLISHED).into_iter().find(is_it).unwrap();
        let (scheme, request) = published(&case);
        assert_eq!(notes(check(&case, &scheme, &request)), [expected]);
    }
}

#[test]
fn the_tokens_of_messagebirds_reference_get_their_verdicts() {
    let scheme = Catalog::builtin().scheme(&keyed("messagebird", &[MESSAGEBIRD_SECRET])).unwrap();
    for case in cases(MESSAGEBIRD) {
        let text = |key: &str| case[key].as_str().unwrap();
        let url = text("url").strip_prefix("https://").unwrap();
        let (host, path) = url.split_once('/').unwrap();
        let line = format!("{} /{path}", text("method"));
        let headers = [("MessageBird-Signature-JWT", text("token"))];
        let request = request(&line, &headers, text("payload").to_owned());
        let public_url = format!("https://{host}");
        let received = Received { at: time(MESSAGEBIRD_TIME), public_url: Some(&public_url) };
        let verdict = verify(&request, &received, &scheme);
        assert_eq!(word(&verdict), text("expected"), "{} {verdict:?}", text("name"));
    }
}
