use proptest::prelude::*;

use super::super::shown::Value;
use super::super::tests::{document, drawn, json, view};
use super::super::{Document, View};

fn rows(body: &str) -> Vec<String> {
    drawn(&view("application/json", body.to_owned()))
}

#[test]
fn values_are_shown_as_they_were_sent() {
    assert_eq!(
        rows(
            r#" {"n" : 1.10 ,"n":-0e+5, "big":123456789012345678901234567890,"e":"\u00e9\/","z":[],"o":{ },"t":true,"f":false} "#
        ),
        [
            "{",
            "  \"n\": 1.10,",
            "  \"n\": -0e+5,",
            "  \"big\": 123456789012345678901234567890,",
            r#"  "e": "\u00e9\/","#,
            "  \"z\": [],",
            "  \"o\": {},",
            "  \"t\": true,",
            "  \"f\": false",
            "}",
        ]
    );
}

#[test]
fn json_in_a_string_opens_below_it() {
    let body = r#"{"Event":"x","Resource":"{\"Id\":7,\"Tags\":[\"a\"]}","n":1}"#;
    assert_eq!(
        rows(body),
        [
            "{",
            "  \"Event\": \"x\",",
            r#"  "Resource": "{\"Id\":7,\"Tags\":[\"a\"]}","#,
            "    {",
            "      \"Id\": 7,",
            "      \"Tags\": [",
            "        \"a\"",
            "      ]",
            "    }",
            "  \"n\": 1",
            "}",
        ]
    );
    let mut view = view("application/json", body);
    view.move_to(6);
    assert_eq!(view.path_at_cursor(), "$.Resource » $.Tags[0]");
    view.move_to(2);
    assert_eq!(view.value_at_cursor(), r#"{"Id":7,"Tags":["a"]}"#);
    assert!(view.toggle_fold());
    assert_eq!(view.len(), 5);
}

#[test]
fn a_string_that_only_looks_like_json_stays_a_string() {
    for text in ["{x}", "[]", "{}", "[1,]", "[info] started [ok]", "{\\\"a\\\":1} {\\\"b\\\":2}"] {
        let body = format!("[\"{text}\"]");
        assert_eq!(rows(&body), ["[", &format!("  \"{text}\""), "]"], "{text}");
    }
}

#[test]
fn json_in_strings_in_strings_is_opened_to_a_bounded_depth() {
    let mut text = "[1]".to_owned();
    for _ in 0..6 {
        text = format!("[{}]", serde_json::to_string(&text).unwrap());
    }
    let view = view("application/json", text);
    let strings = view.rows(0..100).filter(|row| matches!(row.value, Value::String { .. })).count();
    assert_eq!(strings, 5, "the fifth is shown but not opened");
}

#[test]
fn what_could_be_read_of_broken_json_is_shown_and_the_rest_as_text() {
    assert_eq!(
        rows("{\"a\": 1,\n \"b\": tru,\n \"c\": 2}"),
        [
            "{",
            "  \"a\": 1,",
            "!not JSON from here on: a value is expected (line 2, column 7)",
            "2|\"b\": tru,",
            "3| \"c\": 2}",
        ]
    );
    assert_eq!(
        rows("{\"a\": [1, 2"),
        [
            "{",
            "  \"a\": [",
            "    1,",
            "    2",
            "!not JSON from here on: the text ends before the closing bracket (line 1, column 12)",
        ]
    );
    assert_eq!(
        rows("[1] x"),
        [
            "[",
            "  1",
            "]",
            "!not JSON from here on: more text follows the JSON value (line 1, column 5)",
            "1|x"
        ]
    );
}

#[test]
fn each_mistake_is_named() {
    for (body, message) in [
        ("[1,]", "a value is expected"),
        ("[,1]", "a value is expected"),
        ("[1 2]", "a comma or the closing bracket is missing"),
        ("[1}", "a comma or the closing bracket is missing"),
        ("{\"a\" 1}", "a colon has to follow the key"),
        ("{a:1}", "a key in quotes is expected"),
        ("{\"a\":1,}", "a key in quotes is expected"),
        ("{\"a\":", "the text ends where a value is expected"),
        ("[\"x]", "the text ends within a string"),
        ("[nul]", "a value is expected"),
        ("[NaN]", "a value is expected"),
    ] {
        let drawn = rows(body);
        assert!(drawn.iter().any(|row| row.contains(message)), "{body}: {drawn:?}");
    }
}

#[test]
fn an_unfinished_container_does_not_pretend_to_be_closed() {
    assert_eq!(rows("[\"x]")[0], "[");
    let mut view = view("application/json", "[[1,2");
    view.move_to(1);
    view.toggle_fold();
    assert_eq!(drawn(&view)[1], "  […");
}

#[test]
fn a_hundred_thousand_levels_do_not_overflow() {
    let depth = 100_000;
    for body in ["[".repeat(depth), "[".repeat(depth) + &"]".repeat(depth), "{\"a\":".repeat(depth)]
    {
        let mut view = view("application/json", body);
        view.fold_all();
        view.unfold_all();
        view.move_to(depth - 1);
        assert!(view.path_at_cursor().len() >= 2 * (depth - 1));
        assert!(view.search("zzz") || view.len() >= depth);
    }
}

fn rebuilt(view: &View) -> String {
    let mut text = String::new();
    for row in view.rows(0..usize::MAX) {
        let token = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        if let Some(name) = &row.name {
            text.push_str(&token(name));
            text.push(':');
        }
        let value = match row.value {
            Value::Container { brackets: (open, close), members: Some(0) } => {
                format!("{open}{close}")
            }
            Value::Container { brackets: (open, _), .. } => open.to_string(),
            Value::Close(close) => close.to_string(),
            Value::String { raw, .. } | Value::Number(raw) | Value::Boolean(raw) => token(raw),
            _ => "null".to_owned(),
        };
        text.push_str(&value);
        if row.has_comma {
            text.push(',');
        }
    }
    text
}

fn is_embedded_free(document: &Document) -> bool {
    document.sources.len() == 1
}

proptest! {
    #[test]
    fn the_rows_of_any_json_put_together_are_that_json(text in json()) {
        let view = view("application/json", format!("[{text}]"));
        prop_assume!(is_embedded_free(view.document()));
        let expected = serde_json::from_str::<serde_json::Value>(&format!("[{text}]")).unwrap();
        let actual = serde_json::from_str::<serde_json::Value>(&rebuilt(&view)).unwrap();
        prop_assert_eq!(actual, expected);
    }

    #[test]
    fn we_call_json_what_serde_calls_json(text in "[\\[\\]{}\",:0-9eE.+\\-a-z\\\\ \n]{0,40}") {
        let text = format!("[{text}");
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        let ours = document("application/json", text).problems.is_empty();
        prop_assert_eq!(ours, is_json);
    }

    #[test]
    fn the_value_of_a_pointer_is_the_one_that_serde_finds(text in json(), press in any::<prop::sample::Index>()) {
        let text = format!("{{\"a/b~\":[{text}]}}");
        let mut view = view("application/json", text.clone());
        prop_assume!(is_embedded_free(view.document()));
        view.move_to(press.index(view.len()));
        let whole = serde_json::from_str::<serde_json::Value>(&text).unwrap();
        let pointer = view.pointer_at_cursor().unwrap();
        // Of equal keys serde keeps the last, which may have nothing at this place.
        let has_twins = serde_json::from_str::<serde_json::Value>(&rebuilt(&view)).unwrap().to_string().len()
            != rebuilt(&view).len();
        prop_assume!(!has_twins);
        let found = whole.pointer(&pointer).unwrap();
        let value = view.value_at_cursor();
        match found {
            serde_json::Value::String(expected) => prop_assert_eq!(&value, expected),
            other => prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&value).unwrap(), other),
        }
    }
}
