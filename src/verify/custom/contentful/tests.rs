use std::time::Duration;

use proptest::prelude::*;

use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::Auth;
use crate::verify::fixture::{at, keyed, request, scheme, time, word};
use crate::verify::signing::{CannotSign, Signing};
use crate::verify::{signed as sign, verify};

const SECRET: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const BODY: &str = r#"{"sys":{"id":"5KsDBWseXY6QegucYAoacS","type":"Entry"},"fields":{"title":{"en-US":"Hello, World!"}}}"#;
const SIGNED: i64 = 1_767_225_600;
const LIST: &str =
    "content-type,x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic";

// Made by Contentful's own toolkit, @contentful/node-apps-toolkit.
const SIGNATURE: &str = "8dec81505760a10b542fbc36d3aa0a772b11f759eca7b2351daaf5bba8c7c6f1";
const WITH_QUERY: &str = "c8c83deb1a865012752f66594e6228056c826fd7227a70361b3a304e124555ec";
/// Of `/trigger/abc?x=1` as it is, by Python's standard library.
const PLAIN_QUERY: &str = "21fc29d29886f586a974f7c2425c6b9100aa10bdb308a17c70b0b563295aeb9c";

fn example(signature: &str, list: &str, timestamp: &str) -> Request {
    let headers = [
        ("Content-Type", "application/vnd.contentful.management.v1+json"),
        ("X-Contentful-Topic", "ContentManagement.Entry.publish"),
        ("X-Contentful-Signature", signature),
        ("X-Contentful-Signed-Headers", list),
        ("X-Contentful-Timestamp", timestamp),
    ];
    request("POST /trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=", &headers, BODY)
}

fn hook(target: &str, signature: &str) -> Request {
    let headers = [
        ("x-contentful-webhook-name", " My Hook "),
        ("x-contentful-signature", signature),
        (
            "x-contentful-signed-headers",
            "x-contentful-signed-headers,x-contentful-timestamp,x-contentful-webhook-name",
        ),
        ("x-contentful-timestamp", "1767225600000"),
    ];
    request(&format!("POST {target}"), &headers, BODY)
}

fn check(request: &Request, seconds: i64) -> &'static str {
    word(&verify(request, &at(seconds), &scheme(&keyed("contentful", &[SECRET]))))
}

#[test]
fn what_the_toolkit_signs_verifies() {
    let good = example(SIGNATURE, LIST, "1767225600000");
    assert_eq!(check(&good, SIGNED), "verified");
    assert_eq!(check(&hook("/trigger/abc?foo=bar baz&x=1", WITH_QUERY), SIGNED), "verified");
    assert_eq!(check(&hook("/trigger/abc?x=1", PLAIN_QUERY), SIGNED), "verified");
    assert_eq!(check(&hook("/trigger/abc?x=2", PLAIN_QUERY), SIGNED), "signature_mismatch");
    let forged = Request { body: format!("{BODY} ").into(), ..good };
    assert_eq!(check(&forged, SIGNED), "signature_mismatch");
}

#[test]
fn each_thing_that_may_be_wrong_has_its_reason() {
    let time = "1767225600000";
    let reordered = LIST.split(',').rev().collect::<Vec<_>>().join(",");
    let many = vec!["content-type"; 101].join(",");
    for (request, expected) in [
        (request("POST /", &[], ""), "missing_credential"),
        (example("", LIST, time), "signature_mismatch"),
        (example("xyz", LIST, time), "malformed_credential"),
        (example(SIGNATURE, "", time), "malformed_credential"),
        (example(SIGNATURE, "Content-Type", time), "malformed_credential"),
        (example(SIGNATURE, "content-type,", time), "malformed_credential"),
        (example(SIGNATURE, "caf\u{e9}", time), "missing_credential"),
        (example(SIGNATURE, &many, time), "malformed_credential"),
        (example(SIGNATURE, &format!("{LIST},x-absent"), time), "missing_credential"),
        (example(SIGNATURE, &reordered, time), "signature_mismatch"),
        (example(SIGNATURE, LIST, "soon"), "malformed_credential"),
        (example(SIGNATURE, LIST, "-1"), "malformed_credential"),
        (example(SIGNATURE, LIST, "1767225600001"), "signature_mismatch"),
        (example(SIGNATURE, LIST, &"9".repeat(40)), "malformed_credential"),
    ] {
        assert_eq!(check(&request, SIGNED), expected, "{request:?}");
    }
}

