use bytes::Bytes;
use proptest::prelude::*;
use proptest::sample::Index;

use super::catalog::{Auth, Catalog};
use super::encoding::Encoding;
use super::fixture::{at, keyed, request, secret, time, word};
use super::received::Received;
use super::scheme::Scheme;
use super::signing::{CannotSign, Signing};
use super::{sign, verify};
use crate::domain::headers::{Field, Headers};
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Verdict;

const NOW: i64 = 1_795_255_200;

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

fn catalog() -> Catalog {
    Catalog::builtin().with_user_recipes(RECIPES).unwrap()
}

fn oauth1(algorithm: &str) -> Auth {
    Auth {
        key: Some("inspector".to_owned()),
        token: Some(secret("t&o ken")),
        token_secret: Some(secret("t%s")),
        algorithms: Some(vec![algorithm.to_owned()]),
        ..keyed("oauth1", &["s&cret"])
    }
}

fn plain() -> Vec<Auth> {
    let auth = |scheme: &str| Auth { scheme: scheme.to_owned(), ..Auth::default() };
    vec![
        Auth { username: Some("u".to_owned()), password: Some(secret("p:w")), ..auth("basic") },
        Auth { token: Some(secret("t0ken")), ..auth("bearer") },
        Auth { header: Some("X-A".to_owned()), value: Some(secret("v")), ..auth("header") },
        oauth1("PLAINTEXT"),
    ]
}

/// Every kind of scheme whose signature covers the body.
fn covering() -> Vec<Auth> {
    vec![
        keyed("github", &["secret"]),
        keyed("stripe", &["whsec_x", "old"]),
        keyed("standard_webhooks", &["whsec_c2VjcmV0"]),
        keyed("everything", &["c2VjcmV0"]),
        keyed("globbed", &["secret"]),
        keyed("millis", &["c0ffee"]),
        oauth1("HMAC-SHA1"),
        oauth1("HMAC-SHA256"),
    ]
}

/// A request that every scheme can sign. Its old `Authorization` asks OAuth for a body hash and
/// brings a parameter of the sender's own.
fn unsigned(body: &[u8]) -> Request {
    let headers = [
        ("Host", "h.test"),
        ("X-Kind", "created"),
        ("Authorization", "OAuth oauth_body_hash=x, oauth_callback=\"a%20b\""),
    ];
    request("POST /a%20b?x=1&y=%3D", &headers, Bytes::copy_from_slice(body))
}

fn signed(request: &Request, scheme: &Scheme) -> Request {
    let signing = Signing {
        at: time(NOW),
        nonce: "n/1",
        id: Some("msg_1"),
        public_url: Some("https://p.test"),
    };
    let fields = sign(request, &signing, scheme).unwrap();
    Request { headers: request.headers.with(fields), ..request.clone() }
}

fn check(request: &Request, scheme: &Scheme) -> Verdict {
    verify(request, &Received { at: time(NOW), public_url: Some("https://p.test") }, scheme)
}

fn flipped(bytes: &[u8], bit: Index) -> Bytes {
    let bit = bit.index(bytes.len() * 8);
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes.into()
}

