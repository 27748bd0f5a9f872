//! The table that the stream is: which columns there is room for, and where each stands.

use ratatui::layout::Rect;

use super::deliveries::column::Column;
use super::session::Session;
use super::state::App;
use crate::domain::pin::Pin;

/// The columns before the first one, for the cursor and the mark.
pub const MARK: u16 = 2;

/// The columns behind the last one.
const MARGIN: u16 = 1;

/// The columns of a time.
pub const TIME: u16 = 8;

/// From this width on there are two columns between two others.
const SPACIOUS: u16 = 76;

/// A column in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it shows.
    pub column: Column,
    /// Where it begins, from the left border of the table.
    pub x: u16,
    /// How wide it is.
    pub width: u16,
    /// How wide it is at least.
    pub least: u16,
}

/// How a column takes part in a row: the columns it needs, and those it may take when there is room.
#[derive(Clone, Debug)]
struct Shape {
    column: Column,
    least: u16,
    most: u16,
    /// Columns with a smaller number are given up later.
    rank: u8,
    width: u16,
}

const fn shape(column: Column, least: u16, most: u16, rank: u8) -> Shape {
    Shape { column, least, most, rank, width: least }
}

/// Every column but those that are pinned, which stand before the verdict, from left to right.
#[rustfmt::skip]
const SHAPES: [Shape; 9] = [
    shape(Column::Arrival,  TIME, TIME, 0),
    shape(Column::Endpoint, 8,    12,   8),
    shape(Column::Account,  8,    16,   8),
    shape(Column::Provider, 9,    9,    10),
    shape(Column::Event,    14,   20,   0),
    shape(Column::Id,       8,    18,   7),
    shape(Column::Auth,     4,    5,    0),
    shape(Column::Status,   4,    4,    6),
    shape(Column::Size,     5,    5,    9),
];

/// The first one that is pinned; those behind it are given up before it.
const PINNED: Shape = shape(Column::Arrival, 8, 24, 2);

/// The columns of the stream in a table of that width.
#[must_use]
pub fn places(width: u16, app: &App) -> Vec<Place> {
    let (list, belonging) = (&app.deliveries, Belonging::of(&app.session));
    let by = list.sorted().map(|sorted| &sorted.order().column);
    arrange(width, belonging, list.pins().pinned(), by)
}

/// Whether a column tells anything here, if there is room for it.
#[must_use]
pub fn has(column: &Column, app: &App) -> bool {
    Belonging::of(&app.session).is_told_by(column)
}

/// The column whose title stands at that place of the head.
#[must_use]
pub fn column_at(head: Rect, x: u16, app: &App) -> Option<Column> {
    let x = x.checked_sub(head.x)?;
    let mut places = places(head.width, app).into_iter();
    places.find(|place| (place.x..place.x + place.width).contains(&x)).map(|place| place.column)
}

/// As many columns as there is room for, then each as wide as it may be. That which is sorted by is
/// given up last.
fn arrange(width: u16, belonging: Belonging, pins: &[Pin], by: Option<&Column>) -> Vec<Place> {
    let width = width.saturating_sub(MARK + MARGIN);
    let gap = if width >= SPACIOUS { 2 } else { 1 };
    let mut shapes = shapes(pins);
    shapes.retain(|shape| belonging.is_told_by(&shape.column));
    for shape in shapes.iter_mut().filter(|shape| Some(&shape.column) == by) {
        shape.rank = shape.rank.min(1);
    }
    // Two columns about where a delivery belongs are a luxury.
    if taken(&shapes, gap) > width && belonging == Belonging::EndpointsAndAccounts {
        shapes.retain(|shape| shape.column != Column::Endpoint);
    }
    while taken(&shapes, gap) > width {
        let least_wanted = shapes.iter().map(|shape| shape.rank).max().unwrap_or(0);
        if least_wanted == 0 {
            break;
        }
        shapes.retain(|shape| shape.rank < least_wanted);
    }
    let left = width.saturating_sub(taken(&shapes, gap));
    widen(&mut shapes, left);
    let mut x = MARK;
    let place = |Shape { column, width, least, .. }| {
        let place = Place { column, x, width, least };
        x += width + gap;
        place
    };
    shapes.into_iter().map(place).collect()
}

fn shapes(pins: &[Pin]) -> Vec<Shape> {
    let pinned = pins.iter().zip(PINNED.rank..).map(|(pin, rank)| {
        let column = Column::Pinned(pin.clone());
        Shape { column, rank, ..PINNED }
    });
    let mut shapes = SHAPES.to_vec();
    let auth = shapes.iter().position(|shape| shape.column == Column::Auth).unwrap_or(0);
    shapes.splice(auth..auth, pinned);
    shapes
}

/// Gives what room is left to those that have the least of what they may have, and the rest to the
/// event, so that the numbers stand at the right border.
fn widen(shapes: &mut [Shape], mut left: u16) {
    while let Some(shape) = shapes
        .iter_mut()
        .filter(|shape| left > 0 && shape.width < shape.most)
        .min_by_key(|shape| shape.width * 100 / shape.most)
    {
        shape.width += 1;
        left -= 1;
    }
    if let Some(event) = shapes.iter_mut().find(|shape| shape.column == Column::Event) {
        event.width += left;
    }
}

fn taken(shapes: &[Shape], gap: u16) -> u16 {
    shapes.iter().map(|shape| shape.width + gap).sum::<u16>().saturating_sub(gap)
}

/// What tells where deliveries belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Belonging {
    /// All belong to the same place, so that a column would say the same everywhere.
    One,
    /// They arrive at different endpoints; where one is for an account, that says more.
    Endpoints,
    /// They belong to accounts, wherever they arrive.
    Accounts,
    /// They differ in both.
    EndpointsAndAccounts,
}

impl Belonging {
    fn of(session: &Session) -> Self {
        let endpoints = &session.endpoints;
        let (has_accounts, has_many) = (!session.accounts.is_empty(), endpoints.len() != 1);
        match (has_accounts, has_many) {
            (true, true) => Self::EndpointsAndAccounts,
            (true, false) => Self::Accounts,
            (false, true) => Self::Endpoints,
            (false, false) if endpoints.iter().any(|endpoint| endpoint.account.is_some()) => {
                Self::Endpoints
            }
            (false, false) => Self::One,
        }
    }

    fn is_told_by(self, column: &Column) -> bool {
        match column {
            Column::Endpoint => matches!(self, Self::Endpoints | Self::EndpointsAndAccounts),
            Column::Account => matches!(self, Self::Accounts | Self::EndpointsAndAccounts),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests;
