//! Entries of a HAR, one after the other, so that a file of any length needs no memory.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde::Serialize;

use crate::domain::headers::Headers;
use crate::domain::http::Request;
use crate::domain::masking;
use crate::domain::record::Record;
use crate::exchange::fixture::Fixture;
use crate::exchange::origin::Origin;

/// What stands before the first entry. Between two entries stands a comma.
#[must_use]
pub fn opening() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "{{\"log\":{{\"version\":\"1.2\",\"creator\":{{\"name\":\"hookscope\",\"version\":\"{version}\"}},\
         \"entries\":[\n"
    )
}

/// What stands behind the last entry.
#[must_use]
pub fn closing() -> &'static str {
    "\n]}}\n"
}

/// A delivery as an entry. `url` is where it went; credentials are masked unless `reveal`.
#[must_use]
pub fn entry(record: &Record, url: &str, reveal: bool, fixture: Option<&Fixture>) -> Vec<u8> {
    let request = &record.delivery.request;
    let took = record.answered.took.map_or(0.0, |took| took.as_micros() as f64 / 1_000.0);
    let status = record.answered.status;
    let origin = Origin::of(record).with_exact_parts(request, reveal).with_fixture(fixture);
    let entry = Entry {
        started: format!("{:.3}", record.delivery.received_at),
        time: took,
        request: Asked {
            method: request.method.as_str(),
            url,
            version: request.version.as_str(),
            cookies: [],
            headers: pairs(&request.headers, reveal),
            query: query(request),
            data: data(request),
            headers_size: -1,
            body_size: request.body.len(),
        },
        response: Answered {
            status: status.as_u16(),
            text: status.canonical_reason().unwrap_or_default(),
            version: request.version.as_str(),
            cookies: [],
            headers: [],
            content: Content { size: 0, kind: "x-unknown" },
            redirect: "",
            headers_size: -1,
            body_size: -1,
        },
        cache: serde_json::Map::new(),
        timings: Timings { send: 0.0, wait: took, receive: 0.0 },
        comment: record.annotation.comment.note(),
        hookscope: origin,
    };
    json(&entry)
}

fn json(entry: &Entry<'_>) -> Vec<u8> {
    serde_json::to_vec(entry).expect("texts and numbers have a JSON form")
}

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(rename = "startedDateTime")]
    started: String,
    time: f64,
    request: Asked<'a>,
    response: Answered<'a>,
    cache: serde_json::Map<String, serde_json::Value>,
    timings: Timings,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    #[serde(rename = "_hookscope")]
    hookscope: Origin,
}

#[derive(Serialize)]
struct Asked<'a> {
    method: &'a str,
    url: &'a str,
    #[serde(rename = "httpVersion")]
    version: &'a str,
    cookies: [(); 0],
    headers: Vec<Pair<'a>>,
    #[serde(rename = "queryString")]
    query: Vec<Pair<'a>>,
    #[serde(rename = "postData", skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
    #[serde(rename = "headersSize")]
    headers_size: i64,
    #[serde(rename = "bodySize")]
    body_size: usize,
}

#[derive(Serialize)]
struct Answered<'a> {
    status: u16,
    #[serde(rename = "statusText")]
    text: &'a str,
    #[serde(rename = "httpVersion")]
    version: &'a str,
    cookies: [(); 0],
    headers: [(); 0],
    content: Content,
    #[serde(rename = "redirectURL")]
    redirect: &'a str,
    #[serde(rename = "headersSize")]
    headers_size: i64,
    #[serde(rename = "bodySize")]
    body_size: i64,
}

#[derive(Serialize)]
struct Content {
    size: u64,
    #[serde(rename = "mimeType")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Timings {
    send: f64,
    wait: f64,
    receive: f64,
}

#[derive(Serialize)]
struct Pair<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, str>,
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(rename = "mimeType")]
    kind: Cow<'a, str>,
    text: Cow<'a, str>,
}

fn pairs(headers: &Headers, reveal: bool) -> Vec<Pair<'_>> {
    let fields = headers.iter().map(|field| {
        let value = match masking::shown(field, reveal) {
            Cow::Borrowed(value) => String::from_utf8_lossy(value),
            Cow::Owned(value) => Cow::Owned(String::from_utf8_lossy(&value).into_owned()),
        };
        Pair { name: String::from_utf8_lossy(&field.name), value }
    });
    fields.collect()
}

/// The parameters of the query, decoded.
fn query(request: &Request) -> Vec<Pair<'_>> {
    let pairs = request.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Pair { name: decoded(name), value: decoded(value) }
        })
        .collect()
}

fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        return Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned());
    }
    percent_decode_str(text).decode_utf8_lossy()
}

fn data(request: &Request) -> Option<Data<'_>> {
    let kind = request.headers.first("content-type").unwrap_or_default();
    (!request.body.is_empty()).then(|| Data {
        kind: String::from_utf8_lossy(kind),
        text: String::from_utf8_lossy(&request.body),
    })
}
