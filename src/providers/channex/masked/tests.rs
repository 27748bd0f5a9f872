use super::body;

#[test]
fn every_value_of_headers_and_parameters_is_masked_and_every_member_named_like_a_credential() {
    for (given, expected) in [
        (
            r#"{"data":[{"attributes":{"headers":{"Authorization":"Basic eDp5","X-Anything":"z"},"request_params":{"t":"s"},"callback_url":"https://a.test"}}]}"#,
            r#"{"data":[{"attributes":{"headers":{"Authorization":"***","X-Anything":"***"},"request_params":{"t":"***"},"callback_url":"https://a.test"}}]}"#,
        ),
        (r#"{"webhook":{"headers":"X-A: b"}}"#, r#"{"webhook":{"headers":"***"}}"#),
        (r#"{"headers":{"a":{"b":"c"}}}"#, r#"{"headers":{"a":"***"}}"#),
        (r#"{"a":[{"access_token":["s"]}]}"#, r#"{"a":[{"access_token":"***"}]}"#),
        (r#"{"API-Key":1}"#, r#"{"API-Key":"***"}"#),
    ] {
        assert_eq!(String::from_utf8(body(given.as_bytes())).unwrap(), expected);
    }
}

#[test]
fn what_holds_nothing_to_mask_keeps_its_very_bytes() {
    for given in [
        &br#"{ "amount": 220.00, "headers": {}, "request_params": null }"#[..],
        br#"{"secret":null}"#,
        b"<html>secret</html>",
        b"",
        b"{\"headers\":",
        b"\xff\xfe",
    ] {
        assert_eq!(body(given), given);
    }
}
