//! Laws that hold for every scheme of the catalog: what is signed is verified, what is changed is
//! not, and whatever is sent gets a verdict.

use std::sync::LazyLock;

use bytes::Bytes;
use proptest::prelude::*;

use crate::domain::headers::{Field, Headers};
use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::encoding::Encoding;
use crate::verify::fixture::{
    NOW, catalog, check, flipped, http_message_signatures, keyed, oauth1, request, secret, time,
};
use crate::verify::scheme::Scheme;
use crate::verify::signed;
use crate::verify::signing::{CannotSign, Signing};

/// Secrets in every form that some scheme asks for.
const SECRETS: [&str; 4] = [
    "s&cret",
    "c2VjcmV0",
    "c0ffee",
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
];

/// Schemes that only their senders can sign for.
const SENDERS_ALONE: [&str; 3] = ["aws_sns", "paypal", "sendgrid"];

/// Schemes that leave the body out, or most of it.
const UNCOVERING: [&str; 17] = [
    "adyen",
    "api_key",
    "basic",
    "bearer",
    "buildkite_token",
    "deepgram",
    "dropbox_sign",
    "gitlab",
    "header",
    "jwt_bearer",
    "mailgun",
    // It covers forms.
    "mandrill",
    "monday",
    "oauth1_plaintext",
    // It covers forms.
    "plivo",
    "shared_secret",
    "telegram",
];

/// Every scheme that can be signed for, by its name.
static SCHEMES: LazyLock<Vec<(String, Scheme)>> = LazyLock::new(|| {
    let catalog = catalog();
    let names = catalog.names().filter(|name| *name != "none" && !SENDERS_ALONE.contains(name));
    let schemes = names.map(|name| (name.to_owned(), scheme(&catalog, name)));
    let plaintext = catalog.scheme(&oauth1("PLAINTEXT")).unwrap();
    schemes.chain([("oauth1_plaintext".to_owned(), plaintext)]).collect()
});

/// The scheme of that name with the first secret that is of the form it wants.
fn scheme(catalog: &Catalog, name: &str) -> Scheme {
    let text = |text: &str| Some(text.to_owned());
    let auth = |given: &str| match name {
        "basic" => Auth { username: text("u"), password: Some(secret(given)), ..keyed(name, &[]) },
        "bearer" => Auth { token: Some(secret(given)), ..keyed(name, &[]) },
        "header" => Auth { header: text("X-A"), value: Some(secret(given)), ..keyed(name, &[]) },
        "shared_secret" | "api_key" => Auth { header: text("X-A"), ..keyed(name, &[given]) },
        "pusher" => Auth { app_key: text("278d425bdf160c739803"), ..keyed(name, &[given]) },
        "oauth1" => oauth1("HMAC-SHA256"),
        "http_message_signatures" => http_message_signatures(),
        _ => keyed(name, &[given]),
    };
    let mut schemes = SECRETS.iter().map(|given| catalog.scheme(&auth(given)));
    let fits = schemes.find_map(Result::ok);
    fits.unwrap_or_else(|| panic!("{name} takes none of the secrets"))
}

/// A request that the scheme can sign. Its old `Authorization` asks OAuth for a body hash.
fn unsigned(name: &str, payload: &[u8]) -> Request {
    let text = Encoding::Hex.encode(payload);
    let body = match name {
        "adyen" => format!(
            r#"{{"notificationItems":[{{"NotificationRequestItem":{{"pspReference":"{text}","success":"true",
            "amount":{{"value":1130,"currency":"EUR"}},"additionalData":{{"hmacSignature":null}}}}}}]}}"#
        ),
        "mailgun" => format!(
            r#"{{"signature":{{"token":"","timestamp":"","signature":""}},"event-data":"{text}"}}"#
        ),
        "dropbox_sign" => format!(
            "json={{\"event\":{{\"event_time\":\"{NOW}\",\"event_type\":\"{text}\",\"event_hash\":\"00\"}}}}"
        ),
        "linear" => format!(r#"{{"data":"{text}","webhookTimestamp":0}}"#),
        "pusher" => format!(r#"{{"events":"{text}","time_ms":0}}"#),
        _ => String::new(),
    };
    let body = if body.is_empty() { Bytes::copy_from_slice(payload) } else { body.into() };
    let kind =
        if name == "dropbox_sign" { "application/x-www-form-urlencoded" } else { "text/plain" };
    let headers = [
        ("Host", "h.test"),
        ("X-Kind", "created"),
        ("Content-Type", kind),
        ("Authorization", "OAuth oauth_body_hash=x, oauth_callback=\"a%20b\""),
    ];
    request("POST /a%20b?x=1&bodySHA256=0&y=%3D", &headers, body)
}

