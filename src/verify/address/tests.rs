use bytes::Bytes;
use jiff::Timestamp;

use super::{UrlForm, base_uri, https_host, signed_url};
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

#[test]
fn a_url_is_read_in_other_forms() {
    for (form, url, expected) in [
        (UrlForm::AsIs, "https://a:1/%3A", "https://a:1/%3A"),
        (UrlForm::AddDefaultPort, "https://a.test/x:1?y", "https://a.test:443/x:1?y"),
        (UrlForm::AddDefaultPort, "HTTP://a.test?x", "HTTP://a.test:80?x"),
        (UrlForm::AddDefaultPort, "https://u:p@[::1]:8443/", "https://u:p@[::1]:8443/"),
        (UrlForm::AddDefaultPort, "https://[::1]/", "https://[::1]:443/"),
        (UrlForm::DropPort, "https://a.test:8443/x", "https://a.test/x"),
        (UrlForm::DropPort, "https://u@[::1]:1/", "https://u@[::1]/"),
        (UrlForm::DropPort, "no url:80", "no url:80"),
        (
            UrlForm::DecodeReserved,
            "https://a/%3a%2F%20%C3%A9%253A%3",
            "https://a/:/%20%C3%A9%253A%3",
        ),
        (UrlForm::DecodeReserved, "https://a/%é%", "https://a/%é%"),
    ] {
        assert_eq!(form.apply(url), expected, "{form:?} {url}");
    }
}

#[test]
fn the_host_of_an_https_url_is_told_if_there_is_no_trick() {
    for (url, host) in [
        ("https://Api.Test/x", Some("api.test")),
        ("https://api.test:443/x", Some("api.test")),
        ("https://api.test:8443/x", None),
        ("http://api.test/x", None),
        ("https://api.test@evil.test/x", None),
        ("https://evil.test/https://api.test/", Some("evil.test")),
        ("//api.test/x", None),
        ("/x", None),
        ("https://", None),
        ("", None),
    ] {
        assert_eq!(https_host(url).as_deref(), host, "{url}");
    }
}
