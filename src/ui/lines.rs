//! The tabs that are plain lines: Overview, Headers, Auth and Answer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::strip::Strip;
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::lines::{Line, Lines};
use crate::app::search::Needle;

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
}

/// Draws the lines that are in sight.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, lines: &Lines, pen: &Pen<'_>) {
    let mut y = area.y;
    let names = lines.name_width(area.width);
    for (at, line) in lines.lines().iter().enumerate().skip(lines.scroll()) {
        if y >= area.bottom() {
            break;
        }
        let height = u16::try_from(line.height(area.width, names, pen.wrap));
        let height = height.unwrap_or(u16::MAX).min(area.bottom() - y);
        let block = Rect { y, height, ..area };
        if at == lines.cursor() && pen.is_focused {
            buffer.set_style(block, pen.theme.style(Role::Cursor));
        }
        draw_line(buffer, block, line, usize::from(names), pen);
        y += height;
    }
}

fn draw_line(buffer: &mut Buffer, block: Rect, line: &Line, names: usize, pen: &Pen<'_>) {
    let mut head = Strip::new();
    let mut value = Strip::new();
    let (mut indent, role) = match line {
        Line::Headline { standing: Some(standing), .. } => {
            head.push(pen.theme.glyphs.standing(*standing), pen.theme.standing(*standing));
            (2, Role::Strong)
        }
        Line::Headline { standing: None, .. } => (2, Role::Strong),
        Line::Field { name, .. } | Line::Time { name, .. } => {
            head.gap(2);
            pen.write(&mut head, name, Role::Dim);
            head = head.truncated(names - 1);
            (names, Role::Plain)
        }
        Line::Note(_) | Line::Blank => (2, Role::Plain),
    };
    indent = indent.min(usize::from(block.width));
    match line {
        Line::Time { at, .. } => pen.write(&mut value, &pen.clock.long(*at), role),
        other => pen.write(&mut value, &other.value(), role),
    }
    head.draw(buffer, Rect { height: 1, ..block });
    let indent = u16::try_from(indent).unwrap_or(block.width);
    let area = Rect { x: block.x + indent, width: block.width - indent, ..block };
    draw_block(buffer, area, value, pen.wrap);
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
