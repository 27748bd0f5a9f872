use http::StatusCode;

use super::{excerpt, in_words, json, redirect, retry_after};
use crate::domain::attempt::Response;
use crate::domain::headers::Headers;

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers: Headers::from_pairs(headers.iter().copied()),
        body: body.to_owned().into(),
    }
}

const JSON_500: &str = "500 Internal Server Error with JSON that cannot be read";

#[test]
fn any_answer_is_said_in_one_line() {
    let html = [("Content-Type", "text/html")];
    for (status, headers, body, expected) in [
        (
            502,
            &html[..],
            "<html>\n<h1>Bad\nGateway</h1> <p>nginx</html>",
            "502 Bad Gateway with text/html: Bad Gateway nginx",
        ),
        (502, &html[..], "<html", "502 Bad Gateway without a text"),
        (
            500,
            &[][..],
            "\u{0} a  <b>",
            "500 Internal Server Error with no content type: \u{0} a <b>",
        ),
        (200, &[][..], "", "200 OK without a text"),
        (200, &[][..], " {\"secret\":1}", "200 OK with JSON"),
        (200, &[][..], "{\"headers\":{\"secret", "200 OK with JSON that cannot be read"),
        (500, &[("Content-Type", "application/json")][..], "s3cret", JSON_500),
    ] {
        assert_eq!(in_words(&response(status, headers, body)), expected);
    }
}

#[test]
fn a_long_text_is_cut_between_characters() {
    assert_eq!(excerpt(&"é".repeat(300)), "é".repeat(300));
    assert_eq!(excerpt(&"é".repeat(301)), "é".repeat(300) + "…");
}

#[test]
fn what_is_not_json_is_none() {
    assert!(json(&response(200, &[], "{}")).is_some());
    for body in ["", "<html>", "{", "\u{feff}{}"] {
        assert_eq!(json(&response(200, &[], body)), None, "{body}");
    }
}

#[test]
fn when_to_ask_again_and_where_it_points_are_told_by_the_head() {
    for (value, expected) in [
        ("60", "it may be asked again in 60 s"),
        (
            "Wed, 21 Oct 2026 07:28:00 GMT",
            "it may be asked again from Wed, 21 Oct 2026 07:28:00 GMT",
        ),
    ] {
        let answer = response(429, &[("Retry-After", value)], "");
        assert_eq!(retry_after(&answer).as_deref(), Some(expected));
    }
    let answer = response(302, &[("Location", "https://evil.test/")], "");
    let sentence = redirect(&answer).unwrap();
    assert!(sentence.starts_with("it redirects to https://evil.test/;"), "{sentence}");
    assert_eq!(redirect(&response(200, &[("Location", "/webhooks/1")], "")), None);
}
