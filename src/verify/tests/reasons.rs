//! One case for each reason of the contract, and what senders' schemes have of their own.

use std::collections::BTreeMap;

use crate::domain::http::Request;
use crate::domain::verdict::{Reason, Verdict};
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::fixture::{
    NOW, check, field, keyed, notes, recipe, recipe_of, request, scheme, secret, time, word,
};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::signing::Signing;
use crate::verify::{nonce, signed, verify};

const SIGNING: Signing<'static> = Signing {
    at: jiff::Timestamp::constant(NOW, 0),
    nonce: "n",
    id: Some("msg_1"),
    public_url: Some("https://p.test"),
};

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

#[test]
fn a_secret_is_normalized_where_the_sender_does() {
    // hmac.new(unicodedata.normalize("NFKD", "sécrét").encode(), b"{}", "sha256") of Python
    let signature =
        "hmac-sha256-hex=ee6c57a01caa9e97395f8ad2a192a934d763756b12207956121e658756d19fc5";
    let delivery = request("POST /", &[("X-Hmac-Signature", signature)], "{}");
    for text in ["s\u{e9}cr\u{e9}t", "se\u{301}cre\u{301}t"] {
        assert_eq!(word(&check(&delivery, &scheme(&keyed("easypost", &[text])))), "verified");
    }
}

#[test]
fn the_url_that_is_signed_is_the_one_that_the_user_says() {
    let square = |auth: Auth| scheme(&Auth { secrets: vec![secret("s")], ..auth });
    let named = || keyed("square", &[]);
    let signing = |url: Option<&'static str>| Signing { public_url: url, ..SIGNING };
    let host = [
        ("Host", "internal:4000"),
        ("X-Forwarded-Host", "a.test, b"),
        ("X-Forwarded-Proto", "https"),
    ];
    let bare = request("POST /x", &host, "{}");
    for (auth, public_url, signed_for) in [
        (named(), Some("https://p.test"), "https://p.test"),
        (Auth { trust_forwarded: Some(true), ..named() }, Some("https://p.test"), "https://p.test"),
        (Auth { trust_forwarded: Some(true), ..named() }, None, "https://a.test"),
        (Auth { trust_forwarded: Some(false), ..named() }, None, "http://internal:4000"),
        (named(), None, "http://internal:4000"),
        (
            Auth { url: Some("https://typed.test/x".to_owned()), ..named() },
            None,
            "https://typed.test",
        ),
    ] {
        let delivery = signed(&bare, &signing(Some(signed_for)), &square(named())).unwrap();
        let received = Received { at: time(NOW), public_url };
        let verdict = verify(&delivery, &received, &square(auth));
        assert_eq!(word(&verdict), "verified", "{signed_for}");
    }
    let hostless = signed(&request("POST /x", &[], ""), &SIGNING, &square(named())).unwrap();
    let received = Received { at: time(NOW), public_url: None };
    assert_eq!(word(&verify(&hostless, &received, &square(named()))), "missing_credential");
}

#[test]
fn hubspot_signs_the_url_with_some_encodings_undone() {
    let hubspot = scheme(&keyed("hubspot_v3", &["secret"]));
    let plain = request("GET /a:b?c=d/e%20f", &[], "");
    let mut delivery = signed(&plain, &SIGNING, &hubspot).unwrap();
    delivery.target = "/a%3Ab?c=d%2fe%20f".to_owned();
    assert_eq!(
        notes(check(&delivery, &hubspot)),
        ["the signature covers the url as https://p.test/a:b?c=d/e%20f"]
    );
}