#[test]
fn the_time_is_judged_last_and_backwards_unless_the_user_says_otherwise() {
    let good = example(SIGNATURE, LIST, "1767225600000");
    assert_eq!(check(&good, SIGNED + 30), "verified");
    assert_eq!(check(&good, SIGNED + 31), "stale");
    assert_eq!(check(&good, SIGNED - 9999), "verified");
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let auth = Auth {
        tolerance: seconds(3600),
        future: seconds(1),
        ..keyed("contentful", &["other", SECRET])
    };
    let verdict = |arrived| verify(&good, &at(arrived), &scheme(&auth));
    assert_eq!(word(&verdict(SIGNED + 3600)), "verified");
    assert_eq!(word(&verdict(SIGNED - 2)), "in_future");
    let Verdict::Verified { notes, .. } = verdict(SIGNED) else { panic!("not verified") };
    assert_eq!(notes, ["matched the secret fdd2a64d"]);
}

fn signing() -> Signing<'static> {
    Signing { at: time(SIGNED), nonce: "n", id: None, public_url: None }
}

fn signed(request: &Request) -> Request {
    sign(request, &signing(), &scheme(&keyed("contentful", &[SECRET]))).unwrap()
}

#[test]
fn signing_anew_makes_the_signature_of_the_toolkit_again() {
    let again = signed(&example("00", LIST, "1"));
    assert_eq!(again.headers.text("x-contentful-signature"), Some(SIGNATURE));
    assert_eq!(again.headers.text("x-contentful-signed-headers"), Some(LIST));
    let fresh = signed(&request("GET /a%20b?c=%20", &[("X-A", "1")], ""));
    assert_eq!(
        fresh.headers.text("x-contentful-signed-headers"),
        Some("x-contentful-signed-headers,x-contentful-timestamp")
    );
    assert_eq!(check(&fresh, SIGNED), "verified");
    let unreadable = example("00", "A", "1");
    let result = sign(&unreadable, &signing(), &scheme(&keyed("contentful", &[SECRET])));
    assert!(matches!(result, Err(CannotSign::Unreadable(_))));
}

#[test]
fn a_time_that_is_not_signed_is_not_covered() {
    // hmac.new(secret, b"POST\n/\nx-a:1\n", sha256) of Python's standard library.
    let headers = [
        ("x-a", "1"),
        (
            "x-contentful-signature",
            "11772eac70ca98c0e795e71316826c53547c894fd805bc76b8da76e8bd5b5391",
        ),
        ("x-contentful-signed-headers", "x-a"),
        ("x-contentful-timestamp", "1767225600000"),
    ];
    assert_eq!(check(&request("POST /", &headers, ""), SIGNED), "not_covered");
}

proptest! {
    #[test]
    fn what_is_signed_is_verified_and_nothing_else_is(
        body: Vec<u8>,
        target in "/[ -~]{0,20}",
        topic in "[!-~]{1,9}",
        other: Vec<u8>,
    ) {
        let headers = [
            ("x-contentful-topic", topic.as_str()),
            ("x-contentful-signed-headers", "x-contentful-topic"),
        ];
        let signed = signed(&request(&format!("POST {target}"), &headers, body.clone()));
        prop_assert_eq!(check(&signed, SIGNED), "verified");
        let expected = if body == other { "verified" } else { "signature_mismatch" };
        prop_assert_eq!(check(&Request { body: other.into(), ..signed.clone() }, SIGNED), expected);
        let forged = Request { target: format!("{target}x"), ..signed };
        prop_assert_eq!(check(&forged, SIGNED), "signature_mismatch");
    }
}
