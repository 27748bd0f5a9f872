use super::{Cell, Pin};

fn cell(pointer: &str, body: &str) -> Option<Cell> {
    Pin::new(pointer).expect("a pointer").cell_in(body.as_bytes())
}

#[test]
fn a_column_shows_strings_as_text_and_everything_else_as_json() {
    for (body, text, number) in [
        (r#"{"a":"x\ny \u00e9"}"#, "x\ny é", None),
        (r#"{"a":1.50}"#, "1.50", Some(1.5)),
        (r#"{"a":-2e3}"#, "-2e3", Some(-2_000.0)),
        (r#"{"a":"90210"}"#, "90210", Some(90_210.0)),
        (r#"{"a":"00123"}"#, "00123", None),
        (r#"{"a":""}"#, "", None),
        (r#"{"a":null}"#, "null", None),
        (r#"{"a":true}"#, "true", None),
        ("{\"a\":{\n  \"b\" : [ 1,\t2 ]\n}}", "{ \"b\" : [ 1, 2 ] }", None),
        (r#"{"a":"\ud800"}"#, r#""\ud800""#, None),
        (r#"{"a":1,"a":2}"#, "2", Some(2.0)),
    ] {
        let expected = Cell { text: text.to_owned(), number };
        assert_eq!(cell("/a", body), Some(expected), "{body}");
    }
}

#[test]
fn a_column_is_empty_where_nothing_stands_there() {
    for body in ["", "a=1", "{}", r#"{"b":1}"#, r#"{"a":1"#, "[1]", "1", "\"a\"", "\u{0}\u{ff}"] {
        assert_eq!(cell("/a", body), None, "{body}");
    }
}

#[test]
fn a_long_value_is_cut_and_tells_so() {
    let long = "ü".repeat(100_000);
    for body in [format!(r#"{{"a":"{long}"}}"#), format!(r#"{{"a":[{}1]}}"#, "1,\n".repeat(50_000))]
    {
        let text = cell("/a", &body).expect("a value").text;
        assert_eq!((text.chars().count(), text.ends_with('…')), (65, true), "{text}");
    }
}

#[test]
fn a_column_is_called_by_the_last_step_of_its_pointer() {
    for (pointer, title) in
        [("/a", "a"), ("/trip/legs/0", "0"), ("/a~1b", "a/b"), ("/", "/"), ("/a/", "/a/")]
    {
        assert_eq!(Pin::new(pointer).as_ref().map(Pin::title), Some(title), "{pointer}");
    }
    for pointer in ["", "a", "/~2"] {
        assert_eq!(Pin::new(pointer), None, "{pointer}");
    }
}

#[test]
fn a_pointer_leads_into_json_that_is_kept_inside_a_string() {
    let body = r#"{"Resource":"{\"Id\":\"abc\"}"}"#;
    assert_eq!(cell("/Resource/Id", body).map(|cell| cell.text).as_deref(), Some("abc"));
}
