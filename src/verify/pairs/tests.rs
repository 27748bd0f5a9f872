use super::{pairs, replaced, sorted, sorted_unique, values};

#[test]
fn pairs_are_decoded_as_web_frameworks_do() {
    let found = pairs(b"a=1+2&&b%20=%C3%A9&c&=x&d=%zz%4&e=1=2&a=").map(|(name, value)| {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (text(&name), text(&value))
    });
    let expected =
        [("a", "1 2"), ("b ", "é"), ("c", ""), ("", "x"), ("d", "%zz%4"), ("e", "1=2"), ("a", "")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(found.collect::<Vec<_>>(), expected);
    assert_eq!(values(b"a=1&b=2&%61=3", "a").collect::<Vec<_>>(), [&b"1"[..], b"3"]);
}

#[test]
fn sorting_keeps_or_drops_what_is_there_twice() {
    let form = b"b=2&a=y&a=x&B=&a=y";
    assert_eq!(sorted(form), b"Bayaxayb2");
    assert_eq!(sorted_unique(form), b"Baxayb2");
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    for (text, expected) in [
        ("a=1&t=old&b=2", Some("a=1&t=n%2F&b=2")),
        ("t=old", Some("t=n%2F")),
        ("t=&b", Some("t=n%2F&b")),
        ("t&b", Some("t=n%2F&b")),
        ("%74=x=y", Some("%74=n%2F")),
        ("a=t", None),
        ("t=1&t=2", None),
    ] {
        assert_eq!(
            replaced(text.as_bytes(), "t", b"n/").as_deref(),
            expected.map(str::as_bytes),
            "{text}"
        );
    }
}
