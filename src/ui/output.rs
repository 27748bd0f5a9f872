//! What a command printed that a body was piped to.

use ratatui::buffer::Buffer;

use super::document;
use super::lines::Pen;
use super::overlay::window;
use super::strip::Strip;
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::piping::{Ending, Output};
use crate::app::screen::Screen;
use crate::app::state::App;

/// Draws it over both panes, with a line above it that says how the command is.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    output: &Output,
    app: &App,
    theme: &Theme,
) {
    let title = format!("{} | {}", output.pipe.source, output.pipe.command);
    window(buffer, &screen.filled(), &title, theme);
    let places = screen.output();
    let role = match output.ending() {
        None => Role::Accent,
        Some(Ending::Done) => Role::Verified,
        Some(Ending::Cancelled) => Role::Stale,
        Some(Ending::Failed(_) | Ending::Unstarted(_)) => Role::Refuted,
    };
    let mut status = Strip::new();
    status.gap(1);
    status.push(&output.status(app.now), theme.style(role));
    if output.view().is_empty() && output.ending().is_some() {
        status.push(", nothing was printed", theme.style(Role::Dim));
    }
    status.draw(buffer, places.status);
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let needle = output.needle();
    let pen = Pen { theme, clock: &clock, needle, is_focused: true, wrap: app.wrap };
    let view = output.view();
    document::draw_from(buffer, places.rows, view, view.scroll(), Some(view.cursor()), &pen);
}
