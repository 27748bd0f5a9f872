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
use crate::app::screen::{Pane, Screen, tabs};
use crate::app::search::Needle;
use crate::app::state::{App, Focus};
use crate::app::tab::Tab;
use crate::domain::record::Record;

/// Draws the pane.
pub(super) fn draw(buffer: &mut Buffer, pane: Pane, screen: &Screen, app: &App, theme: &Theme) {
    let tab = screen.tab_of(&app.detail);
    let is_focused = app.focus == Focus::Detail && app.detail.tab() == tab;
    rule(buffer, pane.title, title(app, theme, is_focused, screen.stream.is_none()), theme);
    draw_tabs(buffer, pane.head, screen, &app.detail, theme);
    draw_content(buffer, pane, tab, app, theme);
}

/// Draws the attempts in a pane of their own.
pub(super) fn draw_attempts(buffer: &mut Buffer, pane: Pane, app: &App, theme: &Theme) {
    let is_focused = app.focus == Focus::Detail && app.detail.tab() == Tab::Attempts;
    let role = if is_focused { Role::Accent } else { Role::Dim };
    let title = app.detail.title(Tab::Attempts);
    rule(buffer, pane.title, Strip::of(&*title, theme.style(role)), theme);
    if app.detail.record().is_some() {
        draw_content(buffer, pane, Tab::Attempts, app, theme);
    }
}

fn draw_content(buffer: &mut Buffer, pane: Pane, tab: Tab, app: &App, theme: &Theme) {
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let has_keys = app.detail.tab() == tab;
    let nothing = Needle::default();
    let needle = if has_keys { app.detail.needle() } else { &nothing };
    let is_focused = has_keys && app.focus == Focus::Detail;
    let pen = Pen { theme, clock: &clock, needle, is_focused, wrap: app.wrap };
    match app.detail.content_of(tab) {
        Some(Content::Lines(lines)) => lines::draw(buffer, pane.rows, lines, &pen),
        Some(Content::Document(view)) => document::draw(buffer, pane.rows, view, &pen),
        Some(Content::Attempts(tab)) => attempts::draw(buffer, pane.rows, tab, &pen),
        None => absent(buffer, pane.rows, app, theme),
    }
}

/// The number of the delivery and what it is, behind the way here.
fn title(app: &App, theme: &Theme, is_focused: bool, is_alone: bool) -> Strip {
    let mut strip = Strip::new();
    if is_alone {
        strip.push(&format!("Stream {} ", theme.glyphs.step), theme.style(Role::Dim));
    }
    let role = if is_focused { Role::Accent } else { Role::Dim };
    match app.detail.record() {
        Some(record) => {
            strip.push(&format!("#{}", record.id), theme.style(role));
            push_event(&mut strip, record, theme);
        }
        None => strip.push("no delivery", theme.style(role)),
    }
    if theme.is_plain() {
        let tab = app.detail.title(app.detail.tab());
        strip.push(&format!(", tab {tab}"), theme.style(role));
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
fn draw_tabs(buffer: &mut Buffer, head: Rect, screen: &Screen, detail: &Detail, theme: &Theme) {
    let top = screen.tab_of(detail);
    let places = Tab::ALL.into_iter().zip(tabs(head, detail, top));
    for (tab, area) in places.filter(|(tab, _)| screen.has_tab(*tab)) {
        let title = detail.title(tab);
        let (text, role) = if tab == top {
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
