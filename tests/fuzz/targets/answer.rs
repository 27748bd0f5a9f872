//! Answers that the client reads: bounded, and the same in whatever pieces they come.

#![no_main]

use http::Method;
use libfuzzer_sys::fuzz_target;

use hookscope::domain;
use hookscope::domain::attempt::AttemptError;
use hookscope_fuzz::{Pieces, run};

#[path = "../../../src/client/body.rs"]
mod body;
#[path = "../../../src/client/coding.rs"]
mod coding;
#[path = "../../../src/client/failure.rs"]
mod failure;
#[path = "../../../src/client/head.rs"]
mod head;
#[path = "../../../src/client/incoming.rs"]
mod incoming;

const LONGEST: usize = 16 * 1024;

fuzz_target!(|input: (u8, bool, &[u8])| {
    let (size, is_head, bytes) = input;
    let method = if is_head { Method::HEAD } else { Method::POST };
    let whole = run(answer(Pieces::new(bytes, 0), &method));
    let pieces = run(answer(Pieces::new(bytes, size), &method));
    // How much is there when something is wrong depends on the pieces.
    let kind = |answer: Result<_, AttemptError>| answer.map_err(|_| ());
    assert_eq!(kind(whole), kind(pieces));
});

type Answer = (head::Head, head::Framing, Option<bytes::Bytes>);

async fn answer(pieces: Pieces, method: &Method) -> Result<Answer, AttemptError> {
    let mut incoming = incoming::Incoming::new(pieces);
    let head = head::read(&mut incoming).await.map_err(|failure| failure.error)?;
    let framing = head.framing(method).map_err(|failure| failure.error)?;
    let body = body::read(&mut incoming, framing, LONGEST).await.ok();
    let body = body.and_then(|body| {
        assert!(body.len() <= LONGEST);
        coding::undone(&head.headers, body, LONGEST).ok()
    });
    assert!(body.as_ref().is_none_or(|body| body.len() <= LONGEST));
    Ok((head, framing, body))
}
