//! One case for each reason of the contract, and what senders' schemes have of their own.

use std::collections::BTreeMap;

use crate::domain::http::Request;
use crate::domain::verdict::{Reason, Verdict};
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::fixture::{
    NOW, SIGNING, check, field, keyed, notes, request, scheme, secret, time, word,
};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::{nonce, signed, verify};

fn check_at(seconds: i64, request: &Request, scheme: &Scheme) -> Verdict {
    verify(request, &Received { at: time(seconds), public_url: Some("https://p.test") }, scheme)
}

const CERTIFICATE: &str = include_str!("../../../tests/data/keys/rsa.cert.pem");

const CERTIFICATE_URL: &str = "https://api.paypal.com/v1/notifications/certs/CERT-1";

fn paypal() -> Auth {
    let certificates = [(CERTIFICATE_URL.to_owned(), secret(CERTIFICATE))];
    let webhook_id = Some("WEBHOOK-1".to_owned());
    Auth { certificates: BTreeMap::from(certificates), webhook_id, ..keyed("paypal", &[]) }
}

/// The signature is by `openssl dgst -sha256 -sign` over
/// `tid|2026-11-21T10:00:00Z|WEBHOOK-1|838965618`; the last is the CRC-32 by Python's zlib.
const PAYPAL: [(&str, &str); 5] = [
    ("PAYPAL-TRANSMISSION-ID", "tid"),
    ("PAYPAL-TRANSMISSION-TIME", "2026-11-21T10:00:00Z"),
    ("PAYPAL-CERT-URL", CERTIFICATE_URL),
    ("PAYPAL-AUTH-ALGO", "SHA256withRSA"),
    (
        "PAYPAL-TRANSMISSION-SIG",
        "a0FDBPXwyhTMbfGJhuG+HFus3LZw5IqvzNw1DoOdzfMf0RTcUn8DrdKuowpGoE60e4cCOeUt+VNZNP4soNF+wdG0jy4yhbvXNzVWqvSMAzpZaRSlCqRl9HhEqDlqCertkgPrbIvFIkDtKHVfDG5Pd6y/ulHjncKtoV0Tj+PJrUEfSDGIygmCrEy74MIJCHCUbDn/ds5mvWTTs5ijXdfCFwiUv+jhHQ8N96rp8RNG2NZ5VY3o95+UdNk+5MNIJFnlMhVWzguvSr1jenhwCFgHb47U9nGHgkSm52HNFn+FcdI4o+axtM9u+a2ozOG+AjKvyXiX/YAXFSOY/ERfE9/IYw==",
    ),
];

fn paypal_with(name: &str, value: Option<&str>, body: &'static str) -> Request {
    let mut headers = PAYPAL.to_vec();
    headers.retain(|(other, _)| *other != name);
    headers.extend(value.map(|value| (name, value)));
    request("POST /", &headers, body)
}

