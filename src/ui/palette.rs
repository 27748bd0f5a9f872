//! The palette of everything that can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::overlay::{field, window};
use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::palette::{Entry, Palette};
use crate::app::screen::Screen;

/// The columns of the names.
const NAME: usize = 20;

/// The columns of the keys.
const KEYS: usize = 14;

/// Draws the palette below what is typed; returns the place of the text's cursor.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    palette: &Palette,
    theme: &Theme,
) -> Option<Position> {
    let inner = window(buffer, screen, "Palette", theme);
    let top = Rect { height: 1, ..inner };
    let label = Strip::of(" find ", theme.style(Role::Accent));
    let (cursor, _) = field(buffer, top, label, &palette.editor, theme);
    let rows = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let shown = palette.shown();
    if shown.is_empty() {
        Strip::of(" nothing here does that", theme.style(Role::Dim)).draw(buffer, rows);
    }
    let first = (palette.cursor() + 1).saturating_sub(usize::from(rows.height));
    for ((at, entry), row) in shown.into_iter().enumerate().skip(first).zip(rows.rows()) {
        let is_selected = at == palette.cursor();
        if is_selected {
            buffer.set_style(row, theme.style(Role::Cursor));
        }
        draw_entry(buffer, row, entry, is_selected, theme);
    }
    cursor
}

fn draw_entry(buffer: &mut Buffer, row: Rect, entry: &Entry, is_selected: bool, theme: &Theme) {
    let mut strip = Strip::new();
    strip.column(if is_selected { theme.glyphs.cursor } else { "" }, 2, theme.style(Role::Accent));
    strip.column(entry.offer.name, NAME, theme.style(Role::Plain));
    strip.column(&entry.keys, KEYS, theme.style(Role::Accent));
    strip.push(entry.offer.help, theme.style(Role::Dim));
    strip.draw(buffer, row);
}
