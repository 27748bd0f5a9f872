//! Questions before something happens: at a provider with what will be sent, secrets masked; what a
//! former run left leased; and those that are a sentence.

use ratatui::buffer::Buffer;

use super::document;
use super::lines::Pen;
use super::overlay::window;
use super::sentence::{below, height, said};
use super::strip::Strip;
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::screen::{self, Screen};
use crate::app::search::Needle;
use crate::app::state::App;
use crate::app::subscribing::confirm::{Confirm, Said};
use crate::domain::ledger::Lease;

/// Columns before a sentence.
const MARGIN: usize = 2;

/// Draws a question with what will be sent.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    question: &Confirm,
    app: &App,
    theme: &Theme,
) {
    let places = screen::question(*screen, question);
    window(buffer, &places.screen, &question.title, theme);
    let rows = question.rows(places.says.width).into_iter().skip(places.hidden);
    for (row, area) in rows.zip(places.says.rows()) {
        let (row, role) = match row {
            Said::Sentence(row) => (row, Role::Strong),
            Said::Line(row) => (row, Role::Accent),
        };
        let mut strip = Strip::new();
        strip.gap(MARGIN);
        strip.push(row, theme.style(role));
        strip.draw(buffer, area);
    }
    let Some(preview) = question.preview.as_ref().filter(|preview| !preview.body.is_empty()) else {
        return;
    };
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let needle = Needle::default();
    let pen = Pen { theme, clock: &clock, needle: &needle, is_focused: true, wrap: true };
    document::draw(buffer, places.body, &preview.body, &pen);
}

/// Draws a question that is a sentence.
pub(super) fn question(
    buffer: &mut Buffer,
    screen: &Screen,
    title: &str,
    question: &str,
    theme: &Theme,
) {
    let width = screen.overlay.width.saturating_sub(2);
    let rows = usize::from(height(width, question));
    let inner = window(buffer, &screen.fitted(rows), title, theme);
    said(buffer, inner, question, Role::Strong, theme);
}

/// Draws the question about leases that a former run left open.
pub(super) fn leases(buffer: &mut Buffer, screen: &Screen, leases: &[Lease], theme: &Theme) {
    let width = screen.overlay.width.saturating_sub(2);
    let text = "hookscope ended without giving these back. Shall they get the targets that they had \
                before?";
    let lines = leases.iter().map(|lease| {
        let Lease { account, subscription, previous_target, target, .. } = lease;
        format!("{account}: {subscription} sends to {target}; before to {previous_target}")
    });
    let lines = lines.collect::<Vec<_>>();
    let rows = lines.iter().map(String::as_str).chain([text]).map(|line| height(width, line));
    let rows = rows.map(usize::from).sum::<usize>() + 1;
    let inner = window(buffer, &screen.fitted(rows), "Leases left open", theme);
    let gap = u16::from(usize::from(inner.height) >= rows);
    let mut rest = below(said(buffer, inner, text, Role::Strong, theme), gap);
    for line in &lines {
        rest = said(buffer, rest, line, Role::Plain, theme);
    }
}
