//! Cuts the text of a filter into pieces and keeps where each began.

use super::error::FilterError;

/// A part of the text, quotes and escapes undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it begins, in bytes of the text; a quoted one begins at its quote.
    pub(super) at: usize,
    /// What it says.
    pub(super) text: String,
    /// Whether it stood in quotes.
    pub(super) quoted: bool,
}

/// A place in the text.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, at: 0 }
    }

    /// The place, in bytes of the text.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Whether a term can end here.
    pub(super) fn at_boundary(&self) -> bool {
        self.rest.is_empty() || self.rest.starts_with(char::is_whitespace)
    }

    /// Passes white space.
    pub(super) fn skip_space(&mut self) {
        let length = self.rest.len() - self.rest.trim_start().len();
        self.take(length);
    }

    /// Passes any one of these characters if it comes next.
    pub(super) fn eat(&mut self, any: &[char]) -> bool {
        let next = self.rest.chars().next().filter(|next| any.contains(next));
        self.take(next.map_or(0, char::len_utf8));
        next.is_some()
    }

    /// A value: in quotes, or bare up to white space or `end`.
    pub(super) fn value(&mut self, end: Option<char>) -> Result<Piece, FilterError> {
        if self.rest.starts_with('"') { self.quoted() } else { Ok(self.bare(end)) }
    }

    /// What stands before the next white space or `end`.
    pub(super) fn bare(&mut self, end: Option<char>) -> Piece {
        let at = self.at;
        let stops = |c: char| c.is_whitespace() || Some(c) == end;
        let length = self.rest.find(stops).unwrap_or(self.rest.len());
        Piece { at, text: self.take(length).to_owned(), quoted: false }
    }

    fn quoted(&mut self) -> Result<Piece, FilterError> {
        let at = self.at;
        let mut text = String::new();
        let mut rest = self.rest.char_indices().skip(1).peekable();
        while let Some((offset, c)) = rest.next() {
            match c {
                '"' => {
                    self.take(offset + 1);
                    return Ok(Piece { at, text, quoted: true });
                }
                '\\' => {
                    let escaped = rest.next_if(|(_, next)| matches!(next, '"' | '\\'));
                    text.push(escaped.map_or('\\', |(_, next)| next));
                }
                _ => text.push(c),
            }
        }
        Err(FilterError::new(at, "this quote is not closed; add \" at its end"))
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.at += length;
        taken
    }
}
