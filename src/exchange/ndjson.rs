//! Lines of deliveries, as `list`, `show`, `listen` and `export` print them. Lines of another kind
//! are passed over.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fixture::Fixture;
use super::imported::{self, ImportError, Imported};
use crate::domain::annotation::{Annotation, Comment};
use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::name::EndpointName;

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow)]
    kind: std::borrow::Cow<'a, str>,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    uid: Option<String>,
    #[serde(default)]
    received_at: Option<String>,
    #[serde(default)]
    endpoint: Option<String>,
    #[serde(default)]
    peer: Option<String>,
    method: String,
    target: String,
    #[serde(default)]
    version: String,
    headers: Vec<(String, String)>,
    #[serde(default = "exact")]
    headers_exact: bool,
    body: Body,
    #[serde(default)]
    marked: bool,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    answer: Option<Answer>,
}

fn exact() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Body {
    Text(String),
    Base64(String),
}

#[derive(Deserialize)]
struct Answer {
    status: i64,
}

/// The line that tells what the redacted deliveries behind it verify by.
pub fn fixture(fixture: &Fixture) -> impl Serialize {
    #[derive(Serialize)]
    #[serde(tag = "kind", rename = "fixture")]
    struct Line<'a> {
        #[serde(flatten)]
        fixture: &'a Fixture,
    }
    Line { fixture }
}

/// Whether this is a line of ours, of whatever kind.
pub(super) fn is_line(line: &[u8]) -> bool {
    serde_json::from_slice::<Kind<'_>>(line).is_ok()
}

/// The deliveries of a file.
pub fn read(file: &Bytes) -> impl Iterator<Item = Result<Imported, ImportError>> {
    let mut fixtures = Vec::new();
    let lines = file.split(|byte| *byte == b'\n').enumerate();
    lines.filter_map(move |(nth, line)| {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
        if line.is_empty() {
            return None;
        }
        match delivery(line, &mut fixtures) {
            Ok(delivery) => delivery.map(Ok),
            Err(message) => Some(Err(ImportError::at(nth + 1, message))),
        }
    })
}

/// The delivery of a line; none if it is of another kind. What a fixture tells is a note of the next
/// delivery.
fn delivery(line: &[u8], fixtures: &mut Vec<String>) -> Result<Option<Imported>, String> {
    let misread = |error: serde_json::Error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or(&text);
        format!("this line cannot be read: {what} (column {})", error.column())
    };
    let Kind { kind } = serde_json::from_slice(line).map_err(misread)?;
    if kind == "fixture" {
        fixtures.push(serde_json::from_slice::<Fixture>(line).map_err(misread)?.note());
    }
    if kind != "delivery" {
        return Ok(None);
    }
    let line = serde_json::from_slice::<Line>(line).map_err(misread)?;
    let mut imported = line.imported()?;
    imported.notes.append(fixtures);
    Ok(Some(imported))
}

impl Line {
    fn imported(self) -> Result<Imported, String> {
        let fields = self.headers.iter();
        let fields = fields.map(|(name, value)| imported::field(name.as_bytes(), value.as_bytes()));
        let fields = fields.collect::<Result<Vec<Field>, _>>()?;
        let fidelity = if self.headers_exact { Fidelity::Exact } else { Fidelity::Normalized };
        let body = match self.body {
            Body::Text(text) => text.into_bytes(),
            Body::Base64(text) => {
                let bytes = STANDARD.decode(&text);
                bytes.map_err(|error| format!("the body is no base64: {error}"))?
            }
        };
        let request = Request {
            method: imported::method(&self.method)?,
            target: imported::target(&self.target)?,
            version: Version::from_name(&self.version),
            headers: Headers::new(fields, fidelity),
            body: body.into(),
        };
        let delivery = Imported::new(request);
        let comment = Comment::kept(self.note.as_deref(), &self.tags);
        Ok(Imported {
            received_at: self.received_at.and_then(|text| text.parse().ok()),
            uid: self.uid.and_then(|text| Uuid::try_parse(&text).ok()),
            endpoint: self.endpoint.as_deref().map(EndpointName::from),
            peer: self.peer.and_then(|text| text.parse().ok()),
            annotation: Annotation { marked: self.marked, comment },
            status: self.answer.and_then(|answer| imported::status(answer.status)),
            ..delivery
        })
    }
}
