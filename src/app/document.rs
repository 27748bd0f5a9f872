//! A body as foldable rows, and how somebody looks at it: folds, cursor, scroll, search.
//!
//! A [`Document`] is made once from the exact bytes; its rows are numbers that point into them, so
//! that nothing is shown otherwise than it was sent. A [`View`] is plain state over a shared
//! document. It deliberately knows no screen: it is told how many rows are in sight, and it hands
//! out bytes as they came. Making them harmless is the work of whoever prints them.
//!
//! Reading order: `row` (what is kept per row), `lexer` and `json` (JSON to rows), `plain` (the
//! rest), [`Document`] in `flat`, [`shown`] and [`layout`] (rows for
//! drawing), `path`, `links`, `folds`,
//! `search`, then [`View`] here.

mod row;
mod lexer;
mod builder;
mod json;
mod plain;
mod folds;
mod flat;
pub mod shown;
pub mod layout;
mod path;
pub mod links;
mod search;

use std::ops::Range;
use std::sync::Arc;

pub use flat::Document;
use folds::Folds;
use search::{Direction, Needle};
use shown::Shown;

/// How somebody looks at a document. Positions count the rows that are not folded away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    document: Arc<Document>,
    folds: Folds,
    /// The row of the cursor, never a hidden one.
    cursor: usize,
    /// The position of the first row in sight, one that there is; 0 without rows.
    scroll: usize,
    needle: Option<Needle>,
}

impl View {
    /// Looks at a document from its top. Only strings that are too long for one row are folded.
    #[must_use]
    pub fn new(document: Arc<Document>) -> Self {
        let mut folds = Folds::default();
        folds.fold_where(&document.rows, |at, _| document.has_parts(at));
        Self { document, folds, cursor: 0, scroll: 0, needle: None }
    }

    /// Looks at another document from the same place; what is searched for stays. What was folded is
    /// not any more.
    pub fn replace(&mut self, document: Arc<Document>) {
        let (position, scroll) = (self.cursor(), self.scroll);
        let needle = self.needle.take();
        *self = Self { scroll, needle, ..Self::new(document) };
        self.move_to(position);
        self.settle();
    }

    /// What is looked at.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// How many rows are not folded away.
    #[must_use]
    pub fn len(&self) -> usize {
        self.document.len() - self.folds.hidden()
    }

