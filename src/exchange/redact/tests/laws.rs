//! What is redacted verifies by the fixture secret, for every scheme that can be signed for.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::json;

use super::{json_request, open, planted, text};
use crate::config::endpoints::{Inherited, Reader, route};
use crate::domain::endpoint::Endpoint;
use crate::domain::http::Request;
use crate::domain::record::Record;
use crate::domain::secret::Secret;
use crate::domain::verdict::Verdict;
use crate::exchange::fixture::{self, Shared};
use crate::exchange::redact::{Redacted, Redactor};
use crate::exchange::sample::{record, request};
use crate::verify;
use crate::verify::catalog::{Auth, Catalog, NamedKey};
use crate::verify::scheme::Scheme;
use crate::verify::signing::Signing;

/// Schemes that only their senders can sign for.
const SENDERS_ALONE: [&str; 3] = ["aws_sns", "paypal", "sendgrid"];

/// Secrets in every form that some scheme asks for, none of them a fixture.
const REAL: [&str; 4] = [
    "r3al-s3cret-of-theirs",
    "cjNhbC1zM2NyZXQtb2YtdGhlaXJz",
    "c0ffee00c0ffee00c0ffee00",
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
];

/// A table for the scheme with the first of the real secrets that it takes.
fn real(catalog: &Catalog, name: &str) -> Auth {
    let some = |text: &str| Some(text.to_owned());
    let auth = |given: &str| {
        let secret = || Some(Secret::new(given));
        let auth = Auth { scheme: name.to_owned(), ..Auth::default() };
        let with_secret = || Auth { secrets: vec![Secret::new(given)], ..auth.clone() };
        match name {
            "basic" => Auth { username: some("us3rn4me"), password: secret(), ..auth },
            "bearer" => Auth { token: secret(), ..auth },
            "header" => Auth { header: some("X-A"), value: secret(), ..auth },
            "shared_secret" | "api_key" => Auth { header: some("X-A"), ..with_secret() },
            "pusher" => Auth { app_key: some("278d425bdf160c739803"), ..with_secret() },
            "oauth1" => Auth {
                key: some("c0nsumer-key"),
                token: Some(Secret::new("t0ken-of-theirs")),
                token_secret: Some(Secret::new("t0ken-secret-of-theirs")),
                ..with_secret()
            },
            "http_message_signatures" => {
                let key = NamedKey {
                    algorithm: "hmac-sha256".to_owned(),
                    secret: secret(),
                    ..NamedKey::default()
                };
                Auth { keys: [("k3y-of-theirs".to_owned(), key)].into(), ..auth }
            }
            _ => with_secret(),
        }
    };
    let mut auths = REAL.iter().map(|given| auth(given));
    auths
        .find(|auth| catalog.scheme(auth).is_ok())
        .unwrap_or_else(|| panic!("no secret for {name}"))
}

/// An endpoint as its owner has it, and as it is shared.
struct Owned {
    name: String,
    scheme: Scheme,
    known: Vec<Secret>,
    shared: Shared,
}

static ENDPOINTS: LazyLock<Vec<Owned>> = LazyLock::new(|| {
    let catalog = Catalog::builtin();
    let endpoint = Endpoint::any_path(Some("https://p.test".to_owned()));
    let names = catalog.names().filter(|name| *name != "none" && !SENDERS_ALONE.contains(name));
    let made = names.map(|name| {
        let auth = real(&catalog, name);
        let shared = fixture::shared(&endpoint, std::slice::from_ref(&auth), &catalog);
        Owned {
            name: name.to_owned(),
            scheme: catalog.scheme(&auth).unwrap(),
            known: fixture::secrets_of(&auth).cloned().collect(),
            shared: shared.unwrap().expect("it has a scheme"),
        }
    });
    made.collect()
});

