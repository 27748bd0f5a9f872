//! A row as it is shown: everything that drawing needs, borrowed from the document. The bytes are
//! the sender's; whoever prints them makes them harmless first.

use std::borrow::Cow;

use super::flat::Document;
use super::folds::Folds;
use super::lexer::string_end;
use super::plain::{decoded, raw_name};
use super::row::{Kind, PART, Row};

/// A row in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// Its number in the document, folded or not.
    pub row: usize,
    /// How many containers it stands in.
    pub depth: usize,
    /// Whether it has rows below it, and whether they are in sight.
    pub fold: Fold,
    /// The key of an object's member as sent, with its quotes; the decoded name of a form's pair.
    pub name: Option<Cow<'a, [u8]>>,
    /// What it shows.
    pub value: Value<'a>,
    /// Whether a comma follows. Behind an open container it follows the closing bracket.
    pub has_comma: bool,
}

/// Whether a row can be folded, and is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Nothing hangs from it.
    Leaf,
    /// The rows below it are in sight.
    Open,
    /// They are not.
    Folded,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// An object or array, by its brackets.
    Container {
        /// The opening and the closing bracket.
        brackets: (char, char),
        /// How many members it has; none if its end is missing.
        members: Option<usize>,
    },
    /// The closing bracket of an open container.
    Close(char),
    /// A JSON string as sent, with its quotes; the first part of one that is too long for a row.
    /// With rows below it and no rest, it is JSON itself.
    String {
        /// The text as sent.
        raw: &'a [u8],
        /// How many bytes of it the rows below show instead.
        rest: usize,
    },
    /// What follows of a long string or of a pair's long value.
    Rest(&'a [u8]),
    /// A number as sent.
    Number(&'a [u8]),
    /// `true` or `false`.
    Boolean(&'a [u8]),
    /// `null`.
    Null,
    /// The decoded value of a form's pair; the first part of one that is too long for a row. With
    /// rows below it and no rest, it is JSON itself.
    Pair {
        /// The decoded text.
        text: Cow<'a, [u8]>,
        /// How many bytes of it the rows below show instead.
        rest: usize,
    },
    /// A line of text, or a part of a long one.
    Text {
        /// The number of the line, from 1.
        number: usize,
        /// Whether the line began in a row before.
        is_rest: bool,
        /// The text.
        text: &'a [u8],
    },
    /// Up to 16 bytes.
    Hex {
        /// Where they stand in the body.
        offset: usize,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// A sentence about the body, not a part of it.
    Problem(&'a str),
}

impl Document {
    /// A row as it is shown under these folds.
    pub(super) fn shown(&self, at: usize, folds: &Folds) -> Shown<'_> {
        let row = &self.rows[at];
        let fold = match row.is_foldable(at) {
            true if folds.is_folded(at) => Fold::Folded,
            true => Fold::Open,
            false => Fold::Leaf,
        };
        Shown {
            row: at,
            depth: row.depth as usize,
            fold,
            name: self.name(at).map(shortened),
            value: self.value(at),
            has_comma: self.has_comma(at, fold),
        }
    }

    fn has_comma(&self, at: usize, fold: Fold) -> bool {
        let row = &self.rows[at];
        let parent = &self.rows[row.parent as usize];
        match row.kind {
            Kind::Close => parent.continued,
            Kind::Part => parent.continued && row.next == parent.next,
            Kind::Text => false,
            Kind::Object | Kind::Array if fold == Fold::Open => false,
            Kind::String if fold == Fold::Open && self.has_parts(at) => false,
            _ => row.continued,
        }
    }

    /// The key of a member as sent, the decoded name of a pair.
    pub(super) fn name(&self, at: usize) -> Option<Cow<'_, [u8]>> {
        let row = &self.rows[at];
        match row.kind {
            Kind::Pair => {
                let raw = raw_name(self.source(row), row.name as usize, row.start as usize);
                Some(Cow::Owned(decoded(raw)))
            }
            _ => self.key(at).map(Cow::Borrowed),
        }
    }

    /// The key of an object's member as sent, with its quotes.
    pub(super) fn key(&self, at: usize) -> Option<&[u8]> {
        let row = &self.rows[at];
        let parent = &self.rows[row.parent as usize];
        if parent.kind != Kind::Object || row.kind == Kind::Close || row.parent as usize == at {
            return None;
        }
        let (source, start) = (self.source(row), row.name as usize);
        source.get(start..string_end(source, start).ok()?)
    }

    fn value(&self, at: usize) -> Value<'_> {
        let row = &self.rows[at];
        let raw = self.raw(row);
        match row.kind {
            Kind::Object => self.container(at, row, ('{', '}')),
            Kind::Array => self.container(at, row, ('[', ']')),
            Kind::Close => Value::Close(raw.first().map_or(' ', |byte| char::from(*byte))),
            Kind::String => {
                let rest = self.rest(at);
                Value::String { raw: &raw[..raw.len() - rest], rest }
            }
            Kind::Part => Value::Rest(raw),
            Kind::Number => Value::Number(raw),
            Kind::Boolean => Value::Boolean(raw),
            Kind::Null => Value::Null,
            Kind::Pair => self.pair(at, raw),
            Kind::Text => {
                let (number, is_rest) = (row.name as usize, self.is_rest(at));
                Value::Text { number, is_rest, text: raw }
            }
            Kind::Hex => Value::Hex { offset: row.start as usize, bytes: raw },
            Kind::Problem => Value::Problem(&self.problems[row.name as usize]),
        }
    }

    fn pair(&self, at: usize, raw: &[u8]) -> Value<'_> {
        match self.rest(at) {
            0 => Value::Pair { text: Cow::Owned(decoded(raw)), rest: 0 },
            rest => {
                let next = &self.rows[at + 1];
                let text = &self.source(next)[..next.span().start];
                Value::Pair { text: Cow::Borrowed(text), rest }
            }
        }
    }

    fn container(&self, at: usize, row: &Row, brackets: (char, char)) -> Value<'_> {
        let last = row.next as usize - 1;
        let members = match &self.rows[last] {
            close if close.kind == Kind::Close && close.parent as usize == at => {
                Some(close.name as usize)
            }
            // A container whose end is missing is shown up to its last part.
            _ if last == at && row.end > row.start + 1 => Some(0),
            _ => None,
        };
        Value::Container { brackets, members }
    }

    /// How many bytes of a text the rows below it show.
    fn rest(&self, at: usize) -> usize {
        if !self.has_parts(at) {
            return 0;
        }
        let last = self.rows[at].next as usize - 1;
        self.rows[last].span().end - self.rows[at + 1].span().start
    }

    /// Whether a text goes on in the rows below it.
    pub(super) fn has_parts(&self, at: usize) -> bool {
        let next = self.rows.get(at + 1);
        next.is_some_and(|next| next.kind == Kind::Part && next.parent as usize == at)
    }

    /// Whether a row goes on with the line of the row before it.
    pub(super) fn is_rest(&self, at: usize) -> bool {
        at.checked_sub(1)
            .map(|before| &self.rows[before])
            .is_some_and(|before| before.kind == Kind::Text && before.continued)
    }
}

fn shortened(name: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(&name[..name.len().min(PART)]),
        Cow::Owned(mut name) => {
            name.truncate(PART);
            Cow::Owned(name)
        }
    }
}
