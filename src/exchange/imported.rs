//! What comes of a file: requests with whatever it tells of their arrival.

use std::fmt;
use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::annotation::Annotation;
use crate::domain::headers::{Field, Headers};
use crate::domain::http::Request;
use crate::domain::masking::{self, MASK};
use crate::domain::name::EndpointName;

/// The longest file that is read, in bytes.
pub const LONGEST_FILE: usize = 256 << 20;

/// The most deliveries that are taken from one file.
pub const MOST_DELIVERIES: usize = 100_000;

/// One delivery out of a file. What the file does not tell is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What was sent.
    pub request: Request,
    /// When it arrived.
    pub received_at: Option<Timestamp>,
    /// The id that it has everywhere.
    pub uid: Option<Uuid>,
    /// The endpoint that it arrived at.
    pub endpoint: Option<EndpointName>,
    /// The other end of the connection.
    pub peer: Option<SocketAddr>,
    /// The status that it was answered with.
    pub status: Option<StatusCode>,
    /// What a user says of it.
    pub annotation: Annotation,
    /// What the user should know, such as what was not taken over.
    pub notes: Vec<String>,
}

impl Imported {
    /// A request of which nothing else is known. Masked credentials are told in a note.
    #[must_use]
    pub fn new(request: Request) -> Self {
        let is_masked = |field: &&Field| {
            masking::is_credential(&field.name) && *field.value == *MASK.as_bytes()
        };
        let masked = request.headers.iter().filter(is_masked);
        let names = masked.map(|field| String::from_utf8_lossy(&field.name)).collect::<Vec<_>>();
        let note = (!names.is_empty()).then(|| {
            format!("masked in the file, so that it cannot be verified: {}", names.join(", "))
        });
        Self {
            request,
            received_at: None,
            uid: None,
            endpoint: None,
            peer: None,
            status: None,
            annotation: Annotation::default(),
            notes: note.into_iter().collect(),
        }
    }
}

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The line, from 1, if it can be told.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl ImportError {
    /// A mistake on that line.
    pub fn at(line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for ImportError {}

/// The method of that name, else what is wrong.
pub(super) fn method(name: &str) -> Result<Method, String> {
    Method::from_bytes(name.as_bytes()).map_err(|_invalid| format!("{name:?} is no method"))
}

/// A target that can stand in a request line, else what is wrong.
pub(super) fn target(text: &str) -> Result<String, String> {
    let is_sound = !text.is_empty() && !text.contains(|c: char| c.is_control() || c == ' ');
    if is_sound { Ok(text.to_owned()) } else { Err(format!("{text:?} is no request target")) }
}

/// A header field that can stand in a head, else what is wrong.
pub(super) fn field(name: &[u8], value: &[u8]) -> Result<Field, String> {
    let value = value.trim_ascii();
    if HeaderName::from_bytes(name).is_err() {
        return Err(format!("{:?} is no name of a header", String::from_utf8_lossy(name)));
    }
    if HeaderValue::from_bytes(value).is_err() {
        let name = String::from_utf8_lossy(name);
        return Err(format!("the value of {name} has characters that no header can have"));
    }
    Ok(Field { name: Bytes::copy_from_slice(name), value: Bytes::copy_from_slice(value) })
}

/// The status of that number, if there can be such a one.
pub(super) fn status(number: i64) -> Option<StatusCode> {
    StatusCode::from_u16(u16::try_from(number).ok()?).ok()
}

/// The fields with a `Host` in front if there is none, and a length where a body needs one.
pub(super) fn completed(headers: &Headers, host: &str, body: &[u8]) -> Headers {
    let has = |name: &str| headers.first(name).is_some();
    let host = (!has("host") && !host.is_empty())
        .then(|| Field { name: "Host".into(), value: Bytes::copy_from_slice(host.as_bytes()) });
    let length = (!body.is_empty() && !has("content-length") && !has("transfer-encoding"))
        .then(|| Field { name: "Content-Length".into(), value: body.len().to_string().into() });
    let fields = host.into_iter().chain(headers.iter().cloned()).chain(length).collect();
    Headers::new(fields, headers.fidelity())
}