fn sign(name: &str, scheme: &Scheme, payload: &[u8]) -> Request {
    let (at, public_url) = (time(NOW), Some("https://p.test"));
    let signing = Signing { at, nonce: "n/1", id: Some("msg_1"), public_url };
    signed(&unsigned(name, payload), &signing, scheme).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// The header fields that the signature brought.
fn brought(unsigned: &Request, signed: &Request) -> Vec<Field> {
    let is_new = |field: &&Field| !unsigned.headers.iter().any(|other| other == *field);
    signed.headers.iter().filter(is_new).cloned().collect()
}

fn is_verified(request: &Request, scheme: &Scheme) -> bool {
    matches!(check(request, scheme), Verdict::Verified { .. })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_signed_is_verified(payload: Vec<u8>) {
        for (name, scheme) in &*SCHEMES {
            let verdict = check(&sign(name, scheme, &payload), scheme);
            prop_assert!(matches!(verdict, Verdict::Verified { .. }), "{} {:?}", name, verdict);
        }
    }

    #[test]
    fn a_flipped_bit_of_the_body_is_refuted(payload in prop::collection::vec(any::<u8>(), 1..99), bit: usize) {
        for (name, scheme) in SCHEMES.iter().filter(|(name, _)| !UNCOVERING.contains(&&**name)) {
            let signed = sign(name, scheme, &payload);
            let forged = Request { body: flipped(&signed.body, bit), ..signed };
            prop_assert!(!is_verified(&forged, scheme), "{}", name);
        }
    }

    #[test]
    fn a_flipped_bit_of_what_carries_the_signature_is_refuted(payload: Vec<u8>, bit: usize) {
        // PLAINTEXT covers not even the parameters beside it.
        for (name, scheme) in SCHEMES.iter().filter(|(name, _)| name != "oauth1_plaintext") {
            let signed = sign(name, scheme, &payload);
            for Field { name: header, value } in brought(&unsigned(name, &payload), &signed) {
                let forged = flipped(&value, bit);
                // Letter case is not part of what hex digits and scheme words stand for, and the
                // last bits of base64 in structured fields stand for nothing.
                let structured = name == "http_message_signatures" && *header != *b"Signature-Input";
                if forged.eq_ignore_ascii_case(&value) || structured {
                    continue;
                }
                let field = Field { name: header.clone(), value: forged };
                let forged = Request { headers: signed.headers.with(vec![field]), ..signed.clone() };
                prop_assert!(!is_verified(&forged, scheme), "{} {:?}", name, header);
            }
        }
    }

    #[test]
    fn a_flipped_bit_of_a_form_is_refuted(body in "[a-z]{1,9}=[a-z]{1,9}&[a-z]{1,9}=[a-z]{1,9}", bit: usize) {
        let form = [("Content-Type", "application/x-www-form-urlencoded"), ("Host", "h.test")];
        let covers = |name: &str| ["oauth1", "mandrill", "twilio", "github", "plivo"].contains(&name);
        for (name, scheme) in SCHEMES.iter().filter(|(name, _)| covers(name)) {
            let signing = Signing { at: time(NOW), nonce: "n", id: None, public_url: Some("https://p.test") };
            let signed = signed(&request("POST /", &form, body.clone()), &signing, scheme).unwrap();
            prop_assert!(is_verified(&signed, scheme), "{}", name);
            let forged = Request { body: flipped(&signed.body, bit), ..signed };
            prop_assert!(!is_verified(&forged, scheme), "{}", name);
        }
    }

    #[test]
    fn whatever_is_sent_gets_a_verdict(value: Vec<u8>, text: String, payload: Vec<u8>) {
        for (name, scheme) in &*SCHEMES {
            let (unsigned, signed) = (unsigned(name, &payload), sign(name, scheme, &payload));
            for field in brought(&unsigned, &signed) {
                let own = [&field.value[..field.value.len() / 2], text.as_bytes()].concat();
                let others = [value.clone(), text.clone().into_bytes(), own];
                // What says the version of a signature is short enough to be hit upon.
                for value in others.into_iter().filter(|other| *other != field.value) {
                    let field = Field { name: field.name.clone(), value: value.into() };
                    let request = Request { headers: signed.headers.with(vec![field]), ..signed.clone() };
                    let verdict = check(&request, scheme);
                    prop_assert!(matches!(verdict, Verdict::Refuted { .. }), "{} {:?}", name, verdict);
                }
            }
            let bare = Request { headers: Headers::default(), body: value.clone().into(), ..unsigned };
            let verdict = check(&bare, scheme);
            prop_assert!(matches!(verdict, Verdict::Refuted { .. }), "{} {:?}", name, verdict);
        }
    }
}

#[test]
fn a_change_of_what_is_signed_of_a_body_is_refuted() {
    for (name, old, new) in [
        ("adyen", "\"pspReference\":\"00\"", "\"pspReference\":\"01\""),
        ("adyen", "1130", "1131"),
        ("adyen", "EUR", "USD"),
        ("adyen", "\"true\"", "\"false\""),
        ("adyen", "\"amount\"", "\"merchantReference\":\"x\",\"amount\""),
        ("mailgun", "msg_1", "msg_2"),
        ("mailgun", "17952552", "17952553"),
    ] {
        let (_, scheme) = SCHEMES.iter().find(|(other, _)| other == name).unwrap();
        let signed = sign(name, scheme, b"\0");
        let body = String::from_utf8(signed.body.to_vec()).unwrap();
        assert!(body.contains(old), "{body}");
        let forged = Request { body: body.replace(old, new).into(), ..signed };
        assert!(!is_verified(&forged, scheme), "{name} {new}");
    }
}

#[test]
fn what_only_the_sender_can_sign_is_not_signed() {
    let catalog = Catalog::builtin();
    let key = include_str!("../../../tests/data/keys/rfc9421-p256.pub.pem");
    let auth = Auth { public_key: Some(secret(key)), ..keyed("sendgrid", &[]) };
    let signing = Signing { at: time(NOW), nonce: "n", id: None, public_url: None };
    let result = signed(&request("POST /", &[], ""), &signing, &catalog.scheme(&auth).unwrap());
    assert_eq!(result.unwrap_err(), CannotSign::NoPrivateKey);
}
