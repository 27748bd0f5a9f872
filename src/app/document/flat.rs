//! A body as rows, made once when it is opened.

use std::fmt;

use bytes::Bytes;
use http::Method;

use super::builder::{Builder, Place};
use super::json::{self, Stop, TOO_MANY_ROWS};
use super::lexer::skip_space;
use super::plain;
use super::row::Row;
use crate::domain::attempt::Response;
use crate::domain::body::BodyKind;
use crate::domain::http::{Request, Version};

/// A body as rows that point into its bytes. Numbers, duplicate keys and escapes stay as sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    kind: BodyKind,
    pub(super) rows: Vec<Row>,
    /// The body, then what was decoded from parts of it.
    pub(super) sources: Vec<Bytes>,
    pub(super) problems: Vec<String>,
}

impl Document {
    /// The rows of a request's body. Total: a body that is not what it claims to be is shown as far
    /// as it could be read, then as text.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let mut body = request.body.clone();
        body.truncate(u32::MAX as usize);
        let mut builder = Builder::default();
        builder.add_source(body);
        let kind = match BodyKind::of(request) {
            BodyKind::Json => add_json(&mut builder, request),
            other => add_as(&mut builder, other),
        };
        builder.rows.shrink_to_fit();
        let Builder { rows, sources, problems } = builder;
        Self { kind, rows, sources, problems }
    }

    /// The rows of an answer's body, as if it had been sent as a request.
    #[must_use]
    pub fn of_response(response: &Response) -> Self {
        let Response { headers, body, .. } = response;
        Self::of(&Request {
            method: Method::GET,
            target: String::new(),
            version: Version::default(),
            headers: headers.clone(),
            body: body.clone(),
        })
    }

    /// What a command printed, line by line: its output, then what it said on standard error.
    #[must_use]
    pub fn of_output(output: Bytes, errors: Bytes) -> Self {
        let mut builder = Builder::default();
        let has_errors = !errors.is_empty();
        for (printed, is_error) in [(output, false), (errors, has_errors)] {
            let Some(source) = builder.add_source(printed) else { break };
            if is_error {
                builder.push_problem("standard error:".to_owned());
            }
            plain::add_text(&mut builder, Place { source, ..Place::TOP }, 0);
        }
        let Builder { rows, sources, problems } = builder;
        Self { kind: BodyKind::Text, rows, sources, problems }
    }

    /// No body.
    #[must_use]
    pub fn empty() -> Self {
        Self { kind: BodyKind::Empty, rows: Vec::new(), sources: Vec::new(), problems: Vec::new() }
    }

    /// What the rows show: text where a body only looked like JSON.
    #[must_use]
    pub fn kind(&self) -> BodyKind {
        self.kind
    }

    /// How many rows there are when nothing is folded.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn source(&self, row: &Row) -> &[u8] {
        &self.sources[usize::from(row.source)]
    }

    /// The bytes of a row's value as sent; those of a container with its brackets.
    pub(super) fn raw(&self, row: &Row) -> &[u8] {
        self.source(row).get(row.span()).unwrap_or_default()
    }
}

/// A million rows help nobody in a message.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("kind", &self.kind)
            .field("rows", &self.rows.len())
            .field("bytes", &self.sources.first().map_or(0, Bytes::len))
            .finish_non_exhaustive()
    }
}

fn add_as(builder: &mut Builder, kind: BodyKind) -> BodyKind {
    let length = builder.sources[0].len();
    let shown = match kind {
        BodyKind::Form => plain::add_form(builder),
        BodyKind::Binary => plain::add_hex(builder),
        BodyKind::Text | BodyKind::Json | BodyKind::Empty => {
            plain::add_text(builder, Place::TOP, 0)
        }
    };
    if shown < length {
        builder.push_problem(not_shown(length - shown));
    }
    kind
}

fn add_json(builder: &mut Builder, request: &Request) -> BodyKind {
    let Err(stop) = json::add(builder, Place::TOP) else { return BodyKind::Json };
    let body = builder.sources[0].clone();
    if !claims_json(request)
        && stop.mistake.at == skip_space(&body, stop.shown_to)
        && builder.rows.len() <= 1
    {
        // Only the first character looked like it: a log line in brackets, say.
        builder.rows.clear();
        let is_text = std::str::from_utf8(&body).is_ok();
        return add_as(builder, if is_text { BodyKind::Text } else { BodyKind::Binary });
    }
    if stop.mistake.message == TOO_MANY_ROWS {
        builder.push_problem(not_shown(body.len() - stop.shown_to));
        return BodyKind::Json;
    }
    builder.push_problem(sentence(&body, stop));
    let shown = plain::add_text(builder, Place::TOP, skip_space(&body, stop.shown_to));
    if shown < body.len() {
        builder.push_problem(not_shown(body.len() - shown));
    }
    BodyKind::Json
}

fn claims_json(request: &Request) -> bool {
    request.media_type().is_some_and(|kind| kind.to_ascii_lowercase().contains("json"))
}

fn sentence(body: &[u8], stop: Stop) -> String {
    let before = &body[..stop.mistake.at.min(body.len())];
    let line = plain::count_lines(before) + 1;
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let is_start = |byte: &&u8| **byte & 0xc0 != 0x80;
    let column = before[line_start..].iter().filter(is_start).count() + 1;
    format!("not JSON from here on: {} (line {line}, column {column})", stop.mistake.message)
}

fn not_shown(bytes: usize) -> String {
    format!("the remaining {bytes} bytes are not shown, copy the body to read them")
}

#[cfg(test)]
mod tests;
