use http::{Method, StatusCode};
use proptest::prelude::*;
use tokio::io::AsyncReadExt as _;

use super::{Framing, Head, read};
use crate::client::failure::Failure;
use crate::client::incoming::Incoming;
use crate::domain::attempt::AttemptError;

async fn head(bytes: &[u8]) -> Result<(Head, Vec<u8>), Failure> {
    let mut incoming = Incoming::new(bytes);
    let head = read(&mut incoming).await?;
    Ok((head, incoming.pending().to_vec()))
}

#[tokio::test]
async fn the_fields_of_an_answer_stay_as_sent_and_its_body_is_left() {
    let bytes = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n\
                  HTTP/1.1 418 Short and stout\r\nx-B: 1\r\nX-a:\xe9 \r\nx-b: 2\r\n\r\nbody";
    let (head, rest) = head(bytes).await.unwrap();
    assert_eq!(head.status, StatusCode::IM_A_TEAPOT);
    assert_eq!(head.headers.to_block(), b"x-B: 1\r\nX-a: \xe9\r\nx-b: 2\r\n");
    assert_eq!(rest, b"body");
}

#[tokio::test]
async fn what_is_no_answer_is_told() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "A: b\r\n".repeat(300));
    let long = format!("HTTP/1.1 200 OK\r\nA: {}\r\n\r\n", "b".repeat(70_000));
    for (bytes, error, part) in [
        ("", AttemptError::Reset, "without an answer"),
        ("HTTP/1.1 200 O", AttemptError::Reset, "after 14 bytes"),
        ("SSH-2.0-x\r\n", AttemptError::Malformed, "it begins SSH-2.0-x\\r\\n"),
        ("\u{16}\u{3}\u{1}", AttemptError::Malformed, "it begins \\x16\\x03\\x01"),
        ("HTTP/2 200\r\n\r\n", AttemptError::Malformed, "not HTTP/1.1"),
        ("HTTP/1.1 099 Low\r\n\r\n", AttemptError::Malformed, "status"),
        ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", AttemptError::Malformed, "not HTTP/1.1"),
        (&many, AttemptError::TooLarge, "more than 256 header fields"),
        (&long, AttemptError::TooLarge, "more than 65536 bytes"),
    ] {
        let failure = head(bytes.as_bytes()).await.unwrap_err();
        assert_eq!(failure.error, error, "{bytes:.40}: {failure}");
        assert!(failure.message.contains(part), "{bytes:.40}: {failure}");
    }
}

#[tokio::test]
async fn the_length_of_a_body_follows_from_its_head() {
    let broken = |part| Err::<Framing, _>(part);
    for (method, status, fields, expected) in [
        (Method::GET, 200, "", Ok(Framing::UntilClose)),
        (Method::GET, 200, "Content-Length: 5\r\n", Ok(Framing::Length(5))),
        (Method::GET, 200, "Content-Length: 5\r\nContent-Length: 5\r\n", Ok(Framing::Length(5))),
        (Method::GET, 200, "Content-Length: 5, 5\r\n", Ok(Framing::Length(5))),
        (Method::GET, 200, "Content-Length: 5\r\nContent-Length: 6\r\n", broken("one number")),
        (Method::GET, 200, "Content-Length: +5\r\n", broken("one number")),
        (Method::GET, 200, "Content-Length: -5\r\n", broken("one number")),
        (Method::GET, 200, "Content-Length: 99999999999999999999\r\n", broken("one number")),
        (Method::GET, 200, "Transfer-Encoding: Chunked\r\n", Ok(Framing::Chunked)),
        (
            Method::GET,
            200,
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            Ok(Framing::Chunked),
        ),
        (Method::GET, 200, "Transfer-Encoding: gzip, chunked\r\n", broken("gzip, chunked")),
        (Method::HEAD, 200, "Content-Length: 5\r\n", Ok(Framing::Empty)),
        (Method::GET, 204, "Content-Length: 5\r\n", Ok(Framing::Empty)),
        (Method::GET, 304, "Transfer-Encoding: chunked\r\n", Ok(Framing::Empty)),
        (Method::GET, 101, "", Ok(Framing::Empty)),
        (Method::GET, 301, "Content-Length: 0\r\n", Ok(Framing::Length(0))),
    ] {
        let bytes = format!("HTTP/1.1 {status} X\r\n{fields}\r\n");
        let (head, _) = head(bytes.as_bytes()).await.unwrap();
        match (head.framing(&method), expected) {
            (Ok(framing), Ok(expected)) => assert_eq!(framing, expected, "{bytes}"),
            (Err(failure), Err(part)) => {
                assert_eq!(failure.error, AttemptError::Malformed, "{bytes}");
                assert!(failure.message.contains(part), "{bytes}: {failure}");
            }
            (framing, expected) => panic!("{bytes}: {framing:?} {expected:?}"),
        }
    }
}

/// Heads of the words that matter in one, put together in any way.
fn heads() -> impl Strategy<Value = Vec<u8>> {
    const WORDS: &[&str] = &[
        "HTTP/1.1 ",
        "HTTP/1.0 ",
        "200 OK",
        "100 ",
        "101 x",
        "999",
        "\r\n",
        "\n",
        "\r\n\r\n",
        "Content-Length: ",
        "Transfer-Encoding: ",
        "Connection: ",
        "chunked",
        "close",
        "5",
        ", ",
        "-1",
        " ",
        ":",
        "\0",
    ];
    prop_oneof![
        any::<Vec<u8>>(),
        prop::collection::vec(prop::sample::select(WORDS), 0..16)
            .prop_map(|words| words.concat().into_bytes()),
    ]
}

proptest! {
    #[test]
    fn a_head_is_the_same_in_whatever_pieces_it_comes(bytes in heads(), at: usize) {
        let (first, second) = bytes.split_at(at % (bytes.len() + 1));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (whole, pieces) = runtime.block_on(async {
            let mut pieces = Incoming::new(first.chain(second));
            (head(&bytes).await.map(|(head, _)| head), read(&mut pieces).await)
        });
        // How much is there when something is wrong depends on the pieces.
        let kind = |failure: Failure| failure.error;
        prop_assert_eq!(whole.map_err(kind), pieces.map_err(kind));
    }
}
