//! Input that is made to do harm, or made by mistake.

use crate::verify::catalog::{Auth, Catalog};
use crate::verify::fixture::{SIGNING, check, keyed, recipe, request, scheme, secret, word};
use crate::verify::signed;

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
