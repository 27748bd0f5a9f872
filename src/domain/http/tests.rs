use bytes::Bytes;

use super::{Request, Version};
use crate::domain::headers::Headers;

fn request(target: &str, content_type: &str) -> Request {
    Request {
        method: http::Method::POST,
        target: target.to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Content-Type", content_type)]),
        body: Bytes::new(),
    }
}

#[test]
fn a_target_is_split_at_the_first_question_mark() {
    for (target, path, query) in [
        ("/a/b", "/a/b", None),
        ("/a?", "/a", Some("")),
        ("/a?x=1?y=2", "/a", Some("x=1?y=2")),
        ("http://example.test/a?x=1", "/a", Some("x=1")),
        ("http://example.test", "/", None),
        ("/redirect?to=http://other.test/x", "/redirect", Some("to=http://other.test/x")),
        ("*", "*", None),
    ] {
        let request = request(target, "text/plain");
        assert_eq!((request.path(), request.query()), (path, query), "{target}");
    }
}

#[test]
fn parameters_of_the_content_type_do_not_hide_a_form() {
    assert!(request("/", "Application/X-WWW-Form-Urlencoded; charset=utf-8").is_form());
    assert!(!request("/", "application/json").is_form());
}
