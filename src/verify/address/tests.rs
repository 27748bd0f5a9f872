use bytes::Bytes;
use jiff::Timestamp;

use super::{base_uri, signed_url};
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::verify::received::Received;

fn request(target: &str, host: Option<&str>) -> Request {
    Request {
        method: http::Method::POST,
        target: target.to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs(host.map(|host| ("Host", host))),
        body: Bytes::new(),
    }
}

#[test]
fn the_url_is_the_typed_one_then_the_public_one_then_that_of_the_host_header() {
    for (typed, public_url, target, host, url) in [
        (
            Some("https://a.test/typed"),
            Some("https://b.test"),
            "/x?y=1",
            Some("c"),
            Some("https://a.test/typed"),
        ),
        (None, Some("https://b.test"), "/x?y=1", Some("c"), Some("https://b.test/x?y=1")),
        (None, Some("https://b.test/hooks/"), "/x", Some("c"), Some("https://b.test/hooks/x")),
        (None, Some("https://b.test"), "http://c/x?y", Some("c"), Some("https://b.test/x?y")),
        (None, None, "/x?y=1", Some("c:4000"), Some("http://c:4000/x?y=1")),
        (None, None, "http://d/x", Some("c"), Some("http://d/x")),
        (None, None, "/x", Some(""), None),
        (None, None, "/x", None, None),
    ] {
        let received = Received { at: Timestamp::UNIX_EPOCH, public_url };
        let request = request(target, host);
        assert_eq!(signed_url(&request, &received, typed).as_deref(), url, "{target}");
    }
}

#[test]
fn the_base_uri_is_normalized_as_rfc_5849_has_it() {
    for (url, base) in [
        // The two examples of section 3.4.1.2.
        ("http://EXAMPLE.COM:80/r%20v/X?id=123", Some("http://example.com/r%20v/X")),
        ("https://www.example.net:8080/?q=1", Some("https://www.example.net:8080/")),
        ("HTTPS://a.test:443", Some("https://a.test/")),
        ("http://a.test:443/x", Some("http://a.test:443/x")),
        ("http://[::1]:80/x#y?z", Some("http://[::1]/x")),
        ("http://a.test?x=/y", Some("http://a.test/")),
        ("http:///x", None),
        ("/x", None),
        ("*", None),
    ] {
        assert_eq!(base_uri(url).as_deref(), base, "{url}");
    }
}
