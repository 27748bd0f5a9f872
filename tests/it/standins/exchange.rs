//! A call over a socket with nothing of the program in between, to try stand-ins themselves.

use std::io::{Read, Write};
use std::net::TcpStream;

use bytes::Bytes;
use hookscope::domain::attempt::{Call, Response};
use hookscope::domain::headers::Headers;
use http::StatusCode;

use crate::support::DEADLINE;

/// What comes back: none if the connection ends without an answer.
pub(crate) fn exchange(call: &Call) -> Option<Response> {
    let mut stream = TcpStream::connect(call.url.authority()).expect("the stand-in listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a deadline is set");
    stream.write_all(&bytes_of(call)).expect("the stand-in reads");
    let mut answer = Vec::new();
    // A connection that is reset has an end all the same.
    let _ = stream.read_to_end(&mut answer);
    (!answer.is_empty()).then(|| response_of(&answer))
}

fn bytes_of(Call { url, request, .. }: &Call) -> Vec<u8> {
    let head = format!(
        "{} {} {}\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n",
        request.method,
        request.target,
        request.version,
        url.authority(),
        request.body.len(),
    );
    [head.as_bytes(), &request.headers.to_block(), b"\r\n", &request.body].concat()
}

fn response_of(answer: &[u8]) -> Response {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head ends");
    let (status, fields) = std::str::from_utf8(&answer[..end]).unwrap().split_once("\r\n").unwrap();
    let code = status.split(' ').nth(1).unwrap().parse::<u16>().unwrap();
    let fields = fields.split("\r\n").map(|line| line.split_once(": ").unwrap());
    Response {
        status: StatusCode::from_u16(code).unwrap(),
        headers: Headers::from_pairs(fields),
        body: Bytes::copy_from_slice(&answer[end + 4..]),
    }
}
