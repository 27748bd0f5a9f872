//! A line of text that can be one of those before.

use crate::app::editor::Editor;

/// A line of text that can be one of those before.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// The line.
    pub editor: Editor,
    /// The lines of before, the last one first; one that was changed since, as it was changed.
    lines: Vec<String>,
    /// Which of them the line began as.
    at: usize,
}

impl Recalled {
    /// Begins as the first of the lines.
    #[must_use]
    pub fn new(lines: Vec<String>) -> Self {
        let editor = Editor::new(lines.first().map_or("", String::as_str));
        Self { editor, lines, at: 0 }
    }

    /// Which line it is, from 1, and of how many; none if there is nothing to go through.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize)> {
        (self.lines.len() > 1).then(|| (self.at + 1, self.lines.len()))
    }

    /// Goes to an earlier line, or back; false if there is none there.
    pub fn move_by(&mut self, rows: isize) -> bool {
        let to = self.at.checked_add_signed(rows.signum());
        let Some(to) = to.filter(|to| *to < self.lines.len()) else { return false };
        self.editor.text().clone_into(&mut self.lines[self.at]);
        self.editor = Editor::new(&self.lines[to]);
        self.at = to;
        true
    }
}

#[cfg(test)]
mod tests;
