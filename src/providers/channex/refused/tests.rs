use serde_json::json;

use super::Refused;
use crate::providers::channex::fixture::{answer, json_answer};

#[test]
fn errors_are_read_with_details_of_either_shape() {
    for (status, errors, message, fields) in [
        (
            400,
            json!({"code": "bad_request", "title": "Bad Request", "details": ["restrictions is required"]}),
            "Channex answers 400: Bad Request: restrictions is required",
            vec![],
        ),
        (
            401,
            json!({"code": "unauthorized", "title": "Unauthorized"}),
            "Channex answers 401: Unauthorized",
            vec![],
        ),
        (404, json!({"code": "not_found"}), "Channex answers 404: not_found", vec![]),
        (429, json!({}), "Channex answers 429 Too Many Requests with JSON", vec![]),
        (
            422,
            json!({"title": "Validation Error", "details": {
                "callback_url": ["is invalid", "can't be blank"], "event_mask": "is odd",
                "property_id": ["can't be blank"], "is_active": ["is no boolean"],
                "request_params": {"a": 1},
            }}),
            "Channex answers 422: Validation Error",
            vec![
                ("target", "is invalid; can't be blank"),
                ("events", "is odd"),
                ("property", "can't be blank"),
                ("active", "is no boolean"),
                ("params", r#"{"a":1}"#),
            ],
        ),
        (
            422,
            json!({"title": "Validation Error", "details": {"shoe_size": ["too large"]}}),
            "Channex answers 422: Validation Error; shoe_size: too large",
            vec![],
        ),
        (
            422,
            json!([{"detail": "a list"}]),
            r#"Channex answers 422 Unprocessable Entity: [{"detail":"a list"}]"#,
            vec![],
        ),
        (200, json!({"title": "Partly"}), "Channex answers 200: Partly", vec![]),
    ] {
        let refused = Refused::by(&json_answer(status, &json!({"errors": errors}))).unwrap();
        let rejection = refused.into_rejection();
        assert_eq!(rejection.message, message);
        let said = rejection.fields.iter().map(|(key, said)| (key.as_str(), said.as_str()));
        assert_eq!(said.collect::<Vec<_>>(), fields, "{message}");
    }
}

#[test]
fn an_answer_without_the_documented_errors_is_told_as_it_is() {
    for (status, kind, body, message) in [
        (
            502,
            "text/html",
            "<h1>Bad Gateway</h1>",
            "Channex answers 502 Bad Gateway with text/html: Bad Gateway",
        ),
        (
            500,
            "application/json",
            "{",
            "Channex answers 500 Internal Server Error with JSON that cannot be read",
        ),
        (
            422,
            "application/json",
            r#"{"errors":null}"#,
            "Channex answers 422 Unprocessable Entity with JSON",
        ),
        (302, "text/plain", "", "Channex answers 302 Found without a text"),
    ] {
        let refused = Refused::by(&answer(status, &[("Content-Type", kind)], body)).unwrap();
        assert_eq!(refused.message, message);
    }
    for body in [json!({"data": []}), json!({"errors": {}}), json!({"errors": []}), json!([])] {
        assert!(Refused::by(&json_answer(200, &body)).is_none(), "{body}");
    }
    assert!(Refused::by(&answer(204, &[], "")).is_none());
}
