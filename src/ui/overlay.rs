//! What lies on top of the panes: windows, prompts and notices. Nothing here decides where the keys go.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::bars::{clear, draw_both};
use super::completion;
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::action::Remark;
use crate::app::editor::Editor;
use crate::app::keymap::Keymap;
use crate::app::overlay::{Prompt, Purpose};
use crate::app::screen::Screen;
use crate::app::toast::{Severity, Toasts};
use crate::domain::filter::FilterError;

/// The widest notice.
const NOTICE: u16 = 64;

/// The highest notice.
const MOST_LINES: usize = 4;

/// Draws a prompt where it belongs; returns the place of its cursor.
pub(super) fn prompt(
    buffer: &mut Buffer,
    screen: &Screen,
    prompt: &Prompt,
    keymap: &Keymap,
    theme: &Theme,
) -> Option<Position> {
    match &prompt.purpose {
        Purpose::Filter { mistake, .. } => {
            let label = Strip::of(" filter ", theme.style(Role::Accent));
            clear(buffer, screen.filter);
            let (cursor, start) = field(buffer, screen.filter, label, &prompt.editor, theme);
            if let Some(mistake) = mistake {
                point_at(buffer, screen.middle, mistake, &prompt.editor, start, theme);
            }
            if mistake.is_none() && prompt.completing.at().is_some() {
                completion::below(buffer, screen.middle, &prompt.completing, keymap, theme);
            }
            cursor
        }
        Purpose::Command { mistake, .. } => {
            clear(buffer, screen.footer);
            let role = if mistake.is_some() { Role::Refuted } else { Role::Accent };
            let mistake = mistake.as_deref().unwrap_or_default();
            let message = text::visible(mistake);
            let right = Strip::of(&*message, theme.style(role));
            let taken = u16::try_from(right.width() + 2).unwrap_or(u16::MAX);
            // Where there is no room beside it, what was typed can be read above it.
            let (row, room) = if taken < screen.footer.width / 2 {
                (screen.footer, screen.footer.width - taken)
            } else {
                (last_row(screen.middle), screen.footer.width)
            };
            if mistake.is_empty() {
                completion::above(buffer, screen.middle, &prompt.completing, keymap, theme);
            } else {
                clear(buffer, row);
                draw_both(buffer, row, Strip::new(), right);
            }
            let label = Strip::of(" :", theme.style(role));
            field(buffer, Rect { width: room, ..screen.footer }, label, &prompt.editor, theme).0
        }
        Purpose::Comment { of, remark } => {
            clear(buffer, screen.footer);
            let what = match remark {
                Remark::Note => "note",
                Remark::Tags => "tags",
            };
            completion::above(buffer, screen.middle, &prompt.completing, keymap, theme);
            let label = Strip::of(&format!(" {what} of #{of} "), theme.style(Role::Accent));
            field(buffer, screen.footer, label, &prompt.editor, theme).0
        }
        Purpose::Pipe { source, .. } => {
            clear(buffer, screen.footer);
            completion::above(buffer, screen.middle, &prompt.completing, keymap, theme);
            let label = Strip::of(&format!(" {source} | "), theme.style(Role::Accent));
            let hint = Strip::of("! before it gives it the terminal", theme.style(Role::Dim));
            let taken = u16::try_from(hint.width() + 2).unwrap_or(u16::MAX);
            let row = screen.footer;
            let room = if taken < row.width / 2 { row.width - taken } else { row.width };
            if room < row.width {
                draw_both(buffer, row, Strip::new(), hint);
            }
            field(buffer, Rect { width: room, ..row }, label, &prompt.editor, theme).0
        }
        Purpose::Search { found } => {
            clear(buffer, screen.footer);
            let mut label = Strip::of(" / ", theme.style(Role::Accent));
            if !found {
                label = Strip::of(" / ", theme.style(Role::Refuted));
                let right = Strip::of("not here", theme.style(Role::Refuted));
                draw_both(buffer, screen.footer, Strip::new(), right);
            }
            let room = Rect { width: screen.footer.width.saturating_sub(10), ..screen.footer };
            field(buffer, room, label, &prompt.editor, theme).0
        }
    }
}

