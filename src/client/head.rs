//! The head of an answer, and how long its body is (RFC 9112, section 6.3).

use std::mem::MaybeUninit;

use bytes::Bytes;
use http::{Method, StatusCode};
use tokio::io::AsyncRead;

use super::failure::Failure;
use super::incoming::Incoming;
use crate::domain::attempt::AttemptError;
use crate::domain::headers::{Fidelity, Field, Headers};

/// The longest head that is taken, in bytes.
const LONGEST: usize = 64 * 1024;

/// The most header fields that are taken.
const MOST_FIELDS: usize = 256;

/// The most of something that is no answer that is shown, in bytes.
const MOST_SHOWN: usize = 40;

/// Status and header fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: Headers,
    /// Whether the connection stays open for a further request (RFC 9112, section 9.3).
    pub(crate) persists: bool,
}

/// How the end of a body is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// There is no body.
    Empty,
    /// It has so many bytes.
    Length(u64),
    /// It says so itself.
    Chunked,
    /// The connection ends with it.
    UntilClose,
}

/// Reads the head of the final answer; what is said before it (1xx) is passed over.
pub(crate) async fn read<S: AsyncRead + Unpin>(
    incoming: &mut Incoming<S>,
) -> Result<Head, Failure> {
    loop {
        let head = next(incoming).await?;
        // To switch protocols was not asked for, so no other answer follows.
        if !head.status.is_informational() || head.status == StatusCode::SWITCHING_PROTOCOLS {
            return Ok(head);
        }
    }
}

async fn next<S: AsyncRead + Unpin>(incoming: &mut Incoming<S>) -> Result<Head, Failure> {
    loop {
        if let Some((head, length)) = parse(incoming.pending())? {
            incoming.skip(length);
            return Ok(head);
        }
        if incoming.pending().len() >= LONGEST {
            let message = format!("the head of the answer has more than {LONGEST} bytes");
            return Err(Failure::new(AttemptError::TooLarge, message));
        }
        if !incoming.more().await? {
            let message = match incoming.pending().len() {
                0 => "the connection ended without an answer".to_owned(),
                length => format!("the connection ended after {length} bytes of the answer's head"),
            };
            return Err(Failure::new(AttemptError::Reset, message));
        }
    }
}

/// The head that these bytes begin with, and its length; none if it is not complete.
fn parse(bytes: &[u8]) -> Result<Option<(Head, usize)>, Failure> {
    let mut fields = [const { MaybeUninit::uninit() }; MOST_FIELDS];
    let mut parsed = httparse::Response::new(&mut []);
    let parser = httparse::ParserConfig::default();
    let parse = parser.parse_response_with_uninit_headers(&mut parsed, bytes, &mut fields);
    let length = match parse {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => {
            let message = format!("the answer has more than {MOST_FIELDS} header fields");
            return Err(Failure::new(AttemptError::TooLarge, message));
        }
        Err(error) => {
            let start = bytes[..bytes.len().min(MOST_SHOWN)].escape_ascii();
            let message = format!("what comes back is not HTTP/1.1 ({error}); it begins {start}");
            return Err(Failure::new(AttemptError::Malformed, message));
        }
    };
    let status = parsed.code.and_then(|code| StatusCode::from_u16(code).ok());
    let status = status.ok_or_else(|| malformed("the answer's status is none of HTTP"))?;
    // The fields share one copy of the head.
    let head = Bytes::copy_from_slice(&bytes[..length]);
    let part = |part: &[u8]| {
        let start = part.as_ptr().addr() - bytes.as_ptr().addr();
        head.slice(start..start + part.len())
    };
    let fields = parsed.headers.iter();
    let fields =
        fields.map(|field| Field { name: part(field.name.as_bytes()), value: part(field.value) });
    let headers = Headers::new(fields.collect(), Fidelity::Exact);
    let persists = parsed.version == Some(1)
        && status != StatusCode::SWITCHING_PROTOCOLS
        && !words(&headers, "connection").any(|word| word.eq_ignore_ascii_case(b"close"));
    Ok(Some((Head { status, headers, persists }, length)))
}

impl Head {
    /// How long the body is, as an answer to this method.
    pub(crate) fn framing(&self, method: &Method) -> Result<Framing, Failure> {
        let is_empty = method == Method::HEAD
            || self.status.is_informational()
            || [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&self.status);
        if is_empty {
            return Ok(Framing::Empty);
        }
        let codings = words(&self.headers, "transfer-encoding").collect::<Vec<_>>();
        match &codings[..] {
            [] => {}
            [only] if only.eq_ignore_ascii_case(b"chunked") => return Ok(Framing::Chunked),
            _ => {
                let codings = String::from_utf8_lossy(&codings.join(&b", "[..])).into_owned();
                let message = format!("the answer is coded as {codings}, which was not asked for");
                return Err(malformed(message));
            }
        }
        let mut lengths = words(&self.headers, "content-length");
        let Some(length) = lengths.next() else { return Ok(Framing::UntilClose) };
        let is_number = length.iter().all(u8::is_ascii_digit);
        match std::str::from_utf8(length).ok().and_then(|length| length.parse().ok()) {
            Some(number) if is_number && lengths.all(|other| other == length) => {
                Ok(Framing::Length(number))
            }
            _ => Err(malformed("the answer's content-length is not one number")),
        }
    }
}

/// The members of a list that may be spread over several fields.
fn words<'a>(headers: &'a Headers, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    let words = headers.all(name).flat_map(|value| value.split(|byte| *byte == b','));
    words.map(<[u8]>::trim_ascii).filter(|word| !word.is_empty())
}

fn malformed(message: impl Into<String>) -> Failure {
    Failure::new(AttemptError::Malformed, message)
}

#[cfg(test)]
mod tests;
