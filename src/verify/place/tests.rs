use super::{HeaderPattern, HeaderPlace, Place, Source};
use crate::domain::headers::Headers;
use crate::domain::verdict::Reason;

fn place(patterns: &[&str]) -> HeaderPlace {
    let pattern = |text: &&str| match text.split_once('*') {
        Some((before, after)) => {
            HeaderPattern::Glob { before: before.to_owned(), after: after.to_owned() }
        }
        None => HeaderPattern::Name((*text).to_owned()),
    };
    HeaderPlace(patterns.iter().map(pattern).collect())
}

#[test]
fn a_place_finds_its_headers_in_its_own_order() {
    let headers = Headers::from_pairs([
        ("X-Sig-2", "two"),
        ("x-sig-1-new", "new"),
        ("X-SIG-1", " one "),
        ("X-Sig", "bare"),
        ("B", "b"),
    ]);
    for (patterns, values) in [
        (&["x-sig-1"][..], &["one"][..]),
        (&["B", "X-Sig-*"], &["b", "two", "new", "one"]),
        (&["X-Sig-*-New"], &["new"]),
        (&["X-Sig*"], &["two", "new", "one", "bare"]),
        (&["X-None", "B"], &["b"]),
    ] {
        let place = place(patterns);
        let expected = values.iter().map(|value| value.as_bytes()).collect::<Vec<_>>();
        assert_eq!(place.all(&headers).unwrap(), expected, "{place}");
    }
    let absent = place(&["X-None", "X-Sig-1-*-x"]);
    assert!(absent.all(&headers).unwrap().is_empty());
    let absent = Place(vec![Source::Header(absent)]).absent();
    assert_eq!(absent.message, "the header X-None or X-Sig-1-*-x is missing");
}

#[test]
fn a_header_that_is_sent_twice_is_not_believed() {
    let headers = Headers::from_pairs([("X-Sig-1", "a"), ("X-Sig-2", "b"), ("x-sig-1", "a")]);
    for patterns in [["X-Sig-1"], ["X-Sig-*"]] {
        let refutation = place(&patterns).all(&headers).unwrap_err();
        assert_eq!(refutation.reason, Reason::MalformedCredential);
    }
}
