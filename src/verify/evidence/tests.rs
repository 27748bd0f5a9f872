use super::*;
use crate::domain::secret::Secret;
use crate::verify;
use crate::verify::catalog::{Auth, NamedKey};
use crate::verify::fixture::{at, keyed, recipe_of, request, scheme, time};
use crate::verify::signed;
use crate::verify::signing::Signing;

const NOW: i64 = 1_790_000_000;

fn signed_before(request: &Request, seconds: i64, scheme: &Scheme) -> Request {
    let at = time(NOW - seconds);
    signed(request, &Signing { at, nonce: "n-1", id: None, public_url: None }, scheme).unwrap()
}

fn post(body: &str) -> Request {
    request("POST /x?a=1", &[("Host", "h.test")], body.to_owned())
}

fn of(request: &Request, scheme: &Scheme) -> Evidence {
    verify::evidence(request, &at(NOW), scheme)
}

#[test]
fn a_signature_is_shown_with_the_bytes_it_is_made_over() {
    let stripe = scheme(&keyed("stripe", &["one", "two"]));
    let request = signed_before(&post("{}"), 7, &stripe);
    let found = of(&request, &stripe);
    let sent = request.headers.text("Stripe-Signature").unwrap();
    assert_eq!(found.carried[0].0, "Stripe-Signature");
    assert!(sent.starts_with(found.carried[0].1.trim_end_matches('…')));
    let message = format!("{}.{{}}", NOW - 7).into_bytes();
    assert_eq!(found.signed, Some(Signed { total: message.len(), bytes: message }));
    assert_eq!((found.expected.len(), found.received.len()), (2, 1));
    assert_eq!(found.expected[0], found.received[0]);
    assert_ne!(found.expected[1], found.received[0]);
    assert_eq!(found.apart, Some(7));
}

#[test]
fn a_secret_within_the_message_is_masked() {
    let lines = "kind = \"digest\"\nsignature = { header = \"S\" }\nmessage = \"{secret}|{body}\"";
    let scheme = recipe_of(lines, &keyed("mine", &["tr0ub4dor"]));
    let found = of(&signed_before(&post("{}"), 0, &scheme), &scheme);
    assert_eq!(found.signed.unwrap().bytes, b"***|{}");
    assert_eq!(found.expected, found.received);
}

#[test]
fn what_is_a_secret_is_masked_wherever_it_stands() {
    let secret = || Some(Secret::new("tr0ub4dor"));
    for auth in [
        Auth { username: Some("u".to_owned()), password: secret(), ..keyed("basic", &[]) },
        Auth { token: secret(), ..keyed("bearer", &[]) },
        keyed("gitlab", &["tr0ub4dor"]),
        keyed("jwt_bearer", &["tr0ub4dor"]),
        Auth {
            key: Some("me".to_owned()),
            token: secret(),
            algorithms: Some(vec!["PLAINTEXT".to_owned()]),
            ..keyed("oauth1", &["tr0ub4dor"])
        },
    ] {
        let scheme = scheme(&auth);
        let request = signed_before(&post("{}"), 0, &scheme);
        let found = of(&request, &scheme);
        assert!(!found.carried.is_empty(), "{auth:?}");
        let shown = format!("{found:?}");
        for field in request.headers.iter().filter(|field| !field.is("Host")) {
            let value = String::from_utf8_lossy(&field.value);
            assert!(auth.scheme == "oauth1" || !shown.contains(&*value), "{shown}");
        }
        assert!(!shown.contains("tr0ub4dor"), "{shown}");
    }
}

#[test]
fn oauth_is_shown_with_its_parameters_and_its_base_string() {
    let oauth1 = scheme(&Auth { key: Some("me".to_owned()), ..keyed("oauth1", &["s"]) });
    let found = of(&signed_before(&post("{}"), 3, &oauth1), &oauth1);
    assert!(found.carried.contains(&("oauth_consumer_key".to_owned(), "me".to_owned())));
    let signed = found.signed.unwrap();
    assert!(signed.bytes.starts_with(b"POST&http%3A%2F%2Fh.test%2Fx&a%3D1%26oauth_"));
    assert_eq!(found.expected, found.received);
    assert_eq!(found.apart, Some(3));
}

#[test]
fn of_a_long_body_only_the_beginning_is_kept() {
    let github = scheme(&keyed("github", &["s"]));
    let request = signed_before(&post(&"x".repeat(MOST_SIGNED + 9)), 0, &github);
    let signed = of(&request, &github).signed.unwrap();
    assert_eq!((signed.bytes.len(), signed.total), (MOST_SIGNED, MOST_SIGNED + 9));
}

#[test]
fn of_several_schemes_the_one_that_holds_is_shown_and_what_is_missing_is_empty() {
    let [github, stripe] = ["github", "stripe"].map(|name| scheme(&keyed(name, &["s"])));
    let request = signed_before(&post("{}"), 0, &stripe);
    let found = of(&request, &Scheme::Any(vec![github.clone(), stripe]));
    assert_eq!(found.carried[0].0, "Stripe-Signature");
    assert_eq!(of(&request, &github), Evidence::default());
    assert_eq!(of(&request, &Scheme::Open), Evidence::default());
}

#[test]
fn an_http_message_signature_is_shown_with_its_base() {
    let key = NamedKey {
        algorithm: "hmac-sha256".to_owned(),
        secret: Some(Secret::new("s")),
        ..NamedKey::default()
    };
    let keys = [("k".to_owned(), key)].into_iter().collect();
    let httpsig = scheme(&Auth { keys, ..keyed("http_message_signatures", &[]) });
    let found = of(&signed_before(&post("{}"), 3, &httpsig), &httpsig);
    let names = found.carried.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    assert_eq!(names, ["Signature-Input", "Signature", "Content-Digest"]);
    assert!(found.signed.unwrap().bytes.starts_with(b"\"@target-uri\": http://h.test/x?a=1\n"));
    assert_eq!(found.expected, found.received);
    assert_eq!(found.apart, Some(3));
}
