use bytes::Bytes;

use super::{Filling, Template, TemplateError};
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::verify::settings::Settings;

#[test]
fn every_gap_is_filled_with_the_bytes_as_sent() {
    let template =
        Template::parse("v0:{timestamp}.{id}{method}{url}|{header:X-A}|{body}!", None).unwrap();
    let request = Request {
        method: http::Method::PUT,
        target: "/x".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("x-a", " a ")]),
        body: Bytes::from_static(b"\xff{id}\0"),
    };
    let settings = Settings::default();
    let filling = Filling {
        timestamp: b"007",
        id: b"\xfe",
        url: "http://h/x",
        ..Filling::of(&request, &settings)
    };
    let message = template.fill(&filling).unwrap();
    assert_eq!(message, b"v0:007.\xfePUThttp://h/x|a|\xff{id}\0!");
}

#[test]
fn a_text_that_is_no_template_is_refused() {
    for (text, error) in [
        ("", TemplateError::Empty),
        ("{body", TemplateError::LoneBrace),
        ("body}", TemplateError::LoneBrace),
        ("{body}}", TemplateError::LoneBrace),
        ("{}", TemplateError::UnknownGap(String::new())),
        ("{Body}", TemplateError::UnknownGap("Body".to_owned())),
        ("{header:}", TemplateError::UnknownGap("header:".to_owned())),
        ("{header:a b}", TemplateError::UnknownGap("header:a b".to_owned())),
        ("{a{body}", TemplateError::UnknownGap("a{body".to_owned())),
    ] {
        assert_eq!(Template::parse(text, None), Err(error), "{text}");
    }
}

#[test]
fn filters_make_something_else_of_a_gap() {
    let template = Template::parse("{body|crc32}|{body|sha256|hex}|{body|sha256|base64|hex}", None);
    let request = Request {
        method: http::Method::PUT,
        target: "/x".to_owned(),
        version: Version::Http11,
        headers: Headers::default(),
        body: Bytes::from_static(b"body"),
    };
    let settings = Settings::default();
    let message = template.unwrap().fill(&Filling::of(&request, &settings)).unwrap();
    // zlib.crc32 and hashlib.sha256 of Python
    assert_eq!(
        String::from_utf8(message).unwrap(),
        "3685223346|230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5|49773244574e794f694a43307859337574696b53376938674e5872704b6c7a4959626d4f61503478724c553d"
    );
}
