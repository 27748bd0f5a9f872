//! The comparison of two messages.

use ratatui::buffer::Buffer;

use super::lines::{self, Pen};
use super::overlay::window;
use super::theme::Theme;
use super::time::Clock;
use crate::app::comparing::Comparing;
use crate::app::screen::Screen;
use crate::app::search::Needle;
use crate::app::state::App;

/// Draws the comparison over both panes, long values wrapped: both ends of a change are wanted.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    comparing: &Comparing,
    app: &App,
    theme: &Theme,
) {
    let inner = window(buffer, &screen.filled(), &comparing.title(), theme);
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let needle = Needle::default();
    let pen = Pen { theme, clock: &clock, needle: &needle, is_focused: true, wrap: true };
    lines::draw(buffer, inner, comparing.lines(), &pen);
}
