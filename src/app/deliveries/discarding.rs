//! Taking deliveries out of the list before the store deletes them, and bringing them back.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bin::Lot;
use super::list::Deliveries;
use super::loading::Jump;
use crate::domain::delivery::DeliveryId;

impl Deliveries {
    /// Takes deliveries out of the list, for as long as they can be brought back and then for good.
    pub fn discard(&mut self, ids: BTreeSet<DeliveryId>) {
        self.take_out(&ids);
        self.bin.put(ids);
    }

    /// Brings back what was taken out last.
    pub fn bring_back(&mut self) -> Option<Lot> {
        let lot = self.bin.take()?;
        self.read_again(lot.ids.last().copied());
        Some(lot)
    }

    /// The store did what it was told about these; false if they had not been taken out here. What it
    /// has yet is in the list again.
    pub fn deleted(&mut self, told: &Arc<[DeliveryId]>) -> bool {
        let left = self.bin.settle(told);
        if left.as_ref().is_some_and(|left| !left.is_empty()) {
            self.read_again(self.anchor());
        }
        left.is_some()
    }

    /// Reads the list again, around a delivery if the newest one is not followed.
    fn read_again(&mut self, around: Option<DeliveryId>) {
        match &self.sorted {
            Some(sorted) => self.sort(sorted.order().clone()),
            None if self.sight.follow => self.begin(Jump::Newest),
            None => self.begin(around.map_or(Jump::Newest, Jump::To)),
        }
    }
}
