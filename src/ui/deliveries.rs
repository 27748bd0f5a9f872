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
use crate::app::deliveries::is_sure_repeat;
use crate::app::screen::Pane;
use crate::app::sleeps::Sleep;
use crate::app::state::{App, Focus};
use crate::domain::annotation::Comment;
use crate::domain::name::AccountName;
use crate::domain::record::Summary;

/// A column of the stream, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Time,
    Place,
    Account,
    Provider,
    Event,
    Resource,
    Standing,
    Status,
    Size,
}

/// How a column takes part in a row: what it is called, the columns it needs, and those it may
/// take when there is room.
struct Shape {
    column: Column,
    title: &'static str,
    least: usize,
    most: usize,
    /// Columns with a smaller number are given up later.
    rank: u8,
}

const fn shape(column: Column, title: &'static str, least: usize, most: usize, rank: u8) -> Shape {
    Shape { column, title, least, most, rank }
}

/// Every column, from left to right.
#[rustfmt::skip]
const SHAPES: [Shape; 9] = [
    shape(Column::Time,     "time",     time::COLUMNS, time::COLUMNS, 0),
    shape(Column::Place,    "endpoint", 8,  12, 4),
    shape(Column::Account,  "account",  8,  16, 4),
    shape(Column::Provider, "provider", 9,  9,  6),
    shape(Column::Event,    "event",    14, 20, 0),
    shape(Column::Resource, "id",       8,  18, 3),
    shape(Column::Standing, "auth",     4,  5,  0),
    shape(Column::Status,   "code",     4,  4,  2),
    shape(Column::Size,     "size",     5,  5,  5),
];

/// The columns before the first one, for the cursor and the mark.
const MARK: usize = 2;

/// The columns behind the last one.
const MARGIN: usize = 1;

/// The columns of a pane and how wide each is.
struct Layout {
    columns: Vec<(&'static Shape, usize)>,
    gap: usize,
}

impl Layout {
    /// As many columns as there is room for, then each as wide as it may be.
    fn new(width: u16, places: Places) -> Self {
        let width = usize::from(width).saturating_sub(MARK + MARGIN);
        let gap = if width >= 76 { 2 } else { 1 };
        let mut columns = SHAPES
            .iter()
            .filter(|shape| places.are_told_by(shape.column))
            .map(|shape| (shape, shape.least))
            .collect::<Vec<_>>();
        // Two columns about where a delivery belongs are a luxury.
        if taken(&columns, gap) > width && places == Places::EndpointsAndAccounts {
            columns.retain(|(shape, _)| shape.column != Column::Place);
        }
        while taken(&columns, gap) > width {
            let least_wanted = columns.iter().map(|(shape, _)| shape.rank).max().unwrap_or(0);
            if least_wanted == 0 {
                break;
            }
            columns.retain(|(shape, _)| shape.rank < least_wanted);
        }
        let mut left = width.saturating_sub(taken(&columns, gap));
        while let Some((_, columns)) = columns
            .iter_mut()
            .filter(|(shape, columns)| left > 0 && *columns < shape.most)
            .min_by_key(|(shape, columns)| *columns * 100 / shape.most)
        {
            *columns += 1;
            left -= 1;
        }
        // What is left moves the numbers to the right border.
        if let Some((_, columns)) =
            columns.iter_mut().find(|(shape, _)| shape.column == Column::Event)
        {
            *columns += left;
        }
        Self { columns, gap }
    }

    /// Where the time between repeats stands: before the id, which they share, so that the event's
    /// name is not cut off for it.
    fn column_of_gaps(&self) -> Column {
        let has_ids = self.columns.iter().any(|(shape, _)| shape.column == Column::Resource);
        if has_ids { Column::Resource } else { Column::Event }
    }
}

fn taken(columns: &[(&Shape, usize)], gap: usize) -> usize {
    columns.iter().map(|(_, columns)| columns + gap).sum::<usize>().saturating_sub(gap)
}

/// Draws the pane.
pub(super) fn draw(buffer: &mut Buffer, pane: Pane, app: &App, theme: &Theme) {
    let is_focused = app.focus == Focus::Stream;
    let role = if is_focused { Role::Accent } else { Role::Dim };
    rule(buffer, pane.title, Strip::of("Stream", theme.style(role)), theme);
    let layout = Layout::new(pane.area.width, places(app));
    if !theme.is_plain() {
        head(&layout, theme).draw(buffer, pane.head);
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
        strip.column(mark, MARK - 1, theme.style(role));
        let is_marked = app.replaying.marks.holds(row.id);
        let mark = if is_marked { theme.glyphs.marked } else { "" };
        strip.column(mark, 1, theme.style(Role::Accent));
        push_row(&mut strip, (at, row), &layout, app, &clock, theme);
        strip.draw(buffer, area);
    }
}

/// What tells where deliveries belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Places {
    /// All belong to the same place, so that a column would say the same everywhere.
    One,
    /// They arrive at different endpoints; where one is for an account, that says more.
    Endpoints,
    /// They belong to accounts, wherever they arrive.
    Accounts,
    /// They differ in both.
    EndpointsAndAccounts,
}

impl Places {
    fn are_told_by(self, column: Column) -> bool {
        match column {
            Column::Place => matches!(self, Self::Endpoints | Self::EndpointsAndAccounts),
            Column::Account => matches!(self, Self::Accounts | Self::EndpointsAndAccounts),
            _ => true,
        }
    }
}

