use bytes::Bytes;
use http::{Method, StatusCode};
use jiff::Timestamp;

use super::Censor;
use crate::domain::account::{Account, Bearer, Credentials, Matching, Tenant};
use crate::domain::attempt::{Attempt, AttemptError, Call, Outcome, Purpose, Response, Timing};
use crate::domain::event::ProviderId;
use crate::domain::headers::Headers;
use crate::domain::name::AccountName;
use crate::domain::secret::Secret;
use crate::domain::url::Url;

fn censor(secrets: &[&str]) -> Censor {
    Censor::new(secrets.iter().map(|secret| Secret::new(*secret)))
}

#[test]
fn every_occurrence_of_a_secret_is_masked_in_every_form() {
    for (secrets, text, expected) in [
        (&["s3cret-s3cret"][..], "a s3cret-s3cret b s3cret-s3cret", "a *** b ***"),
        (&["secret"], "secretsecretsecre", "******secre"),
        (&["secret", "secret-long"], "secret-long secret", "*** ***"),
        (&["secret-long", "secret"], "secret-long secret", "*** ***"),
        (&["se/cr+et"], "q=se%2Fcr%2Bet&p=se/cr+et", "q=***&p=***"),
        (&["se-cr_et.~/"], "q=se-cr_et.~%2F", "q=***"),
        (&["se\"cr\\et"], r#"{"a":"se\"cr\\et"}"#, r#"{"a":"***"}"#),
        (&["se\"cret\""], r#"{"a":"se\"cret\""}"#, r#"{"a":"***"}"#),
        (&["secret"], "Secret SECRET secre t", "Secret SECRET secre t"),
        (&["short", ""], "short is a word", "short is a word"),
        (&[], "nothing", "nothing"),
    ] {
        let censor = censor(secrets);
        assert_eq!(censor.text(text), expected, "{secrets:?}");
        assert_eq!(censor.bytes(&Bytes::from(text)), expected, "{secrets:?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_left_but_for_the_secret() {
    let masked = censor(&["secret"]).bytes(&Bytes::from_static(b"\xff\0secret\xfe"));
    assert_eq!(&masked[..], b"\xff\0***\xfe");
}

fn attempt(outcome: Outcome) -> Attempt {
    let headers = Headers::from_pairs([
        ("X-api-key", "12345"),
        ("authorization", "Bearer t0ken-t0ken"),
        ("X-Trace", "12345"),
        ("X-Other", "a t0ken-t0ken b"),
    ]);
    let url = Url::parse("https://a.test/x?t=t0ken-t0ken").unwrap();
    Attempt {
        delivery: None,
        account: None,
        purpose: Purpose::Fetch,
        call: Call::with_body(Method::POST, url, headers, "12345 t0ken-t0ken"),
        started_at: Timestamp::UNIX_EPOCH,
        timing: Timing::default(),
        outcome,
    }
}

#[test]
fn an_attempt_keeps_no_secret_and_everything_else() {
    let headers = Headers::from_pairs([
        ("Set-Cookie", "session=1"),
        ("X-Tokens-Left", "7"),
        ("Location", "https://b.test/?t=t0ken-t0ken"),
        ("X-Echo", "12345"),
    ]);
    let body = Bytes::from_static(b"12345 t0ken-t0ken");
    let response = Response { status: StatusCode::FOUND, headers, body };
    let censored = censor(&["12345", "t0ken-t0ken"]).attempt(attempt(Outcome::Answered(response)));
    assert_eq!(
        censored.call.request.headers.to_block(),
        b"X-api-key: ***\r\nauthorization: ***\r\nX-Trace: ***\r\nX-Other: a *** b\r\n"
    );
    assert_eq!(censored.call.url.to_string(), "https://a.test/x?t=***");
    assert_eq!(censored.call.request.target, "/x?t=***");
    assert_eq!(censored.call.request.body, "12345 ***");
    let response = censored.response().unwrap();
    assert_eq!(
        response.headers.to_block(),
        b"Set-Cookie: ***\r\nX-Tokens-Left: 7\r\nLocation: https://b.test/?t=***\r\nX-Echo: ***\r\n"
    );
    assert_eq!(response.body, "12345 ***");

    let message = "the token t0ken-t0ken is none".to_owned();
    let failed = Outcome::Failed { error: AttemptError::Malformed, message };
    let censored = censor(&["t0ken-t0ken"]).attempt(attempt(failed));
    assert!(!format!("{censored:?}").contains("t0ken-t0ken"));
}

#[test]
fn every_secret_of_an_account_is_known() {
    let secret = |text: &str| Secret::new(text);
    let avinode = |bearer| Credentials::AvinodeGroup {
        api_token: secret("api-token"),
        bearer,
        api_version: "v1.0".to_owned(),
        product: "product".to_owned(),
        act_as_account: Some("somebody".to_owned()),
    };
    let client = Bearer::Client { id: "client".to_owned(), secret: secret("client-secret") };
    for (credentials, expected) in [
        (
            avinode(Bearer::Token(secret("the-bearer"))),
            "*** *** client-secret the-key product somebody",
        ),
        (avinode(client), "*** the-bearer *** the-key product somebody"),
        (
            Credentials::Avionte {
                api_key: secret("the-key"),
                client_id: "client".to_owned(),
                client_secret: secret("client-secret"),
                scope: "scope".to_owned(),
                tenant: Tenant::Id(6),
            },
            "api-token the-bearer *** *** product somebody",
        ),
        (
            Credentials::Channex {
                api_key: secret("the-key"),
                property: Some("product".to_owned()),
            },
            "api-token the-bearer client-secret *** product somebody",
        ),
    ] {
        let url = Url::parse("https://a.test").unwrap();
        let account = Account {
            name: AccountName::from("acme"),
            provider: ProviderId::Avinode,
            base_url: url,
            token_url: None,
            hosts: Vec::new(),
            credentials,
            paths: std::collections::BTreeMap::new(),
            matching: Matching::default(),
        };
        let censor = Censor::of(&account, [secret("fetched-token")]);
        let text = "api-token the-bearer client-secret the-key product somebody";
        assert_eq!(censor.text(text), expected);
        assert_eq!(censor.text("fetched-token"), "***");
    }
    let basic = Credentials::AvinodeGroup {
        api_token: secret("api-token"),
        bearer: Bearer::Client { id: "client".to_owned(), secret: secret("secret1") },
        api_version: String::new(),
        product: String::new(),
        act_as_account: None,
    };
    let censor = Censor::new(super::secrets(&basic));
    assert_eq!(censor.text("Basic Y2xpZW50OnNlY3JldDE="), "Basic ***=");
}
