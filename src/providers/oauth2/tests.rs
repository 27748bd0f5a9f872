use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::{token, token_call};
use crate::domain::attempt::Response;
use crate::domain::headers::Headers;
use crate::domain::url::Url;

fn answer(status: u16, body: &str) -> Response {
    Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers: Headers::default(),
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}

#[test]
fn the_form_encodes_whatever_an_id_or_a_secret_may_hold() {
    let url = Url::parse("https://sandbox.avinode.com/api/oauth/token").unwrap();
    let call = token_call(url, &[("client_id", b"a b-.~"), ("client_secret", "&=+%é".as_bytes())]);
    assert_eq!(
        call.request.body,
        "grant_type=client_credentials&client_id=a%20b-.%7E&client_secret=%26%3D%2B%25%C3%A9",
    );
    assert!(call.request.is_form());
}

#[test]
fn a_token_comes_with_its_lifetime_if_the_answer_tells() {
    for (body, lifetime) in [
        (r#"{"access_token":"t0","token_type":"Bearer","expires_in":1800}"#, Some(1800)),
        (r#"{"access_token":"t0","expires_in":"60"}"#, Some(60)),
        (r#"{"access_token":"t0","expires_in":"soon"}"#, None),
        (r#"{"access_token":"t0","expires_in":-1}"#, None),
        (r#"{"access_token":"t0"}"#, None),
    ] {
        let token = token(&answer(200, body)).unwrap();
        assert_eq!(token.secret.expose(), b"t0", "{body}");
        assert_eq!(token.lifetime, lifetime.map(Duration::from_secs), "{body}");
    }
}

#[test]
fn an_answer_without_a_token_tells_what_it_says_instead() {
    let refused = r#"{"error":"invalid_client","error_description":"wrong secret",
        "errorDetails":[{"code":"invalid_client_secret_post","description":"does not match"},7]}"#;
    for (status, body, expected) in [
        (
            401,
            refused,
            "answered 401: invalid_client: wrong secret; invalid_client_secret_post: does not match",
        ),
        (200, r#"{"error":"invalid_scope"}"#, "answered 200: invalid_scope"),
        (500, "{}", "answered 500 without a reason"),
        (502, "<html></html>", "answered 502 without a JSON object"),
        (200, "[1]", "answered 200 without a JSON object"),
        (200, "", "answered 200 without a JSON object"),
        (200, r#"{"access_token":""}"#, "answered 200 without an access_token"),
        (200, r#"{"access_token":{"t":1}}"#, "answered 200 without an access_token"),
        (200, r#"{"access_token":"a\r\nX: 1"}"#, "gave a token that cannot stand in a header"),
        (
            200,
            r#"{"access_token":"t","token_type":"mac"}"#,
            "gave a token of the type mac; only bearer is known here",
        ),
    ] {
        assert_eq!(token(&answer(status, body)).unwrap_err(), expected, "{body}");
    }
}
