//! The help: every key, from the table of bindings, narrowed down by what is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::overlay::{field, window};
use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::help::{HelpLine, lines};
use crate::app::overlay::Help;
use crate::app::screen::Screen;
use crate::app::state::App;

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
    let inner = window(buffer, screen, "Help", theme);
    let top = Rect { height: 1, ..inner };
    let (cursor, _) =
        field(buffer, top, Strip::of(" find ", theme.style(Role::Accent)), &help.editor, theme);
    let rows = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let lines = lines(&app.keymap, help.context, help.editor.text());
    if lines.is_empty() {
        Strip::of(" no key does that", theme.style(Role::Dim)).draw(buffer, rows);
    }
    for (line, row) in lines.iter().skip(help.scroll).zip(rows.rows()) {
        draw_line(buffer, row, line, theme);
    }
    cursor
}

/// The name stands at the right, if there is room for it.
fn draw_line(buffer: &mut Buffer, row: Rect, line: &HelpLine, theme: &Theme) {
    let mut strip = Strip::new();
    match line {
        HelpLine::Heading(title) => {
            strip.gap(1);
            strip.push(title, theme.style(Role::Strong));
        }
        HelpLine::Keys { keys, hint, name } => {
            strip.gap(2);
            strip.column(keys, KEYS, theme.style(Role::Accent));
            strip.gap(1);
            strip.push(hint, theme.style(Role::Plain));
            let name = Strip::of(*name, theme.style(Role::Dim));
            if strip.width() + name.width() + 3 <= usize::from(row.width) {
                strip.gap_to(usize::from(row.width) - name.width() - 1);
                strip.append(name);
            }
        }
    }
    strip.draw(buffer, row);
}
