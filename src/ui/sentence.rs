//! Sentences in an area: wrapped between words, one below the other.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};

/// Columns beside a sentence.
const MARGIN: u16 = 2;

/// Writes a sentence into the first rows of an area; returns what is left of it.
pub(super) fn said(
    buffer: &mut Buffer,
    area: Rect,
    sentence: &str,
    role: Role,
    theme: &Theme,
) -> Rect {
    let room = usize::from(area.width.saturating_sub(2 * MARGIN)).max(1);
    let visible = text::visible(sentence);
    let lines = text::wrap_words(&visible, room);
    let taken = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    for (line, row) in lines.into_iter().zip(area.rows()) {
        let mut strip = Strip::new();
        strip.gap(usize::from(MARGIN));
        strip.push(line, theme.style(role));
        strip.draw(buffer, row);
    }
    below(area, taken)
}

/// How many rows a sentence takes in an area of that width.
pub(super) fn height(width: u16, sentence: &str) -> u16 {
    let room = usize::from(width.saturating_sub(2 * MARGIN)).max(1);
    let visible = text::visible(sentence);
    u16::try_from(text::wrap_words(&visible, room).len()).unwrap_or(u16::MAX)
}

/// What is left of an area below so many rows.
pub(super) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}
