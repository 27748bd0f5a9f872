//! A list to choose from.

/// What can be chosen, and the cursor in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices<T> {
    entries: Vec<T>,
    cursor: usize,
}

impl<T> Choices<T> {
    /// These entries, with the cursor at this place; at the first if there is no such place.
    #[must_use]
    pub fn new(entries: Vec<T>, cursor: usize) -> Self {
        let cursor = if cursor < entries.len() { cursor } else { 0 };
        Self { entries, cursor }
    }

    /// The entries.
    #[must_use]
    pub fn entries(&self) -> &[T] {
        &self.entries
    }

    /// The place of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The entry under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<&T> {
        self.entries.get(self.cursor)
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        self.cursor = moved(self.cursor, rows, self.entries.len());
    }
}

/// The place so many rows from another in a list of this length; stops at the ends.
#[must_use]
pub fn moved(place: usize, rows: isize, length: usize) -> usize {
    place.saturating_add_signed(rows).min(length.saturating_sub(1))
}
