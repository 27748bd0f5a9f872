use std::time::Duration;

use proptest::prelude::*;

use super::*;

fn side<'a>(start: &str, headers: &'a Headers, body: &'a [u8]) -> Side<'a> {
    Side { start: start.to_owned(), timing: None, content: Ok(Content { headers, body }) }
}

fn bodies_of(before: &[u8], after: &[u8], scope: Scope) -> Bodies {
    bodies(before, after, scope)
}

/// The parts as lines: a sign, the name and the value.
fn told(parts: &[Part]) -> Vec<String> {
    let sign = |change: &Change| match change {
        Change::Same(_) => '=',
        Change::Added(_) => '+',
        Change::Removed(_) => '-',
        Change::Changed { .. } => '~',
        Change::Moved { .. } => '>',
    };
    parts.iter().map(|it| format!("{}{} {}", sign(&it.change), it.name, it.change.text())).collect()
}

#[test]
fn headers_are_compared_by_name_whatever_its_case_and_repeats_are_kept() {
    type Fields = &'static [(&'static str, &'static str)];
    #[rustfmt::skip]
    let cases: &[(Fields, Fields, &[&str])] = &[
        (&[("X-A", "1")], &[("x-a", "1")], &["=X-A 1"]),
        (&[("X-A", "1")], &[("x-a", "2")], &["~X-A 1 → 2"]),
        (&[("X-A", "1")], &[], &["-X-A 1"]),
        (&[], &[("X-A", "1")], &["+X-A 1"]),
        (&[("a", "1"), ("a", "2")], &[("a", "2"), ("a", "3")], &["~a 1 → 3", "=a 2"]),
        (&[("a", "1"), ("a", "1")], &[("a", "1")], &["=a 1", "-a 1"]),
        (&[("a", "1"), ("b", "1")], &[("b", "1"), ("a", "1")], &["=a 1", "=b 1"]),
        (&[("Set-Cookie", "one")], &[("set-cookie", "two")], &["~Set-Cookie *** → ***"]),
    ];
    for (before, after, expected) in cases {
        let (before, after) = (
            Headers::from_pairs(before.iter().copied()),
            Headers::from_pairs(after.iter().copied()),
        );
        let compared = contents(
            Content { headers: &before, body: b"" },
            Content { headers: &after, body: b"" },
            Scope::Everything,
        );
        assert_eq!(told(&compared.headers), *expected);
        let differences = expected.iter().filter(|line| !line.starts_with('=')).count();
        assert_eq!(compared.headers_changed, differences);
    }
}

