use bytes::Bytes;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::Auth;
use crate::verify::fixture::{keyed, request, scheme, time, word};
use crate::verify::scheme::Received;
use crate::verify::signing::{CannotSign, Signing};
use crate::verify::{signed, verify};

const TOKEN: &str = "my_auth_token";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const PARAMETERS: &str = "X=b&To=1&From=2+3&X=a";

fn check(request: &Request, auth: &Auth) -> Verdict {
    let received = Received { at: time(0), public_url: Some("https://answer.url") };
    verify(request, &received, &scheme(auth))
}

fn plivo() -> Auth {
    keyed("plivo", &[TOKEN])
}

fn post(target: &str, signature: &str, body: &'static str) -> Request {
    let headers =
        [FORM, ("X-Plivo-Signature-V3", signature), ("X-Plivo-Signature-V3-Nonce", "12345")];
    request(&format!("POST {target}"), &headers, body)
}

// The algorithm of plivo-python, signature_v3.py, run with Python's standard library.
const OF_QUERY: &str = "OO0zNBmpAujbiXZ6/4woUwsHE6sq0lRqPC5gT7pKnJE=";
const OF_FORM: &str = "WuD3G0poasOApZDYJnn0qWaqMyvZOyTG1gzjXb0HYUs=";
const OF_BOTH: &str = "FHPxDSp4KBF8u6dAw+vhB1dIoAM7yHWpwqwcMmTrOHI=";
const OF_POSTED_QUERY: &str = "3lFnomAd3PeZYeqxjAxg6jw5QpGZp7K6O+YqjOfS4zA=";
const OF_NOTHING: &str = "kHiSjzx+QPumDXyJFW5TaVhFayX9SAM7V/MzK5EPAK0=";

#[test]
fn what_the_library_signs_verifies() {
    let get = [("X-Plivo-Signature-V3", OF_QUERY), ("X-Plivo-Signature-V3-Nonce", "12345")];
    for request in [
        request("GET /a?b=2&a=1&b=1&c=x%20y", &get, ""),
        post("/a", OF_FORM, PARAMETERS),
        post("/a?q=1", OF_BOTH, PARAMETERS),
        post("/a?q=1", OF_POSTED_QUERY, ""),
        post("/a", OF_NOTHING, ""),
        post("/a", &format!("AAAA, {OF_NOTHING}"), ""),
    ] {
        assert_eq!(word(&check(&request, &plivo())), "verified", "{request:?}");
    }
    let main = [("X-Plivo-Signature-Ma-V3", OF_NOTHING), ("X-Plivo-Signature-V3-Nonce", "12345")];
    let main = request("POST /a", &main, "{}");
    let Verdict::Verified { notes, .. } = check(&main, &plivo()) else { panic!("not verified") };
    assert_eq!(notes, ["the signature does not cover the body, which is not a form"]);
    let typed = Auth { url: Some("https://answer.url/a".to_owned()), ..plivo() };
    assert_eq!(word(&check(&post("/elsewhere", OF_NOTHING, ""), &typed)), "verified");
}

#[test]
fn each_thing_that_may_be_wrong_has_its_reason() {
    let no_nonce = request("POST /a", &[("X-Plivo-Signature-V3", OF_NOTHING)], "");
    let many = "a&".repeat(10_001);
    let commas = ",".repeat(100_000);
    for (request, expected) in [
        (request("POST /a", &[], ""), "missing_credential"),
        (no_nonce, "missing_credential"),
        (post("/a", "", ""), "malformed_credential"),
        (post("/a", "!,?", ""), "malformed_credential"),
        (post("/a", "\u{e9}", ""), "malformed_credential"),
        (post("/a", &commas, ""), "malformed_credential"),
        (post(&format!("/a?{many}"), OF_NOTHING, ""), "malformed_credential"),
        (post("/a", "AAAA", ""), "signature_mismatch"),
        (post("/b", OF_NOTHING, ""), "signature_mismatch"),
        (post("/a", OF_FORM, "X=b&To=1&From=2+3"), "signature_mismatch"),
        (post("/a?q=1", OF_FORM, PARAMETERS), "signature_mismatch"),
    ] {
        assert_eq!(word(&check(&request, &plivo())), expected, "{request:?}");
    }
    let received = Received { at: time(0), public_url: None };
    let hostless = verify(&post("/a", OF_NOTHING, ""), &received, &scheme(&plivo()));
    assert_eq!(word(&hostless), "missing_credential");
    let signing = Signing { at: time(0), nonce: "n", id: None, public_url: None };
    let result = signed(&request("POST /a", &[], ""), &signing, &scheme(&plivo()));
    assert!(matches!(result, Err(CannotSign::Unreadable(_))));
}

proptest! {
    #[test]
    fn what_is_signed_is_verified_and_a_flipped_bit_is_not(
        query in "[a-z&=+%0-9]{0,12}",
        body in "[a-z]{1,3}=[a-z0-9]{1,9}",
        bit: Index,
    ) {
        let unsigned = request(&format!("POST /a?{query}"), &[FORM], body.clone());
        let public_url = Some("https://answer.url");
        let signing = Signing { at: time(0), nonce: "12345", id: None, public_url };
        let signed = signed(&unsigned, &signing, &scheme(&plivo())).unwrap();
        prop_assert_eq!(word(&check(&signed, &plivo())), "verified");
        let mut forged = body.into_bytes();
        let bit = bit.index(forged.len() * 8);
        // The equals sign is not signed itself: what it parts is.
        prop_assume!(forged[bit / 8] != b'=');
        forged[bit / 8] ^= 1 << (bit % 8);
        prop_assume!(!matches!(forged[bit / 8], b'=' | b'&'));
        let forged = Request { body: Bytes::from(forged), ..signed };
        prop_assert_eq!(word(&check(&forged, &plivo())), "signature_mismatch");
    }
}
