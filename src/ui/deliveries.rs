//! The stream: one line per delivery, newest first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::bars::rule;
use super::plain;
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use super::time::{self, Clock};
use crate::app::deliveries::column::Column;
use crate::app::deliveries::is_sure_repeat;
use crate::app::deliveries::sorted::Sorted;
use crate::app::screen::Pane;
use crate::app::sleeps::Sleep;
use crate::app::state::{App, Focus};
use crate::app::table::{self, MARK, Place};
use crate::domain::annotation::Comment;
use crate::domain::name::AccountName;
use crate::domain::record::Summary;
use crate::domain::size::size;

/// The columns of a gap, the sign of a tag and a little of it.
const TAG: usize = 4;

/// Where the time between repeats stands: before the id, which they share, so that the event's name is
/// not cut off for it.
fn column_of_gaps(places: &[(Place, bool)]) -> Column {
    let has_ids = places.iter().any(|(place, _)| place.column == Column::Id);
    if has_ids { Column::Id } else { Column::Event }
}

/// Draws the pane.
pub(super) fn draw(buffer: &mut Buffer, pane: Pane, app: &App, theme: &Theme) {
    let is_focused = app.focus == Focus::Stream;
    let role = if is_focused { Role::Accent } else { Role::Dim };
    rule(buffer, pane.title, Strip::of("Stream", theme.style(role)), theme);
    let places = placed(pane.area.width, app);
    if !theme.is_plain() {
        head(&places, app, theme).draw(buffer, pane.head);
    }
    let deliveries = &app.deliveries;
    if deliveries.window().is_empty() {
        return draw_absence(buffer, pane.rows, app, theme);
    }
    if theme.is_plain() {
        return plain::stream(buffer, pane, app, theme);
    }
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let cursor = deliveries.cursor();
    let rows = deliveries.window().rows_from(deliveries.top());
    for ((row, area), at) in rows.zip(pane.rows.rows()).zip(deliveries.top()..) {
        let is_under_cursor = cursor == Some(at);
        if is_under_cursor {
            let role = if is_focused { Role::Cursor } else { Role::CursorAside };
            buffer.set_style(area, theme.style(role));
        }
        let mut strip = Strip::new();
        let mark = if is_under_cursor { theme.glyphs.cursor } else { "" };
        strip.column(mark, usize::from(MARK) - 1, theme.style(role));
        let is_marked = app.replaying.marks.holds(row.id);
        let mark = if is_marked { theme.glyphs.marked } else { "" };
        strip.column(mark, 1, theme.style(Role::Accent));
        push_row(&mut strip, (at, row), &places, app, &clock, theme);
        strip.draw(buffer, area);
    }
}

/// The columns in their places, and whether what they show stands at the right.
fn placed(width: u16, app: &App) -> Vec<(Place, bool)> {
    let at_right = |place: Place| {
        let is_at_right = is_at_right(&place.column, app);
        (place, is_at_right)
    };
    table::places(width, app).into_iter().map(at_right).collect()
}

fn head(places: &[(Place, bool)], app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    let style = theme.style(Role::Dim);
    let sorted = app.deliveries.sorted().map(Sorted::order);
    for (place, is_at_right) in places {
        strip.gap_to(usize::from(place.x));
        let (title, width) = (Strip::of(place.column.title(), style), usize::from(place.width));
        match sorted.filter(|order| order.column == place.column) {
            None => strip.append(aligned(title, width, *is_at_right)),
            Some(order) => {
                // The direction stands behind the name, be it in the gap behind the column.
                let width = if *is_at_right { width } else { title.width().min(width) };
                strip.append(aligned(title, width, *is_at_right));
                strip.push(theme.glyphs.direction(order.is_reversed), theme.style(Role::Accent));
            }
        }
    }
    strip
}

/// A cell as wide as its column.
fn aligned(cell: Strip, width: usize, is_at_right: bool) -> Strip {
    let cell = cell.truncated(width);
    let mut strip = Strip::new();
    strip.gap(if is_at_right { width - cell.width() } else { 0 });
    strip.append(cell);
    strip.gap_to(width);
    strip
}

/// Whether a column has numbers, which stand at its right.
fn is_at_right(column: &Column, app: &App) -> bool {
    let pins = app.deliveries.pins();
    match column {
        Column::Status | Column::Size => true,
        Column::Pinned(pin) => {
            let rows = app.deliveries.window().rows_from(app.deliveries.top());
            let rows = rows.take(usize::from(app.size.height));
            let mut cells = rows.filter_map(|row| pins.cell(row.id, pin)).peekable();
            cells.peek().is_some() && cells.all(|cell| cell.number.is_some())
        }
        _ => false,
    }
}

fn push_row(
    strip: &mut Strip,
    (at, row): (usize, &Summary),
    places: &[(Place, bool)],
    app: &App,
    clock: &Clock<'_>,
    theme: &Theme,
) {
    let (needle, mark) = (app.deliveries.needle(), theme.style(Role::Match));
    for (place, is_at_right) in places {
        let width = usize::from(place.width);
        let mut cell = Strip::new();
        if place.column == Column::Event {
            cell = slept(at, row, app, theme);
            cell.append(tie(at, app, theme));
            cell.append(comment_sign(row, app, theme));
        }
        if place.column == column_of_gaps(places) {
            cell.append(gap(at, row, app, theme));
        }
        let left = width.saturating_sub(cell.width());
        let (text, style) = cell_of(row, &place.column, left, app, clock, theme);
        match place.column {
            Column::Auth => cell = standing(row, width, theme),
            // The row below says the same id; less of it than usual tells nothing.
            Column::Id if left < usize::from(place.least) => {}
            _ => cell.push_marked(&text, style, needle, mark),
        }
        // What is left of a tag has to tell more than that there is one.
        if place.column == Column::Event && cell.width() + TAG <= width {
            cell.append(tags(row, app, theme));
        }
        strip.gap_to(usize::from(place.x));
        strip.append(aligned(cell, width, *is_at_right));
    }
}

