//! What one tab holds: plain lines, or the document of the body. Both are moved in alike.

use crate::app::document::View;
use crate::app::lines::{Line, Lines};
use crate::app::search::{Needle, Step};

/// What one tab holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Plain lines.
    Lines(Lines),
    /// The body.
    Document(View),
}

impl Content {
    /// How many rows there are to move over.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.lines().len(),
            Self::Document(view) => view.len(),
        }
    }

    /// Whether there is nothing to move over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of the cursor, from 0.
    #[must_use]
    pub fn cursor(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.cursor(),
            Self::Document(view) => view.cursor(),
        }
    }

    /// The first row in sight.
    #[must_use]
    pub fn scroll(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.scroll(),
            Self::Document(view) => view.scroll(),
        }
    }

    /// The path under the cursor: a JSON path or a name; empty where there is none.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Lines(lines) => lines.current().map(Line::name).unwrap_or_default().to_owned(),
            Self::Document(view) => view.path_at_cursor(),
        }
    }

    /// The value under the cursor; empty where there is none.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Lines(lines) => lines.current().map(Line::value).unwrap_or_default(),
            Self::Document(view) => view.value_at_cursor(),
        }
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        match self {
            Self::Lines(lines) => lines.move_by(rows),
            Self::Document(view) => view.move_by(rows),
        }
    }

    /// Moves the cursor to what stands so many rows of the screen below the first one in sight.
    pub fn point_at(&mut self, row: usize, width: u16, wrap: bool) {
        let below = match self {
            _ if !wrap => row,
            Self::Lines(lines) => {
                let in_sight = lines.lines().iter().skip(lines.scroll());
                let names = lines.name_width(width);
                covering(in_sight.map(|line| line.height(width, names, wrap)), row)
            }
            Self::Document(view) => {
                covering(view.rows(view.scroll()..view.len()).map(|shown| shown.height(width)), row)
            }
        };
        let target = self.scroll() + below;
        self.move_by(target.cast_signed() - self.cursor().cast_signed());
    }

    /// Scrolls as little as needed to bring the cursor into an area of this size.
    pub fn keep_in_sight(&mut self, width: u16, height: u16, wrap: bool) {
        match self {
            Self::Lines(lines) => lines.keep_in_sight(width, height, wrap),
            Self::Document(view) => view.keep_in_sight(width, height, wrap),
        }
    }

    /// Moves to the nearest match; false if there is none.
    pub fn search(&mut self, needle: &Needle, step: Step) -> bool {
        match (self, step) {
            (Self::Lines(lines), _) => lines.search(needle, step),
            (Self::Document(view), Step::Here) => view.search(needle.as_str()),
            (Self::Document(view), Step::Next) => view.next_match(),
            (Self::Document(view), Step::Previous) => view.previous_match(),
        }
    }
}

/// Which of the things that stand below each other with these heights covers a row.
fn covering(heights: impl Iterator<Item = usize>, row: usize) -> usize {
    let ends = heights.scan(0, |end, height| {
        *end += height;
        Some(*end)
    });
    ends.take_while(|end| *end <= row).count()
}
