//! Entries of a HAR as requests, whoever wrote it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::http::{Request, Version};
use crate::exchange::address::Address;
use crate::exchange::imported::{self, ImportError, Imported};
use crate::exchange::origin::Origin;

#[derive(Deserialize)]
struct Archive<'a> {
    #[serde(borrow)]
    log: Log<'a>,
}

#[derive(Deserialize)]
struct Log<'a> {
    #[serde(borrow)]
    entries: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "startedDateTime", default)]
    started: Option<String>,
    request: Asked,
    #[serde(default)]
    response: Option<Answered>,
    #[serde(default)]
    comment: Option<String>,
    #[serde(rename = "_hookscope", default)]
    origin: Option<Origin>,
}

#[derive(Deserialize)]
struct Asked {
    method: String,
    url: String,
    #[serde(rename = "httpVersion", default)]
    version: String,
    #[serde(default)]
    headers: Vec<Pair>,
    #[serde(rename = "postData", default)]
    data: Option<Data>,
    #[serde(rename = "bodySize", default)]
    body_size: Option<i64>,
}

#[derive(Deserialize)]
struct Answered {
    #[serde(default)]
    status: i64,
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    #[serde(default)]
    value: Option<String>,
}

#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    params: Option<Vec<Pair>>,
    #[serde(rename = "mimeType", default)]
    kind: String,
    /// `base64`, as some tools write although the format does not have it.
    #[serde(default, alias = "_encoding")]
    encoding: Option<String>,
}

/// The requests of a HAR. Entries that are not of http or https are left out.
///
/// # Errors
/// When the file is not a HAR.
pub fn read(
    file: &Bytes,
) -> Result<impl Iterator<Item = Result<Imported, ImportError>>, ImportError> {
    let text = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let Archive { log } = serde_json::from_slice::<Archive<'_>>(text).map_err(|error| {
        let message = format!(
            "neither a HAR nor lines of deliveries, which begin with {{\"kind\":: {}",
            without_place(&error)
        );
        ImportError::at(error.line(), message)
    })?;
    Ok(log.entries.into_iter().filter_map(move |raw| {
        let before = raw.get().as_ptr().addr() - text.as_ptr().addr();
        imported(raw.get())
            .map_err(|message| ImportError::at(line(&text[..before]), message))
            .transpose()
    }))
}

fn line(before: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', before).count() + 1
}

/// What is wrong, without the place within the entry.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

/// The delivery of an entry; none if it is of another protocol.
fn imported(json: &str) -> Result<Option<Imported>, String> {
    let entry = serde_json::from_str::<Entry>(json)
        .map_err(|error| format!("this entry cannot be read: {}", without_place(&error)))?;
    let Entry { started, request: asked, response, comment, origin } = entry;
    let origin = origin.unwrap_or_default();
    // One of ours may have no path, as that of `OPTIONS *`: then its url is no address.
    let (target, host) = match (&origin.target, Address::parse(&asked.url)) {
        (Some(told), address) => (told.clone(), address.map_or("", |address| address.host)),
        (None, Some(address)) => (address.target(), address.host),
        (None, None) => return Ok(None),
    };
    let mut notes = Vec::new();
    let body = body(asked.data.as_ref())?;
    let has_data = asked.data.is_some() || asked.body_size.is_some_and(|size| size > 0);
    if body.is_empty() && has_data && origin.body_size.is_none() {
        notes.push("the file leaves the body out".to_owned());
    }
    let request = Request {
        method: imported::method(&asked.method)?,
        target: imported::target(&target)?,
        version: version(&asked.version),
        headers: headers(&asked.headers)?,
        body,
    };
    let mut request = origin.corrected(request)?;
    if origin.body_size.is_none() {
        request.headers = imported::completed(&request.headers, host, &request.body);
    }
    let mut delivery = origin.imported(request);
    let started = || started.and_then(|text| text.parse().ok());
    delivery.received_at = delivery.received_at.or_else(started);
    let answered = || response.and_then(|answered| imported::status(answered.status));
    delivery.status = delivery.status.or_else(answered);
    if delivery.annotation.comment.note().is_none() {
        delivery.annotation.comment.set_note(comment.as_deref().unwrap_or_default());
    }
    delivery.notes.extend(notes);
    Ok(Some(delivery))
}

/// The fields but those that HTTP/2 has in place of a request line.
fn headers(pairs: &[Pair]) -> Result<Headers, String> {
    let own = pairs.iter().filter(|pair| !pair.name.starts_with(':'));
    let fields = own.map(|Pair { name, value }| {
        imported::field(name.as_bytes(), value.as_deref().unwrap_or_default().as_bytes())
    });
    Ok(Headers::new(fields.collect::<Result<Vec<Field>, _>>()?, Fidelity::Exact))
}

fn body(data: Option<&Data>) -> Result<Bytes, String> {
    let Some(Data { text, params, kind, encoding }) = data else { return Ok(Bytes::new()) };
    match (text, params) {
        (Some(text), _) if encoding.as_deref() == Some("base64") => {
            let bytes = STANDARD.decode(text.trim());
            bytes.map(Bytes::from).map_err(|error| format!("the body is no base64: {error}"))
        }
        (Some(text), _) => Ok(Bytes::copy_from_slice(text.as_bytes())),
        // Files and the boundary are not told, so that the parts cannot be put together.
        (None, Some(_)) if kind.starts_with("multipart/") => Ok(Bytes::new()),
        (None, Some(params)) => {
            let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
            let pair = |Pair { name, value }: &Pair| {
                format!("{}={}", encoded(name), encoded(value.as_deref().unwrap_or_default()))
            };
            Ok(params.iter().map(pair).collect::<Vec<_>>().join("&").into())
        }
        (None, None) => Ok(Bytes::new()),
    }
}

fn version(name: &str) -> Version {
    match name.to_ascii_lowercase().as_str() {
        "http/1.0" => Version::Http10,
        "http/2" | "http/2.0" | "h2" => Version::Http2,
        _ => Version::Http11,
    }
}
