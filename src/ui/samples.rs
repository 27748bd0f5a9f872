//! The list of samples.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::choices::{list, narrowed_window};
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
    let (cursor, rows) = narrowed_window(buffer, screen, "Send a sample", &samples.editor, theme);
    let choices = samples.choices();
    if choices.is_empty() {
        Strip::of(" there is no such sample", theme.style(Role::Dim)).draw(buffer, rows);
    }
    list(buffer, rows, (choices, samples.cursor()), theme, |strip, choice, _| {
        add(strip, choice, theme);
    });
    cursor
}

fn add(strip: &mut Strip, choice: Choice, theme: &Theme) {
    strip.column(choice.sample.provider.as_str(), PROVIDER, theme.style(Role::Dim));
    strip.column(choice.sample.event, EVENT, theme.style(Role::Plain));
    strip.gap(1);
    strip.push(choice.remark(), theme.style(Role::Dim));
}
