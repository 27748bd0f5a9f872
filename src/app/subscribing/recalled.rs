//! A line of text that can be one of those before.

use crate::app::editor::Editor;
use crate::app::recall::Recall;

/// A line of text that can be one of those before.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// The line.
    pub editor: Editor,
    recall: Recall,
}

impl Recalled {
    /// Begins as the first of the lines.
    #[must_use]
    pub fn new(lines: Vec<String>) -> Self {
        let editor = Editor::new(lines.first().map_or("", String::as_str));
        Self { editor, recall: Recall::new(lines) }
    }

    /// Which line it is, from 1, and of how many; none if there is nothing to go through.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize)> {
        self.recall.place()
    }

    /// Goes to an earlier line, or back; false if there is none there.
    pub fn move_by(&mut self, rows: isize) -> bool {
        self.recall.step(&mut self.editor, rows)
    }
}

#[cfg(test)]
mod tests;
