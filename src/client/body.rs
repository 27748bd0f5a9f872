//! The body of an answer up to its end, transfer coding undone (RFC 9112, sections 6 and 7).

use bytes::{Bytes, BytesMut};
use tokio::io::AsyncRead;

use super::failure::Failure;
use super::head::Framing;
use super::incoming::Incoming;
use crate::domain::attempt::AttemptError;

/// The longest line between chunks that is taken, in bytes.
const LONGEST_LINE: usize = 8 * 1024;

/// The most trailing fields that are passed over.
const MOST_TRAILERS: usize = 256;

/// Reads a body of at most `longest` bytes.
pub(crate) async fn read<S: AsyncRead + Unpin>(
    incoming: &mut Incoming<S>,
    framing: Framing,
    longest: usize,
) -> Result<Bytes, Failure> {
    match framing {
        Framing::Empty | Framing::Length(0) => Ok(Bytes::new()),
        Framing::Length(length) => {
            let length = within(length, longest)?;
            exactly(incoming, length, length).await
        }
        Framing::Chunked => chunks(incoming, longest).await,
        Framing::UntilClose => {
            while incoming.more().await? {
                within(incoming.pending().len() as u64, longest)?;
            }
            let length = within(incoming.pending().len() as u64, longest)?;
            Ok(incoming.take(length))
        }
    }
}

fn within(length: u64, longest: usize) -> Result<usize, Failure> {
    usize::try_from(length)
        .ok()
        .filter(|length| *length <= longest)
        .ok_or_else(|| too_large(longest))
}

/// Why an answer is not taken.
pub(crate) fn too_large(longest: usize) -> Failure {
    let message =
        format!("the answer has more than {longest} bytes, which are the most that are taken");
    Failure::new(AttemptError::TooLarge, message)
}

/// The next `length` bytes, of which `content` belong to the body.
async fn exactly<S: AsyncRead + Unpin>(
    incoming: &mut Incoming<S>,
    length: usize,
    content: usize,
) -> Result<Bytes, Failure> {
    while incoming.pending().len() < length {
        if !incoming.more().await? {
            let got = incoming.pending().len().min(content);
            return Err(cut_off(&format!("after {got} of {content} bytes")));
        }
    }
    Ok(incoming.take(length))
}

async fn chunks<S: AsyncRead + Unpin>(
    incoming: &mut Incoming<S>,
    longest: usize,
) -> Result<Bytes, Failure> {
    let mut body = BytesMut::new();
    loop {
        let line = line(incoming).await?;
        let Ok(httparse::Status::Complete((_, size))) = httparse::parse_chunk_size(&line) else {
            return Err(broken());
        };
        if size == 0 {
            trailers(incoming).await?;
            return Ok(body.freeze());
        }
        let all = within(size.saturating_add(body.len() as u64), longest)?;
        let size = all - body.len();
        let chunk = exactly(incoming, size + 2, size).await?;
        let content = chunk.strip_suffix(b"\r\n").ok_or_else(broken)?;
        body.extend_from_slice(content);
    }
}

/// What follows the last chunk says nothing about the body.
async fn trailers<S: AsyncRead + Unpin>(incoming: &mut Incoming<S>) -> Result<(), Failure> {
    for _ in 0..=MOST_TRAILERS {
        if line(incoming).await?.trim_ascii().is_empty() {
            return Ok(());
        }
    }
    Err(broken())
}

/// The next line with its end.
async fn line<S: AsyncRead + Unpin>(incoming: &mut Incoming<S>) -> Result<Bytes, Failure> {
    loop {
        if let Some(end) = memchr::memchr(b'\n', incoming.pending()) {
            return Ok(incoming.take(end + 1));
        }
        if incoming.pending().len() > LONGEST_LINE {
            return Err(broken());
        }
        if !incoming.more().await? {
            return Err(cut_off("between two chunks of the answer"));
        }
    }
}

fn cut_off(when: &str) -> Failure {
    Failure::new(AttemptError::Reset, format!("the connection ended {when}"))
}

fn broken() -> Failure {
    Failure::new(AttemptError::Malformed, "the answer breaks its chunked coding")
}

#[cfg(test)]
mod tests;
