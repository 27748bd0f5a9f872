//! The columns that the user pinned, and what the rows have there. Values are read for rows that are in
//! sight or about to be sorted, and only so many are kept.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::domain::delivery::DeliveryId;
use crate::domain::pin::{Cell, Cells, Pin, cells_in};
use crate::domain::record::Record;

/// More columns than these are not pinned.
pub const MOST_PINS: usize = 4;

/// The values of so many rows are read at once.
const AT_ONCE: usize = 200;

/// With the values of more rows than these, those that nobody wants are let go.
const MOST_KEPT: usize = 2_000;

/// Longer bodies are left to the store: they take their time.
const LONG: usize = 64 * 1024;

/// The pinned columns.
#[derive(Clone, Debug, Default)]
pub struct Pins {
    pinned: Arc<[Pin]>,
    cells: HashMap<DeliveryId, Cells>,
    is_asked: bool,
    has_failed: bool,
}

impl Pins {
    /// The columns, in the order in which they were pinned.
    #[must_use]
    pub fn pinned(&self) -> &Arc<[Pin]> {
        &self.pinned
    }

    /// Whether a column is pinned.
    #[must_use]
    pub fn holds(&self, pin: &Pin) -> bool {
        self.pinned.contains(pin)
    }

    /// What a row has in a column, as far as that is known.
    #[must_use]
    pub fn cell(&self, id: DeliveryId, pin: &Pin) -> Option<&Cell> {
        let place = self.pinned.iter().position(|pinned| pinned == pin)?;
        self.cells.get(&id)?.get(place)?.as_ref()
    }

    /// What a row has in any column, as far as that is known.
    pub fn cells(&self, id: DeliveryId) -> impl Iterator<Item = &Cell> {
        self.cells.get(&id).into_iter().flatten().flatten()
    }

    /// Pins a column; false if there are as many as there can be.
    pub(super) fn pin(&mut self, pin: Pin) -> bool {
        let has_room = self.pinned.len() < MOST_PINS;
        if has_room {
            self.replace(self.pinned.iter().cloned().chain([pin]).collect());
        }
        has_room
    }

    /// Takes a column off.
    pub(super) fn unpin(&mut self, pin: &Pin) {
        self.replace(self.pinned.iter().filter(|pinned| *pinned != pin).cloned().collect());
    }

    fn replace(&mut self, pinned: Arc<[Pin]>) {
        *self = Self { pinned, ..Self::default() };
    }

    /// A delivery was captured.
    pub(super) fn came(&mut self, record: &Record) {
        let body = &record.delivery.request.body;
        if !self.pinned.is_empty() && body.len() <= LONG {
            self.cells.insert(record.id, cells_in(&self.pinned, body));
        }
    }

    /// Deliveries are gone.
    pub(super) fn forget(&mut self, ids: &BTreeSet<DeliveryId>) {
        self.cells.retain(|id, _| !ids.contains(id));
    }

    /// Whether what a row has still has to be read.
    pub(super) fn lacks(&self, id: DeliveryId) -> bool {
        !self.pinned.is_empty() && !self.cells.contains_key(&id)
    }

    /// The rows to read now, of those that are wanted.
    pub(super) fn ask(&mut self, wanted: &[DeliveryId]) -> Option<Vec<DeliveryId>> {
        if self.cells.len() > MOST_KEPT {
            let wanted = wanted.iter().copied().collect::<BTreeSet<_>>();
            self.cells.retain(|id, _| wanted.contains(id));
        }
        if self.is_asked || self.has_failed {
            return None;
        }
        let lacking = wanted.iter().copied().filter(|id| self.lacks(*id));
        let lacking = lacking.take(AT_ONCE).collect::<Vec<_>>();
        self.is_asked = !lacking.is_empty();
        self.is_asked.then_some(lacking)
    }

    /// Takes in what rows have; what is not of these columns is dropped. False if it could not be read.
    pub(super) fn loaded(
        &mut self,
        pins: &Arc<[Pin]>,
        cells: Option<Vec<(DeliveryId, Cells)>>,
    ) -> bool {
        if self.pinned != *pins {
            return true;
        }
        self.is_asked = false;
        self.has_failed = cells.is_none();
        self.cells.extend(cells.into_iter().flatten());
        !self.has_failed
    }

    /// Lets what failed be asked for again.
    pub(super) fn retry(&mut self) {
        self.has_failed = false;
    }
}
