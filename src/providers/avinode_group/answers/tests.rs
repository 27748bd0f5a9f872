use serde_json::json;

use super::super::fixture;
use super::{Body, Kind, calls_left, rejection};

#[test]
fn a_body_is_taken_for_what_it_is_whatever_it_is_called() {
    let html = &[("Content-Type", "text/html; charset=utf-8")][..];
    let text = &[("Content-Type", "text/plain")][..];
    let json = &[("Content-Type", "application/json")][..];
    for (fields, body, expected) in [
        (json, "", Body::Empty),
        (html, " \r\n", Body::Empty),
        (text, "[1]", Body::Json(json!([1]))),
        (json, "<html>", Body::Foreign("HTML, not JSON")),
        (html, "oops", Body::Foreign("HTML, not JSON")),
        (json, r#"{"data":["#, Body::Foreign("JSON that cannot be read")),
        (json, "{} {}", Body::Foreign("JSON that cannot be read")),
        (text, "oops", Body::Foreign("text, not JSON")),
        (&[], "oops", Body::Foreign("text, not JSON")),
    ] {
        assert_eq!(Body::of(&fixture::answer(200, fields, body)), expected, "{body:?}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(Body::of(&fixture::json(200, &deep)), Body::Foreign("JSON that cannot be read"));
}

#[test]
fn data_are_found_in_the_envelope_and_without_it() {
    for (body, expected) in [
        (r#"{"meta":{},"data":[1]}"#, Some(json!([1]))),
        (r#"{"data":{"id":"1"}}"#, Some(json!({"id": "1"}))),
        (r#"{"id":"1"}"#, Some(json!({"id": "1"}))),
        ("[]", Some(json!([]))),
        (r#"{"meta":{},"data":{}}"#, None),
        (r#"{"meta":{},"data":null}"#, None),
        (r#"{"meta":{"errors":[]}}"#, None),
        ("null", None),
        ("{}", None),
        ("", None),
        ("<p>", None),
    ] {
        let body_read = Body::of(&fixture::json(200, body));
        assert_eq!(body_read.data(), expected.as_ref(), "{body}");
    }
}

#[test]
fn notes_of_every_shape_are_told() {
    for (errors, expected) in [
        (
            json!([{"title": "no airport", "code": "START_AIRPORT_INVALID",
                    "path": "activities[1].startAirport"}]),
            vec!["START_AIRPORT_INVALID at activities[1].startAirport: no airport"],
        ),
        (json!([{"code": "NOT_FOUND"}]), vec!["NOT_FOUND"]),
        (json!([{"title": "??? No message available ???"}]), vec!["??? No message available ???"]),
        (json!([{"path": "active", "title": "wrong"}]), vec!["at active: wrong"]),
        (json!(["a text", 7, {"reason": "other"}]), vec!["a text", "7", r#"{"reason":"other"}"#]),
        (json!({"code": "ALONE"}), vec!["ALONE"]),
        (json!("a text alone"), vec!["a text alone"]),
        (json!(null), vec![]),
        (json!({}), vec![]),
    ] {
        let body = Body::Json(json!({"meta": {"errors": errors}}));
        let told = body.notes().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(told, expected, "{errors}");
    }
    for meta in [json!(null), json!([1]), json!("errors")] {
        assert_eq!(Body::Json(json!({"meta": meta})).notes(), []);
    }
}

#[test]
fn many_notes_are_counted_instead_of_told() {
    let body = Body::Json(json!({"meta": {"warnings": vec!["w"; 1000], "errors": vec!["e"; 20]}}));
    let notes = body.notes();
    let of = |kind| notes.iter().filter(|note| note.kind == kind).collect::<Vec<_>>();
    assert_eq!((of(Kind::Error).len(), of(Kind::Warning).len()), (20, 21));
    assert_eq!(notes.last().unwrap().to_string(), "and 980 more");
}

#[test]
fn what_is_left_of_the_calls_is_told_by_the_headers_that_are_there() {
    let source = "(X-Rate-Limit headers, known from third parties only)";
    for (fields, expected) in [
        (&[][..], None),
        (&[("x-rate-limit-remaining", "7")][..], Some("7 calls are left")),
        (&[("X-Rate-Limit-Limit", "3600")][..], Some("3600 calls are allowed")),
        (
            &[
                ("X-Rate-Limit-Limit", "3600"),
                ("X-Rate-Limit-Remaining", "0"),
                ("X-Rate-Limit-Reset", "30"),
            ][..],
            Some("0 of 3600 calls are left, the count starts anew in 30 s"),
        ),
    ] {
        let answer = fixture::answer(200, fields, "");
        let expected = expected.map(|text| format!("{text} {source}"));
        assert_eq!(calls_left(&answer.headers), expected);
    }
}

#[test]
fn a_rejection_puts_errors_at_their_fields_and_the_rest_into_the_message() {
    let field_of = |path: &str| (path == "targetURI").then_some("target");
    let of = |response| rejection(&response, &Body::of(&response), field_of);
    let both = of(fixture::json(
        422,
        r#"{"meta":{"errors":[{"title":"not https","path":"targetURI"},
            {"code":"ERR","path":"other","title":"odd"}],"warnings":["unsaid"]}}"#,
    ));
    assert_eq!(both.message, "answered 422: ERR at other: odd");
    assert_eq!(both.fields, [("target".to_owned(), "not https".to_owned())]);
    for (response, expected) in [
        (
            fixture::json(422, r#"{"meta":{"errors":[{"code":"E","path":"targetURI"}]}}"#),
            "answered 422: not every field is accepted",
        ),
        (fixture::json(500, r#"{"oops":1}"#), "answered 500 without a reason"),
        (fixture::json(500, ""), "answered 500 without a body"),
        (fixture::json(500, "<html>"), "answered 500 with HTML, not JSON"),
        (
            fixture::json(403, ""),
            "answered 403 without a body; the account has no permission for this, or the tail is \
             not configured",
        ),
    ] {
        assert_eq!(of(response).message, expected);
    }
}