fn places(app: &App) -> Places {
    let endpoints = &app.session.endpoints;
    let (has_accounts, has_many) = (!app.session.accounts.is_empty(), endpoints.len() != 1);
    match (has_accounts, has_many) {
        (true, true) => Places::EndpointsAndAccounts,
        (true, false) => Places::Accounts,
        (false, true) => Places::Endpoints,
        (false, false) if endpoints.iter().any(|endpoint| endpoint.account.is_some()) => {
            Places::Endpoints
        }
        (false, false) => Places::One,
    }
}

fn head(layout: &Layout, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    let style = theme.style(Role::Dim);
    strip.gap(MARK);
    for (at, (shape, columns)) in layout.columns.iter().enumerate() {
        strip.gap(if at == 0 { 0 } else { layout.gap });
        match shape.column {
            Column::Status | Column::Size => strip.column_right(shape.title, *columns, style),
            _ => strip.column(shape.title, *columns, style),
        }
    }
    strip
}

fn push_row(
    strip: &mut Strip,
    (place, row): (usize, &Summary),
    layout: &Layout,
    app: &App,
    clock: &Clock<'_>,
    theme: &Theme,
) {
    let needle = app.deliveries.needle();
    for (at, (shape, columns)) in layout.columns.iter().enumerate() {
        let mut cell = Strip::new();
        if shape.column == Column::Event {
            cell = slept(place, row, app, theme);
            cell.append(tie(place, app, theme));
            cell.append(comment_sign(row, app, theme));
        }
        if shape.column == layout.column_of_gaps() {
            cell.append(gap(place, row, app, theme));
        }
        let left = columns.saturating_sub(cell.width());
        let (text, style) = cell_of(row, shape.column, left, app, clock, theme);
        match shape.column {
            Column::Standing => cell = standing(row, theme),
            Column::Status | Column::Size => cell.column_right(&text, *columns, style),
            // The row below says the same id; less of it than usual tells nothing.
            Column::Resource if left < shape.least => {}
            _ => cell.push_marked(&text, style, needle, theme.style(Role::Match)),
        }
        if shape.column == Column::Event {
            cell.append(tags(row, app, theme));
        }
        strip.gap(if at == 0 { 0 } else { layout.gap });
        let end = strip.width() + columns;
        strip.append(cell.truncated(*columns));
        strip.gap_to(end);
    }
}

fn cell_of(
    row: &Summary,
    column: Column,
    columns: usize,
    app: &App,
    clock: &Clock<'_>,
    theme: &Theme,
) -> (String, Style) {
    let plain = theme.style(Role::Plain);
    let dim = theme.style(Role::Dim);
    match column {
        Column::Time => (clock.short(row.received_at), dim),
        Column::Place => {
            let account = row.account.as_ref().filter(|_| app.session.accounts.is_empty());
            (account.map_or(row.endpoint.as_str(), AccountName::as_str).to_owned(), plain)
        }
        Column::Account => account(row, app, theme),
        Column::Provider => (row.provider.map_or("", |id| id.as_str()).to_owned(), dim),
        Column::Event => match &row.event {
            Some(event) => (event.clone(), plain),
            None => (format!("{} {}", row.method, text::prefix(&row.target, 4 * columns)), dim),
        },
        Column::Resource => {
            (text::visible_id(row.resource.as_deref().unwrap_or_default(), columns), plain)
        }
        Column::Standing => (String::new(), theme.standing(row.standing)),
        Column::Status if row.status.is_success() => (row.status.as_str().to_owned(), dim),
        Column::Status => (row.status.as_str().to_owned(), theme.style(Role::Stale)),
        Column::Size => (size(row.size), dim),
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
    let before = app.deliveries.window().row(place + 1).map(|before| before.received_at);
    let mut strip = Strip::new();
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
/// body is all that tells.
fn standing(row: &Summary, theme: &Theme) -> Strip {
    let mut strip = Strip::of(theme.glyphs.standing(row.standing), theme.standing(row.standing));
    if row.repeat > 1 {
        let doubt = if is_sure_repeat(row) { "" } else { "?" };
        let repeat = format!("{}{}{doubt}", theme.glyphs.times, row.repeat);
        strip.push(&repeat, theme.style(Role::Plain));
    }
    strip
}

/// A number of bytes in at most five columns.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["K", "M", "G", "T"];
    if bytes < 1_000 {
        return bytes.to_string();
    }
    let mut value = bytes as f64;
    let mut unit = "";
    for larger in UNITS {
        if value < 999.5 {
            break;
        }
        value /= 1_024.0;
        unit = larger;
    }
    if value < 9.95 { format!("{value:.1}{unit}") } else { format!("{value:.0}{unit}") }
}

fn draw_absence(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let (text, role) = match app.deliveries.failure() {
        Some(reason) => (format!("  the list cannot be read: {reason}"), Role::Refuted),
        None if app.deliveries.is_loading() => ("  reading".to_owned(), Role::Dim),
        None => ("  no delivery matches the filter".to_owned(), Role::Dim),
    };
    super::lines::draw_block(buffer, area, Strip::of(&text, theme.style(role)), true);
}

#[cfg(test)]
mod tests;
