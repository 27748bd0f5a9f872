use super::{Component, Message};
use crate::domain::http::Request;
use crate::verify::fixture::request;
use crate::verify::refutation::Refutation;

fn example() -> Request {
    let headers = [
        ("Host", "www.Example.com:80"),
        ("X-OWS-Header", "   Leading and trailing whitespace.   "),
        ("X-Empty-Header", ""),
        ("Cache-Control", "max-age=60"),
        ("Cache-Control", "    must-revalidate"),
        ("Example-Dict", " a=1,    b=2;x=1;y=2,   c=(a   b   c), d "),
        ("Example-List", "1,   \"b\"; a,2.50"),
        ("Example-Header", "value, with, lots"),
        ("Example-Header", "of, commas"),
        ("Not-Structured", "\"open"),
    ];
    request("POST /path?param=value&foo=bar&baz=batman&qux=&two=1&two=2", &headers, "")
}

fn value(component: &str, url: Option<&str>) -> Result<String, Refutation> {
    let request = example();
    let component = Component::parse(component).unwrap();
    let value = component.value(Message { request: &request, url })?;
    Ok(String::from_utf8(value.into_owned()).unwrap())
}

/// The examples of RFC 9421 sections 2.1 and 2.2 and their kin.
#[test]
fn every_component_has_its_value() {
    let url = "HTTPS://www.Example.com:443/path?param=value&foo=bar&baz=batman&qux=&two=1&two=2";
    for (component, expected) in [
        ("@method", "POST"),
        (
            "@target-uri",
            "https://www.example.com/path?param=value&foo=bar&baz=batman&qux=&two=1&two=2",
        ),
        ("@authority", "www.example.com"),
        ("@scheme", "https"),
        ("@request-target", "/path?param=value&foo=bar&baz=batman&qux=&two=1&two=2"),
        ("@path", "/path"),
        ("@query", "?param=value&foo=bar&baz=batman&qux=&two=1&two=2"),
        ("@query-param;name=\"baz\"", "batman"),
        ("@query-param;name=\"qux\"", ""),
        ("x-ows-header", "Leading and trailing whitespace."),
        ("x-empty-header", ""),
        ("cache-control", "max-age=60, must-revalidate"),
        ("example-dict", "a=1,    b=2;x=1;y=2,   c=(a   b   c), d"),
        ("example-dict;sf", "a=1, b=2;x=1;y=2, c=(a b c), d"),
        ("example-dict;key=\"a\"", "1"),
        ("example-dict;key=\"b\"", "2;x=1;y=2"),
        ("example-dict;key=\"c\"", "(a b c)"),
        ("example-dict;key=\"d\"", "?1"),
        ("example-dict;key=\"d\";sf", "?1"),
        ("example-list;sf", "1, \"b\";a, 2.5"),
        ("example-header", "value, with, lots, of, commas"),
        ("example-header;bs", ":dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:"),
    ] {
        assert_eq!(value(component, Some(url)), Ok(expected.to_owned()), "{component}");
    }
    for (component, url, expected) in [
        ("@target-uri", "http://H.test:80", "http://h.test/"),
        ("@target-uri", "http://h.test/a?", "http://h.test/a?"),
        ("@path", "http://h.test", "/"),
        ("@query", "http://h.test/path", "?"),
        ("@query", "http://h.test/path?", "?"),
        ("@query", "http://h.test/path?a?b#", "?a?b#"),
        ("@authority", "http://h.test:8080/", "h.test:8080"),
        ("@authority", "http://user:pass@H.test:80", "h.test"),
        (
            "@query-param;name=\"var\"",
            "http://h/?var=this%20is%20a%20big%0Avalue",
            "this%20is%20a%20big%0Avalue",
        ),
        (
            "@query-param;name=\"bar\"",
            "http://h/?bar=with+plus+whitespace",
            "with%20plus%20whitespace",
        ),
        (
            "@query-param;name=\"fa%C3%A7ade%22%3A%20\"",
            "http://h/?fa%c3%a7ade%22%3a%20=som%65~",
            "some%7E",
        ),
    ] {
        assert_eq!(value(component, Some(url)), Ok(expected.to_owned()), "{component} {url}");
    }
}

#[test]
fn without_a_host_only_what_needs_one_is_missing() {
    for component in ["@method", "@path", "@query", "@request-target", "cache-control"] {
        assert!(value(component, None).is_ok(), "{component}");
    }
    for component in ["@target-uri", "@authority", "@scheme"] {
        let message = value(component, None).unwrap_err().message;
        assert!(message.contains("neither a public url nor the Host header"), "{message}");
    }
    for component in ["@authority", "@path", "@scheme"] {
        let message = value(component, Some("nonsense")).unwrap_err().message;
        assert!(message.contains("\"nonsense\" is not a url with a host"), "{message}");
    }
}

#[test]
fn what_has_no_value_says_why() {
    let url = Some("http://h.test/?two=1&two=2");
    for (component, message) in [
        ("absent", "\"absent\" is signed, but the request does not have it"),
        ("absent;sf", "\"absent\";sf is signed, but the request does not have it"),
        ("absent;bs", "\"absent\";bs is signed, but the request does not have it"),
        (
            "example-dict;key=\"z\"",
            "\"example-dict\";key=\"z\" is signed, but the request does not have it",
        ),
        (
            "not-structured;sf",
            "\"not-structured\";sf is signed, but the header is not a structured field",
        ),
        (
            "@query-param;name=\"one\"",
            "\"@query-param\";name=\"one\" is signed, but the request does not have it",
        ),
        (
            "@query-param;name=\"two\"",
            "\"@query-param\";name=\"two\" is signed, but the query has it more than once",
        ),
    ] {
        assert_eq!(value(component, url).unwrap_err().message, message);
    }
}

#[test]
fn what_is_no_component_says_why() {
    for (text, problem) in [
        ("", "is not the name of a header in lower case"),
        ("Date", "is not the name of a header in lower case"),
        ("a b", "is not the name of a header in lower case"),
        ("caf\u{e9}", "is not a name with parameters"),
        ("a\"b", "is not a name with parameters"),
        ("date;", "is not a name with parameters"),
        ("@status", "only answers have"),
        ("@signature-params", "no signature may cover by itself"),
        ("@methods", "is not known"),
        ("@method;req", "has parameters that it may not have"),
        ("@query-param", "needs the parameter name and no other"),
        ("@query-param;name=1", "needs the parameter name and no other"),
        ("@query-param;name=\"a\";req", "needs the parameter name and no other"),
        ("date;tr", "is a trailer, and trailers are not kept"),
        ("date;req", "is of another request, as only answers may have it"),
        ("date;key=1", "has parameters that are not known"),
        ("date;bs;sf", "has parameters that exclude each other"),
        ("date;key=\"a\";bs", "has parameters that exclude each other"),
    ] {
        assert_eq!(Component::parse(text).unwrap_err(), problem, "{text}");
    }
}
