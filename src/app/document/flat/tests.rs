use super::super::builder::MAX_ROWS;
use super::super::tests::{document, drawn, view};
use crate::domain::body::BodyKind;

#[test]
fn the_kind_is_what_the_rows_show() {
    for (content_type, body, kind) in [
        ("application/json", "{\"a\":1}", BodyKind::Json),
        ("application/json", "[oops", BodyKind::Json),
        ("text/plain", "[oops", BodyKind::Text),
        ("application/x-www-form-urlencoded", "a=1", BodyKind::Form),
        ("application/x-www-form-urlencoded", "{\"a\":", BodyKind::Json),
        ("", "hello", BodyKind::Text),
        ("", "a\0b", BodyKind::Binary),
        ("application/json", "", BodyKind::Empty),
    ] {
        assert_eq!(document(content_type, body).kind(), kind, "{content_type} {body:?}");
    }
}

#[test]
fn more_rows_than_are_kept_are_said_to_be_missing() {
    let lines = "\n".repeat(MAX_ROWS + 5);
    let pairs = "a&".repeat(MAX_ROWS + 5);
    let values = format!("[{}1]", "1,".repeat(MAX_ROWS + 5));
    for (content_type, body) in [
        ("text/plain", lines),
        ("application/x-www-form-urlencoded", pairs),
        ("application/json", values),
    ] {
        let mut view = view(content_type, body);
        assert!(view.len() <= MAX_ROWS + 1);
        view.to_bottom();
        let last = view.rows(view.cursor()..view.len()).next().unwrap();
        let text = format!("{:?}", last.value);
        assert!(text.contains("bytes are not shown, copy the body"), "{content_type}: {text}");
    }
}

#[test]
fn a_document_in_a_message_prints_its_size_and_not_its_rows() {
    let printed = format!("{:?}", document("application/json", "[1,2,3]"));
    assert_eq!(printed, "Document { kind: Json, rows: 5, bytes: 7, .. }");
    assert_eq!(drawn(&view("application/json", "[1,2,3]")).len(), 5);
}
