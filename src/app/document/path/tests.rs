use super::super::tests::view;

#[test]
fn paths_and_pointers_lead_to_the_row() {
    let mut view = view(
        "application/json",
        r#"{"a":{"b":[1,{"c d":2}]},"x/y~":3,"é":4,"":5,"a\"b":6,"esc\u0061pe":7}"#,
    );
    let places = (0..view.len())
        .map(|position| {
            view.move_to(position);
            (view.path_at_cursor(), view.pointer_at_cursor().unwrap())
        })
        .collect::<Vec<_>>();
    let expected = [
        ("$", ""),
        ("$.a", "/a"),
        ("$.a.b", "/a/b"),
        ("$.a.b[0]", "/a/b/0"),
        ("$.a.b[1]", "/a/b/1"),
        (r#"$.a.b[1]["c d"]"#, "/a/b/1/c d"),
        ("$.a.b[1]", "/a/b/1"),
        ("$.a.b", "/a/b"),
        ("$.a", "/a"),
        (r#"$["x/y~"]"#, "/x~1y~0"),
        ("$.é", "/é"),
        (r#"$[""]"#, "/"),
        (r#"$["a\"b"]"#, "/a\"b"),
        ("$.escape", "/escape"),
        ("$", ""),
    ];
    let places = places.iter().map(|(path, pointer)| (path.as_str(), pointer.as_str()));
    assert_eq!(places.collect::<Vec<_>>(), expected);
}

#[test]
fn a_pointer_from_the_top_goes_on_within_json_in_a_string() {
    let values =
        |content_type, body: &str| view(content_type, body.to_owned()).document().values(9);
    let own = |values: &[(&str, &str)]| {
        let own = values.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned()));
        own.collect::<Vec<_>>()
    };
    let body = r#"{"a/b":[1,null],"in":"{\"id\":\"x\"}","t":true}"#;
    let inside = r#"{"id":"x"}"#;
    let expected =
        [("/a~1b/0", "1"), ("/a~1b/1", "null"), ("/in", inside), ("/in/id", "x"), ("/t", "true")];
    assert_eq!(values("application/json", body), own(&expected));
    let many = format!("[{}0]", "0,".repeat(50));
    assert_eq!(values("application/json", &many).len(), 9);
    for (content_type, body) in
        [("application/x-www-form-urlencoded", r#"a=1&p={"b":2}"#), ("text/plain", "a"), ("", "7")]
    {
        assert_eq!(values(content_type, body), [], "{body}");
    }
}

#[test]
fn a_value_is_the_text_of_a_string_and_the_exact_bytes_of_the_rest() {
    let mut view = view(
        "application/json",
        r#"{"s":"a\n\"b\" \u00e9","n":1.10,"o":{ "x" : [1 ,2] },"z":null}"#,
    );
    let values = (0..view.len())
        .map(|position| {
            view.move_to(position);
            view.value_at_cursor()
        })
        .collect::<Vec<_>>();
    assert_eq!(values[1], "a\n\"b\" é");
    assert_eq!(values[2], "1.10");
    assert_eq!(values[3], r#"{ "x" : [1 ,2] }"#);
    assert_eq!(values[4], "[1 ,2]");
    assert_eq!(values[8], values[3], "the closing bracket stands for its container");
    assert_eq!(values[9], "null");
}

#[test]
fn what_is_not_json_has_no_pointer() {
    for (content_type, body) in [
        ("text/plain", "a"),
        ("application/octet-stream", "\0"),
        ("application/x-www-form-urlencoded", "a=1"),
    ] {
        assert_eq!(view(content_type, body).pointer_at_cursor(), None, "{body:?}");
    }
}
