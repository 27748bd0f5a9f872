use bytes::Bytes;
use http::StatusCode;

use super::answer;
use crate::domain::attempt::Response;
use crate::domain::headers::Headers;

#[test]
fn what_belongs_to_the_connection_or_to_codings_that_are_undone_does_not_go_back() {
    let headers = Headers::from_pairs([
        ("Content-Type", "text/plain"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", "99"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close, X-Hop"),
        ("x-hop", "1"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ]);
    let response = Response { status: StatusCode::ACCEPTED, headers, body: Bytes::from("hi") };
    let answer = answer(&response);
    let headers = answer.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    assert_eq!(
        headers.collect::<Vec<_>>(),
        [("content-type", &b"text/plain"[..]), ("set-cookie", b"a=1"), ("set-cookie", b"b=2")]
    );
    assert_eq!((answer.status, &answer.body[..]), (StatusCode::ACCEPTED, &b"hi"[..]));
}