#[test]
fn bodies_are_compared_as_json_else_by_line_else_by_byte() {
    let json = bodies_of(br#"{"a":1,"b":2}"#, br#"{"b":2,"a":3}"#, Scope::Differences);
    let Bodies::Json(found) = json else { panic!("{json:?}") };
    assert_eq!(found.summary(), "1 changed");
    let written = bodies_of(br#"{"a":1,"b":2}"#, br#"{ "b":2, "a":1 }"#, Scope::Differences);
    assert_eq!(written, Bodies::Json(Changes::default()));

    let text = bodies_of(b"one\ntwo\nthree\n", b"one\n2\nthree", Scope::Differences);
    let Bodies::Text { lines, changed } = text else { panic!("{text:?}") };
    let end = "+line 3 three  (without an end of line)";
    assert_eq!(told(&lines), ["-line 2 two", "-line 3 three", "+line 2 2", end]);
    assert_eq!(changed, [2, 2]);

    assert_eq!(bodies_of(b"same", b"same", Scope::Everything), Bodies::Same(4));
    let bytes = bodies_of(&[0, 1, 0xff], &[0, 1], Scope::Differences);
    assert_eq!(bytes, Bodies::Bytes { at: 2, sizes: [3, 2], why: None });
    let zero = bodies_of(b"a\0b", b"a\0c", Scope::Differences);
    assert_eq!(zero, Bodies::Bytes { at: 2, sizes: [3, 3], why: None });
}

#[test]
fn everything_is_told_where_that_is_wanted() {
    let json =
        bodies_of(br#"{"a":{"c":1},"b":[2,3]}"#, br#"{"a":{"c":1},"b":[2,4]}"#, Scope::Everything);
    let Bodies::Json(found) = json else { panic!("{json:?}") };
    let places = found.found.iter().map(|at| format!("{} {}", at.kind.as_str(), at.pointer));
    assert_eq!(places.collect::<Vec<_>>(), ["same /a/c", "same /b/0", "changed /b/1"]);
    assert_eq!(found.summary(), "1 changed");

    let text = bodies_of(b"1\n2\n3\n4\n", b"1\n3\nx\n4\n", Scope::Everything);
    let Bodies::Text { lines, .. } = text else { panic!("{text:?}") };
    let expected = ["=line 1 1", "-line 2 2", "=line 2 3", "+line 3 x", "=line 4 4"];
    assert_eq!(told(&lines), expected);
}

#[test]
fn what_would_take_too_long_is_compared_byte_by_byte_and_that_is_said() {
    let long = |byte: u8| [vec![b'a'; MOST], vec![byte]].concat();
    let compared = bodies_of(&long(b'b'), &long(b'c'), Scope::Differences);
    let Bodies::Bytes { at, why: Some(why), .. } = compared else { panic!("{compared:?}") };
    assert_eq!((at, why.contains("1 MiB")), (MOST, true));

    let many = |word: &str| {
        (0..=lines::MOST).fold(String::new(), |text, at| text + word + &at.to_string() + "\n")
    };
    let compared = bodies_of(many("a").as_bytes(), many("b").as_bytes(), Scope::Differences);
    let Bodies::Bytes { why: Some(why), .. } = compared else { panic!("{compared:?}") };
    assert!(why.contains("2,000 lines"));

    let nearly = many("a").replace("a1000\n", "other\n");
    let compared = bodies_of(many("a").as_bytes(), nearly.as_bytes(), Scope::Differences);
    let Bodies::Text { changed, .. } = compared else { panic!("{compared:?}") };
    assert_eq!(changed, [1, 1]);
}

#[test]
fn first_lines_and_timing_are_always_told_and_what_is_not_known_is_said() {
    let headers = Headers::default();
    let millis = Duration::from_millis;
    let timing = Timing { connect: Some(millis(1)), first_byte: None, total: millis(12) };
    let before = Side { timing: Some(timing), ..side("200 OK", &headers, b"") };
    let after = Side {
        timing: Some(Timing { connect: None, total: millis(20), ..timing }),
        content: Err("there was no answer"),
        ..side("nothing listens there", &headers, b"")
    };
    let compared = compare(&before, &after, Scope::Differences);
    assert_eq!(compared.start.text(), "200 OK → nothing listens there");
    assert_eq!(told(&compared.timing), ["-connect 1.0 ms", "~total 12 ms → 20 ms"]);
    assert_eq!(compared.contents, Err("there was no answer"));
}

proptest! {
    #[test]
    fn the_lines_of_both_texts_come_back_from_everything(
        before in "([ab]\n){0,8}[ab]?",
        after in "([ab]\n){0,8}[ab]?",
    ) {
        let (lines, _) = lines::compare(&before, &after, Scope::Everything).expect("few lines");
        let of = |skip: fn(&Change) -> bool| {
            let told = lines.iter().filter(|part| !skip(&part.change));
            told.map(|part| part.change.text()).collect::<Vec<_>>()
        };
        let plain = |text: &str| {
            let end = "  (without an end of line)";
            let lines = text.split_inclusive('\n');
            lines
                .map(|line| line.strip_suffix('\n').map_or_else(|| format!("{line}{end}"), str::to_owned))
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(of(|change| matches!(change, Change::Added(_))), plain(&before));
        prop_assert_eq!(of(|change| matches!(change, Change::Removed(_))), plain(&after));
    }
}
