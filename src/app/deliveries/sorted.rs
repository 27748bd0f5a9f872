//! The list in another order than that in which it came: a still picture of the newest deliveries that
//! match. Nothing is sorted but what is in it, and what arrives later is not.

use std::collections::BTreeSet;

use super::column::Column;
use super::pins::Pins;
use super::window::Window;
use crate::domain::delivery::DeliveryId;
use crate::domain::page::{Cursor, Page};
use crate::domain::record::Summary;

/// More rows than these are not in a picture.
pub const MOST: usize = 1_000;

/// What the rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// The largest comes first.
    pub is_reversed: bool,
}

impl Order {
    /// The order of rows that stand newest first; those that are equal keep that.
    pub(super) fn sort(&self, rows: Vec<Summary>, pins: &Pins) -> Vec<Summary> {
        let keyed = rows.into_iter().map(|row| (self.column.key(&row, pins), row));
        let mut keyed = keyed.collect::<Vec<_>>();
        keyed.sort_by(|(one, _), (other, _)| one.compare(other, self.is_reversed));
        keyed.into_iter().map(|(_, row)| row).collect()
    }
}

/// A picture, or one that is being taken.
#[derive(Clone, Debug)]
pub struct Sorted {
    order: Order,
    /// It is looked at from its top, whatever was selected.
    pub(super) is_from_top: bool,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    /// Nothing was read yet.
    Asked,
    /// What was read so far.
    Gathering(Window),
    /// The picture is taken; whether there are older ones that match, which it does not have.
    Taken { has_more: bool },
}

impl Sorted {
    /// A picture that is to be taken.
    pub(super) fn new(order: Order, is_from_top: bool) -> Self {
        Self { order, is_from_top, stage: Stage::Asked }
    }

    /// Its order.
    #[must_use]
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// Whether older ones match that are not in the picture; none until it is taken.
    #[must_use]
    pub fn has_more(&self) -> Option<bool> {
        match self.stage {
            Stage::Taken { has_more } => Some(has_more),
            Stage::Asked | Stage::Gathering(_) => None,
        }
    }

    /// Whether it is settled which delivery is the newest in it.
    pub(super) fn has_begun(&self) -> bool {
        !matches!(self.stage, Stage::Asked)
    }

    /// Takes in a page: the newest one, else that at the end of what was read.
    pub(super) fn gather(&mut self, cursor: Cursor, page: Page) {
        match &mut self.stage {
            Stage::Gathering(window) => drop(window.extend(cursor, page)),
            _ => self.stage = Stage::Gathering(Window::of(page, false, false)),
        }
    }

    /// Where to read on.
    pub(super) fn missing(&self) -> Option<Cursor> {
        match &self.stage {
            Stage::Gathering(window) if window.len() < MOST => window.to_older(),
            _ => None,
        }
    }

    /// The rows whose values have to be known before they can be sorted.
    pub(super) fn waiting(&self) -> Vec<DeliveryId> {
        match (&self.stage, &self.order.column) {
            (Stage::Gathering(window), Column::Pinned(_)) => window.ids(),
            _ => Vec::new(),
        }
    }

    /// Deliveries are gone.
    pub(super) fn forget(&mut self, ids: &BTreeSet<DeliveryId>) {
        if let Stage::Gathering(window) = &mut self.stage {
            window.remove(ids, [0; 2]);
        }
    }

    /// Takes the picture, if all is known that it needs: its rows in their order.
    pub(super) fn take(&mut self, pins: &Pins) -> Option<Vec<Summary>> {
        let Stage::Gathering(window) = &self.stage else { return None };
        let needs_cells = matches!(self.order.column, Column::Pinned(_));
        let is_whole = self.missing().is_none();
        if !is_whole || needs_cells && window.ids().iter().any(|id| pins.lacks(*id)) {
            return None;
        }
        let rows = window.rows_from(0).take(MOST).cloned().collect();
        let has_more = window.older || window.len() > MOST;
        self.stage = Stage::Taken { has_more };
        Some(self.order.sort(rows, pins))
    }
}

#[cfg(test)]
mod tests;
