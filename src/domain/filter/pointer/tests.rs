use super::Pointer;

fn holds(path: &str, value: &str, quoted: bool, body: &str) -> bool {
    Pointer::new(path, value, quoted).expect("a sound pointer").is_in(body.as_bytes())
}

#[test]
fn a_value_is_compared_as_json_or_as_a_string() {
    for (path, value, quoted, body, found) in [
        ("/a", "1", false, r#"{"a":1}"#, true),
        ("/a", "1", false, r#"{"a":"1"}"#, true),
        ("/a", "1", true, r#"{"a":"1"}"#, true),
        ("/a", "1", true, r#"{"a":1}"#, false),
        ("/a", "1", false, r#"{"a":11}"#, false),
        ("/a", "1.50", false, r#"{"a":1.50}"#, true),
        ("/a", "abc", false, r#"{"a":"abc","a2":"abcd"}"#, true),
        ("/a", "abc", false, r#"{"a":"abcd","b":"abc"}"#, false),
        ("/a", "true", false, r#"{"a":true}"#, true),
        ("/a", "null", false, r#"{"a":null}"#, true),
        ("/a", r#"{"b":[1]}"#, false, r#"{"a": {"b": [ 1 ]}}"#, true),
        ("/a", "", true, r#"{"a":""}"#, true),
        ("/a", "x y", true, r#"{"a":"x y"}"#, true),
    ] {
        assert_eq!(holds(path, value, quoted, body), found, "{path}={value} in {body}");
    }
}

#[test]
fn a_pointer_goes_through_members_items_and_json_inside_strings() {
    for (path, body, found) in [
        ("/payload/booking_id", r#"{"payload":{"booking_id":"abc"}}"#, true),
        ("/list/1/id", r#"{"list":[{"id":"no"},{"id":"abc"}]}"#, true),
        ("/list/2/id", r#"{"list":[{"id":"no"},{"id":"abc"}]}"#, false),
        ("/list/x", r#"{"list":["abc"]}"#, false),
        ("/0", r#" ["abc"]"#, true),
        ("/a~1b/c~0d", r#"{"a/b":{"c~d":"abc"}}"#, true),
        ("/", r#"{"":"abc"}"#, true),
        ("/Resource/Id", r#"{"Resource":"{\"Id\":\"abc\"}"}"#, true),
        ("/a/b", r#"{"a":"abc"}"#, false),
        ("/a", r#"{"a":"abc""#, false),
        ("/a", "a=abc", false),
    ] {
        assert_eq!(holds(path, "abc", false, body), found, "{path} in {body}");
    }
}

#[test]
fn a_string_is_found_however_its_sender_escapes_it() {
    for body in [
        r#"{"href":"https://a.test/x?b&c=é"}"#,
        r#"{"href":"https:\/\/a.test\/x?b\u0026c=\u00e9"}"#,
    ] {
        assert!(holds("/href", "https://a.test/x?b&c=é", false, body), "{body}");
    }
}

#[test]
fn an_unsound_path_is_no_pointer() {
    for path in ["", "a", "/a~", "/a~2b", "/~"] {
        assert_eq!(Pointer::new(path, "1", false), None, "{path}");
    }
}
