//! Which rows are in memory, which of them is selected, and which are in sight.

use std::collections::BTreeSet;

use super::window::Window;
use crate::app::search::{Step, nearest};
use crate::domain::delivery::DeliveryId;
use crate::domain::record::Summary;

/// The rows as somebody looks at them.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    pub(super) window: Window,
    pub(super) selected: Option<DeliveryId>,
    /// The place of the first row in sight.
    pub(super) top: usize,
    /// The newest delivery is kept selected.
    pub(super) follow: bool,
}

impl Sight {
    /// The place of the selected delivery, or of the nearest one.
    pub(super) fn cursor(&self) -> Option<usize> {
        let place = match self.window.place(self.selected?) {
            Ok(place) | Err(place) => place,
        };
        (!self.window.is_empty()).then(|| place.min(self.window.len() - 1))
    }

    /// Shows other rows from one place on, which is selected.
    pub(super) fn replace(&mut self, window: Window, top: usize) {
        self.window = window;
        self.top = top;
        self.selected = self.window.id(top);
    }

    /// Takes rows out. What was selected gives way to the one below it.
    pub(super) fn remove(&mut self, ids: &BTreeSet<DeliveryId>) {
        let cursor = self.cursor().unwrap_or(0);
        let [above_top, above_cursor] = self.window.remove(ids, [self.top, cursor]);
        self.top -= above_top;
        let place = (cursor - above_cursor).min(self.window.len().saturating_sub(1));
        self.selected = self.selected.and_then(|_| self.window.id(place));
    }

    /// Puts a captured delivery among the rows; false if it is not one of them or was there already.
    /// What is in sight stays where it is.
    pub(super) fn join(&mut self, row: Summary) -> bool {
        let place = self.window.insert(row);
        if place.is_some_and(|place| place <= self.top) {
            self.top += 1;
        }
        self.trim();
        place.is_some()
    }

    /// Keeps the memory bounded, at the end that is farther from what is in sight.
    pub(super) fn trim(&mut self) {
        if self.top > self.window.len() / 2 {
            self.top -= self.window.drop_newest();
        } else {
            self.window.drop_oldest();
        }
    }

    /// Brings selection and first row into what is there and in sight.
    pub(super) fn settle(&mut self, height: usize, is_still: bool) {
        let lowest_top = self.window.len().saturating_sub(height);
        if self.follow && !is_still {
            self.top = 0;
            self.selected = self.window.id(0);
        } else {
            let cursor = self.cursor().unwrap_or(0);
            self.selected = self.window.id(cursor);
            let furthest = (cursor + 1).saturating_sub(height);
            self.top = self.top.clamp(furthest, cursor).min(lowest_top);
        }
    }

    /// Moves the selection by so many rows, towards the older ones.
    pub(super) fn move_by(&mut self, rows: isize) {
        if let Some(cursor) = self.cursor() {
            self.select(cursor.saturating_add_signed(rows).min(self.window.len() - 1));
        }
    }

    /// Selects the delivery at that place. Leaving the newest one ends following.
    pub(super) fn select(&mut self, place: usize) {
        if let Some(id) = self.window.id(place) {
            self.selected = Some(id);
            self.follow &= place == 0;
        }
    }

    /// Selects the nearest row that is looked for; false if there is none.
    pub(super) fn find(&mut self, step: Step, is_it: impl Fn(&Summary) -> bool) -> bool {
        let holds = |place| self.window.row(place).is_some_and(&is_it);
        let found = nearest(self.cursor().unwrap_or(0), self.window.len(), step, holds);
        if let Some(place) = found {
            self.select(place);
        }
        found.is_some()
    }
}
