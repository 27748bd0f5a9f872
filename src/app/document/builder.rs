//! The rows under construction, with the sources that they point into.

use std::ops::Range;

use bytes::Bytes;

use super::row::{Kind, PART, Row, narrow, part_length};

/// The most rows that a document has; what goes beyond is said in its last row.
pub(super) const MAX_ROWS: usize = 2_000_000;

/// How many strings of a document open as JSON of their own.
const MAX_SOURCES: usize = 50_000;

/// Rows and what they point into.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) rows: Vec<Row>,
    pub(super) sources: Vec<Bytes>,
    pub(super) problems: Vec<String>,
}

/// Where new rows belong: the row they hang from, the source they point into.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// None for a row that hangs from nothing.
    pub(super) parent: Option<u32>,
    pub(super) depth: u32,
    pub(super) source: u16,
}

impl Place {
    /// The top level of the body itself.
    pub(super) const TOP: Self = Self { parent: None, depth: 0, source: 0 };
}

impl Builder {
    /// Keeps a text that rows will point into; none when there are enough.
    pub(super) fn add_source(&mut self, bytes: Bytes) -> Option<u16> {
        let number = u16::try_from(self.sources.len()).ok()?;
        if self.sources.len() >= MAX_SOURCES || u32::try_from(bytes.len()).is_err() {
            return None;
        }
        self.sources.push(bytes);
        Some(number)
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= MAX_ROWS
    }

    /// The number that the next row will have.
    pub(super) fn next(&self) -> u32 {
        narrow(self.rows.len())
    }

    /// Adds a row that ends with itself, and returns its number.
    pub(super) fn push(&mut self, place: Place, kind: Kind, name: u32, span: Range<usize>) -> u32 {
        let at = self.next();
        self.rows.push(Row {
            start: narrow(span.start),
            end: narrow(span.end),
            name,
            parent: place.parent.unwrap_or(at),
            next: at + 1,
            depth: place.depth,
            source: place.source,
            kind,
            continued: false,
        });
        at
    }

    /// Adds what follows the first part of a text that is too long for its row.
    pub(super) fn push_parts(&mut self, place: Place, row: u32, text: Range<usize>) {
        let bytes = self.sources[usize::from(place.source)].clone();
        let mut start = text.start + part_length(&bytes[text.clone()]);
        while start < text.end && !self.is_full() {
            let rest = &bytes[start..text.end];
            let end = start + if rest.len() > PART { part_length(rest) } else { rest.len() };
            self.push(place, Kind::Part, 0, start..end);
            start = end;
        }
        let next = self.next();
        self.row(row).next = next;
    }

    pub(super) fn has_children(&self, at: u32) -> bool {
        self.rows[at as usize].is_foldable(at as usize)
    }

    pub(super) fn row(&mut self, at: u32) -> &mut Row {
        &mut self.rows[at as usize]
    }

    /// Adds a sentence of ours.
    pub(super) fn push_problem(&mut self, sentence: String) {
        let name = narrow(self.problems.len());
        self.problems.push(sentence);
        self.push(Place::TOP, Kind::Problem, name, 0..0);
    }
}
