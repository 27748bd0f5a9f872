use jiff::Timestamp;

use super::super::fixture;
use super::AvinodeGroupApi;
use crate::domain::account::{Account, Bearer, Credentials};
use crate::domain::event::ProviderId;
use crate::domain::headers::{Fidelity, Headers};
use crate::domain::secret::Secret;
use crate::domain::url::Url;
use crate::providers::api::Api;

fn client() -> Bearer {
    Bearer::Client { id: "acme".to_owned(), secret: Secret::new("s&t") }
}

fn credentials(account: &Account, token: Option<&str>, at: &str) -> String {
    let token = token.map(Secret::new);
    let fields = AvinodeGroupApi.credentials(account, token.as_ref(), at.parse().unwrap());
    String::from_utf8(Headers::new(fields, Fidelity::Exact).to_block()).unwrap()
}

#[test]
fn every_documented_header_goes_with_a_call() {
    let mut account = fixture::account();
    let expected = "X-Avinode-ApiToken: 00000000-0000-0000-0000-000000000000\r\n\
        Authorization: Bearer jwt\r\n\
        X-Avinode-SentTimestamp: 2026-11-21T10:00:00.123Z\r\n\
        X-Avinode-ApiVersion: v1.0\r\n\
        X-Avinode-Product: AcmeApp-v10.2\r\n\
        Accept: application/json\r\n\
        Accept-Encoding: gzip\r\n";
    assert_eq!(credentials(&account, None, "2026-11-21T10:00:00.123456Z"), expected);
    if let Credentials::AvinodeGroup { act_as_account, .. } = &mut account.credentials {
        *act_as_account = Some("broker@acme.test".to_owned());
    }
    let block = credentials(&account, None, "2026-11-21T11:00:00+01:00");
    assert!(block.contains("\r\nX-Avinode-ActAsAccount: broker@acme.test\r\n"), "{block}");
    assert!(block.contains("\r\nX-Avinode-SentTimestamp: 2026-11-21T10:00:00.000Z\r\n"), "{block}");
}

#[test]
fn a_token_that_was_fetched_stands_where_a_configured_one_would() {
    let account = fixture::account_of(client());
    let with = credentials(&account, Some("fetched"), "2026-11-21T10:00:00Z");
    assert!(with.contains("\r\nAuthorization: Bearer fetched\r\n"), "{with}");
    let without = credentials(&account, None, "2026-11-21T10:00:00Z");
    assert!(!without.contains("Authorization"), "{without}");
}

#[test]
fn a_token_is_asked_for_where_the_documents_say_or_the_account() {
    let mut account = fixture::account_of(client());
    let call = AvinodeGroupApi.token_call(&account).unwrap();
    assert_eq!(call.url.to_string(), "https://sandbox.avinode.com/api/oauth/token");
    let form = "grant_type=client_credentials&client_id=acme&client_secret=s%26t";
    assert_eq!(call.request.body, form);
    account.token_url = Some(Url::parse("https://login.example.test/t").unwrap());
    let call = AvinodeGroupApi.token_call(&account).unwrap();
    assert_eq!(call.url.to_string(), "https://login.example.test/t");
    assert_eq!(AvinodeGroupApi.token_call(&fixture::account()), None);
}

#[test]
fn the_credentials_of_another_provider_give_nothing() {
    let account = Account {
        provider: ProviderId::Channex,
        credentials: Credentials::Channex { api_key: Secret::new("k"), property: None },
        ..fixture::account()
    };
    assert_eq!(AvinodeGroupApi.token_call(&account), None);
    assert_eq!(AvinodeGroupApi.credentials(&account, None, Timestamp::UNIX_EPOCH), []);
}
