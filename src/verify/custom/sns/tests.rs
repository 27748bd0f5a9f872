use std::time::Duration;

use proptest::prelude::*;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use super::Posted;
use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::catalog::Auth;
use crate::verify::encoding::Encoding;
use crate::verify::fixture::{at, request, scheme, secret, word};
use crate::verify::key_text;
use crate::verify::verify;

const CERTIFICATE: &str = include_str!("../../../../tests/data/keys/rsa.cert.pem");
const PRIVATE_KEY: &str = include_str!("../../../../tests/data/keys/rsa.pem");
const ADDRESS: &str = "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-1.pem";
const TOPIC: &str = "arn:aws:sns:us-west-2:123456789012:MyTopic";

/// 2026-11-21T10:00:00Z
const SENT: i64 = 1_795_255_200;

// Made with OpenSSL over the lines that Amazon's documents say.
const VERSION_1: &str = "d6n7lvxkScAPr9UYSPPxVM1RHIpF+q3vtR9e9cjXgGO8o82m5Sx0rKj842DrPGwPioI/oRmHF+ntyt6MkVFDmWd9hUiGFANZkLLY+wpHvZeYsutggSw9tz/mz98ksiUnzvKbGhu7eB668a92z46Kvp26gucGyrplymvYi04cJfEOhWj284/6PyzudxIVDWJEeCYbbu32SGt8RvgLMcreXtv0P0WI1P69JPEwfGhPnyp/ln0DIZr8ob8xEZ7GZWPYdON7fHcLRZM+glBIQJYhq+vGDAczHHiYuqb3GEqKi8XKlOvR6Rby6A3Zo73l34eoaZN/hUChj81AxEjcSmkQjw==";
const VERSION_2: &str = "gSjywR1rmqzR0axFACPFnTogfuVWoaFmJpxkF7AHns0Ym+diQn8WaAptv9foab4QJRTKxsK0sO1U+aTVlxL+EunAUNd9BQDOxcfqiftG8NWKRAEBjlCSXZGDEWPazSauI+njzH5Jj81k2mlRrChb2RzTNaAppSt1HCx1dfmkbZReIhQ7bBD6sRoVzSdtmY/vVocFiHaskYcACj6QmO1ZMuq2XAo0GCdLwb7Sm1Dbt4TrYe2C/tzjc21OYCj6CgcbD+HIqgTLFW8WpyEuqiw2QNKeAUT/oXOOXs1NfrdU8D/J+kakLgKrsBvUVVI46X/kJDcM1v8eWE7lav11GUdFIQ==";
const WITHOUT_SUBJECT: &str = "dwQZuvlMEwht5x5A5jxg/TcgTK574VGLAguBHZ+mgsc1TAeoYDu585swjh8T6NIlE3pirrsrLctGf48OuipSnGCFFjM86mT6FQt3JnZA0yA0C3hZPY+Op5mRLQBGfjQPvPVwyv6DXOq7cg1RsErwLAS1BzsDi0i4oTRcUa3OHiNl97risxlu4gHbYJy5mjxvRVILLq2gef8hHT5B6G+n544PMTBtbeN9BS2XqcjYqOwcJZ5eTAFyu6dsVQ65ZLbiTuW0bzgDdJDn+EWOerHR5L20bwS2OEybbhFjEsPz1kaHi/aYqJ0R9kOQh32VbuNPQ8kUD7mf0xNYqagO9I1Dtg==";
const CONFIRMATION: &str = "N3oPU4Om2jy1ta/3S6WjJV4o4FPmvH35v2zoPrfVah6hrdIbCoDHxuBBHknM3olGj2nnM1dBs4ICmzvhTQtup4XOciimzhdwSReP3nl6DaJ5KZ/CPQq702mVsO3JCNLxBOMhnGnlQcvls9/YE4MgEmMwn4yKdl0t/sM932ZET5nMm8fcuI8bTcgzEc1zrlLLfBP/ytCHw/ePo4oKQs5oj3/ZuYYZzhfPGDpTUaOZaYvtW+99K0OYS2clbNO4oS9rC164/mo5xMEZz0ih/Y4dof/4HY+OZuPtGGGU9Z5qZQyZpA6jfeEDQX98LoGaoiIbO9y5l7q73Itr7u4gSG597A==";