/// A request that the scheme can sign, with a person in it.
fn unsigned(name: &str, person: &str) -> Request {
    let quoted = json!(person).to_string();
    let body = match name {
        "adyen" => format!(
            r#"{{"notificationItems":[{{"NotificationRequestItem":{{"pspReference":"1","success":"true","shopperEmail":{quoted},
            "amount":{{"value":1130,"currency":"EUR"}},"additionalData":{{"hmacSignature":null}}}}}}]}}"#
        ),
        "mailgun" => format!(
            r#"{{"signature":{{"token":"","timestamp":"","signature":""}},"event-data":{{"message":{quoted}}}}}"#
        ),
        "dropbox_sign" => format!(
            "json={{\"event\":{{\"event_time\":\"1795255200\",\"event_type\":\"a\",\"event_hash\":\"00\"}},\"guest_name\":{quoted}}}"
        ),
        "linear" => format!(r#"{{"guest_name":{quoted},"webhookTimestamp":0}}"#),
        "pusher" => format!(r#"{{"guest_name":{quoted},"time_ms":0}}"#),
        _ => format!(r#"{{"guest_name":{quoted}}}"#),
    };
    let kind = if name == "dropbox_sign" {
        "application/x-www-form-urlencoded"
    } else {
        "application/json"
    };
    let headers = [
        ("Host", "h.test"),
        ("Content-Type", kind),
        ("Content-Length", "1"),
        ("X-Hub-Signature", "sha1=a-signature-of-another-kind"),
        ("Authorization", "OAuth oauth_body_hash=x, oauth_callback=\"a%20b\""),
    ];
    request("POST /a%20b?x=1&bodySHA256=0&y=%3D", &headers, body.as_bytes())
}

/// The request as its sender signed it, captured.
fn captured(endpoint: &Owned, person: &str) -> Record {
    let mut record = record(unsigned(&endpoint.name, person));
    let at = record.delivery.received_at;
    let signing =
        Signing { at, nonce: "n0nce", id: Some("msg_1"), public_url: Some("https://p.test") };
    let signed = verify::signed(&record.delivery.request, &signing, &endpoint.scheme);
    record.delivery.request = signed.unwrap_or_else(|why| panic!("{}: {why}", endpoint.name));
    record
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_was_redacted_verifies_by_the_fixture_and_holds_no_secret(person in planted()) {
        for endpoint in &*ENDPOINTS {
            let record = captured(endpoint, &person);
            let mut redactor = Redactor::new(endpoint.known.clone());
            let Redacted { record, unsigned, .. } =
                redactor.redacted(&record, &open(), Some(&endpoint.shared));
            prop_assert_eq!(unsigned, None, "{}", endpoint.name);
            let verdict = &record.inspection.verdict;
            let name = &endpoint.name;
            let found = text(&record.delivery.request);
            prop_assert!(matches!(verdict, Verdict::Verified { .. }), "{}: {:?}\n{}", name, verdict, found);
            for secret in endpoint.known.iter().map(|secret| std::str::from_utf8(secret.expose()).unwrap()) {
                prop_assert!(!found.contains(secret), "{}: {} in {}", name, secret, found);
                prop_assert!(!endpoint.shared.fixture.auth.contains(secret), "{}", name);
            }
            prop_assert!(!found.contains(&person), "{}: {}", name, found);
        }
    }
}

#[test]
fn the_line_of_a_fixture_is_what_a_config_takes() {
    for endpoint in &*ENDPOINTS {
        let line = &endpoint.shared.fixture.auth;
        let config = format!(
            "[[endpoint]]\nname = 'a'\npath = '/*'\npublic_url = 'https://p.test'\n{line}\n"
        );
        let file = crate::config::file::File::parse(&config)
            .unwrap_or_else(|error| panic!("{line}: {error:?}"));
        let reader = Reader { base: ".".as_ref(), variable: |_| None };
        let nothing = Inherited { public_url: None, forward: None };
        let route = route(&file.endpoints[0], nothing, &Catalog::builtin(), reader).unwrap();
        let record = captured(endpoint, "Anna Meyer");
        let redacted = Redactor::new(Vec::new()).redacted(&record, &open(), Some(&endpoint.shared));
        let delivery = &redacted.record.delivery;
        let verdict =
            verify::verify(&delivery.request, &route.received(delivery.received_at), &route.scheme);
        assert!(matches!(verdict, Verdict::Verified { .. }), "{line}: {verdict:?}");
    }
}

#[test]
fn what_only_the_sender_can_sign_is_told() {
    let catalog = Catalog::builtin();
    let endpoint = Endpoint::any_path(None);
    for name in SENDERS_ALONE {
        let auth = Auth { scheme: name.to_owned(), ..Auth::default() };
        let error = fixture::shared(&endpoint, &[auth], &catalog).unwrap_err();
        assert_eq!(error.to_string(), format!("only the sender can sign for {name}"));
    }
    assert!(fixture::shared(&endpoint, &[], &catalog).unwrap().is_none());
    // Of several, one that can be signed for does.
    let auths =
        ["sendgrid", "github"].map(|name| Auth { scheme: name.to_owned(), ..Auth::default() });
    let shared = fixture::shared(&endpoint, &auths, &catalog).unwrap().unwrap();
    assert!(shared.fixture.auth.contains("github"));
}

#[test]
fn a_request_that_has_no_place_for_a_signature_is_left_unsigned() {
    let endpoint = ENDPOINTS.iter().find(|endpoint| endpoint.name == "adyen").unwrap();
    let record = record(json_request("{}"));
    let after = Redactor::new(Vec::new()).redacted(&record, &open(), Some(&endpoint.shared));
    assert!(after.unsigned.is_some());
    assert_eq!(after.record.delivery.request.body, "{}");
}
