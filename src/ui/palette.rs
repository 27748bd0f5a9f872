//! The palette of everything that can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::choices::{list, narrowed_window};
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
    let (cursor, rows) = narrowed_window(buffer, screen, "Palette", &palette.editor, theme);
    let shown = palette.shown();
    if shown.is_empty() {
        Strip::of(" nothing here does that", theme.style(Role::Dim)).draw(buffer, rows);
    }
    list(buffer, rows, (shown, palette.cursor()), theme, |strip, entry, _| {
        add(strip, entry, theme);
    });
    cursor
}

fn add(strip: &mut Strip, entry: &Entry, theme: &Theme) {
    strip.column(entry.offer.name, NAME, theme.style(Role::Plain));
    strip.column(&entry.keys, KEYS, theme.style(Role::Accent));
    strip.push(entry.offer.help, theme.style(Role::Dim));
}
