//! The tabs that are plain lines: Overview, Headers, Auth and Answer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::bars::sparks;
use super::strip::Strip;
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::lines::{Line, Lines, SENTENCE_INDENT, TIME_COLUMNS, rows_of};
use crate::app::search::Needle;
use crate::domain::comparison::part::{Change, Part};

/// What the lines of a pane are drawn with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen<'a> {
    pub(super) theme: &'a Theme,
    pub(super) clock: &'a Clock<'a>,
    /// What is searched for in the pane.
    pub(super) needle: &'a Needle,
    /// The pane has the keys.
    pub(super) is_focused: bool,
    /// Long lines are wrapped.
    pub(super) wrap: bool,
}

impl Pen<'_> {
    /// Adds a text with what is searched for marked.
    pub(super) fn write<T: AsRef<[u8]> + ?Sized>(&self, strip: &mut Strip, text: &T, role: Role) {
        let mark = self.theme.style(Role::Match);
        strip.push_marked(text, self.theme.style(role), self.needle, mark);
    }

    /// Puts a sign before the row under the cursor, where the screen is plain lines.
    pub(super) fn point_at(&self, buffer: &mut Buffer, row: Rect) {
        if self.theme.is_plain() && self.is_focused {
            let sign = Strip::of(self.theme.glyphs.cursor, self.theme.style(Role::Strong));
            sign.draw(buffer, row);
        }
    }
}

/// Draws the lines that are in sight.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, lines: &Lines, pen: &Pen<'_>) {
    draw_from(buffer, area, lines, lines.scroll(), Some(lines.cursor()), pen);
}

/// Draws the lines from one on, with the cursor on one of them or on none. Returns what is left of
/// the area.
pub(super) fn draw_from(
    buffer: &mut Buffer,
    area: Rect,
    lines: &Lines,
    first: usize,
    cursor: Option<usize>,
    pen: &Pen<'_>,
) -> Rect {
    let mut y = area.y;
    let names = lines.name_width(area.width);
    for (at, line) in lines.lines().iter().enumerate().skip(first) {
        if y >= area.bottom() {
            break;
        }
        let height = u16::try_from(line.height(area.width, names, pen.wrap));
        let height = height.unwrap_or(u16::MAX).min(area.bottom() - y);
        let block = Rect { y, height, ..area };
        if Some(at) == cursor && pen.is_focused {
            buffer.set_style(block, pen.theme.style(Role::Cursor));
        }
        draw_line(buffer, block, line, usize::from(names), pen);
        if Some(at) == cursor {
            pen.point_at(buffer, block);
        }
        y += height;
    }
    Rect { y, height: area.bottom() - y, ..area }
}

fn draw_line(buffer: &mut Buffer, block: Rect, line: &Line, names: usize, pen: &Pen<'_>) {
    match line {
        Line::Headline { standing, text } => {
            // In plain lines the word of the sentence is enough.
            if let Some(standing) = (*standing).filter(|_| !pen.theme.is_plain()) {
                let mut glyph = Strip::new();
                glyph.push(pen.theme.glyphs.standing(standing), pen.theme.standing(standing));
                glyph.draw(buffer, Rect { height: 1, ..block });
            }
            draw_sentence(buffer, block, text, Role::Strong, pen);
        }
        Line::Note(text) => draw_sentence(buffer, block, text, Role::Plain, pen),
        Line::Field { name, value } => {
            draw_field(buffer, block, name, value, Role::Plain, names, pen);
        }
        Line::Change(Part { name, change }) => {
            let (sign, role) = match change {
                Change::Same(_) => ("", Role::Dim),
                Change::Added(_) => ("+", Role::Verified),
                Change::Removed(_) => ("-", Role::Refuted),
                Change::Changed { .. } => ("~", Role::Stale),
                Change::Moved { .. } => (">", Role::Accent),
            };
            draw_field(buffer, block, name, &change.text(), role, names, pen);
            Strip::of(sign, pen.theme.style(role)).draw(buffer, Rect { height: 1, ..block });
        }
        Line::Moment { name, at, text } => {
            let text = format!("{:TIME_COLUMNS$}{text}", pen.clock.short(*at));
            draw_field(buffer, block, name, &text, Role::Plain, names, pen);
        }
        Line::Spark { name, counts } => {
            let room = usize::from(block.width).saturating_sub(names).max(1);
            let each = counts.len().div_ceil(room).max(1);
            let picture = sparks(counts, each, pen.theme.glyphs.bars);
            draw_field(buffer, block, name, &picture, Role::Accent, names, pen);
        }
        Line::Time { name, at } => {
            draw_field(buffer, block, name, &pen.clock.long(*at), Role::Plain, names, pen);
        }
        Line::Blank => {}
    }
}

fn draw_sentence(buffer: &mut Buffer, block: Rect, text: &str, role: Role, pen: &Pen<'_>) {
    let area = indented(block, usize::from(SENTENCE_INDENT));
    let rows = rows_of(text, usize::from(area.width.max(1)));
    for (row, area) in rows.into_iter().zip(area.rows()) {
        let mut strip = Strip::new();
        pen.write(&mut strip, row, role);
        strip.draw(buffer, area);
    }
}

fn draw_field(
    buffer: &mut Buffer,
    block: Rect,
    name: &str,
    value: &str,
    role: Role,
    names: usize,
    pen: &Pen<'_>,
) {
    let mut head = Strip::new();
    head.gap(2);
    pen.write(&mut head, name, Role::Dim);
    head.truncated(names - 1).draw(buffer, Rect { height: 1, ..block });
    let mut strip = Strip::new();
    pen.write(&mut strip, value, role);
    draw_block(buffer, indented(block, names), strip, pen.wrap);
}

fn indented(block: Rect, columns: usize) -> Rect {
    let columns = u16::try_from(columns).unwrap_or(u16::MAX).min(block.width);
    Rect { x: block.x + columns, width: block.width - columns, ..block }
}

/// Draws a text into an area, wrapped or cut off.
pub(super) fn draw_block(buffer: &mut Buffer, area: Rect, strip: Strip, wrap: bool) {
    let lines = if wrap {
        strip.wrapped(usize::from(area.width), usize::from(area.height))
    } else {
        vec![strip]
    };
    for (line, row) in lines.into_iter().zip(area.rows()) {
        line.draw(buffer, row);
    }
}
