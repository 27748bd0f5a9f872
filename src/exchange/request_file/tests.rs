use super::*;

fn read(text: &'static [u8]) -> Result<Request, RequestFileError> {
    parse(&Bytes::from_static(text))
}

#[test]
fn lines_end_in_one_way_or_the_other_and_the_body_is_left_as_it_is() {
    for text in [
        &b"POST /a?b HTTP/1.1\r\nHost: h\r\nX-Two:  two \r\n\r\n\r\n{}\xff\n"[..],
        b"POST /a?b HTTP/1.1\nHost: h\nX-Two: two\n\n\r\n{}\xff\n",
        b"POST /a?b\nHost:h\nX-Two:two\n\n\r\n{}\xff\n",
    ] {
        let request = read(text).unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/a?b"));
        assert_eq!(request.headers, Headers::from_pairs([("Host", "h"), ("X-Two", "two")]));
        assert_eq!(&request.body[..], b"\r\n{}\xff\n");
    }
}

#[test]
fn a_content_length_leaves_out_what_an_editor_added() {
    let body = |text| read(text).unwrap().body;
    assert_eq!(&body(b"GET / HTTP/1.1\nContent-Length: 2\n\nab\n")[..], b"ab");
    assert_eq!(&body(b"GET / HTTP/1.1\nContent-Length: 9\n\nab\n")[..], b"ab\n");
    assert_eq!(&body(b"GET / HTTP/1.1\nContent-Length: x\n\nab\n")[..], b"ab\n");
}

#[test]
fn a_head_may_be_all_there_is() {
    for text in [&b"GET / HTTP/1.0\nHost: h"[..], b"GET / HTTP/1.0\nHost: h\n\n"] {
        let request = read(text).unwrap();
        assert_eq!((request.version, request.body.len()), (Version::Http10, 0));
        assert_eq!(request.headers.text("host"), Some("h"));
    }
}

#[test]
fn what_is_no_request_is_named_with_its_line() {
    for text in
        [&b""[..], b"\n", b"GET", b"GET  HTTP/1.1", b"G\xff / HTTP/1.1", b"GET / HTTP/1.1 x"]
    {
        assert_eq!(read(text), Err(RequestFileError::RequestLine), "{text:?}");
    }
    for text in
        [&b"GET / HTTP/1.1\nno colon"[..], b"GET / HTTP/1.1\n: x", b"GET / HTTP/1.1\nA b: x"]
    {
        assert_eq!(read(text), Err(RequestFileError::Header(2)), "{text:?}");
    }
    assert_eq!(read(b"GET / HTTP/1.1\nA: \x01"), Err(RequestFileError::Header(2)));
}
