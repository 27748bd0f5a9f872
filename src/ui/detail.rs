//! The open delivery: its title, its tabs and the one on top.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::attempts;
use super::bars::rule;
use super::document;
use super::lines::{self, Pen};
use super::strip::Strip;
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::detail::Detail;
use crate::app::detail::content::Content;
use crate::app::lines::Lines;
use crate::app::readers;
use crate::app::screen::{Pane, tabs};
use crate::app::state::{App, Focus};
use crate::app::tab::Tab;
use crate::domain::record::Record;

/// Draws the pane; `is_alone` when the stream is out of sight.
pub(super) fn draw(buffer: &mut Buffer, pane: Pane, is_alone: bool, app: &App, theme: &Theme) {
    let is_focused = app.focus == Focus::Detail;
    rule(buffer, pane.title, title(app, theme, is_alone), theme);
    draw_tabs(buffer, pane.head, &app.detail, theme);
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let pen = Pen { theme, clock: &clock, needle: app.detail.needle(), is_focused, wrap: app.wrap };
    match app.detail.content() {
        Some(Content::Lines(lines)) => lines::draw(buffer, pane.rows, lines, &pen),
        Some(Content::Document(view)) => document::draw(buffer, pane.rows, view, &pen),
        Some(Content::Attempts(tab)) => attempts::draw(buffer, pane.rows, tab, &pen),
        None if readers::is_overview_in_pane(app) => {
            let lines = Lines::new(readers::overview_lines(app));
            lines::draw_from(buffer, pane.rows, &lines, 0, None, &Pen { wrap: true, ..pen });
        }
        None => absent(buffer, pane.rows, app, theme),
    }
}

/// The number of the delivery and what it is, behind the way here.
fn title(app: &App, theme: &Theme, is_alone: bool) -> Strip {
    let mut strip = Strip::new();
    if is_alone {
        strip.push(&format!("Stream {} ", theme.glyphs.step), theme.style(Role::Dim));
    }
    let role = if app.focus == Focus::Detail { Role::Accent } else { Role::Dim };
    match app.detail.record() {
        Some(record) => {
            strip.push(&format!("#{}", record.id), theme.style(role));
            push_event(&mut strip, record, theme);
        }
        None => strip.push("no delivery", theme.style(role)),
    }
    strip
}

fn push_event(strip: &mut Strip, record: &Record, theme: &Theme) {
    let event = &record.inspection.event;
    let request = &record.delivery.request;
    let what = event.label().unwrap_or_else(|| format!("{} {}", request.method, request.path()));
    strip.gap(2);
    strip.push(&what, theme.style(Role::Strong));
    if let Some(id) = event.resource.as_ref().and_then(|resource| resource.id.as_ref()) {
        strip.gap(2);
        strip.push(id, theme.style(Role::Plain));
    }
}

/// The tab on top stands in brackets, so that it is told without colours too.
fn draw_tabs(buffer: &mut Buffer, head: Rect, detail: &Detail, theme: &Theme) {
    for (tab, area) in Tab::ALL.into_iter().zip(tabs(head, detail)) {
        let title = detail.title(tab);
        let (text, role) = if tab == detail.tab() {
            (format!("[{title}]"), Role::Accent)
        } else {
            (format!(" {title} "), Role::Dim)
        };
        if area.width > 0 {
            Strip::of(&text, theme.style(role)).draw(buffer, area);
        }
    }
}

fn absent(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let failure = app.deliveries.selected().and_then(|id| app.detail.failure(id));
    let (text, role) = match (failure, app.detail.loading()) {
        (Some(reason), _) => (format!("  it cannot be shown: {reason}"), Role::Refuted),
        (None, Some(_)) => ("  reading".to_owned(), Role::Dim),
        (None, None) => ("  select a delivery to read it here".to_owned(), Role::Dim),
    };
    let strip = Strip::of(&text, theme.style(role));
    lines::draw_block(buffer, area, strip, true);
}
