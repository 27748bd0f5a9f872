//! Lists to choose from.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::overlay::{field, window};
use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::editor::Editor;
use crate::app::screen::Screen;

/// Draws the window of a list that is narrowed down by what is typed above it; returns the place of
/// the text's cursor and the rows of the list.
pub(super) fn narrowed_window(
    buffer: &mut Buffer,
    screen: &Screen,
    title: &str,
    editor: &Editor,
    theme: &Theme,
) -> (Option<Position>, Rect) {
    let inner = window(buffer, screen, title, theme);
    let top = Rect { height: 1, ..inner };
    let label = Strip::of(" find ", theme.style(Role::Accent));
    let (cursor, _) = field(buffer, top, label, editor, theme);
    (cursor, Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner })
}

/// Draws those of the entries that keep the one under the cursor in sight. Each row begins with the
/// place of the cursor; what follows is told by `add`, which is given the columns of the row.
pub(super) fn list<T>(
    buffer: &mut Buffer,
    area: Rect,
    (entries, cursor): (impl IntoIterator<Item = T>, usize),
    theme: &Theme,
    add: impl Fn(&mut Strip, T, usize),
) {
    let first = (cursor + 1).saturating_sub(usize::from(area.height));
    for ((at, entry), row) in entries.into_iter().enumerate().skip(first).zip(area.rows()) {
        let is_selected = at == cursor;
        if is_selected {
            buffer.set_style(row, theme.style(Role::Cursor));
        }
        let mut strip = Strip::new();
        let mark = if is_selected { theme.glyphs.cursor } else { "" };
        strip.column(mark, 2, theme.style(Role::Accent));
        add(&mut strip, entry, usize::from(row.width));
        strip.draw(buffer, row);
    }
}
