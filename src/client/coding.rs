//! Undoes the content coding of an answer, within bounds: a few kilobytes can stand for gigabytes.

use std::io::Read;

use bytes::Bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::body::too_large;
use super::failure::Failure;
use crate::domain::attempt::AttemptError;
use crate::domain::headers::Headers;

/// Whether the body is not what it stands for.
pub(crate) fn is_coded(headers: &Headers) -> bool {
    headers.first("content-encoding").is_some()
}

/// The body as it was before it was compressed by gzip or deflate; one that is coded otherwise is
/// left as it is.
pub(crate) fn undone(headers: &Headers, body: Bytes, longest: usize) -> Result<Bytes, Failure> {
    let coding = headers.text("content-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    if body.is_empty() {
        return Ok(body);
    }
    let packed = &body[..];
    let unpacked = match coding.as_str() {
        "gzip" | "x-gzip" => read(MultiGzDecoder::new(packed), longest),
        // Some servers leave out the wrapping that the name stands for (RFC 9110, 8.4.1.2).
        "deflate" => read(ZlibDecoder::new(packed), longest)
            .or_else(|_| read(DeflateDecoder::new(packed), longest)),
        _ => return Ok(body),
    };
    match unpacked {
        Ok(unpacked) if unpacked.len() > longest => Err(too_large(longest)),
        Ok(unpacked) => Ok(unpacked.into()),
        Err(error) => {
            let message =
                format!("the answer says that it is {coding} and cannot be unpacked: {error}");
            Err(Failure::new(AttemptError::Malformed, message))
        }
    }
}

/// What comes out, at most one byte more than may.
fn read(decoder: impl Read, longest: usize) -> std::io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    decoder.take(longest as u64 + 1).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

#[cfg(test)]
mod tests;
