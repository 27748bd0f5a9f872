//! Rows from JSON. No recursion over the sender's brackets: a body may nest a hundred thousand
//! levels deep.

use std::ops::Range;

use super::builder::{Builder, Place};
use super::lexer::{Mistake, mistake, number_end, skip_space, string_end, unescaped};
use super::row::{Kind, PART, narrow};

/// How deep JSON in a string in JSON is opened.
const MAX_EMBEDDED: u8 = 4;

/// What is said when a document has as many rows as it may.
pub(super) const TOO_MANY_ROWS: &str = "too many rows";

/// Where reading stopped, if it did before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) mistake: Mistake,
    /// The first byte that no row shows.
    pub(super) shown_to: usize,
}

/// Adds the rows of a JSON text. On a mistake the rows before it stay, and open containers end
/// there.
pub(super) fn add(builder: &mut Builder, place: Place) -> Result<(), Stop> {
    add_nested(builder, place, 0)
}

fn add_nested(builder: &mut Builder, place: Place, embedded: u8) -> Result<(), Stop> {
    let mut reading = Reading {
        bytes: builder.sources[usize::from(place.source)].clone(),
        builder,
        place,
        embedded,
        open: Vec::new(),
        at: 0,
        shown_to: 0,
    };
    let result = reading.read();
    result.map_err(|mistake| {
        reading.abandon();
        Stop { mistake, shown_to: reading.shown_to }
    })
}

/// A container that is not closed yet.
#[derive(Clone, Copy)]
struct Open {
    row: u32,
    members: u32,
    is_object: bool,
}

struct Reading<'a> {
    bytes: bytes::Bytes,
    builder: &'a mut Builder,
    place: Place,
    embedded: u8,
    open: Vec<Open>,
    at: usize,
    shown_to: usize,
}

