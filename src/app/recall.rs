//! Lines that were typed before, to go through.

use super::editor::Editor;

/// Lines of before, and which of them is in the editor.
#[derive(Clone, Debug)]
pub struct Recall {
    /// The last one first; one that was changed since, as it was changed.
    lines: Vec<String>,
    at: usize,
}

impl Recall {
    /// The editor has the first of the lines.
    #[must_use]
    pub fn new(lines: Vec<String>) -> Self {
        Self { lines, at: 0 }
    }

    /// Which line it is, from 1, and of how many; none if there is nothing to go through.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize)> {
        (self.lines.len() > 1).then(|| (self.at + 1, self.lines.len()))
    }

    /// Puts an earlier line into the editor, or a later one; false if there is none there.
    pub fn step(&mut self, editor: &mut Editor, rows: isize) -> bool {
        let to = self.at.checked_add_signed(rows.signum());
        let Some(to) = to.filter(|to| *to < self.lines.len()) else { return false };
        editor.text().clone_into(&mut self.lines[self.at]);
        *editor = Editor::new(&self.lines[to]);
        self.at = to;
        true
    }
}
