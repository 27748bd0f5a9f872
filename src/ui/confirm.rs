//! Questions before something happens at a provider: what will be sent, secrets masked, and what a
//! former run left leased.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::document;
use super::lines::Pen;
use super::overlay::window;
use super::sentence::{below, said};
use super::strip::Strip;
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
    let inner = window(buffer, screen, &question.title, theme);
    let last = Rect { y: inner.bottom().saturating_sub(1), height: 1.min(inner.height), ..inner };
    let room = Rect { height: inner.height - last.height, ..inner };
    let rest = said(buffer, room, &question.says, Role::Strong, theme);
    if let Some(preview) = &question.preview {
        let line = format!("{} {}", preview.method, preview.url);
        let rest =
            said(buffer, below(rest, u16::from(rest.height > 6)), &line, Role::Accent, theme);
        let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
        let needle = Needle::default();
        let pen = Pen { theme, clock: &clock, needle: &needle, is_focused: true, wrap: true };
        if !preview.body.is_empty() {
            document::draw(buffer, rest, &preview.body, &pen);
        }
    }
    keys(buffer, last, &[("enter", "sends it"), ("esc", "goes back")], theme);
}

/// Draws the question about leases that a former run left open.
pub(super) fn leases(buffer: &mut Buffer, screen: &Screen, leases: &[Lease], theme: &Theme) {
    let inner = window(buffer, screen, "Leases left open", theme);
    let last = Rect { y: inner.bottom().saturating_sub(1), height: 1.min(inner.height), ..inner };
    let room = Rect { height: inner.height - last.height, ..inner };
    let text = "hookscope ended without giving these back. Shall they get the targets that they had \
                before?";
    let mut rest = below(said(buffer, room, text, Role::Strong, theme), 1);
    for lease in leases {
        let Lease { account, subscription, previous_target, target, .. } = lease;
        let line =
            format!("{account}: {subscription} sends to {target}; before to {previous_target}");
        rest = said(buffer, rest, &line, Role::Plain, theme);
    }
    keys(buffer, last, &[("y", "gives back"), ("n", "leaves"), ("esc", "asks later")], theme);
}

fn keys(buffer: &mut Buffer, area: Rect, keys: &[(&str, &str)], theme: &Theme) {
    let mut strip = Strip::new();
    for (key, meaning) in keys {
        strip.gap(if strip.width() == 0 { 1 } else { 3 });
        strip.push(key, theme.style(Role::Accent));
        strip.push(&format!(" {meaning}"), theme.style(Role::Dim));
    }
    strip.draw(buffer, area);
}
