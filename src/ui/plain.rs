//! Plain lines, as a screen reader can follow them: every line begins with what it is, and nothing is
//! said by its place, its colour or a sign alone.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::bars::clear;
use super::glyphs::Glyphs;
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::deliveries::pins::Pins;
use crate::app::screen::{Pane, Screen};
use crate::app::state::App;
use crate::app::toast::Toasts;
use crate::domain::record::Summary;

/// Draws the rows of the stream.
pub(super) fn stream(buffer: &mut Buffer, pane: Pane, app: &App, theme: &Theme) {
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let deliveries = &app.deliveries;
    let rows = deliveries.window().rows_from(deliveries.top());
    for ((row, area), at) in rows.zip(pane.rows.rows()).zip(deliveries.top()..) {
        let is_selected = deliveries.cursor() == Some(at);
        let is_marked = app.replaying.marks.holds(row.id);
        let (sign, role) =
            if is_selected { (theme.glyphs.cursor, Role::Strong) } else { (" ", Role::Plain) };
        let mut strip = Strip::of(sign, theme.style(role));
        strip.gap(1);
        let line = line(row, (is_selected, is_marked), deliveries.pins(), &clock);
        let mark = theme.style(Role::Match);
        strip.push_marked(&line, theme.style(role), deliveries.needle(), mark);
        strip.draw(buffer, area);
    }
}

/// A delivery in words.
fn line(
    row: &Summary,
    (is_selected, is_marked): (bool, bool),
    pins: &Pins,
    clock: &Clock<'_>,
) -> String {
    let what = match &row.event {
        Some(event) => event.clone(),
        None => format!("{} {}", row.method, text::prefix(&row.target, 60)),
    };
    let place = row.account.as_ref().map_or(row.endpoint.as_str(), |account| account.as_str());
    let begin = if is_selected { "selected delivery" } else { "delivery" };
    let mut parts = vec![format!("{begin} {}", row.id)];
    parts.extend(is_marked.then(|| "marked".to_owned()));
    parts.extend([what, row.standing.word().to_owned()]);
    let cells = pins.pinned().iter().filter_map(|pin| Some((pin, pins.cell(row.id, pin)?)));
    parts.extend(cells.map(|(pin, cell)| format!("{} {}", pin.title(), cell.text)));
    parts.extend((row.repeat > 1).then(|| format!("repeat {}", row.repeat)));
    parts.extend([clock.short(row.received_at).trim().to_owned(), place.to_owned()]);
    parts.extend(row.resource.as_deref().map(|id| text::visible_id(id, 24)));
    parts.push(format!("answered {}", row.status.as_str()));
    parts.push(format!("{} bytes", row.size));
    parts.join(", ")
}

/// Draws the notices below everything else, each on lines of its own.
pub(super) fn notices(buffer: &mut Buffer, area: Rect, toasts: &Toasts, theme: &Theme) {
    let mut bottom = area.bottom();
    for toast in toasts.iter().rev() {
        let severity = toast.notice.severity;
        let times =
            if toast.times > 1 { format!(", {} times", toast.times) } else { String::new() };
        let said = format!("{}: {}{times}", severity.word(), toast.notice.text);
        let said = text::visible(&said);
        let lines = text::wrap_words(&said, usize::from(area.width.max(1)));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        if bottom < area.y.saturating_add(height) {
            return;
        }
        bottom -= height;
        let block = Rect { y: bottom, height, ..area };
        clear(buffer, block);
        for (line, row) in lines.into_iter().zip(block.rows()) {
            Strip::of(line, theme.severity(severity)).draw(buffer, row);
        }
    }
}

/// Where the cursor of the terminal belongs when nothing is typed: at the selected row, so that it is
/// what is read.
pub(super) fn cursor(buffer: &Buffer, screen: &Screen) -> Option<Position> {
    let pane = screen.stream.or(screen.detail)?;
    let mut places = pane.rows.rows().map(|row| Position { x: row.x, y: row.y });
    places.find(|place| buffer[*place].symbol() == Glyphs::PLAIN.cursor)
}
