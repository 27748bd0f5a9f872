use proptest::prelude::*;

use super::{Member, WORD_LIMIT, members, members_in_any_case};

fn member(json: &str) -> Member<'_> {
    let [member] = members(json.as_bytes(), ["a"]);
    member
}

#[test]
fn members_come_in_the_order_of_the_names_whatever_stands_between() {
    let json = br#" {"x":[1,{"b":"inner"}],"b":"2","y":null,"a":{"k":[1, 2]}} "#;
    let [a, b, c] = members(json, ["a", "b", "c"]);
    assert_eq!(a.json(), br#"{"k":[1, 2]}"#);
    assert_eq!(b.text().as_deref(), Some("2"));
    assert_eq!(c, Member::default());
}

#[test]
fn a_name_may_be_escaped_and_of_repeated_names_the_last_counts() {
    assert_eq!(member(r#"{"\u0061":"1"}"#).text().as_deref(), Some("1"));
    assert_eq!(member(r#"{"a":"1","A":"2","a":"3"}"#).text().as_deref(), Some("3"));
}

#[test]
fn what_is_not_one_whole_object_has_no_members() {
    for body in [
        &b""[..],
        b"  ",
        b"null",
        b"[]",
        br#"["a",1]"#,
        br#"{"a":"1""#,
        br#"{"a":"1"} x"#,
        br#"{"a":"1"}{"a":"2"}"#,
        br#"{"a":"1",}"#,
        b"{a:1}",
        b"a=1&b=2",
        b"\xff\xfe{",
        b"{\"a\":\"\xff\"}",
        b"{\"\xff\":1,\"a\":\"1\"}",
    ] {
        let [a] = members(body, ["a"]);
        assert_eq!(a, Member::default(), "{}", body.escape_ascii());
    }
}

#[test]
fn bytes_that_are_not_text_do_not_matter_in_members_that_are_skipped() {
    let [a] = members(b"{\"x\":\"\xff\xfe\",\"a\":\"1\"}", ["a"]);
    assert_eq!(a.text().as_deref(), Some("1"));
}

#[test]
fn only_strings_are_text_and_only_words_and_numbers_are_ids() {
    let long = format!("\"{}\"", "x".repeat(WORD_LIMIT + 1));
    let digits = "1".repeat(WORD_LIMIT + 1);
    for (value, given, text, id) in [
        (r#""one""#, true, Some("one"), Some("one")),
        (r#""\u00e9\n""#, true, Some("é\n"), Some("é\n")),
        (r#""""#, true, None, None),
        (r#""\ud800""#, true, None, None),
        ("662", true, None, Some("662")),
        ("-1.50e3", true, None, Some("-1.50e3")),
        ("true", true, None, None),
        ("null", false, None, None),
        (r#"["one"]"#, true, None, None),
        (r#"{"id":"one"}"#, true, None, None),
        (&digits, true, None, None),
        (&long, true, long.get(1..=WORD_LIMIT + 1), None),
    ] {
        let json = format!("{{\"a\": {value} }}");
        let member = member(&json);
        assert_eq!(member.is_given(), given, "{value}");
        assert_eq!(member.text().as_deref(), text, "{value}");
        assert_eq!(member.id().as_deref(), id, "{value}");
    }
    assert_eq!(member(&format!("{{\"a\":{long}}}")).word(), None);
}

#[test]
fn nesting_of_100_000_levels_costs_no_stack_wherever_it_stands() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        for json in [
            format!(r#"{{"x":{deep},"a":"1"}}"#),
            format!(r#"{{"a":{deep}}}"#),
            format!(r#"{{"a":{}"#, open.repeat(100_000)),
            deep,
        ] {
            let a = member(&json);
            assert_eq!(a.word().is_some(), json.ends_with(r#""a":"1"}"#));
        }
    }
}

/// Mixes of the tokens of JSON, often of an object.
fn tokens() -> impl Strategy<Value = Vec<&'static str>> {
    let one_of = |tokens: &[&'static str]| prop::sample::select(tokens.to_vec());
    let value = one_of(&["1", "\"x\"", "null", "[]", "[1,{}]", "{\"a\":2}", "{", "]", "-"]);
    let name = one_of(&["\"a\":", "\"b\":", "\"\\u0061\":", "a:", " \"a\" : "]);
    let separator = one_of(&[",", " , ", ",", "}", ""]);
    prop::collection::vec((name, value, separator), 0..4).prop_map(|members| {
        let inner = members.into_iter().flat_map(|(name, value, after)| [name, value, after]);
        std::iter::once("{").chain(inner).chain(["\"c\":0}"]).collect()
    })
}

proptest! {
    #[test]
    fn an_object_is_read_as_a_full_parser_reads_it(tokens in tokens()) {
        let json = tokens.concat();
        let whole = serde_json::from_str::<serde_json::Value>(&json).ok();
        let expected = whole.as_ref().and_then(|whole| whole.get("a")).filter(|a| !a.is_null());
        let found = member(&json);
        let read = found.is_given().then(|| serde_json::from_slice(found.json()).unwrap());
        prop_assert_eq!(read.as_ref(), expected, "{}", json);
    }

    #[test]
    fn a_string_is_read_as_it_was_written(text in "\\PC{1,40}", before: String, after: Vec<u32>) {
        let json = serde_json::json!({ "x": before, "a": text, "y": after }).to_string();
        let found = member(&json).text();
        prop_assert_eq!(found.as_deref(), Some(text.as_str()));
    }
}

#[test]
fn names_are_found_in_any_letter_case_where_that_is_asked_for() {
    let json = br#"{"ID":1,"correlationid":"c","Id":2}"#;
    let [exact] = members(json, ["Id"]);
    let [id, correlation] = members_in_any_case(json, ["id", "CorrelationId"]);
    assert_eq!(
        (exact.json(), id.json(), correlation.json()),
        (&b"2"[..], &b"2"[..], &b"\"c\""[..])
    );
}
