//! One row of a flattened body: numbers that point into the raw bytes, small enough to keep by the
//! million.

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    /// The closing bracket; its parent is the row that opened, its name the number of members.
    Close,
    String,
    /// What follows of a string or a pair's value that is too long for one row; its parent is that
    /// row.
    Part,
    Number,
    Boolean,
    Null,
    /// One pair of a form: the name from `name` to before `start`, the value in the span.
    Pair,
    /// One line of text, or a part of a long one; its name is the line's number, from 1.
    Text,
    /// Up to 16 bytes.
    Hex,
    /// A sentence of ours, not of the sender's; its name is the index in the list of sentences.
    Problem,
}

/// A row. `start..end` is the value's span in its source, for a container with both brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where the key's opening quote stands if the parent is an object, the index if it is an
    /// array; else as the kind says.
    pub(super) name: u32,
    /// The row this one belongs to; a root's parent is the root itself.
    pub(super) parent: u32,
    /// The row after this one and all that belongs to it.
    pub(super) next: u32,
    pub(super) depth: u32,
    /// Which of the document's sources the span points into.
    pub(super) source: u16,
    pub(super) kind: Kind,
    /// Whether a comma follows the value; for a part of a long line, whether the line goes on.
    pub(super) continued: bool,
}

const _: () = assert!(size_of::<Row>() <= 28, "rows are kept by the million");

impl Row {
    pub(super) fn span(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn is_foldable(&self, at: usize) -> bool {
        self.next as usize > at + 1
    }
}

/// A position as rows keep it. Sources are cut to what fits before rows are made of them.
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The longest part of a line or string that one row shows, in bytes. A row is looked at as a whole
/// when it is drawn, so a body of a single line must not become a single row.
pub(super) const PART: usize = 1024;

/// How many bytes of a text that is longer than [`PART`] one row takes: never half a character.
pub(super) fn part_length(rest: &[u8]) -> usize {
    (PART - 3..=PART)
        .rev()
        .find(|at| rest.get(*at).is_none_or(|byte| byte & 0xc0 != 0x80))
        .unwrap_or(PART)
}