#[test]
fn bad_input_is_told_and_does_no_harm() {
    let deep = format!("{{\"webhookTimestamp\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let linear = scheme(&keyed("linear", &["secret"]));
    let signature = [("Linear-Signature", "00")];
    for (body, expected) in [
        (deep, "malformed_credential"),
        (format!("{{\"x\":{}", "[".repeat(100_000)), "malformed_credential"),
        ("{\"webhookTimestamp\":-5}".to_owned(), "malformed_credential"),
        ("{\"webhookTimestamp\":99999999999999999999}".to_owned(), "malformed_credential"),
        ("{\"webhookTimestamp\":{\"a\":1}}".to_owned(), "malformed_credential"),
        ("{\"webhookTimestamp\":1,\"webhookTimestamp\":2}".to_owned(), "malformed_credential"),
        ("{\"webhookTimestamp\":\"é\"}".to_owned(), "malformed_credential"),
        ("\"webhookTimestamp\"".to_owned(), "missing_credential"),
        ("7".to_owned(), "missing_credential"),
        ("{}".to_owned(), "missing_credential"),
        (String::new(), "missing_credential"),
        ("{\"webhookTimestamp\":1795255200000}".to_owned(), "signature_mismatch"),
    ] {
        let short = body.chars().take(60).collect::<String>();
        let verdict = check(&request("POST /", &signature, body), &linear);
        assert_eq!(word(&verdict), expected, "{short} {verdict:?}");
    }
    // Of many signatures by a public key only a few are worth the time.
    let v1a = Auth {
        public_key: Some(secret("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")),
        ..keyed("standard_webhooks_v1a", &[])
    };
    let many = "v1a,AAAA ".repeat(10_000);
    let headers =
        [("webhook-id", "m"), ("webhook-timestamp", "1795255200"), ("webhook-signature", &*many)];
    assert_eq!(
        word(&check(&request("POST /", &headers, "{}"), &scheme(&v1a))),
        "malformed_credential"
    );
    // A MAC keyed with the public key is none of its signatures.
    let mac =
        scheme(&keyed("standard_webhooks", &["1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="]));
    let delivery = signed(&request("POST /", &[], "{}"), &SIGNING, &mac).unwrap();
    assert_eq!(word(&check(&delivery, &scheme(&v1a))), "malformed_credential");
    // Parameters and fields that are there twice.
    let by_query = recipe("signature = { query = \"sig\" }");
    for line in ["POST /?sig=00&sig=00", "POST /?sig=", "POST /?sig=%zz"] {
        assert_eq!(
            word(&check(&request(line, &[], ""), &by_query)),
            "malformed_credential",
            "{line}"
        );
    }
    assert_eq!(word(&check(&request("POST /?sig=00", &[], ""), &by_query)), "signature_mismatch");
    assert_eq!(word(&check(&request("POST /?SIG=00", &[], ""), &by_query)), "missing_credential");
}

#[test]
fn truncated_der_is_no_signature() {
    let key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==";
    let auth = |key: &str| Auth { public_key: Some(secret(key)), ..keyed("sendgrid", &[]) };
    let time = ("X-Twilio-Email-Event-Webhook-Timestamp", "1588788367");
    for signature in ["MEUCIQCtIHJe", "MEUCIQCt", "MA==", "MEUCIQD/////"] {
        let headers = [("X-Twilio-Email-Event-Webhook-Signature", signature), time];
        let verdict = check(&request("POST /", &headers, "{}"), &scheme(&auth(key)));
        assert_eq!(word(&verdict), "signature_mismatch", "{signature}");
    }
    assert!(Catalog::builtin().scheme(&auth(key.get(..40).unwrap())).is_err());
}

#[test]
fn a_users_own_recipe_may_use_every_place_and_filter() {
    let lines = "kind = \"mac\"\nsignature = { json = \"/meta/sig\", form = \"sig\", encoding = \"base64url\" }\n\
        timestamp = { query = \"t\", tolerance = 5 }\nid = { json = \"/meta/id\", form = \"id\" }\n\
        message = \"{timestamp}{id}{json:/meta/n}{query:q}{config:app_key}{url|sha256|hex}\"\ncovers_body = false\n\
        require = [{ query = \"v\", equals = 2, reason = \"unknown_key\" }]";
    let auth = Auth { app_key: Some("k".to_owned()), ..keyed("mine", &["secret"]) };
    let mine = recipe_of(lines, &auth);
    let body = r#"{"meta":{"sig":"","id":"x","n":1.0}}"#;
    let delivery = signed(&request("POST /?t=0&q=a%20b&v=0", &[], body), &SIGNING, &mine).unwrap();
    assert_eq!(delivery.target, "/?t=1795255200&q=a%20b&v=2");
    assert_eq!(notes(check(&delivery, &mine)), ["the signature does not cover the body"]);
    let other = |from: &str, to: &str| {
        let body = String::from_utf8(delivery.body.to_vec()).unwrap().replace(from, to);
        let target = delivery.target.replace(from, to);
        let changed = Request { body: body.into(), target, ..delivery.clone() };
        word(&check(&changed, &mine))
    };
    for (from, to, expected) in [
        ("msg_1", "msg_2", "signature_mismatch"),
        ("1.0", "1.00", "signature_mismatch"),
        ("a%20b", "a+b", "signature_mismatch"),
        ("t=1795255200", "t=1795255100", "signature_mismatch"),
        ("v=2", "v=1", "unknown_key"),
        ("&v=2", "", "missing_credential"),
    ] {
        assert_eq!(other(from, to), expected, "{from} {to}");
    }
}