fn cell_of(
    row: &Summary,
    column: &Column,
    columns: usize,
    app: &App,
    clock: &Clock<'_>,
    theme: &Theme,
) -> (String, Style) {
    let plain = theme.style(Role::Plain);
    let dim = theme.style(Role::Dim);
    match column {
        Column::Arrival => (clock.short(row.received_at), dim),
        Column::Endpoint => {
            let account = row.account.as_ref().filter(|_| app.session.accounts.is_empty());
            (account.map_or(row.endpoint.as_str(), AccountName::as_str).to_owned(), plain)
        }
        Column::Account => account(row, app, theme),
        Column::Provider => (row.provider.map_or("", |id| id.as_str()).to_owned(), dim),
        Column::Event => match &row.event {
            Some(event) => (text::visible_kind(event, columns), plain),
            None => (format!("{} {}", row.method, text::prefix(&row.target, 4 * columns)), dim),
        },
        Column::Id => {
            (text::visible_id(row.resource.as_deref().unwrap_or_default(), columns), plain)
        }
        Column::Auth => (String::new(), theme.standing(row.standing)),
        Column::Status if row.status.is_success() => (row.status.as_str().to_owned(), dim),
        Column::Status => (row.status.as_str().to_owned(), theme.style(Role::Stale)),
        Column::Size => (size(row.size), dim),
        Column::Pinned(pin) => {
            let cell = app.deliveries.pins().cell(row.id, pin);
            (cell.map(|cell| cell.text.clone()).unwrap_or_default(), plain)
        }
    }
}

/// Whose it is, or that it should be somebody's.
fn account(row: &Summary, app: &App, theme: &Theme) -> (String, Style) {
    match &row.account {
        Some(account) => (account.to_string(), theme.style(Role::Plain)),
        None if app.session.misses_account(row) => {
            (theme.glyphs.nobody.to_owned(), theme.style(Role::Stale))
        }
        None => (String::new(), theme.style(Role::Dim)),
    }
}

/// How long the machine slept before this delivery, if it did since the one before.
fn slept(place: usize, row: &Summary, app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    if app.deliveries.window().is_still() {
        return strip;
    }
    let before = app.deliveries.window().row(place + 1).map(|before| before.received_at);
    if let Some(Sleep { from, until }) = app.sleeps.between(before, row.received_at) {
        let asleep = format!("slept {}", time::later(until.duration_since(from)));
        strip.push(&asleep, theme.style(Role::Stale));
        strip.gap(1);
    }
    strip
}

/// What ties a repeat to the rows of the same event above and below it.
fn tie(place: usize, app: &App, theme: &Theme) -> Strip {
    let [top, between, bottom] = theme.glyphs.group;
    let glyph = match app.deliveries.window().neighbours(place) {
        (false, false) => return Strip::new(),
        (false, true) => top,
        (true, true) => between,
        (true, false) => bottom,
    };
    let mut strip = Strip::of(glyph, theme.style(Role::Dim));
    strip.gap(1);
    strip
}

/// How long after the one before it a repeat came.
fn gap(place: usize, row: &Summary, app: &App, theme: &Theme) -> Strip {
    let Some(before) = app.deliveries.window().before(place) else { return Strip::new() };
    let later = time::later(row.received_at.duration_since(before.received_at));
    let mut strip = Strip::of(&format!("+{later}"), theme.style(Role::Dim));
    strip.gap(1);
    strip
}

/// That something is written about it.
fn comment_sign(row: &Summary, app: &App, theme: &Theme) -> Strip {
    let [noted, tagged] = theme.glyphs.comment;
    let mut strip = Strip::new();
    if let Some(comment) = app.comments.of(row.id).filter(|comment| !comment.is_empty()) {
        let sign = if comment.note().is_some() { noted } else { tagged };
        strip.push(sign, theme.style(Role::Accent));
        strip.gap(1);
    }
    strip
}

/// Its tags, as far as there is room behind the event.
fn tags(row: &Summary, app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    for tag in app.comments.of(row.id).into_iter().flat_map(Comment::tags) {
        strip.gap(1);
        strip.push(&format!("#{}", text::visible(tag)), theme.style(Role::Dim));
    }
    strip
}

/// The verdict, and which delivery of the same event this is; with a question mark where the same
/// body is all that tells, and as more than nine where there is no room for the number.
fn standing(row: &Summary, columns: usize, theme: &Theme) -> Strip {
    let mut strip = Strip::of(theme.glyphs.standing(row.standing), theme.standing(row.standing));
    if row.repeat > 1 {
        let doubt = if is_sure_repeat(row) { "" } else { "?" };
        let times = theme.glyphs.times;
        let exact = format!("{times}{}{doubt}", row.repeat);
        let fits = strip.width() + text::width(&exact) <= columns;
        strip.push(&if fits { exact } else { format!("{times}9+") }, theme.style(Role::Plain));
    }
    strip
}

fn draw_absence(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let (text, role) = match app.deliveries.failure() {
        Some(reason) => (format!("  the list cannot be read: {reason}"), Role::Refuted),
        None if app.deliveries.is_loading() => ("  reading".to_owned(), Role::Dim),
        None => ("  no delivery matches the filter".to_owned(), Role::Dim),
    };
    super::lines::draw_block(buffer, area, Strip::of(&text, theme.style(role)), true);
}
