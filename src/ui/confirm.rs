//! Questions before something happens at a provider: what will be sent, secrets masked, and what a
//! former run left leased.

use ratatui::buffer::Buffer;

use super::document;
use super::lines::Pen;
use super::overlay::window;
use super::sentence::{below, fitted, height, said};
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::screen::Screen;
use crate::app::search::Needle;
use crate::app::state::App;
use crate::app::subscribing::confirm::Confirm;
use crate::domain::ledger::Lease;

/// Draws a question with what will be sent.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    question: &Confirm,
    app: &App,
    theme: &Theme,
) {
    let width = screen.overlay.width.saturating_sub(2);
    let line =
        question.preview.as_ref().map(|preview| format!("{} {}", preview.method, preview.url));
    let sentences = [Some(question.says.as_str()), line.as_deref()];
    let said_rows = sentences.iter().flatten().map(|text| height(width, text) + 1).sum::<u16>();
    let body = question.preview.as_ref().map_or(0, |preview| preview.body.len());
    let rows = said_rows.saturating_add(u16::try_from(body).unwrap_or(u16::MAX));
    let inner = window(buffer, &fitted(screen, rows), &question.title, theme);
    let gap = u16::from(inner.height > 8);
    let mut rest = below(said(buffer, inner, &question.says, Role::Strong, theme), gap);
    let Some(preview) = &question.preview else { return };
    if let Some(line) = line {
        rest = said(buffer, rest, &line, Role::Accent, theme);
    }
    if !preview.body.is_empty() {
        let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
        let needle = Needle::default();
        let pen = Pen { theme, clock: &clock, needle: &needle, is_focused: true, wrap: true };
        document::draw(buffer, rest, &preview.body, &pen);
    }
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
    let rows = lines.iter().map(|line| height(width, line)).fold(0, u16::saturating_add);
    let rows = rows.saturating_add(height(width, text) + 1);
    let inner = window(buffer, &fitted(screen, rows), "Leases left open", theme);
    let gap = u16::from(inner.height > 8);
    let mut rest = below(said(buffer, inner, text, Role::Strong, theme), gap);
    for line in &lines {
        rest = said(buffer, rest, line, Role::Plain, theme);
    }
}
