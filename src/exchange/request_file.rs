//! A request as a text file: what `show --format raw` writes, and what people save or type.

use bytes::Bytes;

use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::masking;

/// Why a text is not a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestFileError {
    /// The first line is not `METHOD TARGET HTTP/1.1`.
    #[error("line 1 is not a request line such as `POST /hook HTTP/1.1`")]
    RequestLine,
    /// A line of the head is not `Name: value`.
    #[error("line {0} is not a header such as `Name: value`; an empty line ends the headers")]
    Header(usize),
}

/// Reads a request. Lines of the head end in CR LF or LF; an empty one ends it. What follows is the
/// body byte by byte, transfer coding already undone, but no more of it than a Content-Length says:
/// editors like to add a newline.
///
/// # Errors
/// When the head is not that of a request.
pub fn parse(file: &Bytes) -> Result<Request, RequestFileError> {
    let Head { request, length } = head(file)?;
    let body = file.slice(length..);
    let body = body.slice(..body.len().min(content_length(&request).unwrap_or(usize::MAX)));
    Ok(Request { body, ..request })
}

/// The head of a request, with the empty line that ends it. Credentials in header fields are masked
/// unless `reveal`.
#[must_use]
pub fn written_head(request: &Request, reveal: bool, line_end: &str) -> Vec<u8> {
    let Request { method, target, version, .. } = request;
    let mut head = format!("{method} {target} {version}{line_end}").into_bytes();
    for field in request.headers.iter() {
        head.extend_from_slice(&field.name);
        head.extend_from_slice(b": ");
        head.extend_from_slice(&masking::shown(field, reveal));
        head.extend_from_slice(line_end.as_bytes());
    }
    head.extend_from_slice(line_end.as_bytes());
    head
}

/// The head of a request at the beginning of a file.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// The request, without its body.
    pub(super) request: Request,
    /// How many bytes the head takes, with the empty line that ends it.
    pub(super) length: usize,
}

/// Reads a head. It may be all there is.
pub(super) fn head(file: &Bytes) -> Result<Head, RequestFileError> {
    let mut at = 0;
    let mut next_line = || {
        let rest = &file[at..];
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = file.slice(at..at + end);
        at = (at + end + 1).min(file.len());
        let length = line.strip_suffix(b"\r").unwrap_or(&line).len();
        (line.slice(..length), at)
    };
    let (line, mut end) = next_line();
    let (method, target, version) = request_line(&line).ok_or(RequestFileError::RequestLine)?;
    let mut fields = Vec::new();
    for number in 2.. {
        let (line, behind) = next_line();
        end = behind;
        if line.is_empty() {
            break;
        }
        fields.push(field(&line).ok_or(RequestFileError::Header(number))?);
    }
    let headers = Headers::new(fields, Fidelity::Exact);
    let request = Request { method, target, version, headers, body: Bytes::new() };
    Ok(Head { request, length: end })
}

/// The length that a request tells of its body.
pub(super) fn content_length(request: &Request) -> Option<usize> {
    request.headers.text("content-length").and_then(|length| length.trim().parse().ok())
}

/// The method, target and version of a request line; none if it is not one.
pub(super) fn request_line(line: &[u8]) -> Option<(http::Method, String, Version)> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let version = words.next().unwrap_or("HTTP/1.1");
    let is_one = words.next().is_none() && !target.is_empty() && version.starts_with("HTTP/");
    let method = method.parse().ok().filter(|_| is_one)?;
    Some((method, target.to_owned(), Version::from_name(version)))
}

fn field(line: &Bytes) -> Option<Field> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = line.slice(..colon);
    http::HeaderName::from_bytes(&name).ok()?;
    let value = line.slice_ref(line[colon + 1..].trim_ascii());
    http::HeaderValue::from_bytes(&value).ok()?;
    Some(Field { name, value })
}

#[cfg(test)]
mod tests;
