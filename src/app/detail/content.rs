//! What one tab holds: plain lines, the document of the body, or the attempts. All are moved in
//! alike.

use super::attempts::Attempts;
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
    /// The outward requests.
    Attempts(Box<Attempts>),
}

impl Content {
    /// How many rows there are to move over.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.lines().len(),
            Self::Document(view) => view.len(),
            Self::Attempts(attempts) => attempts.column().len(),
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
            Self::Attempts(attempts) => attempts.column().cursor(),
        }
    }

    /// The first row in sight.
    #[must_use]
    pub fn scroll(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.scroll(),
            Self::Document(view) => view.scroll(),
            Self::Attempts(attempts) => attempts.column().scroll(),
        }
    }

    /// The path under the cursor: a JSON path or a name; empty where there is none.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Lines(lines) => lines.current().map(Line::name).unwrap_or_default().to_owned(),
            Self::Document(view) => view.path_at_cursor(),
            Self::Attempts(attempts) => attempts.column().path(),
        }
    }

    /// The value under the cursor; empty where there is none.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Lines(lines) => lines.current().map(Line::value).unwrap_or_default(),
            Self::Document(view) => view.value_at_cursor(),
            Self::Attempts(attempts) => attempts.column().value(),
        }
    }

    /// The document under the cursor, to fold in.
    pub fn view_mut(&mut self) -> Option<&mut View> {
        match self {
            Self::Lines(_) => None,
            Self::Document(view) => Some(view),
            Self::Attempts(attempts) => attempts.column_mut().body_at_cursor(),
        }
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        match self {
            Self::Lines(lines) => lines.move_by(rows),
            Self::Document(view) => view.move_by(rows),
            Self::Attempts(attempts) => attempts.column_mut().move_by(rows),
        }
    }

    /// Moves the cursor to what stands so many rows of the screen below the first one in sight, in
    /// an area of that size.
    pub fn point_at(&mut self, row: usize, (width, height): (u16, u16), wrap: bool) {
        let below = match self {
            Self::Attempts(attempts) => {
                let head = usize::from(attempts.head_height(height));
                let Some(row) = row.checked_sub(head) else {
                    let place = attempts.list_scroll(height) + row;
                    if row + 1 < head {
                        attempts.select(place);
                    }
                    return;
                };
                let column = attempts.column();
                covering(column.heights(column.scroll(), width, wrap), row)
            }
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
            Self::Attempts(attempts) => {
                let height = height.saturating_sub(attempts.head_height(height));
                attempts.column_mut().keep_in_sight(width, height, wrap);
            }
        }
    }

    /// Moves to the nearest match; false if there is none.
    pub fn search(&mut self, needle: &Needle, step: Step) -> bool {
        match (self, step) {
            (Self::Lines(lines), _) => lines.search(needle, step),
            (Self::Attempts(attempts), _) => attempts.column_mut().search(needle, step),
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