impl Reading<'_> {
    fn read(&mut self) -> Result<(), Mistake> {
        let mut name = 0;
        loop {
            let row = self.value(name)?;
            match self.after_value(row)? {
                Some(next) => name = next,
                None => return self.end(),
            }
        }
    }

    fn end(&mut self) -> Result<(), Mistake> {
        self.at = skip_space(&self.bytes, self.at);
        match self.bytes.get(self.at) {
            Some(_) => mistake(self.at, "more text follows the JSON value"),
            None => Ok(()),
        }
    }

    /// Reads a value, or the bracket that opens one, and returns its row.
    fn value(&mut self, name: u32) -> Result<u32, Mistake> {
        self.at = skip_space(&self.bytes, self.at);
        if self.builder.is_full() {
            return mistake(self.at, TOO_MANY_ROWS);
        }
        let (bytes, start) = (&self.bytes, self.at);
        let (kind, end) = match bytes.get(start) {
            Some(b'{') => (Kind::Object, start + 1),
            Some(b'[') => (Kind::Array, start + 1),
            Some(b'"') => (Kind::String, string_end(bytes, start)?),
            Some(b'-' | b'0'..=b'9') => (Kind::Number, number_end(bytes, start)?),
            Some(b't') => (Kind::Boolean, self.word(b"true")?),
            Some(b'f') => (Kind::Boolean, self.word(b"false")?),
            Some(b'n') => (Kind::Null, self.word(b"null")?),
            Some(_) => return mistake(start, "a value is expected"),
            None => return mistake(start, "the text ends where a value is expected"),
        };
        let row = self.builder.push(self.place, kind, name, start..end);
        (self.at, self.shown_to) = (end, end);
        match kind {
            Kind::Object | Kind::Array => self.descend(row, kind == Kind::Object),
            Kind::String => self.open_string(row, start..end),
            _ => {}
        }
        Ok(row)
    }

    fn word(&self, word: &[u8]) -> Result<usize, Mistake> {
        if self.bytes[self.at..].starts_with(word) {
            return Ok(self.at + word.len());
        }
        mistake(self.at, "a value is expected")
    }

    fn descend(&mut self, row: u32, is_object: bool) {
        self.open.push(Open { row, members: 0, is_object });
        self.place = Place { parent: Some(row), depth: self.place.depth + 1, ..self.place };
    }

    /// Goes on to the next value, closing what closes before it. Returns the name of the next one,
    /// or none at the end of the outermost.
    fn after_value(&mut self, mut row: u32) -> Result<Option<u32>, Mistake> {
        let mut is_opening = self.open.last().is_some_and(|open| open.row == row);
        loop {
            let Some(open) = self.open.last().copied() else { return Ok(None) };
            self.at = skip_space(&self.bytes, self.at);
            match self.bytes.get(self.at) {
                Some(b'}') if open.is_object => row = self.close(open, is_opening),
                Some(b']') if !open.is_object => row = self.close(open, is_opening),
                Some(b',') if !is_opening => {
                    self.at += 1;
                    self.shown_to = self.at;
                    self.builder.row(row).continued = true;
                    return self.name().map(Some);
                }
                Some(_) if is_opening => return self.name().map(Some),
                Some(_) => return mistake(self.at, "a comma or the closing bracket is missing"),
                None => return mistake(self.at, "the text ends before the closing bracket"),
            }
            is_opening = false;
        }
    }

    /// What the next member is called: where its key stands, or its index.
    fn name(&mut self) -> Result<u32, Mistake> {
        let Some(open) = self.open.last_mut() else { return Ok(0) };
        let index = open.members;
        open.members += 1;
        if !open.is_object {
            return Ok(index);
        }
        let start = skip_space(&self.bytes, self.at);
        if self.bytes.get(start) != Some(&b'"') {
            return mistake(start, "a key in quotes is expected");
        }
        self.at = skip_space(&self.bytes, string_end(&self.bytes, start)?);
        if self.bytes.get(self.at) != Some(&b':') {
            return mistake(self.at, "a colon has to follow the key");
        }
        self.at += 1;
        Ok(narrow(start))
    }

    /// Closes the innermost container and returns its row. An empty one takes a single row.
    fn close(&mut self, open: Open, is_empty: bool) -> u32 {
        self.open.pop();
        self.at += 1;
        self.shown_to = self.at;
        let depth = self.place.depth - 1;
        if !is_empty {
            let place = Place { parent: Some(open.row), depth, ..self.place };
            self.builder.push(place, Kind::Close, open.members, self.at - 1..self.at);
        }
        self.finish(open.row, self.at);
        let parent = self.open.last().map(|outer| outer.row);
        self.place = Place { parent, depth, ..self.place };
        open.row
    }

    fn finish(&mut self, row: u32, end: usize) {
        let next = self.builder.next();
        let row = self.builder.row(row);
        row.end = narrow(end);
        row.next = next;
    }

    fn abandon(&mut self) {
        while let Some(open) = self.open.pop() {
            self.finish(open.row, self.shown_to);
        }
    }

    /// A string that is itself a JSON object or array with members gets its rows below it, one that
    /// is too long for a row gets the rest of itself.
    fn open_string(&mut self, row: u32, span: Range<usize>) {
        let token = &self.bytes[span.clone()];
        let inner = token.get(1..token.len() - 1).unwrap_or_default();
        if self.embedded < MAX_EMBEDDED && encloses_json(inner) {
            let place = Place { parent: Some(row), depth: self.place.depth + 1, source: 0 };
            embed(self.builder, place, unescaped(token).into(), self.embedded + 1);
        }
        if span.len() > PART && !self.builder.has_children(row) {
            self.builder.push_parts(Place { parent: Some(row), ..self.place }, row, span);
        }
    }
}

/// Adds a decoded text below the row that it stands in, if it is JSON. Whatever could not be read
/// leaves no trace: the row shows the text itself.
pub(super) fn embed(builder: &mut Builder, place: Place, text: bytes::Bytes, embedded: u8) {
    let (rows, sources) = (builder.rows.len(), builder.sources.len());
    let Some(source) = builder.add_source(text) else { return };
    let result = add_nested(builder, Place { source, ..place }, embedded);
    // A single row is an empty container: nothing that the text does not show as well.
    if result.is_err() || builder.rows.len() == rows + 1 {
        builder.rows.truncate(rows);
        builder.sources.truncate(sources);
        return;
    }
    if let Some(parent) = place.parent {
        let next = builder.next();
        builder.row(parent).next = next;
    }
}

/// Whether a text begins and ends like a JSON object or array.
pub(super) fn encloses_json(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    matches!((text.first(), text.last()), (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')))
}

#[cfg(test)]
mod tests;
