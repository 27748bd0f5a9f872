use proptest::prelude::*;

use crate::domain::http::Request;
use crate::verify::catalog::Auth;
use crate::verify::fixture::{keyed, request, scheme, secret, time, word};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::signing::Signing;
use crate::verify::{nonce, signed, verify};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn inspector() -> Scheme {
    let auth = Auth {
        key: Some("in spector".to_owned()),
        token: Some(secret("t&k")),
        ..keyed("oauth1", &["s&cret"])
    };
    scheme(&auth)
}

fn signing() -> Signing<'static> {
    Signing { at: time(1000), nonce: "n+1", id: None, public_url: Some("https://h.test") }
}

fn check(request: &Request) -> &'static str {
    let received = Received { at: time(1000), public_url: Some("https://h.test") };
    word(&verify(request, &received, &inspector()))
}

#[test]
fn a_request_is_signed_anew_where_it_was_signed_before() {
    let query = "GET /a?&x=1&oauth_nonce=old&oauth%5Fsignature=old&y=%3D";
    for (request, target, body) in [
        (request(query, &[], ""), "/a?&x=1&y=%3D&oauth_consumer_key=", ""),
        (request("GET /a?oauth_nonce=old", &[], "{}"), "/a?oauth_consumer_key=", "{}"),
        (request("POST /a?x=1", &[FORM], "oauth_token=old&b=+2"), "/a?x=1", "b=+2&oauth_consumer"),
        (request("POST /a?x=1", &[FORM], "oauth_token=old"), "/a?x=1", "oauth_consumer_key="),
        (request("POST /a?x=1&&", &[FORM], "b=2"), "/a?x=1&&", "b=2"),
        (request("POST /a?", &[FORM], "oauth_token="), "/a?", "oauth_consumer_key="),
    ] {
        let signed = signed(&request, &signing(), &inspector()).unwrap();
        assert!(signed.target.starts_with(target), "{}", signed.target);
        let signed_body = std::str::from_utf8(&signed.body).unwrap();
        assert!(signed_body.starts_with(body), "{signed_body}");
        assert_eq!(check(&signed), "verified", "{signed:?}");
    }
}

#[test]
fn parameters_in_two_places_end_up_in_the_header() {
    let old = [("Authorization", r#"OAuth realm="a, \"b\"", oauth_nonce="old", own="1""#), FORM];
    let request = request("POST /a?oauth_nonce=old&x=1", &old, "oauth_token=old&y=2");
    let signed = signed(&request, &signing(), &inspector()).unwrap();
    assert_eq!((signed.target.as_str(), &signed.body[..]), ("/a?x=1", &b"y=2"[..]));
    let header = signed.headers.text("Authorization").unwrap();
    assert!(header.starts_with(r#"OAuth realm="a, \"b\"", own="1", oauth_consumer_key="in%20"#));
    assert_eq!(check(&signed), "verified");
}

#[test]
fn the_nonce_stands_with_what_it_belongs_to() {
    let received = Received { at: time(1000), public_url: Some("https://h.test") };
    let nonce = |request: &Request| nonce(request, &received, &inspector()).map(String::from_utf8);
    let place = |line: &str| signed(&request(line, &[], ""), &signing(), &inspector()).unwrap();
    let expected = "in%20spector&t%26k&1000&n%2B1";
    assert_eq!(nonce(&place("GET /")), Some(Ok(expected.to_owned())));
    assert_eq!(nonce(&place("GET /?oauth_nonce=old")), Some(Ok(expected.to_owned())));
    assert_eq!(nonce(&request("GET /", &[], "")), None);
    assert_eq!(nonce(&request("GET /?oauth_nonce=1&oauth_nonce=2", &[], "")), None);
}

proptest! {
    #[test]
    fn what_is_signed_in_query_or_form_is_verified_and_nothing_else_is(
        pairs in prop::collection::vec(("[a-z+%]{0,2}", "[ -~&&[^#%]]{0,4}"), 0..4),
        forms: bool,
        other in "[a-z]{1,4}",
    ) {
        let encode = super::super::percent::encode;
        let pairs = pairs.iter().map(|(name, value)| {
            format!("{}={}", encode(name.as_bytes()), encode(value.as_bytes()))
        });
        let pairs = pairs.chain(["oauth_nonce=old".to_owned()]).collect::<Vec<_>>().join("&");
        let unsigned = if forms {
            request("POST /a", &[FORM], pairs)
        } else {
            request(&format!("POST /a?{pairs}"), &[], "")
        };
        let mut signed = signed(&unsigned, &signing(), &inspector()).unwrap();
        prop_assert_eq!(check(&signed), "verified");
        signed.target.push_str(if forms { "?" } else { "&" });
        signed.target.push_str(&other);
        prop_assert_eq!(check(&signed), "signature_mismatch");
    }
}
