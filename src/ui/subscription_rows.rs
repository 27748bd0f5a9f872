//! The list of subscriptions: one line each.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::screen::Places;
use crate::app::subscribing::{Known, Row};
use crate::domain::ledger::{Drift, Listed};

/// The columns before the first one: for the cursor, and whether it sends.
const MARKS: usize = 4;

/// Columns between two others.
const GAP: usize = 2;

/// The columns of what a subscription is to us.
const STANDING: usize = 20;

/// How wide the columns are; none for those that have no room or nothing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout {
    id: usize,
    name: usize,
    target: usize,
    events: usize,
    standing: usize,
}

impl Layout {
    fn new(width: u16, rows: &[Row]) -> Self {
        let widest = |of: fn(&Listed) -> &str, most: usize| {
            let widths = rows.iter().map(|row| text::width(&text::visible(of(&row.listed))));
            widths.max().unwrap_or(0).min(most)
        };
        let width = usize::from(width).saturating_sub(MARKS + 1);
        let mut layout = Self {
            id: widest(|listed| &listed.subscription.id, if width < 110 { 12 } else { 36 }).max(4),
            name: widest(|listed| &listed.subscription.name, 18),
            target: 0,
            events: 0,
            standing: if width < 72 { (width / 4).clamp(9, STANDING) } else { STANDING },
        };
        let mut left = width.saturating_sub(layout.taken());
        if left < 12 {
            layout.name = 0;
            left = width.saturating_sub(layout.taken());
        }
        let wanted = widest(|listed| &listed.subscription.target, 60).max(6) + GAP;
        if left >= 12 {
            let has_room = left >= wanted + 24;
            let target = if has_room { wanted } else { left };
            layout.target = target - GAP;
            layout.events = (left - target).saturating_sub(GAP);
        }
        layout
    }

    fn taken(&self) -> usize {
        let columns = [self.id, self.name, self.target, self.events, self.standing];
        columns.iter().filter(|columns| **columns > 0).map(|columns| columns + GAP).sum::<usize>()
    }
}

/// Draws the names of the columns and the subscriptions that are in sight.
pub(super) fn draw(
    buffer: &mut Buffer,
    places: &Places,
    known: &Known,
    is_focused: bool,
    clock: &Clock<'_>,
    theme: &Theme,
) {
    let layout = Layout::new(places.rows.width, known.rows());
    let dim = theme.style(Role::Dim);
    if places.head.height > 0 {
        let names = ["id", "name", "target", "events", ""];
        line("", "", dim, &names.map(|name| (name.to_owned(), dim)), &layout)
            .draw(buffer, places.head);
    }
    let rows = known.rows().iter().enumerate().skip(known.top());
    for ((at, row), area) in rows.zip(places.rows.rows()) {
        let is_under_cursor = at == known.cursor();
        if is_under_cursor {
            let role = if is_focused { Role::Cursor } else { Role::CursorAside };
            buffer.set_style(area, theme.style(role));
        }
        let mark = if is_under_cursor { theme.glyphs.cursor } else { "" };
        let (glyph, style) = glyph(&row.listed, theme);
        line(mark, glyph, style, &cells(&row.listed, clock, theme), &layout).draw(buffer, area);
    }
}

fn line(mark: &str, glyph: &str, style: Style, cells: &[(String, Style); 5], at: &Layout) -> Strip {
    let mut strip = Strip::new();
    strip.column(mark, 2, style);
    strip.column(glyph, text::width(glyph).max(1) + 1, style);
    let columns = [at.id, at.name, at.target, at.events, at.standing];
    for (number, ((text, style), columns)) in cells.iter().zip(columns).enumerate() {
        if columns > 0 {
            // The telling part of an id stands at its end.
            let text = if number == 0 { text::visible_id(text, columns) } else { text.clone() };
            strip.column(&text, columns, *style);
            strip.gap(GAP);
        }
    }
    strip
}

fn cells(listed: &Listed, clock: &Clock<'_>, theme: &Theme) -> [(String, Style); 5] {
    let plain = theme.style(Role::Plain);
    let subscription = &listed.subscription;
    let (standing, role) = standing(listed, clock);
    [
        (subscription.id.clone(), plain),
        (subscription.name.clone(), plain),
        (subscription.target.clone(), plain),
        (subscription.events.join(", "), theme.style(Role::Dim)),
        (standing, theme.style(role)),
    ]
}

/// Whether it sends, as a glyph.
fn glyph(listed: &Listed, theme: &Theme) -> (&'static str, Style) {
    let (glyph, role) = match (listed.drift, listed.subscription.active) {
        (Some(Drift::Gone), _) => (theme.glyphs.failed(), Role::Refuted),
        (_, true) => (theme.glyphs.well, Role::Verified),
        (_, false) => (theme.glyphs.idle, Role::Dim),
    };
    (glyph, theme.style(role))
}

/// What it is to us, in a few words.
fn standing(listed: &Listed, clock: &Clock<'_>) -> (String, Role) {
    match (listed.drift, listed.leased, listed.ours) {
        (Some(Drift::Gone), ..) => {
            let since = listed.gone_since.map(|at| format!(" since {}", clock.weekday(at)));
            (format!("gone{}", since.unwrap_or_default()), Role::Refuted)
        }
        (_, true, _) => ("leased".to_owned(), Role::Accent),
        (Some(drift), ..) => (drift.as_str().to_owned(), Role::Stale),
        (None, _, true) => ("ours".to_owned(), Role::Plain),
        (None, _, false) => ("not ours".to_owned(), Role::Dim),
    }
}