proptest! {
    #[test]
    fn what_is_signed_is_verified(body: Vec<u8>) {
        for auth in plain().iter().chain(&covering()) {
            let scheme = catalog().scheme(auth).unwrap();
            let verdict = check(&signed(&unsigned(&body), &scheme), &scheme);
            prop_assert_eq!(word(&verdict), "verified", "{:?} {:?}", auth, verdict);
        }
    }

    #[test]
    fn a_flipped_bit_of_the_body_is_refuted(body in prop::collection::vec(any::<u8>(), 1..99), bit: Index) {
        for auth in covering() {
            let scheme = catalog().scheme(&auth).unwrap();
            let signed = signed(&unsigned(&body), &scheme);
            let forged = Request { body: flipped(&body, bit), ..signed };
            let reason = if auth.scheme == "oauth1" { "digest_mismatch" } else { "signature_mismatch" };
            prop_assert_eq!(word(&check(&forged, &scheme)), reason, "{:?}", auth);
        }
    }

    #[test]
    fn a_flipped_bit_of_a_form_is_refuted(body in "[a-z]{1,9}=[a-z]{1,9}&[a-z]{1,9}=[a-z]{1,9}", bit: Index) {
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        for algorithm in ["HMAC-SHA1", "HMAC-SHA256"] {
            let scheme = catalog().scheme(&oauth1(algorithm)).unwrap();
            let signed = signed(&request("POST /", &form, body.clone()), &scheme);
            let forged = Request { body: flipped(body.as_bytes(), bit), ..signed };
            prop_assert_ne!(word(&check(&forged, &scheme)), "verified");
        }
    }

    #[test]
    fn a_flipped_bit_of_a_signature_is_refuted(bit: Index) {
        for (name, auth, prefix, encoding) in [
            ("X-Hub-Signature-256", keyed("github", &["secret"]), "sha256=", Encoding::Hex),
            ("webhook-signature", keyed("standard_webhooks", &["c2VjcmV0"]), "v1,", Encoding::Base64),
        ] {
            let scheme = catalog().scheme(&auth).unwrap();
            let signed = signed(&unsigned(b"{}"), &scheme);
            let text = signed.headers.text(name).unwrap().strip_prefix(prefix).unwrap();
            let bytes = encoding.decode(text.as_bytes()).unwrap();
            let value = format!("{prefix}{}", encoding.encode(&flipped(&bytes, bit)));
            let forged = Request { headers: signed.headers.with(vec![field(name, value)]), ..signed };
            prop_assert_eq!(word(&check(&forged, &scheme)), "signature_mismatch");
        }
    }

    #[test]
    fn any_header_and_any_body_get_a_verdict(value: Vec<u8>, text: String, body: Vec<u8>, seconds in 0..=i64::from(u32::MAX)) {
        for auth in plain().iter().chain(&covering()) {
            let scheme = catalog().scheme(auth).unwrap();
            for name in ["Authorization", "X-Hub-Signature-256", "Stripe-Signature", "webhook-signature", "X-Sig", "X-A"] {
                for value in [value.clone(), text.clone().into(), format!("OAuth {text}").into(), format!("t=1,v1={text}").into()] {
                    let headers = Headers::default().with(vec![field(name, value)]);
                    let request = Request { headers, ..unsigned(&body) };
                    let verdict = verify(&request, &at(seconds), &scheme);
                    prop_assert!(matches!(verdict, Verdict::Refuted { .. }), "{:?}", verdict);
                }
            }
        }
    }
}

fn field(name: &'static str, value: impl Into<Bytes>) -> Field {
    Field { name: name.into(), value: value.into() }
}

#[test]
fn every_other_signed_part_is_covered_too() {
    let scheme = |name: &str| {
        let auth = covering().into_iter().find(|auth| auth.scheme == name).unwrap();
        catalog().scheme(&auth).unwrap()
    };
    for (name, header, other) in [
        ("standard_webhooks", "webhook-id", "msg_2"),
        ("standard_webhooks", "webhook-timestamp", "1795255201"),
        ("everything", "X-Kind", "deleted"),
        ("everything", "X-Id", "msg_2"),
        ("everything", "X-Time", "Sat, 21 Nov 2026 10:00:01 GMT"),
        ("millis", "X-Time", "1795255200001"),
    ] {
        let signed = signed(&unsigned(b"{}"), &scheme(name));
        let forged = Request { headers: signed.headers.with(vec![field(header, other)]), ..signed };
        assert_eq!(word(&check(&forged, &scheme(name))), "signature_mismatch", "{name} {header}");
    }
    for name in ["everything", "oauth1"] {
        let signed = signed(&unsigned(b"{}"), &scheme(name));
        for forged in [
            Request { target: "/a%20b?x=1&y=%3d2".to_owned(), ..signed.clone() },
            Request { target: "/a%20B?x=1&y=%3D".to_owned(), ..signed.clone() },
            Request { target: "/a%20b".to_owned(), ..signed.clone() },
            Request { method: http::Method::PUT, ..signed },
        ] {
            assert_eq!(word(&check(&forged, &scheme(name))), "signature_mismatch", "{forged:?}");
        }
    }
}

