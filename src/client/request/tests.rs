use http::Method;

use super::{Afterwards, completed, written};
use crate::domain::attempt::{AttemptError, Call};
use crate::domain::headers::Headers;
use crate::domain::url::Url;

fn sent(method: Method, headers: &[(&str, &str)], body: &'static str) -> String {
    let url = Url::parse("https://a.test:8443/x?y=%20").unwrap();
    let call = Call::with_body(method, url, Headers::from_pairs(headers.iter().copied()), body);
    String::from_utf8(written(&completed(call, Afterwards::Close)).unwrap()).unwrap()
}

#[test]
fn order_repeats_and_letter_case_go_out_as_given() {
    let given = [
        ("x-b", "1"),
        ("HOST", "other.test"),
        ("X-A", "2"),
        ("x-B", "3"),
        ("content-LENGTH", "2"),
        ("X-Empty", ""),
        ("connection", "close"),
    ];
    let expected = "POST /x?y=%20 HTTP/1.1\r\nx-b: 1\r\nHOST: other.test\r\nX-A: 2\r\nx-B: 3\r\n\
                    content-LENGTH: 2\r\nX-Empty: \r\nConnection: close\r\n\r\n{}";
    assert_eq!(sent(Method::POST, &given, "{}"), expected);
}

#[test]
fn what_a_request_has_to_say_of_itself_is_added_and_put_right() {
    for (method, given, body, expected) in [
        (Method::GET, &[][..], "", "Host: a.test:8443\r\nConnection: close\r\n"),
        (Method::POST, &[], "", "Host: a.test:8443\r\nContent-Length: 0\r\nConnection: close\r\n"),
        (
            Method::DELETE,
            &[("Host", "h"), ("Transfer-Encoding", "chunked"), ("Connection", "keep-alive")],
            "abc",
            "Host: h\r\nConnection: close\r\nContent-Length: 3\r\n",
        ),
        (
            Method::GET,
            &[("Host", "h"), ("Content-Length", "9"), ("Content-Length", "7")],
            "",
            "Host: h\r\nContent-Length: 0\r\nConnection: close\r\n",
        ),
    ] {
        let sent = sent(method, given, body);
        let (_, fields) = sent.split_once("\r\n").unwrap();
        assert_eq!(fields, format!("{expected}\r\n{body}"), "{given:?}");
    }
}

#[test]
fn completing_twice_changes_nothing_more() {
    let url = Url::parse("http://127.0.0.1:1/").unwrap();
    let once =
        completed(Call::with_body(Method::PUT, url, Headers::default(), "body"), Afterwards::Close);
    assert_eq!(completed(once.clone(), Afterwards::Close), once);
}

#[test]
fn a_field_that_would_become_two_is_not_sent() {
    for (name, value) in [
        ("X-A", "1\r\nX-B: 2"),
        ("X-A", "1\n"),
        ("X-A", "a\0"),
        ("X A", "1"),
        ("", "1"),
        ("X:", "1"),
    ] {
        let url = Url::parse("http://127.0.0.1:1/").unwrap();
        let call = Call::new(Method::GET, url, Headers::from_pairs([(name, value)]));
        let failure = written(&completed(call, Afterwards::Close)).unwrap_err();
        assert_eq!(failure.error, AttemptError::Malformed, "{name:?}: {value:?}");
    }
}