#[test]
fn a_delivery_of_paypal_is_checked_with_the_certificate_that_it_names() {
    let body = "{\"id\":\"WH-1\"}";
    for (name, value, expected) in [
        ("X-Other", None, "verified"),
        ("PAYPAL-CERT-URL", None, "missing_credential"),
        (
            "PAYPAL-CERT-URL",
            Some("https://api.paypal.com/v1/notifications/certs/CERT-2"),
            "unknown_key",
        ),
        (
            "PAYPAL-CERT-URL",
            Some("http://api.paypal.com/v1/notifications/certs/CERT-1"),
            "untrusted_certificate",
        ),
        (
            "PAYPAL-CERT-URL",
            Some("https://api.paypal.com.evil.test/CERT-1"),
            "untrusted_certificate",
        ),
        (
            "PAYPAL-CERT-URL",
            Some("https://api.paypal.com@evil.test/CERT-1"),
            "untrusted_certificate",
        ),
        ("PAYPAL-CERT-URL", Some("https://api.paypal.com:8443/CERT-1"), "untrusted_certificate"),
        ("PAYPAL-CERT-URL", Some("é"), "untrusted_certificate"),
        ("PAYPAL-AUTH-ALGO", Some("SHA1withRSA"), "unsupported_algorithm"),
        ("PAYPAL-AUTH-ALGO", None, "missing_credential"),
        ("PAYPAL-TRANSMISSION-ID", Some("other"), "signature_mismatch"),
        ("PAYPAL-TRANSMISSION-SIG", Some("AAAA"), "signature_mismatch"),
        ("PAYPAL-TRANSMISSION-SIG", Some("AAA*"), "malformed_credential"),
        ("PAYPAL-TRANSMISSION-TIME", Some("now"), "malformed_credential"),
    ] {
        let verdict = check(&paypal_with(name, value, body), &scheme(&paypal()));
        assert_eq!(word(&verdict), expected, "{name} {value:?} {verdict:?}");
    }
    let scheme = scheme(&paypal());
    assert_eq!(
        notes(check(&paypal_with("X", None, body), &scheme)),
        ["of the body only a checksum is signed, which other bodies can have too"]
    );
    assert_eq!(word(&check(&paypal_with("X", None, "{}"), &scheme)), "signature_mismatch");
    assert_eq!(word(&check_at(NOW + 301, &paypal_with("X", None, body), &scheme)), "stale");
    let other = Auth { webhook_id: Some("WEBHOOK-2".to_owned()), ..paypal() };
    let other = Catalog::builtin().scheme(&other).unwrap();
    assert_eq!(word(&check(&paypal_with("X", None, body), &other)), "signature_mismatch");
}

#[test]
fn there_is_a_case_for_every_reason() {
    let github = scheme(&keyed("github", &["secret"]));
    let hub = |value: &str| request("POST /", &[("X-Hub-Signature-256", value)], "{}");
    let slack = scheme(&keyed("slack", &["secret"]));
    let standard = scheme(&keyed("standard_webhooks", &["c2VjcmV0"]));
    let body = |scheme: &Scheme| signed(&request("POST /", &[], "{}"), &SIGNING, scheme).unwrap();
    let twilio = scheme(&keyed("twilio", &["secret"]));
    let json = request("POST /?bodySHA256=0", &[], "{}");
    let mut forged = signed(&json, &SIGNING, &twilio).unwrap();
    forged.body = "[]".into();
    let messagebird = scheme(&keyed("messagebird", &["secret"]));
    let empty = signed(&request("GET /", &[], ""), &SIGNING, &messagebird).unwrap();
    let token = scheme(&keyed("gitlab", &["secret"]));
    let wrong = request("POST /", &[("X-Gitlab-Token", "other")], "");
    let pusher = Auth { app_key: Some("k1".to_owned()), ..keyed("pusher", &["secret"]) };
    let pusher = scheme(&pusher);
    let other = Auth { app_key: Some("k2".to_owned()), ..keyed("pusher", &["secret"]) };
    let events = request("POST /", &[], "{\"time_ms\":1}");
    let keyed_otherwise = signed(&events, &SIGNING, &scheme(&other)).unwrap();
    let box_ = scheme(&keyed("box", &["secret"]));
    let version = Request {
        headers: body(&box_).headers.with(vec![field("BOX-SIGNATURE-VERSION", "2")]),
        ..body(&box_)
    };
    let elsewhere = Request { target: "/other".to_owned(), ..empty.clone() };
    let cases = [
        (Reason::MissingCredential, check(&request("POST /", &[], ""), &github)),
        (Reason::MalformedCredential, check(&hub("sha256=x"), &github)),
        (Reason::UnknownKey, check(&keyed_otherwise, &pusher)),
        (Reason::UnsupportedAlgorithm, check(&version, &box_)),
        (Reason::WrongCredential, check(&wrong, &token)),
        (Reason::SignatureMismatch, check(&hub("sha256=00"), &github)),
        (Reason::DigestMismatch, check(&forged, &twilio)),
        (Reason::Stale, check_at(NOW + 301, &body(&slack), &slack)),
        (Reason::InFuture, check_at(NOW - 301, &body(&standard), &standard)),
        (Reason::ClaimMismatch, check(&elsewhere, &messagebird)),
        (Reason::NotCovered, check(&Request { body: "x".into(), ..empty }, &messagebird)),
        (
            Reason::UntrustedCertificate,
            check(
                &paypal_with("PAYPAL-CERT-URL", Some("https://evil.test/"), ""),
                &scheme(&paypal()),
            ),
        ),
    ];
    for (reason, verdict) in &cases {
        assert_eq!(word(verdict), reason.as_str(), "{verdict:?}");
    }
    // Whether a nonce was used before is for the store to say.
    let missing =
        Reason::ALL.iter().filter(|reason| !cases.iter().any(|(case, _)| case == *reason));
    assert_eq!(missing.collect::<Vec<_>>(), [&Reason::Reused]);
}

