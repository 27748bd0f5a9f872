mod bad_input;
mod laws;
mod reasons;
mod recipe_laws;
mod recipes;
mod vectors;

use bytes::Bytes;

use super::catalog::Auth;
use super::fixture::{
    NOW, catalog, check, field, http_message_signatures, keyed, oauth1, request, secret, time, word,
};
use super::scheme::{Received, Scheme};
use super::signing::{CannotSign, Signing};
use super::{client_id, signed as sign};
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Verdict;

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
        oauth1("HMAC-SHA512"),
        http_message_signatures(),
        keyed("contentful", &["secret"]),
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
    sign(request, &signing, scheme).unwrap()
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
    for name in ["everything", "oauth1", "http_message_signatures", "contentful"] {
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
    let again = sign(&own, &signing, &standard).unwrap();
    assert_eq!(word(&check(&again, &standard)), "verified");
    assert_eq!(standard.dedupe_key(&again).as_deref(), Some(&b"msg_own"[..]));
}

#[test]
fn what_cannot_be_signed_says_why() {
    let scheme = |auth: &Auth| catalog().scheme(auth).unwrap();
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
            request("GET /?x=%", &[], ""),
            oauth1("HMAC-SHA1"),
            CannotSign::Unreadable(
                "the parameter \"x\" of the query is not percent-encoded well".to_owned(),
            ),
        ),
    ] {
        let signing = Signing { at: time(NOW), nonce: "n", id: None, public_url: None };
        assert_eq!(sign(&request, &signing, &scheme(&auth)).unwrap_err(), expected);
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

#[test]
fn who_sent_it_is_told_by_the_credential_that_holds_and_by_no_other() {
    let basic = |username: &str| {
        let username = Some(username.to_owned());
        let auth = Auth { username, password: Some(secret("p")), ..keyed("basic", &[]) };
        catalog().scheme(&auth).unwrap()
    };
    let of = |auth: &Auth| catalog().scheme(auth).unwrap();
    let [oauth1, signatures] = [oauth1("HMAC-SHA1"), http_message_signatures()].map(|a| of(&a));
    let github = of(&keyed("github", &["secret"]));
    let both = Scheme::Any(vec![github.clone(), basic("other"), basic("acme")]);
    for (signer, scheme, expected) in [
        (&basic("acme"), &basic("acme"), Some("acme")),
        (&basic("acme"), &basic("other"), None),
        (&basic("acme"), &both, Some("acme")),
        (&github, &both, None),
        (&oauth1, &oauth1, Some("inspector")),
        (&signatures, &signatures, Some("k")),
        (&basic("acme"), &Scheme::Open, None),
    ] {
        let request = signed(&unsigned(b"{}"), signer);
        let received = Received { at: time(NOW), public_url: Some("https://p.test") };
        let verdict = check(&request, scheme);
        assert_eq!(client_id(&request, &received, scheme, &verdict), expected, "{scheme:?}");
    }
}
