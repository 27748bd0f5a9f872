use super::{Pointer, Unreadable};

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text, None).unwrap()
}

fn text(path: &str, json: &[u8]) -> Result<Option<String>, Unreadable> {
    let text = pointer(path).text(json)?;
    Ok(text.map(|text| String::from_utf8(text.into_owned()).unwrap()))
}

#[test]
fn a_value_is_found_as_it_is_written() {
    let json = br#" {"a": {"b": "x\u00e9\n", "n": 1.50, "big": 12345678901234567890123, "t": true, "z": null,
        "list": [0, [1, {"c~/d": "deep"}]], "": "empty"}, "last": -0.0e1 } "#;
    for (path, expected) in [
        ("/a/b", Some("xé\n")),
        ("/a/n", Some("1.50")),
        ("/a/big", Some("12345678901234567890123")),
        ("/a/t", Some("true")),
        ("/a/z", None),
        ("/a/list/0", Some("0")),
        ("/a/list/1/1/c~0~1d", Some("deep")),
        ("/a/list/2", None),
        ("/a/list/00", None),
        ("/a/list/-", None),
        ("/a/", Some("empty")),
        ("/last", Some("-0.0e1")),
        ("/nowhere", None),
        // Into single values leads no way.
        ("/a/b/c", None),
        ("/a/n/0", None),
        ("/a/t/0", None),
        ("/a/z/0", None),
    ] {
        assert_eq!(text(path, json).unwrap().as_deref(), expected, "{path}");
    }
}

#[test]
fn what_cannot_be_believed_is_told() {
    for (path, json, expected) in [
        ("/a", &b"{\"a\":1,\"a\":2}"[..], Unreadable::Twice),
        ("/a/b", b"{\"a\":{},\"\\u0061\":{\"b\":1}}", Unreadable::Twice),
        ("/a", b"{\"a\":{}}", Unreadable::NotSingle),
        ("/a", b"{\"a\":[1]}", Unreadable::NotSingle),
        ("/a", b"", Unreadable::NotJson),
        ("/a", b"{\"a\":1", Unreadable::NotJson),
        ("/a", b"{\"a\":1} x", Unreadable::NotJson),
        ("/a", b"{\"a\":\"\\ud800\"}", Unreadable::NotJson),
        ("/a", b"{\"a\":\"\xff\"}", Unreadable::NotJson),
        ("/a", b"a=1", Unreadable::NotJson),
    ] {
        assert_eq!(text(path, json), Err(expected), "{}", String::from_utf8_lossy(json));
    }
    // What is twice beside the way does not matter.
    assert_eq!(text("/a", b"{\"a\":1,\"b\":2,\"b\":3}"), Ok(Some("1".to_owned())));
}

#[test]
fn a_hundred_thousand_levels_cost_no_stack() {
    let levels = 100_000;
    let deep = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let json = format!(
        "{{\"x\":{deep},\"a\":1,\"y\":{}1{}}}",
        "{\"a\":".repeat(levels),
        "}".repeat(levels)
    );
    assert_eq!(text("/a", json.as_bytes()), Ok(Some("1".to_owned())));
    assert_eq!(text("/x", json.as_bytes()), Err(Unreadable::NotSingle));
    assert_eq!(text("/x/0/0/0/1", json.as_bytes()), Ok(None));
    assert_eq!(text("/a", deep.as_bytes()), Ok(None));
}

#[test]
fn a_value_is_replaced_and_nothing_else() {
    let json = b"{ \"a\": \"old\", \"n\":12 ,\"z\":null,\"o\":{}}";
    for (path, expected) in [
        ("/a", Some("{ \"a\": \"7\", \"n\":12 ,\"z\":null,\"o\":{}}")),
        ("/n", Some("{ \"a\": \"old\", \"n\":7 ,\"z\":null,\"o\":{}}")),
        ("/z", Some("{ \"a\": \"old\", \"n\":12 ,\"z\":\"7\",\"o\":{}}")),
        ("/o", None),
        ("/b", None),
    ] {
        let replaced = pointer(path).replaced(json, "7");
        assert_eq!(replaced.as_deref(), expected.map(str::as_bytes), "{path}");
    }
}

#[test]
fn one_text_counts_as_a_list_of_one() {
    for (json, expected) in [
        (&b"{\"a\":\"x\"}"[..], &["x"][..]),
        (b"{\"a\":[\"x\",\"y\"]}", &["x", "y"]),
        (b"{\"a\":1}", &[]),
        (b"{}", &[]),
    ] {
        assert_eq!(pointer("/a").texts(json).unwrap(), expected);
    }
    assert_eq!(pointer("/a").texts(b"{\"a\":[1]}"), Err(Unreadable::NotJson));
}

#[test]
fn a_pointer_leads_on_from_a_base() {
    let base = pointer("/items/0");
    assert_eq!(Pointer::parse("./x", Some(&base)), Some(pointer("/items/0/x")));
    for (text, base) in [("./x", None), ("x", None), ("", None), ("/~", None), ("/~2", Some(&base))]
    {
        assert_eq!(Pointer::parse(text, base), None, "{text}");
    }
    assert_eq!(Pointer::parse(&"/x".repeat(33), None), None);
}
