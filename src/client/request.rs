//! The head of a request as it goes out: order, repeats and letter case are those of the call.

use bytes::Bytes;
use http::Method;

use super::failure::Failure;
use crate::domain::attempt::{AttemptError, Call};
use crate::domain::headers::Field;
use crate::domain::http::{Request, Version};

/// What becomes of the connection behind the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Afterwards {
    /// It ends, and the request says so.
    Close,
    /// It may wait for another request, which is the rule and needs no word.
    Keep,
}

/// The call with what every request has to say of itself: the host, the length of its body, and
/// whether its connection is for it alone. Fields that contradict these are put right; all others
/// stay as they are.
#[must_use]
pub fn completed(mut call: Call, afterwards: Afterwards) -> Call {
    let Call { url, request, .. } = &mut call;
    let Request { method, target, version, headers, body } = request;
    url.target().clone_into(target);
    *version = Version::Http11;
    let sends_length = !body.is_empty()
        || headers.first("content-length").is_some()
        || [Method::POST, Method::PUT, Method::PATCH].contains(method);
    let is_kept = afterwards == Afterwards::Keep;
    let is_ours =
        |field: &Field| field.is("transfer-encoding") || (is_kept && field.is("connection"));
    headers.retain(|field| !is_ours(field));
    if headers.first("host").is_none() {
        headers.insert(0, field("Host", url.authority()));
    }
    let length = body.len().to_string();
    if sends_length && !headers.all("content-length").eq([length.as_bytes()]) {
        headers.set(field("Content-Length", &length));
    }
    if !is_kept {
        headers.set(field("Connection", "close"));
    }
    call
}

fn field(name: &'static str, value: &str) -> Field {
    Field {
        name: Bytes::from_static(name.as_bytes()),
        value: Bytes::copy_from_slice(value.as_bytes()),
    }
}

/// Everything that goes out: request line, header fields and body.
///
/// # Errors
/// When a field would be read as something else than a field.
pub(crate) fn written(call: &Call) -> Result<Vec<u8>, Failure> {
    let Request { method, target, headers, body, .. } = &call.request;
    if let Some(field) = headers.iter().find(|field| !is_sendable(field)) {
        let name = field.name.escape_ascii();
        let message = format!(
            "the header {name} cannot be sent: its name or value has a forbidden character"
        );
        return Err(Failure::new(AttemptError::Malformed, message));
    }
    let line = [method.as_str(), " ", target, " HTTP/1.1\r\n"];
    let line_length = line.iter().map(|word| word.len()).sum::<usize>();
    let mut all = Vec::with_capacity(line_length + headers.block_length() + 2 + body.len());
    for word in line {
        all.extend_from_slice(word.as_bytes());
    }
    headers.append_block(&mut all);
    all.extend_from_slice(b"\r\n");
    all.extend_from_slice(body);
    Ok(all)
}

fn is_sendable(field: &Field) -> bool {
    !field.name.is_empty()
        && field.name.iter().copied().all(is_of_names)
        && memchr::memchr3(b'\r', b'\n', b'\0', &field.value).is_none()
}

/// Whether a name may have it (RFC 9110, section 5.6.2).
fn is_of_names(byte: u8) -> bool {
    matches!(
        byte,
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*'
            | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
    )
}

#[cfg(test)]
mod tests;
