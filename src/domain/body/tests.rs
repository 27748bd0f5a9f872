use bytes::Bytes;

use super::BodyKind;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};

fn kind(content_type: &str, body: impl Into<Vec<u8>>) -> BodyKind {
    BodyKind::of(&Request {
        method: http::Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("content-type", content_type)]),
        body: Bytes::from(body.into()),
    })
}

#[test]
fn the_bytes_decide_and_the_content_type_helps() {
    assert_eq!(kind("application/json", ""), BodyKind::Empty);
    assert_eq!(kind("text/plain", " \n{\"a\":1}"), BodyKind::Json);
    assert_eq!(kind("application/json", "not json"), BodyKind::Text);
    assert_eq!(kind("application/x-www-form-urlencoded", "a=1&b=2"), BodyKind::Form);
    assert_eq!(kind("text/plain", "a=1&b=2"), BodyKind::Text);
    assert_eq!(kind("text/plain", vec![0, 1, 2]), BodyKind::Binary);
    assert_eq!(kind("text/plain", vec![0xff, 0xfe]), BodyKind::Binary);
}

#[test]
fn a_character_cut_by_the_sniffing_bound_is_still_text() {
    let mut body = "x".repeat(64 * 1024 - 1).into_bytes();
    body.extend_from_slice("é and more".as_bytes());
    assert_eq!(kind("text/plain", body), BodyKind::Text);
}