    /// Whether there is no row at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.document.is_empty()
    }

    /// The position of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.folds.position_of(self.cursor)
    }

    /// The position of the first row in sight.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// The rows at these positions, as far as there are any. The cost is that of the range, not
    /// that of the document.
    pub fn rows(&self, positions: Range<usize>) -> impl Iterator<Item = Shown<'_>> {
        let count = positions.end.min(self.len()).saturating_sub(positions.start);
        let mut row = self.folds.row_at(positions.start);
        (0..count).map(move |_| {
            let shown = self.document.shown(row, &self.folds);
            row = self.next_row(row);
            shown
        })
    }

    fn next_row(&self, row: usize) -> usize {
        if self.folds.is_folded(row) { self.document.rows[row].next as usize } else { row + 1 }
    }

    /// Moves the cursor by so many rows, up if negative.
    pub fn move_by(&mut self, rows: isize) {
        self.move_to(self.cursor().saturating_add_signed(rows));
    }

    /// Moves the cursor to a position, or to the last one.
    pub fn move_to(&mut self, position: usize) {
        self.cursor = self.folds.row_at(position.min(self.len().saturating_sub(1)));
    }

    /// Moves the cursor to the first row.
    pub fn to_top(&mut self) {
        self.move_to(0);
    }

    /// Moves the cursor to the last row.
    pub fn to_bottom(&mut self) {
        self.move_to(usize::MAX);
    }

    /// Scrolls as little as needed to bring the cursor's row into an area of this size.
    pub fn keep_in_sight(&mut self, width: u16, height: u16, wrap: bool) {
        let (cursor, height) = (self.cursor(), usize::from(height).max(1));
        let last_full = self.len().saturating_sub(height);
        self.scroll = self.scroll.min(cursor).min(last_full);
        self.scroll = self.scroll.max((cursor + 1).saturating_sub(height));
        if !wrap {
            return;
        }
        let heights = self.rows(self.scroll..cursor + 1).map(|row| row.height(width));
        let mut taken = heights.collect::<Vec<_>>();
        while taken.iter().sum::<usize>() > height && taken.len() > 1 {
            taken.remove(0);
            self.scroll += 1;
        }
    }

    /// Folds or unfolds the container at the cursor. Says whether there was one.
    pub fn toggle_fold(&mut self) -> bool {
        if self.is_empty() {
            return false;
        }
        let row = self.document.opening(self.cursor);
        let rows = &self.document.rows;
        if !rows[row].is_foldable(row) {
            return false;
        }
        self.folds.set(rows, row, !self.folds.is_folded(row));
        self.cursor = row;
        self.settle();
        true
    }

    /// Folds every container but the outermost.
    pub fn fold_all(&mut self) {
        self.folds.fold_where(&self.document.rows, |_, row| row.depth > 0);
        self.cursor = self.folds.shown_for(self.cursor);
        self.settle();
    }

    /// Folding leaves fewer rows: what was in sight may be hidden now.
    fn settle(&mut self) {
        self.scroll = self.scroll.min(self.len().saturating_sub(1));
    }

    /// Unfolds everything.
    pub fn unfold_all(&mut self) {
        self.folds.clear();
    }

    /// Where the cursor is: a JSON path such as `$.a.b[3]`, a pair's name, a line or an offset;
    /// empty in an empty document. A path into JSON that stands in a string goes on behind a `»`.
    #[must_use]
    pub fn path_at_cursor(&self) -> String {
        if self.is_empty() { String::new() } else { self.document.path(self.cursor) }
    }

    /// The RFC 6901 pointer of the cursor's row within its own JSON text; none if it is not JSON.
    #[must_use]
    pub fn pointer_at_cursor(&self) -> Option<String> {
        if self.is_empty() { None } else { self.document.pointer(self.cursor) }
    }

    /// The same within the whole body, going on within JSON in a string; none for the body itself, and
    /// for what is not in JSON.
    #[must_use]
    pub fn pointer_from_top(&self) -> Option<String> {
        if self.is_empty() { None } else { self.document.pointer_from_top(self.cursor) }
    }

    /// The value at the cursor: a string's text with its escapes undone, else exactly what was sent.
    #[must_use]
    pub fn value_at_cursor(&self) -> String {
        if self.is_empty() { String::new() } else { self.document.value_text(self.cursor) }
    }

    /// The single value at the cursor as it was sent, a string without its quotes; none for anything
    /// else.
    #[must_use]
    pub fn literal_at_cursor(&self) -> Option<String> {
        if self.is_empty() { None } else { self.document.literal(self.cursor) }
    }

    /// Searches for a text from the cursor on, in folded rows too, and goes to it. Says whether it
    /// is there. Without an upper-case letter, letter case does not matter. An empty text ends the
    /// search.
    pub fn search(&mut self, text: &str) -> bool {
        self.needle = Needle::new(text);
        let Some(needle) = &self.needle else { return false };
        let is_here = !self.is_empty() && self.document.has(needle, self.cursor);
        is_here || self.next_match()
    }

    /// What is searched for.
    #[must_use]
    pub fn searched(&self) -> Option<&str> {
        self.needle.as_ref().map(Needle::as_str)
    }

    /// Goes to the next row with the text searched for, round the end. Says whether there is one.
    pub fn next_match(&mut self) -> bool {
        self.go_to_match(Direction::Forward)
    }

    /// Goes to the row before with the text searched for, round the top. Says whether there is one.
    pub fn previous_match(&mut self) -> bool {
        self.go_to_match(Direction::Backward)
    }

    fn go_to_match(&mut self, direction: Direction) -> bool {
        let Some(needle) = self.needle.as_ref().filter(|_| !self.is_empty()) else { return false };
        let Some(row) = self.document.find(needle, self.cursor, direction) else { return false };
        self.reveal(row);
        self.cursor = row;
        true
    }

    fn reveal(&mut self, row: usize) {
        if self.folds.shown_for(row) == row {
            return;
        }
        let rows = &self.document.rows;
        let parent = |row: &usize| Some(rows[*row].parent as usize).filter(|up| up != row);
        self.folds.unfold(rows, std::iter::successors(parent(&row), parent));
    }
}

#[cfg(test)]
mod tests;
