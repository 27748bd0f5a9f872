//! The head of a request as it goes out: order, repeats and letter case are those of the call.

use bytes::Bytes;
use http::{HeaderName, Method};

use super::failure::Failure;
use crate::domain::attempt::{AttemptError, Call};
use crate::domain::headers::{Field, Headers};
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
pub fn completed(call: &Call, afterwards: Afterwards) -> Call {
    let Request { method, headers, body, .. } = &call.request;
    let sends_length = !body.is_empty()
        || headers.first("content-length").is_some()
        || [Method::POST, Method::PUT, Method::PATCH].contains(method);
    let mut fields = headers.iter().cloned().collect::<Vec<_>>();
    let is_kept = afterwards == Afterwards::Keep;
    fields.retain(|field| !field.is("transfer-encoding") && !(is_kept && field.is("connection")));
    if headers.first("host").is_none() {
        fields.insert(0, field("Host", call.url.authority()));
    }
    let mut own = Vec::new();
    let length = body.len().to_string();
    if sends_length && !headers.all("content-length").eq([length.as_bytes()]) {
        own.push(field("Content-Length", &length));
    }
    if !is_kept {
        own.push(field("Connection", "close"));
    }
    let headers = Headers::new(fields, headers.fidelity()).with(own);
    let target = call.url.target().to_owned();
    let request = Request { target, version: Version::Http11, headers, ..call.request.clone() };
    Call { url: call.url.clone(), request }
}

fn field(name: &'static str, value: &str) -> Field {
    Field {
        name: Bytes::from_static(name.as_bytes()),
        value: Bytes::copy_from_slice(value.as_bytes()),
    }
}

/// Request line and header fields.
///
/// # Errors
/// When a field would be read as something else than a field.
pub(crate) fn head(call: &Call) -> Result<Vec<u8>, Failure> {
    if let Some(field) = call.request.headers.iter().find(|field| !is_sendable(field)) {
        let name = field.name.escape_ascii();
        let message = format!(
            "the header {name} cannot be sent: its name or value has a forbidden character"
        );
        return Err(Failure::new(AttemptError::Malformed, message));
    }
    let Request { method, target, .. } = &call.request;
    let mut head = format!("{method} {target} HTTP/1.1\r\n").into_bytes();
    head.extend(call.request.headers.to_block());
    head.extend_from_slice(b"\r\n");
    Ok(head)
}

fn is_sendable(field: &Field) -> bool {
    HeaderName::from_bytes(&field.name).is_ok()
        && !field.value.iter().any(|byte| b"\r\n\0".contains(byte))
}

#[cfg(test)]
mod tests;
