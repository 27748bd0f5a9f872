use super::{Required, check, uncovered};
use crate::domain::verdict::Reason;
use crate::verify::fixture::request;
use crate::verify::httpsig::component::Component;

fn components(names: &[&str]) -> Vec<Component> {
    names.iter().map(|name| Component::parse(name).unwrap()).collect()
}

#[test]
fn what_is_required_is_covered_by_itself_or_by_what_says_more() {
    let request = request("POST /?a=1", &[], "{}");
    for (required, covered, expected) in [
        (&["@method"][..], &["@method"][..], true),
        (&["@method"], &["@path"], false),
        (&["@method", "date"], &["date"], false),
        (&["@scheme", "@authority", "@path", "@query"], &["@target-uri"], true),
        (&["@target-uri"], &["@scheme", "@authority", "@path", "@query"], false),
        (&["@path", "@query"], &["@request-target"], true),
        (&["@authority"], &["@request-target"], false),
        (&["@query-param;name=\"a\""], &["@query"], true),
        (&["@query-param;name=\"a\""], &["@query-param;name=\"b\""], false),
        (&["date"], &["date;bs"], true),
        (&["date"], &["date;sf"], true),
        (&["date"], &["date;key=\"a\""], false),
        (&["date;key=\"a\""], &["date;key=\"a\""], true),
        (&["date;bs"], &["date"], false),
        (&[], &[], true),
    ] {
        let required = Required::these(components(required));
        let result = check(&request, &components(covered), true, &required);
        let result = result.map_err(|refutation| refutation.reason);
        let expected = if expected { Ok(()) } else { Err(Reason::NotCovered) };
        assert_eq!(result, expected, "{required:?} {covered:?}");
    }
}

#[test]
fn usually_the_method_and_the_body_are_required() {
    let with = request("POST /", &[("Digest", "SHA-256=x")], "{}");
    let without = request("POST /", &[], "");
    for (request, covered, digests, message) in [
        (&without, &["@method"][..], false, None),
        (&without, &["@path"], false, Some("the signature holds, but does not cover \"@method\"")),
        (&with, &["@method", "content-digest"], true, None),
        (
            &with,
            &["@method", "digest"],
            false,
            Some(
                "the signature holds, but does not cover \"content-digest\"; the older header Digest does not stand for it",
            ),
        ),
        (
            &with,
            &["@method", "content-digest"],
            false,
            Some(
                "the signature holds, but Content-Digest has neither sha-256 nor sha-512, so that it does not cover the body",
            ),
        ),
    ] {
        let result = check(request, &components(covered), digests, &Required::usual());
        assert_eq!(result.err().map(|refutation| refutation.message).as_deref(), message);
    }
}

#[test]
fn a_note_tells_what_is_not_covered() {
    let request = request("POST /?a=1", &[], "{}");
    for (covered, digests, note) in [
        (&["@method", "@target-uri", "content-digest"][..], true, None),
        (
            &["@method", "@target-uri", "content-digest"],
            false,
            Some("the signature does not cover the body"),
        ),
        (
            &["@path", "content-digest"],
            true,
            Some("the signature does not cover the method, the host, the query"),
        ),
        (
            &[],
            true,
            Some(
                "the signature does not cover the body, the method, the host, the path, the query",
            ),
        ),
    ] {
        assert_eq!(uncovered(&request, &components(covered), digests).as_deref(), note);
    }
}
