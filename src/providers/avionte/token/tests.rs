use super::call;
use crate::domain::url::Url;
use crate::providers::avionte::fixture::account;

#[test]
fn a_token_is_asked_for_as_the_documents_have_it() {
    let call = call(&account()).unwrap();
    assert_eq!(call.url.to_string(), "https://api.avionte.com/authorize/token");
    assert_eq!(call.request.method, http::Method::POST);
    assert!(call.request.is_form());
    assert_eq!(call.request.headers.text("X-api-key"), Some("key"));
    let body = String::from_utf8(call.request.body.to_vec()).unwrap();
    let expected = "grant_type=client_credentials&client_id=client&client_secret=s%26cret&scope=";
    assert!(body.starts_with(expected), "{body}");
}

#[test]
fn another_environment_has_its_token_beside_its_api_unless_told_otherwise() {
    let mut account = account();
    for (base, expected) in [
        ("https://api.avionte.com/front-office/v1", "https://api.avionte.com/authorize/token"),
        ("http://127.0.0.1:4010/front-office/v1", "http://127.0.0.1:4010/authorize/token"),
        ("https://[::1]:4010/x", "https://[::1]:4010/authorize/token"),
    ] {
        account.base_url = Url::parse(base).unwrap();
        assert_eq!(call(&account).unwrap().url.to_string(), expected);
    }
    account.token_url = Some(Url::parse("https://login.example.test/token").unwrap());
    assert_eq!(call(&account).unwrap().url.to_string(), "https://login.example.test/token");
}