#[test]
fn signing_anew_keeps_what_is_the_senders_own() {
    let oauth1 = catalog().scheme(&oauth1("HMAC-SHA1")).unwrap();
    let signed = signed(&unsigned(b"{}"), &oauth1);
    let authorization = signed.headers.text("Authorization").unwrap();
    assert!(authorization.contains("oauth_callback=\"a%20b\""), "{authorization}");
    assert!(!authorization.contains("oauth_body_hash=\"x\""), "{authorization}");

    let standard = catalog().scheme(&keyed("standard_webhooks", &["c2VjcmV0"])).unwrap();
    let signing = Signing { at: time(NOW), nonce: "n", id: None, public_url: None };
    let own = request("POST /", &[("webhook-id", "msg_own")], "{}");
    let fields = sign(&own, &signing, &standard).unwrap();
    let again = Request { headers: own.headers.with(fields), ..own };
    assert_eq!(word(&check(&again, &standard)), "verified");
    assert_eq!(standard.dedupe_key(&again), Some(&b"msg_own"[..]));
}

#[test]
fn what_cannot_be_signed_says_why() {
    let scheme = |auth: &Auth| catalog().scheme(auth).unwrap();
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let bare = request("POST /", &[], "");
    let value = Some(secret("two\r\nlines"));
    let lines = Auth { scheme: "bearer".to_owned(), token: value, ..Auth::default() };
    for (request, auth, expected) in [
        (bare.clone(), keyed("github", &[]), CannotSign::NoSecret),
        (bare.clone(), keyed("standard_webhooks", &["c2VjcmV0"]), CannotSign::NoId),
        (
            bare.clone(),
            keyed("everything", &["c2VjcmV0"]),
            CannotSign::NoHeader("X-Kind".to_owned()),
        ),
        (bare.clone(), oauth1("HMAC-SHA1"), CannotSign::NoUrl),
        (bare, lines, CannotSign::NotAHeaderValue("Authorization".to_owned())),
        (
            request("GET /?oauth_nonce=1", &[], ""),
            oauth1("HMAC-SHA1"),
            CannotSign::ParametersElsewhere,
        ),
        (
            request("POST /", &[form], "oauth_token=1"),
            oauth1("HMAC-SHA1"),
            CannotSign::ParametersElsewhere,
        ),
        (
            request("GET /?x=%", &[], ""),
            oauth1("HMAC-SHA1"),
            CannotSign::Unreadable(
                "the parameter \"x\" of the query is not percent-encoded well".to_owned(),
            ),
        ),
    ] {
        let signing = Signing { at: time(NOW), nonce: "n", id: None, public_url: None };
        assert_eq!(sign(&request, &signing, &scheme(&auth)), Err(expected));
    }
}

#[test]
fn of_several_schemes_the_one_that_holds_is_named_or_else_the_one_that_came_farthest() {
    let any = |auths: &[Auth]| catalog().any_scheme(auths).unwrap();
    let github = || keyed("github", &["secret"]);
    let stripe = || keyed("stripe", &["whsec_x"]);
    let open = || Auth { scheme: "none".to_owned(), ..Auth::default() };
    let signed = signed(&unsigned(b"{}"), &any(&[github()]));
    let forged = Request { body: Bytes::from_static(b"[]"), ..signed.clone() };
    let bare = request("POST /", &[], "");
    for (request, auths, name, expected) in [
        (&signed, &[stripe(), github()][..], Some("github"), "verified"),
        (&signed, &[open(), github()], Some("github"), "verified"),
        (&forged, &[stripe(), github()], Some("github"), "signature_mismatch"),
        (&forged, &[github(), stripe()], Some("github"), "signature_mismatch"),
        (&bare, &[stripe(), github()], Some("stripe"), "missing_credential"),
        (&bare, &[open(), github()], Some("github"), "missing_credential"),
        (&bare, &[open(), keyed("github", &[])], None, "no_secret"),
        (&bare, &[open(), open()], None, "no_scheme"),
        (&bare, &[], None, "no_scheme"),
    ] {
        let verdict = check(request, &any(auths));
        assert_eq!(verdict.scheme().map(SchemeName::as_str), name, "{auths:?}");
        assert_eq!(word(&verdict), expected, "{auths:?}");
    }
    let Verdict::Verified { notes, .. } = check(&signed, &any(&[stripe(), github()])) else {
        panic!("not verified");
    };
    assert_eq!(notes, ["matched scheme 2 of the 2 configured"]);
}
