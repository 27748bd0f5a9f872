use super::super::tests::{drawn, view};
use super::{PART, decoded};

#[test]
fn a_form_is_shown_as_decoded_pairs() {
    let view = view(
        "application/x-www-form-urlencoded; charset=utf-8",
        "a=1&b+c=x%20y%2Bz&&flag&e=&caf%C3%A9=%zz",
    );
    assert_eq!(drawn(&view), ["a = 1", "b c = x y+z", "flag = ", "e = ", "café = %zz"]);
}

#[test]
fn json_in_a_form_opens_below_its_pair() {
    let mut view = view(
        "application/x-www-form-urlencoded",
        "payload=%7B%22user%22%3A%7B%22id%22%3A5%7D%7D&v=2",
    );
    assert_eq!(
        drawn(&view),
        [
            r#"payload = {"user":{"id":5}}"#,
            "  {",
            "    \"user\": {",
            "      \"id\": 5",
            "    }",
            "  }",
            "v = 2"
        ]
    );
    view.move_to(3);
    assert_eq!(view.path_at_cursor(), "payload » $.user.id");
    assert_eq!(view.pointer_at_cursor().as_deref(), Some("/user/id"));
    view.move_to(0);
    assert_eq!(view.value_at_cursor(), r#"{"user":{"id":5}}"#);
}

#[test]
fn a_long_value_goes_on_below_its_pair() {
    let value = "é".repeat(PART);
    let body = format!("a={}&b=1", value.replace('é', "%C3%A9"));
    let mut view = view("application/x-www-form-urlencoded", body);
    assert_eq!(view.len(), 2, "folded at first");
    assert!(view.toggle_fold());
    let rows = drawn(&view);
    assert_eq!(rows.len(), 3);
    assert_eq!(format!("{}{}", rows[0].trim_start_matches("a = "), rows[1]), value);
    assert_eq!(view.value_at_cursor(), value);
    view.move_to(1);
    assert_eq!((view.path_at_cursor().as_str(), view.value_at_cursor()), ("a", value));
}

#[test]
fn text_is_shown_by_lines_whatever_ends_them() {
    let view = view("text/plain", "one\r\n\ntwo\n");
    assert_eq!(drawn(&view), ["1|one", "2|", "3|two"]);
}

#[test]
fn a_long_line_takes_several_rows_and_is_still_one_value() {
    let line = format!("x{}", "é".repeat(PART));
    let mut view = view("text/plain", format!("a\n{line}\nb"));
    let rows = drawn(&view);
    assert_eq!(rows.len(), 5);
    assert!(rows[1].starts_with("2|xé") && rows[2].starts_with("…é") && rows[4] == "3|b");
    assert!(!rows.concat().contains('\u{fffd}'), "no character is cut in two");
    view.move_to(2);
    assert_eq!((view.path_at_cursor().as_str(), view.value_at_cursor()), ("line 2", line));
}

#[test]
fn anything_else_is_a_hex_dump() {
    let mut view = view("image/png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR!"[..]);
    assert_eq!(drawn(&view).len(), 2);
    view.to_bottom();
    assert_eq!(
        (view.path_at_cursor().as_str(), view.value_at_cursor().as_str()),
        ("offset 0x10", "21")
    );
    assert!(view.search("dr!"), "a match may go over the end of a row");
    assert_eq!(view.cursor(), 0);
}

#[test]
fn a_body_that_only_begins_like_json_is_text() {
    assert_eq!(drawn(&view("text/plain", "[info] started")), ["1|[info] started"]);
    assert_eq!(drawn(&view("", &b"[\xff\xfe\0"[..])), ["0000 [5b, ff, fe, 00]"]);
}

#[test]
fn broken_escapes_of_a_form_stand_for_themselves() {
    for (raw, text) in [("%", "%"), ("%4", "%4"), ("%+1", "% 1"), ("%41%", "A%"), ("%%41", "%A")] {
        assert_eq!(String::from_utf8(decoded(raw.as_bytes())).unwrap(), text, "{raw}");
    }
}
