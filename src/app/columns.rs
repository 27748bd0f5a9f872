//! The list of the columns that the stream has and can have.

use super::deliveries::column::Column;

/// The columns of the stream, and values that can become columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    entries: Vec<Entry>,
    cursor: usize,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The column.
    pub column: Column,
    /// What the open delivery has there, if it was offered for that.
    pub value: Option<String>,
}

impl Columns {
    /// These columns, with the cursor at one of them, else at the first.
    #[must_use]
    pub fn new(entries: Vec<Entry>, at: &Column) -> Self {
        let cursor = entries.iter().position(|entry| entry.column == *at).unwrap_or(0);
        Self { entries, cursor }
    }

    /// The columns.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The place of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The column under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<&Column> {
        self.entries.get(self.cursor).map(|entry| &entry.column)
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        let last = self.entries.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }
}
