//! From hyper's request to ours, under the limits.

use std::mem::MaybeUninit;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};

use super::limits::Limits;
use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::refusal::RefusalReason;

/// Why a request could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    /// The reason in the contract's words.
    pub(crate) reason: RefusalReason,
    /// The reason with the figures of this case.
    pub(crate) message: String,
}

impl Unread {
    fn new(reason: RefusalReason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into() }
    }
}

/// The request without its body: exactly as sent if the tap kept it, else as hyper has it.
///
/// # Errors
/// When the head announces the body's length in two ways. Such a request is read differently by
/// different programs on its way (RFC 9112, 6.3), so it is not evidence of anything.
pub(crate) fn head(parts: &Parts, kept: Option<&Bytes>) -> Result<Request, Unread> {
    let (target, headers) = match kept.and_then(parse) {
        // hyper drops a length beside a chunked coding, so this is looked for in what was sent.
        Some((_, headers)) if gives_length_twice(&headers) => return Err(length_twice()),
        Some((target, headers)) if are_of_one_request(parts, &headers) => (target, headers),
        _ => (parts.uri.to_string(), normalized(parts)),
    };
    if gives_length_twice(&headers) {
        return Err(length_twice());
    }
    let version = match parts.version {
        http::Version::HTTP_10 => Version::Http10,
        http::Version::HTTP_2 => Version::Http2,
        _ => Version::Http11,
    };
    Ok(Request { method: parts.method.clone(), target, version, headers, body: Bytes::new() })
}

fn parse(kept: &Bytes) -> Option<(String, Headers)> {
    let mut fields = [const { MaybeUninit::uninit() }; Limits::MOST_FIELDS];
    let mut parsed = httparse::Request::new(&mut []);
    parsed.parse_with_uninit_headers(kept, &mut fields).ok()?;
    let fields = parsed.headers.iter().map(|field| Field {
        name: kept.slice_ref(field.name.as_bytes()),
        value: kept.slice_ref(field.value),
    });
    let headers = Headers::new(fields.collect(), Fidelity::Exact);
    Some((parsed.path?.to_owned(), headers))
}

/// Whether what was kept is the head that hyper handed out, not a neighbour in the pipeline.
fn are_of_one_request(parts: &Parts, headers: &Headers) -> bool {
    headers.len() == parts.headers.len()
        && headers.iter().all(|field| {
            let name = std::str::from_utf8(&field.name).unwrap_or_default();
            parts.headers.get_all(name).iter().any(|value| value.as_bytes() == field.value)
        })
}

fn gives_length_twice(headers: &Headers) -> bool {
    let lengths = headers.all("content-length").count();
    lengths > 1 || (lengths > 0 && headers.first("transfer-encoding").is_some())
}

fn length_twice() -> Unread {
    Unread::new(RefusalReason::Malformed, "the length of the body is given twice")
}

fn normalized(parts: &Parts) -> Headers {
    let fields = parts.headers.iter().map(|(name, value)| Field {
        name: Bytes::copy_from_slice(name.as_str().as_bytes()),
        value: Bytes::copy_from_slice(value.as_bytes()),
    });
    Headers::new(fields.collect(), Fidelity::Normalized)
}

/// The whole body, exact, within the limits of size and time.
///
/// # Errors
/// When it is too large, too slow, or ends before it is complete. A body that announces a length
/// over the limit is not read at all.
pub(crate) async fn body(incoming: Incoming, limits: &Limits) -> Result<Bytes, Unread> {
    let announced = incoming.size_hint().lower();
    if announced > limits.body {
        return Err(too_large(announced, limits.body));
    }
    match tokio::time::timeout(limits.body_time, collect(incoming, announced, limits.body)).await {
        Ok(read) => read,
        Err(_elapsed) => Err(too_slow(limits.body_time)),
    }
}

async fn collect(mut incoming: Incoming, announced: u64, limit: u64) -> Result<Bytes, Unread> {
    let mut first = Bytes::new();
    let mut joined = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = incoming.frame().await {
        let frame = frame.map_err(|error| cut_off(length, &error))?;
        // Trailers are not part of what is signed or replayed.
        let Ok(data) = frame.into_data() else { continue };
        length += data.len() as u64;
        if length > limit {
            return Err(too_large(length, limit));
        }
        if first.is_empty() {
            // Most bodies come in one piece, which needs no copy.
            first = data;
            continue;
        }
        if joined.is_empty() {
            joined.reserve(usize::try_from(announced.max(length)).unwrap_or_default());
            joined.extend_from_slice(&first);
        }
        joined.extend_from_slice(&data);
    }
    Ok(if joined.is_empty() { first } else { joined.freeze() })
}

fn too_large(length: u64, limit: u64) -> Unread {
    let message = format!("the body has {length} bytes or more, the limit is {limit}");
    Unread::new(RefusalReason::BodyTooLarge, message)
}

fn too_slow(limit: Duration) -> Unread {
    let message = format!("the body did not arrive within {} s", limit.as_secs_f32());
    Unread::new(RefusalReason::TooSlow, message)
}

fn cut_off(length: u64, error: &hyper::Error) -> Unread {
    if error.is_parse() || (!error.is_incomplete_message() && is_bad_chunk(error)) {
        let message = format!("after {length} bytes the body breaks its chunked coding");
        return Unread::new(RefusalReason::Malformed, message);
    }
    let message = format!("the connection ended after {length} bytes of the body");
    Unread::new(RefusalReason::CutOff, message)
}

/// hyper reports a chunk that cannot be read as an input error of the body.
fn is_bad_chunk(error: &hyper::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|e| e.downcast_ref::<std::io::Error>());
    cause.is_some_and(|cause| {
        matches!(cause.kind(), std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData)
    })
}
