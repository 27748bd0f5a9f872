//! What comes to the list without being asked for: deliveries that arrive, change or go.

use std::collections::BTreeSet;

use http::StatusCode;

use super::list::Deliveries;
use super::loading::Jump;
use super::sorted::Sorted;
use crate::domain::delivery::DeliveryId;
use crate::domain::record::{Record, Summary};

impl Deliveries {
    /// A delivery was captured; true if it is one of those in the list.
    pub fn arrive(&mut self, record: &Record) -> bool {
        if !self.filter.filter.matches(record) {
            return false;
        }
        let row = record.summary();
        self.pins.came(record);
        self.loading.arrived(&row);
        self.matches.arrived();
        // Until it is settled which one is the newest in a picture, nobody can tell.
        if !self.sight.follow && self.sorted.as_ref().is_none_or(Sorted::has_begun) {
            self.unseen.count += 1;
        }
        if !self.outdated {
            self.sight.join(row);
        }
        true
    }

    /// A delivery was inspected again: its row is shown as it is now, whether or not the filter
    /// would still find it.
    pub fn reinspected(&mut self, record: &Record) {
        self.sight.window.replace(record.summary());
    }

    /// Deliveries are gone from the store.
    pub fn gone(&mut self, ids: &BTreeSet<DeliveryId>) {
        self.bin.forget(ids);
        self.matches.lost();
        self.take_out(ids);
    }

    /// Takes deliveries out of the list. What was selected gives way to the one below it.
    pub(super) fn take_out(&mut self, ids: &BTreeSet<DeliveryId>) {
        self.loading.gone(ids);
        self.pins.forget(ids);
        self.sight.remove(ids);
        match &mut self.sorted {
            Some(sorted) => {
                sorted.forget(ids);
                if self.sight.window.is_empty() && sorted.has_more() == Some(true) {
                    let order = sorted.order().clone();
                    self.sort(order);
                }
            }
            None if self.sight.window.is_spent() => {
                self.loading.jump(self.sight.selected.map_or(Jump::Newest, Jump::To));
            }
            None => {}
        }
    }

    /// The rows in memory, if deliveries may be gone without a word; whoever asks looks after them.
    pub fn doubts(&mut self) -> Option<Vec<DeliveryId>> {
        self.loading.doubts().then(|| self.sight.window.ids())
    }

    /// A delivery was answered with another status than it came in with. Returns its row.
    pub fn answered(&mut self, id: DeliveryId, status: StatusCode) -> Option<Summary> {
        let row = Summary { status, ..self.sight.window.row_of(id)?.clone() };
        self.sight.window.replace(row.clone());
        Some(row)
    }

    /// Deliveries were captured that did not come in here, so many of the list if somebody counted:
    /// the store has to be asked.
    pub fn lost(&mut self, counted: Option<u64>) {
        self.loading.lost();
        self.matches.lost();
        if self.sorted.is_none() && (self.sight.follow || self.sight.window.is_empty()) {
            return self.loading.jump(Jump::Newest);
        }
        if self.sorted.is_none() {
            self.sight.window.lost();
        }
        self.unseen.count += counted.unwrap_or(0);
        self.unseen.or_more |= counted.is_none();
    }
}