#[test]
fn a_time_far_ahead_is_noted_where_not_every_library_refuses_it() {
    let slack = scheme(&keyed("slack", &["secret"]));
    let delivery = signed(&request("POST /", &[], "{}"), &SIGNING, &slack).unwrap();
    let none: [&str; 0] = [];
    assert_eq!(notes(check_at(NOW - 300, &delivery, &slack)), none);
    assert_eq!(
        notes(check_at(NOW - 301, &delivery, &slack)),
        [
            "the signed time lies 301 s after the arrival; not every library of this sender takes that"
        ]
    );
    let discord = Auth {
        secrets: vec![secret("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")],
        ..keyed("discord", &[])
    };
    let discord = scheme(&discord);
    let delivery = signed(&request("POST /", &[], "{}"), &SIGNING, &discord).unwrap();
    assert_eq!(notes(check_at(0, &delivery, &discord)), none);
}

#[test]
fn what_is_not_covered_is_noted() {
    let mailgun = scheme(&keyed("mailgun", &["secret"]));
    let body = r#"{"signature":{"timestamp":"","token":"","signature":""},"event-data":{}}"#;
    let delivery = signed(&request("POST /", &[], body), &SIGNING, &mailgun).unwrap();
    assert_eq!(notes(check(&delivery, &mailgun)), ["the signature does not cover the body"]);
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = "timestamp=&token=x&signature&subject=a+b";
    let delivery = signed(&request("POST /", &form, body), &SIGNING, &mailgun).unwrap();
    assert_eq!(word(&check(&delivery, &mailgun)), "verified");
    let received = Received { at: time(NOW), public_url: None };
    assert_eq!(nonce(&delivery, &received, &mailgun).as_deref(), Some(&b"msg_1"[..]));
    assert_eq!(mailgun.dedupe_key(&delivery).as_deref(), Some(&b"msg_1"[..]));

    let twilio = scheme(&keyed("twilio", &["secret"]));
    let none: [&str; 0] = [];
    for (line, headers, body, expected) in [
        ("POST /", &form[..], "a=1", &none[..]),
        ("POST /?bodySHA256=", &[], "{}", &none),
        ("POST /", &[], "{}", &["the signature does not cover the body"]),
        ("GET /", &[], "", &none),
    ] {
        let delivery = signed(&request(line, headers, body), &SIGNING, &twilio).unwrap();
        assert_eq!(notes(check(&delivery, &twilio)), expected, "{line} {body}");
    }
    let pusher = scheme(&keyed("pusher", &["secret"]));
    let events = request("POST /", &[("X-Pusher-Key", "k")], "{\"time_ms\":1}");
    let delivery = signed(&events, &SIGNING, &pusher).unwrap();
    assert_eq!(
        notes(check(&delivery, &pusher)),
        ["the header X-Pusher-Key was not compared, because it is not configured"]
    );
}
