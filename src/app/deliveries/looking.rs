//! What somebody does with the list who looks at it: filter, order, columns, moving about.

use super::applied::{Applied, Unseen};
use super::column::Column;
use super::list::Deliveries;
use super::loading::Jump;
use super::matches::Matches;
use super::row::says;
use super::sorted::{Order, Sorted};
use crate::app::search::{Needle, Step};
use crate::domain::delivery::DeliveryId;
use crate::domain::pin::Pin;

impl Deliveries {
    /// Brings selection and first row into what is there and in sight. Everything that changes the
    /// list ends here. While it is to stand still, the newest delivery is not followed.
    pub fn settle(&mut self, height: usize, is_still: bool) {
        self.sight.settle(height, is_still);
        if self.sight.top == 0 && !self.sight.window.newer && self.sorted.is_none() {
            self.unseen = Unseen::default();
        }
    }

    /// Shows what matches another filter, from `around` on if given, else from the newest; if it is
    /// sorted, in the same order.
    pub fn apply(&mut self, filter: Applied, around: Option<DeliveryId>) {
        self.filter = filter;
        self.matches = Matches::default();
        self.unseen = Unseen::default();
        match self.sorted.take() {
            Some(sorted) => self.sort(sorted.order().clone()),
            None => self.begin(around.map_or(Jump::Newest, Jump::To)),
        }
    }

    /// Shows the newest deliveries that match in another order. What is selected stays so, unless that
    /// is the first row.
    pub fn sort(&mut self, order: Order) {
        let is_from_top = self.sight.follow || self.cursor() == Some(0);
        self.sorted = Some(Sorted::new(order, is_from_top));
        self.sight.follow = false;
        self.unseen = Unseen::default();
        self.begin(Jump::Newest);
    }

    /// Shows them as they came, from the selected one on; false if they are.
    pub fn unsort(&mut self) -> bool {
        let was_sorted = self.sorted.take().is_some();
        if was_sorted {
            self.begin(self.sight.selected.map_or(Jump::Newest, Jump::To));
        }
        was_sorted
    }

    /// Pins a column; false if there are as many as there can be.
    pub fn pin(&mut self, pin: Pin) -> bool {
        self.pins.pin(pin)
    }

    /// Takes a column off. Nothing is sorted by it any more.
    pub fn unpin(&mut self, pin: &Pin) {
        self.pins.unpin(pin);
        let by = self.sorted.as_ref().map(|sorted| &sorted.order().column);
        if matches!(by, Some(Column::Pinned(by)) if by == pin) {
            self.unsort();
        }
    }

    /// Moves the selection by so many rows, downwards.
    pub fn move_by(&mut self, rows: isize) {
        self.sight.move_by(rows);
    }

    /// Selects the delivery at that place. Leaving the newest one ends following.
    pub fn select(&mut self, place: usize) {
        self.sight.select(place);
    }

    /// Selects the newest delivery, or the first one if they are sorted.
    pub fn first(&mut self) {
        if self.sorted.is_none() && (self.outdated || self.sight.window.newer) {
            self.loading.jump(Jump::Newest);
        } else {
            self.sight.select(0);
        }
    }

    /// Selects a delivery, or the nearest older one in the list as it came.
    pub fn go_to(&mut self, id: DeliveryId) {
        self.sight.follow = false;
        if let Ok(place) = self.sight.window.place(id) {
            self.sight.select(place);
        } else {
            self.unsort();
            self.loading.jump(Jump::To(id));
        }
    }

    /// Selects the oldest delivery, or the last one if they are sorted.
    pub fn last(&mut self) {
        if self.sorted.is_none() && (self.outdated || self.sight.window.older) {
            self.sight.follow = false;
            self.loading.jump(Jump::Oldest);
        } else {
            self.sight.select(self.sight.window.len().saturating_sub(1));
        }
    }

    /// Keeps the newest delivery selected from now on, or no longer.
    pub fn set_follow(&mut self, follow: bool) {
        self.sight.follow = follow;
        if follow {
            self.unsort();
            self.first();
        }
    }

    /// Looks for text in the rows from the selection on; false if it is not there.
    pub fn search(&mut self, text: &str) -> bool {
        self.search = Needle::new(text);
        self.step(Step::Here)
    }

    /// Selects a neighbouring match; false if there is none.
    pub fn step(&mut self, step: Step) -> bool {
        let Self { search, pins, .. } = self;
        self.sight.find(step, |row| {
            says(row, search) || pins.cells(row.id).any(|cell| search.is_in(&cell.text))
        })
    }
}
