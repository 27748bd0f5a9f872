//! The list of the columns of the stream.

use ratatui::buffer::Buffer;

use super::choices::list;
use super::overlay::window;
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::columns::{Columns, Entry};
use crate::app::deliveries::column::Column;
use crate::app::screen::Screen;
use crate::app::sorting::by;
use crate::app::state::App;

/// The most columns of a name.
const NAME: usize = 34;

/// Draws the list: in which order the stream is, and which of the columns are pinned.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    columns: &Columns,
    app: &App,
    theme: &Theme,
) {
    let screen = screen.fitted(columns.entries().len());
    let inner = window(buffer, &screen, "Columns", theme);
    let entries = (columns.entries(), columns.cursor());
    list(buffer, inner, entries, theme, |strip, entry, width| add(strip, entry, width, app, theme));
}

fn add(strip: &mut Strip, entry: &Entry, width: usize, app: &App, theme: &Theme) {
    let (plain, dim, accent) =
        (theme.style(Role::Plain), theme.style(Role::Dim), theme.style(Role::Accent));
    let is_pinned = match &entry.column {
        Column::Pinned(pin) => app.deliveries.pins().holds(pin),
        _ => false,
    };
    strip.column(if is_pinned { theme.glyphs.marked } else { "" }, 2, accent);
    let name = NAME.min(width / 2);
    let end = strip.width() + name;
    strip.append(Strip::of(&text::visible_id(entry.column.name(), name), plain));
    strip.gap_to(end + 2);
    let order = by(app);
    if order.column == entry.column {
        strip.push(theme.glyphs.direction(order.is_reversed), accent);
        strip.push(if order.column == Column::Arrival { " as they came" } else { " sorted" }, dim);
    } else if let Some(value) = &entry.value {
        strip.push(value, dim);
    } else if is_pinned {
        strip.push("pinned", dim);
    }
}