fn topic() -> Auth {
    Auth {
        scheme: "aws_sns".to_owned(),
        topic_arn: Some(TOPIC.to_owned()),
        certificates: [(ADDRESS.to_owned(), secret(CERTIFICATE))].into(),
        ..Auth::default()
    }
}

fn notification(version: &str, signature: &str) -> Value {
    json!({
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Subject": "My \"First\" Message",
        "Message": "Hello w\u{f6}rld!\n<tab>\t",
        "Timestamp": "2026-11-21T10:00:00.123Z",
        "SignatureVersion": version,
        "Signature": signature,
        "SigningCertURL": ADDRESS,
        "UnsubscribeURL": "https://sns.us-west-2.amazonaws.com/?Action=Unsubscribe",
    })
}

fn with(mut message: Value, changes: &[(&str, Value)]) -> Value {
    for (name, value) in changes {
        message[*name] = value.clone();
    }
    message
}

fn post(body: &str) -> Request {
    request("POST /", &[("Content-Type", "text/plain; charset=UTF-8")], body.to_owned())
}

fn check(message: &Value, auth: &Auth) -> Verdict {
    verify(&post(&message.to_string()), &at(SENT), &scheme(auth))
}

#[test]
fn messages_of_both_versions_and_every_type_verify() {
    let confirmation = json!({
        "Type": "SubscriptionConfirmation",
        "MessageId": "165545c9",
        "Token": "2336412f37",
        "TopicArn": TOPIC,
        "Message": "You have chosen",
        "SubscribeURL": "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription",
        "Timestamp": "2026-11-21T10:00:00.123Z",
        "SignatureVersion": "2",
        "Signature": CONFIRMATION,
        "SigningCertURL": ADDRESS,
    });
    for message in [
        notification("1", VERSION_1),
        notification("2", VERSION_2),
        with(notification("2", WITHOUT_SUBJECT), &[("Subject", Value::Null)]),
        confirmation,
    ] {
        let Verdict::Verified { notes, .. } = check(&message, &topic()) else {
            panic!("{message}");
        };
        assert_eq!(notes, [super::UNCOVERED]);
        let spread = serde_json::to_string_pretty(&message).unwrap();
        let verdict = verify(&post(&spread), &at(SENT), &scheme(&topic()));
        assert_eq!(word(&verdict), "verified");
    }
}

#[test]
fn each_thing_that_may_be_wrong_has_its_reason() {
    let good = || notification("2", VERSION_2);
    let text = |text: &str| Value::from(text);
    let elsewhere = ADDRESS.replace("-1.pem", "-2.pem");
    let evil = ADDRESS.replace(".com/", ".com.evil.test/");
    for (message, expected) in [
        (good(), "verified"),
        (json!({}), "malformed_credential"),
        (with(good(), &[("Signature", Value::Null)]), "missing_credential"),
        (with(good(), &[("Message", Value::Null)]), "malformed_credential"),
        (with(good(), &[("MessageId", json!(1))]), "malformed_credential"),
        (with(good(), &[("Timestamp", text("yesterday"))]), "malformed_credential"),
        (with(good(), &[("Signature", text("!"))]), "malformed_credential"),
        (with(good(), &[("SigningCertURL", text(&evil))]), "untrusted_certificate"),
        (with(good(), &[("SigningCertURL", text(&elsewhere))]), "unknown_key"),
        (with(good(), &[("SigningCertURL", text(""))]), "untrusted_certificate"),
        (with(good(), &[("SignatureVersion", text("3"))]), "unsupported_algorithm"),
        (with(good(), &[("SignatureVersion", text("1"))]), "signature_mismatch"),
        (with(good(), &[("Signature", text(VERSION_1))]), "signature_mismatch"),
        (with(good(), &[("Signature", text("AAAA"))]), "signature_mismatch"),
        (with(good(), &[("Message", text("Hello"))]), "signature_mismatch"),
        (with(good(), &[("Subject", Value::Null)]), "signature_mismatch"),
        (with(good(), &[("Type", text("UnsubscribeConfirmation"))]), "signature_mismatch"),
        (with(good(), &[("TopicArn", text("other"))]), "signature_mismatch"),
        (with(good(), &[("UnsubscribeURL", text("https://evil.test"))]), "verified"),
    ] {
        assert_eq!(word(&check(&message, &topic())), expected, "{message}");
    }
    let other = Auth { topic_arn: Some("arn:other".to_owned()), ..topic() };
    assert_eq!(word(&check(&good(), &other)), "claim_mismatch");
    let any = Auth { topic_arn: None, ..topic() };
    let Verdict::Verified { notes, .. } = check(&good(), &any) else { panic!("not verified") };
    assert_eq!(notes, [super::UNCOVERED, super::ANY_TOPIC]);
}

