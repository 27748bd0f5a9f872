//! Finding text in a document, folded rows included.

use std::borrow::Cow;

use super::flat::Document;
use super::lexer::unescaped;
use super::row::Kind;

/// What is searched for. Without an upper-case letter, letter case does not matter (ASCII only).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Needle {
    text: String,
    ignores_case: bool,
}

impl Needle {
    /// None for an empty text, which would be everywhere.
    pub(super) fn new(text: &str) -> Option<Self> {
        let ignores_case = !text.chars().any(char::is_uppercase);
        (!text.is_empty()).then(|| Self { text: text.to_owned(), ignores_case })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    fn is_in(&self, text: &[u8]) -> bool {
        let needle = self.text.as_bytes();
        let first = [needle[0].to_ascii_lowercase(), needle[0].to_ascii_uppercase()];
        text.len() >= needle.len()
            && (0..=text.len() - needle.len())
                .filter(|at| text[*at] == first[0] || text[*at] == first[1])
                .any(|at| self.equals(&text[at..at + needle.len()]))
    }

    fn equals(&self, text: &[u8]) -> bool {
        if self.ignores_case {
            text.eq_ignore_ascii_case(self.text.as_bytes())
        } else {
            text == self.text.as_bytes()
        }
    }

    /// In a JSON string both the text as sent and the text that it stands for are looked at.
    fn is_in_token(&self, token: &[u8]) -> bool {
        self.is_in(token) || (token.contains(&b'\\') && self.is_in(&unescaped(token)))
    }
}

/// Which way to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

impl Document {
    /// The next row with the needle after `from`, round the end and back to `from` itself.
    pub(super) fn find(&self, needle: &Needle, from: usize, direction: Direction) -> Option<usize> {
        let mut found = |row: &usize| self.has(needle, *row);
        match direction {
            Direction::Forward => (from + 1..self.len()).chain(0..=from).find(&mut found),
            Direction::Backward => (0..from).rev().chain((from..self.len()).rev()).find(&mut found),
        }
    }

    /// Whether a row shows the needle.
    pub(super) fn has(&self, needle: &Needle, at: usize) -> bool {
        let row = &self.rows[at];
        let name = self.name(at);
        if name.is_some_and(|name: Cow<'_, [u8]>| needle.is_in_token(&name)) {
            return true;
        }
        match row.kind {
            Kind::Object | Kind::Array | Kind::Close | Kind::Part | Kind::Problem => false,
            // The JSON that hangs from the row shows the same text.
            Kind::String | Kind::Pair if row.is_foldable(at) && !self.has_parts(at) => false,
            Kind::String | Kind::Number | Kind::Boolean | Kind::Null => {
                needle.is_in_token(self.raw(row))
            }
            Kind::Pair => needle.is_in(self.value_text(at).as_bytes()),
            Kind::Text | Kind::Hex => {
                // A match may begin here and end in the next row.
                let source = self.source(row);
                let end = match row.kind {
                    Kind::Text if !row.continued => row.span().end,
                    _ => source.len().min(row.span().end + needle.text.len() - 1),
                };
                needle.is_in(&source[row.span().start..end])
            }
        }
    }
}

#[cfg(test)]
mod tests;
