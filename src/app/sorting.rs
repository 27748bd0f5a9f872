//! The columns of the stream: which are pinned, and by which it is sorted.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::columns::{Columns, Entry};
use super::deliveries::column::Column;
use super::deliveries::pins::MOST_PINS;
use super::deliveries::sorted::Order;
use super::detail::content::Content;
use super::overlay::Overlay;
use super::state::{App, Focus};
use super::tab::Tab;
use super::table;
use super::toast::Notice;
use crate::domain::delivery::DeliveryId;
use crate::domain::pin::{Cells, Pin};

/// So many values of the open body are offered as columns.
const MOST_OFFERED: usize = 200;

/// Lists the columns that there are, then the values of the open body that can become columns.
pub fn open(app: &mut App) {
    let pins = app.deliveries.pins();
    let pinned = pins.pinned().iter().cloned().map(Column::Pinned);
    let own = Column::ALL.into_iter().filter(|column| table::has(column, app)).chain(pinned);
    let own = own.map(|column| Entry { column, value: None });
    let values = values(app).into_iter().filter_map(|(pointer, value)| {
        let pin = Pin::new(&pointer).filter(|pin| !pins.holds(pin))?;
        Some(Entry { column: Column::Pinned(pin), value: Some(value) })
    });
    let entries = own.chain(values).collect::<Vec<_>>();
    let by = by(app).column;
    let at = entries.iter().position(|entry| entry.column == by).unwrap_or(0);
    app.overlays.push(Overlay::Columns(Columns::new(entries, at)));
}

/// What the open body has, by its pointers, if it is JSON.
#[must_use]
pub fn values(app: &App) -> Vec<(String, String)> {
    let is_selected = app.detail.id().is_some() && app.detail.id() == app.deliveries.selected();
    let document = app.detail.document().filter(|_| is_selected);
    document.map(|document| document.values(MOST_OFFERED)).unwrap_or_default()
}

/// The order that the list is in.
#[must_use]
pub fn by(app: &App) -> Order {
    let arrival = Order { column: Column::Arrival, is_reversed: true };
    app.deliveries.sorted().map_or(arrival, |sorted| sorted.order().clone())
}

/// Sorts by the column under the cursor of the list of columns, and closes that.
pub fn choose(app: &mut App) {
    if let Some(Overlay::Columns(columns)) = app.overlays.pop()
        && let Some(entry) = columns.current()
    {
        sort_or_reverse(app, entry.column.clone());
    }
}

/// Sorts by the column whose name is at that place of the head.
pub fn point_at_head(app: &mut App, head: Rect, x: u16) {
    if let Some(column) = table::column_at(head, x, app).filter(|_| !app.arrangement.plain) {
        sort_or_reverse(app, column);
    }
}

/// Sorts by a column; the other way if it is sorted by that.
fn sort_or_reverse(app: &mut App, column: Column) {
    let by = by(app);
    let is_reversed = by.column == column && !by.is_reversed;
    sort(app, column, is_reversed);
}

/// Sorts by a column, which is pinned for that if it has to be.
pub fn sort(app: &mut App, column: Column, is_reversed: bool) {
    if let Column::Pinned(pin) = &column
        && !has(app, pin.clone())
    {
        return;
    }
    app.focus = Focus::Stream;
    if column == Column::Arrival {
        app.deliveries.unsort();
    } else {
        app.deliveries.sort(Order { column, is_reversed });
    }
}

/// Pins what is under the cursor, or takes it off: a column of the list, or a value of the body.
pub fn pin(app: &mut App) {
    let pin = match app.overlays.last() {
        Some(Overlay::Columns(columns)) => match columns.current().map(|entry| &entry.column) {
            Some(Column::Pinned(pin)) => Ok(pin.clone()),
            _ => Err("this column is always there; values of bodies can be pinned and taken off"),
        },
        _ => under_cursor(app),
    };
    match pin {
        Ok(pin) => {
            let is_pinned = app.deliveries.pins().holds(&pin);
            turn(app, pin, !is_pinned);
        }
        Err(why) => app.notify(Notice::warning(why)),
    }
}

fn under_cursor(app: &App) -> Result<Pin, &'static str> {
    const NO_VALUE: &str = "there is no JSON value here: go to one in the body";
    let Some(Content::Document(view)) = app.detail.content_of(Tab::Body) else {
        return Err(NO_VALUE);
    };
    if app.detail.tab() != Tab::Body {
        return Err(NO_VALUE);
    }
    view.pointer_from_top().and_then(|pointer| Pin::new(&pointer)).ok_or(NO_VALUE)
}

/// Pins a column, or takes it off, and says so.
pub fn turn(app: &mut App, pin: Pin, is_pinned: bool) {
    let pointer = pin.pointer().to_owned();
    if is_pinned {
        let was_pinned = app.deliveries.pins().holds(&pin);
        if has(app, pin) && !was_pinned {
            app.notify(Notice::done(format!("{pointer} is a column of the stream")));
        }
    } else if app.deliveries.pins().holds(&pin) {
        app.deliveries.unpin(&pin);
        app.notify(Notice::done(format!("{pointer} is no column any more")));
    } else {
        app.notify(Notice::warning(format!("{pointer} is no column")));
    }
}

/// Whether a column is pinned, which is done if it can be; else a notice says why not.
fn has(app: &mut App, pin: Pin) -> bool {
    let has_it = app.deliveries.pins().holds(&pin) || app.deliveries.pin(pin);
    if !has_it {
        let text = format!("{MOST_PINS} columns are pinned: take one off first");
        app.notify(Notice::warning(text));
    }
    has_it
}

/// Takes in what rows have in pinned columns.
pub fn cells_loaded(
    app: &mut App,
    pins: &Arc<[Pin]>,
    cells: Result<Vec<(DeliveryId, Cells)>, String>,
) {
    let (cells, why) = match cells {
        Ok(cells) => (Some(cells), String::new()),
        Err(why) => (None, why),
    };
    if !app.deliveries.cells_loaded(pins, cells) {
        app.notify(Notice::error(format!("the columns cannot be read: {why}")));
    }
}
