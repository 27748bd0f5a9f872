use super::{mistake, number_end, string_end, unescaped};

#[test]
fn numbers_end_where_the_grammar_says() {
    for (text, end) in [
        ("0", 1),
        ("-0", 2),
        ("1.10,", 4),
        ("12e5]", 4),
        ("1E+10 ", 5),
        ("1.5e-3}", 6),
        ("123456789012345678901234567890", 30),
    ] {
        assert_eq!(number_end(text.as_bytes(), 0), Ok(end), "{text}");
    }
    for (text, at) in [("01", 1), ("-", 1), ("-a", 1), ("1.", 2), ("1.e", 2), ("1e", 2), ("1e+", 3)]
    {
        assert_eq!(number_end(text.as_bytes(), 0).unwrap_err().at, at, "{text}");
    }
}

#[test]
fn strings_end_at_their_own_quote() {
    for (text, end) in [
        (r#""""#, 2),
        (r#""a"b"#, 3),
        (r#""\"" "#, 4),
        (r#""\\","#, 4),
        (r#""\u00e9""#, 8),
        ("\"\u{e9}\"", 4),
    ] {
        assert_eq!(string_end(text.as_bytes(), 0), Ok(end), "{text}");
    }
    assert_eq!(
        string_end(b"\"\xff\"", 0),
        Ok(3),
        "bytes that are no text are the reader's to show"
    );
}

#[test]
fn a_string_that_is_none_says_where() {
    for (text, at, message) in [
        ("\"abc", 4, "the text ends within a string"),
        ("\"a\nb\"", 2, "a string holds a raw control character"),
        (r#""\x""#, 1, "no such escape in a string"),
        (r#""\u12g4""#, 1, "\\u takes four hex digits"),
        (r#""\u12"#, 1, "\\u takes four hex digits"),
        (r#""\"#, 1, "the text ends within a string"),
    ] {
        assert_eq!(string_end(text.as_bytes(), 0), mistake(at, message), "{text}");
    }
}

#[test]
fn escapes_are_undone() {
    for (token, text) in [
        (r#""plain""#, "plain"),
        (r#""a\"b\\c\/d""#, "a\"b\\c/d"),
        (r#""\b\f\n\r\t""#, "\u{8}\u{c}\n\r\t"),
        (r#""caf\u00e9""#, "café"),
        (r#""\ud83d\ude00""#, "😀"),
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
        (r#""\ud83dx""#, "\u{fffd}x"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
    ] {
        assert_eq!(String::from_utf8(unescaped(token.as_bytes())).unwrap(), text, "{token}");
    }
}