/// Draws a text field behind its label, the part around the cursor. Returns the places of the
/// cursor and of the text's beginning, which lies left of the field when the text is too long.
pub(super) fn field(
    buffer: &mut Buffer,
    area: Rect,
    label: Strip,
    editor: &Editor,
    theme: &Theme,
) -> (Option<Position>, i32) {
    let left = u16::try_from(label.width()).unwrap_or(u16::MAX).min(area.width);
    label.draw(buffer, area);
    let field = Rect { x: area.x + left, width: area.width - left, ..area };
    let shown = text::visible(text::prefix(editor.text(), editor.cursor()));
    let room = usize::from(field.width).saturating_sub(1);
    let hidden = text::width(&shown).saturating_sub(text::width(text::tail(&shown, room)));
    let whole = text::visible(editor.text());
    let visible = whole.get(text::head(&whole, hidden).len()..).unwrap_or_default();
    Strip::of(visible, theme.style(Role::Plain)).draw(buffer, field);
    let column = u16::try_from(text::width(&shown) - hidden).unwrap_or(0);
    let cursor = Position { x: field.x + column, y: field.y };
    let start = i32::from(field.x) - i32::try_from(hidden).unwrap_or(i32::MAX);
    ((column < field.width).then_some(cursor), start)
}

/// With fewer columns than these beside a window, what is behind it is not shown.
const MARGIN: u16 = 16;

/// Empties the place of an overlay and draws its border; returns what is inside.
pub(super) fn window(buffer: &mut Buffer, screen: &Screen, title: &str, theme: &Theme) -> Rect {
    let area = screen.overlay;
    // Beside it a few columns would only be in the way.
    let is_narrow = screen.middle.width < area.width + MARGIN;
    clear(buffer, if is_narrow || theme.is_plain() { screen.middle } else { area });
    frame(buffer, area, title, theme)
}

/// Draws a border and returns what is inside.
fn frame(buffer: &mut Buffer, area: Rect, title: &str, theme: &Theme) -> Rect {
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
    let place = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    Strip::of(&format!(" {title} "), theme.style(Role::Strong)).draw(buffer, place);
    inner
}

fn last_row(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: 1, ..area }
}

/// Points at the mistake in a filter and says what it is: beside the mark, else below it.
fn point_at(
    buffer: &mut Buffer,
    area: Rect,
    mistake: &FilterError,
    editor: &Editor,
    start: i32,
    theme: &Theme,
) {
    let text = editor.text();
    let right = text.get(..mistake.at).unwrap_or(text);
    let columns = i32::try_from(text::width(&text::visible(right))).unwrap_or(i32::MAX);
    let column = usize::try_from(start.saturating_add(columns)).unwrap_or(0);
    let width = usize::from(area.width);
    let style = theme.style(Role::Refuted);
    let mut rows = area.rows();
    let mut draw = |strip: Strip| {
        if let Some(row) = rows.next() {
            clear(buffer, row);
            strip.draw(buffer, row);
        }
    };
    let mut strip = Strip::new();
    strip.gap(column.min(width.saturating_sub(1)));
    strip.push("^ ", style);
    let message = text::visible(&mistake.message);
    if strip.width() + text::width(&message) <= width {
        strip.push(&*message, style);
        return draw(strip);
    }
    draw(strip);
    for line in text::wrap_words(&message, width.saturating_sub(2)) {
        draw(Strip::of(&format!(" {line}"), style));
    }
}

/// Draws the notices in the lower right corner of an area, the newest at the bottom.
pub(super) fn notices(buffer: &mut Buffer, area: Rect, toasts: &Toasts, theme: &Theme) {
    let mut bottom = area.bottom();
    for toast in toasts.iter().rev() {
        let severity = toast.notice.severity;
        let glyph = match severity {
            Severity::Done => theme.glyphs.done(),
            Severity::Warning => theme.glyphs.trouble,
            Severity::Error => theme.glyphs.failed(),
        };
        let room = area.width.saturating_sub(5).min(NOTICE);
        let times = format!("  {}{}", theme.glyphs.times, toast.times);
        let text = format!("{}{}", toast.notice.text, if toast.times > 1 { &times } else { "" });
        let text = text::visible(&text);
        let mut lines = text::wrap_words(&text, usize::from(room));
        lines.truncate(MOST_LINES);
        let Ok(height) = u16::try_from(lines.len()) else { return };
        if room == 0 || bottom < area.y + height {
            return;
        }
        let widest = lines.iter().map(|line| text::width(line)).max().unwrap_or(0);
        let width = u16::try_from(widest).unwrap_or(room).min(room) + 4;
        bottom -= height;
        let block = Rect { x: area.right() - width - 1, y: bottom, width, height };
        clear(buffer, block);
        buffer.set_style(block, theme.style(Role::CursorAside));
        Strip::of(&format!(" {glyph}"), theme.severity(severity)).draw(buffer, block);
        for (line, row) in lines.into_iter().zip(block.rows()) {
            let row = Rect { x: row.x + 3, width: row.width - 4, ..row };
            Strip::of(line, theme.style(Role::Plain)).draw(buffer, row);
        }
    }
}
