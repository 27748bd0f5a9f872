//! The help: every key, from the table of bindings, narrowed down by what is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::bars::clear;
use super::overlay::field;
use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::help::{HelpLine, lines};
use crate::app::overlay::Help;
use crate::app::screen::Screen;
use crate::app::state::App;

/// With fewer columns than these beside the help, what is behind it is not shown.
const MARGIN: u16 = 16;

/// The columns of the keys.
const KEYS: usize = 20;

/// Draws the help; returns the place of its cursor.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    help: &Help,
    app: &App,
    theme: &Theme,
) -> Option<Position> {
    let area = screen.overlay;
    // Beside it a few columns would only be in the way.
    let is_narrow = screen.middle.width < area.width + MARGIN;
    clear(buffer, if is_narrow { screen.middle } else { area });
    let inner = frame(buffer, area, theme);
    let top = Rect { height: 1, ..inner };
    let (cursor, _) =
        field(buffer, top, Strip::of(" find ", theme.style(Role::Accent)), &help.editor, theme);
    let rows = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let lines = lines(&app.keymap, help.context, help.editor.text());
    if lines.is_empty() {
        Strip::of(" no key does that", theme.style(Role::Dim)).draw(buffer, rows);
    }
    for (line, row) in lines.iter().skip(help.scroll).zip(rows.rows()) {
        draw_line(line, theme).draw(buffer, row);
    }
    cursor
}

fn draw_line(line: &HelpLine, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    match line {
        HelpLine::Heading(title) => {
            strip.gap(1);
            strip.push(title, theme.style(Role::Strong));
        }
        HelpLine::Keys { keys, hint } => {
            strip.gap(2);
            strip.column(keys, KEYS, theme.style(Role::Accent));
            strip.gap(1);
            strip.push(hint, theme.style(Role::Plain));
        }
    }
    strip
}

/// Draws a border and returns what is inside.
fn frame(buffer: &mut Buffer, area: Rect, theme: &Theme) -> Rect {
    let dim = theme.style(Role::Dim);
    let [left_top, right_top, left_bottom, right_bottom] = theme.glyphs.corners;
    let across = theme.glyphs.rule.repeat(usize::from(area.width.saturating_sub(2)));
    for (area, corners) in
        [(area, [left_top, right_top]), (last_row(area), [left_bottom, right_bottom])]
    {
        Strip::of(&format!("{}{across}{}", corners[0], corners[1]), dim).draw(buffer, area);
    }
    let inner = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    for row in inner.rows() {
        Strip::of(theme.glyphs.divider, dim).draw(buffer, Rect { x: area.x, width: 1, ..row });
        let right = Rect { x: area.right().saturating_sub(1), width: 1, ..row };
        Strip::of(theme.glyphs.divider, dim).draw(buffer, right);
    }
    let title = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    Strip::of(" Help ", theme.style(Role::Strong)).draw(buffer, title);
    inner
}

fn last_row(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: 1, ..area }
}