#[test]
fn age_is_judged_only_where_it_is_asked_for() {
    let message = post(&notification("2", VERSION_2).to_string());
    let strict = Auth { tolerance: Some(Duration::from_secs(60)), ..topic() };
    for (auth, arrived, expected) in [
        (topic(), SENT + 9_999_999, "verified"),
        (strict.clone(), SENT + 60, "verified"),
        (strict, SENT + 61, "stale"),
    ] {
        assert_eq!(word(&verify(&message, &at(arrived), &scheme(&auth))), expected);
    }
}

#[test]
fn a_body_that_is_no_message_is_told_apart() {
    let twice = notification("2", VERSION_2).to_string().replacen('{', "{\"Type\":\"x\",", 1);
    for (body, expected) in [
        ("", "missing_credential"),
        ("hello", "missing_credential"),
        ("[1]", "malformed_credential"),
        ("{\"Type\":", "missing_credential"),
        (&twice, "malformed_credential"),
        (&"[".repeat(100_000), "malformed_credential"),
        (&format!("{{\"a\":{}", "[".repeat(100_000)), "missing_credential"),
    ] {
        let verdict = verify(&post(body), &at(SENT), &scheme(&topic()));
        assert_eq!(word(&verdict), expected, "{}", body.len());
    }
    let raw = request("POST /", &[("x-amz-sns-rawdelivery", "true")], "hello");
    let Verdict::Refuted { message, .. } = verify(&raw, &at(SENT), &scheme(&topic())) else {
        panic!("not refuted");
    };
    assert!(message.starts_with("raw message delivery is not signed"), "{message}");
}

#[test]
fn a_message_and_its_retries_have_one_id() {
    let sent = request("POST /", &[("X-Amz-Sns-Message-Id", "22b80b92")], "");
    assert_eq!(scheme(&topic()).dedupe_key(&sent).as_deref(), Some(&b"22b80b92"[..]));
}

proptest! {
    #[test]
    fn what_is_signed_is_verified_and_any_other_value_is_not(text: String, other: String) {
        let message = with(notification("2", ""), &[("Message", Value::from(text.clone()))]);
        let body = message.to_string();
        let canonical = serde_json::from_str::<Posted<'_>>(&body).unwrap().canonical();
        let key = key_text::readings(PRIVATE_KEY.as_bytes()).remove(0);
        let key = RsaKeyPair::from_pkcs8(&key).unwrap();
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), canonical.as_bytes(), &mut signature).unwrap();
        let signature = Encoding::Base64.encode(&signature);
        let signed = with(message, &[("Signature", Value::from(signature))]);
        prop_assert_eq!(word(&check(&signed, &topic())), "verified");
        let expected = if text == other { "verified" } else { "signature_mismatch" };
        let forged = with(signed, &[("Message", Value::from(other))]);
        prop_assert_eq!(word(&check(&forged, &topic())), expected);
    }
}
