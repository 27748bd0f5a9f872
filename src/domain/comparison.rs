//! What is different between two messages: two answers, or two deliveries.
//!
//! Nothing here knows where a message comes from: it is a [`Side`]. What would take too long to
//! compare closely is compared byte by byte, and that is said.
//!
//! Reading order: [`part`] (what a comparison is made of), here, then `fields` and [`lines`].

pub mod part;
mod fields;
pub mod lines;

use std::time::Duration;

use super::attempt::{Timing, duration_text};
use super::changes::{Changes, changes, everything};
use super::headers::Headers;
use part::{Change, Part, Scope};

/// Longer bodies are not compared as JSON or line by line, in bytes.
pub const MOST: usize = 1 << 20;

/// One of the two messages.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    /// Its first line: a status, or a method and a target.
    pub start: String,
    /// How long its parts took; nothing where that is not known.
    pub timing: Option<Timing>,
    /// What follows the first line, or why that is not known.
    pub content: Result<Content<'a>, &'static str>,
}

/// What follows the first line of a message.
#[derive(Clone, Copy, Debug)]
pub struct Content<'a> {
    /// The header fields.
    pub headers: &'a Headers,
    /// The body.
    pub body: &'a [u8],
}

/// What is different between two messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Their first lines, whatever the scope.
    pub start: Change,
    /// How long each part took, whatever the scope.
    pub timing: Vec<Part>,
    /// What follows the first lines, or why that is not known of one of them.
    pub contents: Result<Contents, &'static str>,
}

/// What is different behind the first lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// The header fields that are told. Credentials are masked.
    pub headers: Vec<Part>,
    /// How many of all header fields are different.
    pub headers_changed: usize,
    /// The bodies.
    pub bodies: Bodies,
}

/// What is different between two bodies.
#[derive(Clone, Debug, PartialEq)]
pub enum Bodies {
    /// Both are the same bytes, so many.
    Same(usize),
    /// Both are JSON. Without a difference, they are only written in another way.
    Json(Changes),
    /// Both are text.
    Text {
        /// The lines that are told.
        lines: Vec<Part>,
        /// How many of all lines were added, and how many removed.
        changed: [usize; 2],
    },
    /// They are different bytes.
    Bytes {
        /// Where the first different byte is, from 0.
        at: usize,
        /// How long each is, in bytes.
        sizes: [usize; 2],
        /// Why they were not compared closely, where they might have been.
        why: Option<&'static str>,
    },
}

/// Compares two messages.
#[must_use]
pub fn compare(before: &Side<'_>, after: &Side<'_>, scope: Scope) -> Comparison {
    let contents = match (before.content, after.content) {
        (Ok(before), Ok(after)) => Ok(contents(before, after, scope)),
        (Err(why), _) | (_, Err(why)) => Err(why),
    };
    let start = Change::between(before.start.clone(), after.start.clone());
    Comparison { start, timing: timing(before.timing, after.timing), contents }
}

fn timing(before: Option<Timing>, after: Option<Timing>) -> Vec<Part> {
    let part = |name: &str, of: fn(Timing) -> Option<Duration>| {
        let text = |timing: Option<Timing>| timing.and_then(of).map(duration_text);
        let change = match (text(before), text(after)) {
            (Some(from), Some(to)) => Change::between(from, to),
            (Some(from), None) => Change::Removed(from),
            (None, Some(to)) => Change::Added(to),
            (None, None) => return None,
        };
        Some(Part::new(name, change))
    };
    let parts = [
        part("connect", |timing| timing.connect),
        part("first byte", |timing| timing.first_byte),
        part("total", |timing| Some(timing.total)),
    ];
    parts.into_iter().flatten().collect()
}

fn contents(before: Content<'_>, after: Content<'_>, scope: Scope) -> Contents {
    let mut headers = fields::compare(before.headers, after.headers);
    let headers_changed = headers.iter().filter(|part| !part.change.is_same()).count();
    headers.retain(|part| scope == Scope::Everything || !part.change.is_same());
    Contents { headers, headers_changed, bodies: bodies(before.body, after.body, scope) }
}

fn bodies(before: &[u8], after: &[u8], scope: Scope) -> Bodies {
    if before == after {
        return Bodies::Same(before.len());
    }
    let bytes = |why| {
        let same = before.iter().zip(after).take_while(|(old, new)| old == new);
        Bodies::Bytes { at: same.count(), sizes: [before.len(), after.len()], why }
    };
    if before.len().max(after.len()) > MOST {
        return bytes(Some("they are longer than 1 MiB, so only their bytes were compared"));
    }
    let json = |body| serde_json::from_slice(body).ok();
    if let (Some(before), Some(after)) = (json(before), json(after)) {
        let compare = if scope == Scope::Everything { everything } else { changes };
        return Bodies::Json(compare(&before, &after));
    }
    match (text(before), text(after)) {
        (Some(before), Some(after)) => match lines::compare(before, after, scope) {
            Some((lines, changed)) => Bodies::Text { lines, changed },
            None => bytes(Some("more than 2,000 lines differ, so only their bytes were compared")),
        },
        _ => bytes(None),
    }
}

fn text(body: &[u8]) -> Option<&str> {
    std::str::from_utf8(body).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests;
