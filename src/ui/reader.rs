//! Something to read on top of the panes.

use ratatui::buffer::Buffer;

use super::lines::{self, Pen};
use super::overlay::window;
use super::theme::Theme;
use super::time::Clock;
use crate::app::reader::Reader;
use crate::app::screen::Screen;
use crate::app::search::Needle;
use crate::app::state::App;

/// Draws it over both panes, long lines wrapped.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    reader: &Reader,
    app: &App,
    theme: &Theme,
) {
    let inner = window(buffer, &screen.filled(), reader.topic.title(), theme);
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let needle = Needle::default();
    let pen = Pen { theme, clock: &clock, needle: &needle, is_focused: true, wrap: true };
    lines::draw(buffer, inner, &reader.lines, &pen);
}
