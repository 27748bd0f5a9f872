//! What may stand at the end of a line that is typed: a row each, beside the line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::bars::{clear, rule};
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::action::Action;
use crate::app::completing::{Candidate, Completing};
use crate::app::context::Context;
use crate::app::keymap::Keymap;

/// So many are shown at once.
const MOST: usize = 8;

/// Draws them over the last rows of an area, below a line; nothing if there are none.
pub(super) fn above(
    buffer: &mut Buffer,
    area: Rect,
    completing: &Completing,
    keymap: &Keymap,
    theme: &Theme,
) {
    if let Some(height) = height(area, completing) {
        let block = Rect { y: area.bottom() - height, height, ..area };
        clear(buffer, block);
        rule(buffer, block, title(keymap, theme), theme);
        let rows = Rect { y: block.y + 1, height: height - 1, ..block };
        draw(buffer, rows, completing, theme);
    }
}

/// Draws them over the first rows of an area, above a line; nothing if there are none.
pub(super) fn below(
    buffer: &mut Buffer,
    area: Rect,
    completing: &Completing,
    keymap: &Keymap,
    theme: &Theme,
) {
    if let Some(height) = height(area, completing) {
        let block = Rect { height, ..area };
        clear(buffer, block);
        draw(buffer, Rect { height: height - 1, ..block }, completing, theme);
        let last = Rect { y: block.bottom() - 1, height: 1, ..block };
        rule(buffer, last, title(keymap, theme), theme);
    }
}

/// The keys that complete, over the line.
fn title(keymap: &Keymap, theme: &Theme) -> Strip {
    let keys = keymap.keys_of(Context::Prompt, Action::Complete);
    Strip::of(&keys, theme.style(Role::Accent))
}

/// The rows of all that is shown with the line, at most half of the area.
fn height(area: Rect, completing: &Completing) -> Option<u16> {
    let rows = completing.candidates().len().min(MOST);
    let height = u16::try_from(rows + 1).unwrap_or(u16::MAX).min(area.height / 2);
    (rows > 0 && height > 1).then_some(height)
}

fn draw(buffer: &mut Buffer, rows: Rect, completing: &Completing, theme: &Theme) {
    let candidates = completing.candidates();
    let at = completing.at();
    let first = at.map_or(0, |at| (at + 1).saturating_sub(usize::from(rows.height)));
    let shown = candidates.iter().enumerate().skip(first).zip(rows.rows());
    let widest = |candidate: &Candidate| text::width(&text::visible(&candidate.text));
    let width = candidates.iter().map(widest).max().unwrap_or(0).min(usize::from(rows.width) / 2);
    for ((place, candidate), row) in shown {
        let is_there = at == Some(place);
        if is_there {
            buffer.set_style(row, theme.style(Role::Cursor));
        }
        let mut strip = Strip::new();
        let glyph = if is_there { theme.glyphs.cursor } else { "" };
        strip.column(glyph, 2, theme.style(Role::Accent));
        strip.column(&candidate.text, width + 2, theme.style(Role::Plain));
        if !candidate.help.is_empty() {
            strip.push(candidate.help, theme.style(Role::Dim));
            strip.gap(2);
            strip.push(candidate.arguments, theme.style(Role::Accent));
        }
        strip.draw(buffer, row);
    }
}
