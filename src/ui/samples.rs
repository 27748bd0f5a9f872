//! The list of samples.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::overlay::{field, window};
use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::samples::{Choice, Samples};
use crate::app::screen::Screen;

/// The columns of the provider.
const PROVIDER: usize = 10;

/// The columns of the event.
const EVENT: usize = 34;

/// Draws the list below what is typed; returns the place of the text's cursor.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    samples: &Samples,
    theme: &Theme,
) -> Option<Position> {
    let inner = window(buffer, screen, "Send a sample", theme);
    let top = Rect { height: 1, ..inner };
    let label = Strip::of(" find ", theme.style(Role::Accent));
    let (cursor, _) = field(buffer, top, label, &samples.editor, theme);
    let rows = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let choices = samples.choices();
    if choices.is_empty() {
        Strip::of(" there is no such sample", theme.style(Role::Dim)).draw(buffer, rows);
    }
    let first = (samples.cursor() + 1).saturating_sub(usize::from(rows.height));
    for ((at, choice), row) in choices.iter().enumerate().skip(first).zip(rows.rows()) {
        let is_selected = at == samples.cursor();
        if is_selected {
            buffer.set_style(row, theme.style(Role::Cursor));
        }
        draw_choice(buffer, row, *choice, is_selected, theme);
    }
    cursor
}

fn draw_choice(buffer: &mut Buffer, row: Rect, choice: Choice, is_selected: bool, theme: &Theme) {
    let mut strip = Strip::new();
    strip.column(if is_selected { theme.glyphs.cursor } else { "" }, 2, theme.style(Role::Accent));
    strip.column(choice.sample.provider.as_str(), PROVIDER, theme.style(Role::Dim));
    strip.column(choice.sample.event, EVENT, theme.style(Role::Plain));
    strip.gap(1);
    strip.push(choice.remark(), theme.style(Role::Dim));
    strip.draw(buffer, row);
}
