use hookscope::domain::account::{Account, Credentials, Tenant};
use hookscope::domain::attempt::{Call, Response};
use hookscope::domain::headers::Headers;
use hookscope::domain::secret::Secret;
use hookscope::providers::api;
use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::json;

use super::{Avionte, TENANT_CODE};
use crate::standins::exchange::exchange;
use crate::standins::server::Answer;

fn token(account: &Account) -> Response {
    exchange(&api(account.provider).token_call(account).unwrap()).unwrap()
}

fn talent(account: &Account, id: &str, token: Option<&Secret>) -> Response {
    let url = account.base_url.join(&format!("/talent/{id}")).unwrap();
    let fields = api(account.provider).credentials(account, token, Timestamp::UNIX_EPOCH);
    exchange(&Call::new(Method::GET, url, Headers::default().with(fields))).unwrap()
}

#[test]
fn a_talent_is_read_with_a_token_until_it_expires() {
    let standin = Avionte::start();
    let account = standin.account("acme");
    standin.put_talent("662", json!({"id": 662}));
    let given = api(account.provider).token(&token(&account)).unwrap();
    assert_eq!(given.lifetime.unwrap().as_secs(), 3600);
    assert_eq!(talent(&account, "662", Some(&given.secret)).body, r#"{"id":662}"#);
    assert_eq!(talent(&account, "663", Some(&given.secret)).status, StatusCode::NOT_FOUND);
    assert_eq!(talent(&account, "662", None).status, StatusCode::UNAUTHORIZED);
    standin.expire_token();
    assert_eq!(talent(&account, "662", Some(&given.secret)).status, StatusCode::UNAUTHORIZED);
    let again = api(account.provider).token(&token(&account)).unwrap();
    assert_eq!(talent(&account, "662", Some(&again.secret)).status, StatusCode::OK);
}

#[test]
fn a_company_is_known_by_number_or_code_and_a_stranger_not_at_all() {
    let standin = Avionte::start();
    standin.put_talent("662", json!({"id": 662}));
    let account = standin.account("acme");
    let given = api(account.provider).token(&token(&account)).unwrap();
    for (tenant, status) in [
        (Tenant::Code(TENANT_CODE.to_owned()), StatusCode::OK),
        (Tenant::Id(1), StatusCode::BAD_REQUEST),
    ] {
        let mut account = account.clone();
        if let Credentials::Avionte { tenant: of, .. } = &mut account.credentials {
            *of = tenant;
        }
        assert_eq!(talent(&account, "662", Some(&given.secret)).status, status);
    }
    let mut stranger = account.clone();
    if let Credentials::Avionte { client_secret, .. } = &mut stranger.credentials {
        *client_secret = Secret::new("guessed");
    }
    let refused = api(account.provider).token(&token(&stranger)).unwrap_err();
    assert!(refused.contains("invalid_client"), "{refused}");
    if let Credentials::Avionte { api_key, .. } = &mut stranger.credentials {
        *api_key = Secret::new("guessed");
    }
    assert_eq!(token(&stranger).status, StatusCode::UNAUTHORIZED);
}

#[test]
fn it_answers_what_a_test_tells_it_to_once() {
    let standin = Avionte::start();
    let account = standin.account("acme");
    standin.answer_next(Answer::html(502));
    assert_eq!(token(&account).status, StatusCode::BAD_GATEWAY);
    assert_eq!(token(&account).status, StatusCode::OK);
    assert_eq!(standin.requests().len(), 2);
}
