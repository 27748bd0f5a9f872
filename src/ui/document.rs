//! The body: JSON in colours, pairs, lines or bytes. Only the rows in sight are made.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lines::{Pen, draw_block};
use super::strip::Strip;
use super::theme::Role;
use crate::app::document::View;
use crate::app::document::layout::OPENED;
use crate::app::document::shown::{Fold, Shown, Value};

/// Bytes of a text that are looked at for a row that is not wrapped: more than any screen is wide.
const IN_SIGHT: usize = 4 * 1024;

/// Bytes of a row of a hex dump.
const HEX_ROW: usize = 16;

/// Draws the rows in sight.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, view: &View, pen: &Pen<'_>) {
    if view.is_empty() {
        return Strip::of("  no body", pen.theme.style(Role::Dim)).draw(buffer, area);
    }
    draw_from(buffer, area, view, view.scroll(), Some(view.cursor()), pen);
}

/// Draws the rows from one on, with the cursor on one of them or on none.
pub(super) fn draw_from(
    buffer: &mut Buffer,
    area: Rect,
    view: &View,
    first: usize,
    cursor: Option<usize>,
    pen: &Pen<'_>,
) {
    let mut y = area.y;
    let rows = view.rows(first..first + usize::from(area.height));
    for (position, row) in (first..).zip(rows) {
        if y >= area.bottom() {
            break;
        }
        let height = if pen.wrap { row.height(area.width) } else { 1 };
        let height = u16::try_from(height).unwrap_or(u16::MAX).min(area.bottom() - y);
        let block = Rect { y, height, ..area };
        if Some(position) == cursor && pen.is_focused {
            buffer.set_style(block, pen.theme.style(Role::Cursor));
        }
        draw_row(buffer, block, &row, pen);
        if Some(position) == cursor {
            pen.point_at(buffer, block);
        }
        y += height;
    }
}

fn draw_row(buffer: &mut Buffer, block: Rect, row: &Shown<'_>, pen: &Pen<'_>) {
    gutter(row, pen).draw(buffer, Rect { height: 1, ..block });
    let left = row.gutter() + row.indent(block.width);
    let left = u16::try_from(left).unwrap_or(u16::MAX).min(block.width);
    let area = Rect { x: block.x + left, width: block.width - left, ..block };
    let mut strip = Strip::new();
    match row.value {
        Value::Hex { offset, bytes } => push_hex(&mut strip, offset, bytes, block.width, pen),
        _ => push_row(&mut strip, row, pen),
    }
    draw_block(buffer, area, strip, pen.wrap);
}

/// What stands before a row: whether it can be folded, or the number of its line.
fn gutter(row: &Shown<'_>, pen: &Pen<'_>) -> Strip {
    let glyphs = &pen.theme.glyphs;
    let text = match (&row.value, row.fold) {
        (Value::Text { is_rest: false, number, .. }, _) => {
            format!("{number:>width$} ", width = row.gutter() - 1)
        }
        (_, Fold::Open) => glyphs.open.to_owned(),
        (_, Fold::Folded) => glyphs.folded.to_owned(),
        (_, Fold::Leaf) => String::new(),
    };
    Strip::of(&text, pen.theme.style(Role::Dim))
}

fn push_row(strip: &mut Strip, row: &Shown<'_>, pen: &Pen<'_>) {
    let is_pair = matches!(row.value, Value::Pair { .. });
    if let Some(name) = &row.name {
        pen.write(strip, &name[..], Role::Key);
        pen.write(strip, if is_pair { " = " } else { ": " }, Role::Dim);
    }
    push_value(strip, row, pen);
    if row.has_comma {
        pen.write(strip, ",", Role::Dim);
    }
}

fn push_value(strip: &mut Strip, row: &Shown<'_>, pen: &Pen<'_>) {
    match &row.value {
        _ if row.opens_json() && row.fold == Fold::Open => pen.write(strip, OPENED, Role::Dim),
        Value::Container { brackets, members } => {
            push_container(strip, *brackets, *members, row.fold, pen);
        }
        Value::Close(bracket) => pen.write(strip, &bracket.to_string(), Role::Dim),
        Value::String { raw, rest } => {
            pen.write(strip, head(raw), Role::Text);
            push_rest(strip, *rest, row.fold, pen);
        }
        Value::Pair { text, rest } => {
            pen.write(strip, head(text), Role::Plain);
            push_rest(strip, *rest, row.fold, pen);
        }
        Value::Rest(text) => pen.write(strip, head(text), Role::Text),
        Value::Number(raw) => pen.write(strip, head(raw), Role::Number),
        Value::Boolean(raw) => pen.write(strip, raw, Role::Literal),
        Value::Null => pen.write(strip, "null", Role::Literal),
        Value::Text { text, .. } => pen.write(strip, head(text), Role::Plain),
        Value::Problem(sentence) => pen.write(strip, sentence, Role::Stale),
        Value::Hex { .. } => {}
    }
}

fn head(text: &[u8]) -> &[u8] {
    &text[..text.len().min(IN_SIGHT)]
}

fn push_container(
    strip: &mut Strip,
    (open, close): (char, char),
    members: Option<usize>,
    fold: Fold,
    pen: &Pen<'_>,
) {
    let ellipsis = pen.theme.glyphs.ellipsis;
    let brackets = match (fold, members) {
        (Fold::Open, _) | (Fold::Leaf, None) => open.to_string(),
        (Fold::Leaf, Some(_)) => format!("{open}{close}"),
        (Fold::Folded, Some(_)) => format!("{open}{ellipsis}{close}"),
        (Fold::Folded, None) => format!("{open}{ellipsis}"),
    };
    pen.write(strip, &brackets, Role::Dim);
    if let (Fold::Folded, Some(members)) = (fold, members) {
        pen.write(strip, &format!(" {members}"), Role::Dim);
    }
}

/// Says how much of a text the folded rows below hold.
fn push_rest(strip: &mut Strip, rest: usize, fold: Fold, pen: &Pen<'_>) {
    if rest > 0 && fold == Fold::Folded {
        let ellipsis = pen.theme.glyphs.ellipsis;
        pen.write(strip, &format!("{ellipsis} {rest} more"), Role::Dim);
    }
}

/// A row of a hex dump, as wide as there is room for: single bytes, else pairs, else four by four.
fn push_hex(strip: &mut Strip, offset: usize, bytes: &[u8], width: u16, pen: &Pen<'_>) {
    let (digits, gap, group) = match width {
        76.. => (8, 2, 1),
        64.. => (6, 1, 2),
        _ => (4, 1, 4),
    };
    pen.write(strip, &format!("{offset:0digits$x}"), Role::Dim);
    strip.gap(gap);
    let start = strip.width();
    for (at, chunk) in bytes.chunks(group).enumerate() {
        strip.gap_to(start + at * (2 * group + 1));
        for byte in chunk {
            pen.write(strip, &format!("{byte:02x}"), Role::Plain);
        }
    }
    let end = start + HEX_ROW * 2 + HEX_ROW / group - 1 + gap;
    if end + HEX_ROW <= usize::from(width) {
        strip.gap_to(end);
        let is_printable = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
        let shown = |byte: &u8| if is_printable(byte) { char::from(*byte) } else { '.' };
        pen.write(strip, &bytes.iter().map(shown).collect::<String>(), Role::Text);
    }
}

#[cfg(test)]
mod tests;
