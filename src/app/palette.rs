//! The palette: everything that can be done here, narrowed down by what is typed.

use std::cmp::Reverse;

use super::choices::moved;
use super::editor::Editor;
use super::fuzzy::fit;
use super::offers::Offer;

/// The palette.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What to look for.
    pub editor: Editor,
    entries: Vec<Entry>,
    cursor: usize,
}

/// A line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What can be done.
    pub offer: Offer,
    /// The keys that do it; empty if there are none.
    pub keys: String,
}

impl Palette {
    /// A palette of these.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        Self { editor: Editor::default(), entries, cursor: 0 }
    }

    /// What fits what is typed: names that fit best first, then what says it in its words.
    #[must_use]
    pub fn shown(&self) -> Vec<&Entry> {
        let typed = self.editor.text().trim();
        let words = typed.to_lowercase();
        let fits = |entry: &Entry| {
            let by_name = fit(typed, entry.offer.name).map(|fit| fit + 1);
            by_name.or_else(|| entry.offer.help.to_lowercase().contains(&words).then_some(0))
        };
        let fitting = self.entries.iter().filter_map(|entry| Some((fits(entry)?, entry)));
        let mut fitting = fitting.collect::<Vec<_>>();
        fitting.sort_by_key(|(fit, _)| Reverse(*fit));
        fitting.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The place of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// What is under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Option<Offer> {
        self.shown().get(self.cursor).map(|entry| entry.offer)
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        self.cursor = moved(self.cursor, rows, self.shown().len());
    }

    /// What is typed has changed.
    pub fn narrowed(&mut self) {
        self.cursor = 0;
    }
}

#[cfg(test)]
mod tests;
