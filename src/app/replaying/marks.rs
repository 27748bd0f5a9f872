//! The deliveries that are marked, wherever the list is. The store keeps them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::delivery::DeliveryId;
use crate::domain::name::EndpointName;
use crate::domain::record::Summary;

/// Marked deliveries with their endpoints, in the order in which they arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    marked: BTreeMap<DeliveryId, EndpointName>,
    last: Option<DeliveryId>,
    /// Another program may have changed them.
    stale: bool,
}

impl Marks {
    /// How many are marked.
    #[must_use]
    pub fn count(&self) -> usize {
        self.marked.len()
    }

    /// Whether a delivery is marked.
    #[must_use]
    pub fn holds(&self, id: DeliveryId) -> bool {
        self.marked.contains_key(&id)
    }

    /// The marked deliveries, the first that arrived first.
    pub fn iter(&self) -> impl Iterator<Item = (DeliveryId, &EndpointName)> {
        self.marked.iter().map(|(id, endpoint)| (*id, endpoint))
    }

    /// The delivery that was marked last, where a range begins.
    #[must_use]
    pub fn last(&self) -> Option<DeliveryId> {
        self.last
    }

    /// Those that the store has.
    pub fn load(&mut self, marked: Vec<(DeliveryId, EndpointName)>) {
        self.marked = marked.into_iter().collect();
        self.last = self.last.filter(|last| self.marked.contains_key(last));
    }

    /// Another program may have changed them in the store.
    pub fn doubt(&mut self) {
        self.stale = true;
    }

    /// Whether they have to be read again; they then count as being read.
    pub fn doubts(&mut self) -> bool {
        std::mem::take(&mut self.stale)
    }

    /// Deliveries are gone.
    pub fn forget(&mut self, ids: &BTreeSet<DeliveryId>) {
        self.marked.retain(|id, _| !ids.contains(id));
        self.last = self.last.filter(|last| !ids.contains(last));
    }

    /// Takes every mark away; those that were marked.
    pub fn clear(&mut self) -> Vec<DeliveryId> {
        self.last = None;
        std::mem::take(&mut self.marked).into_keys().collect()
    }

    /// Marks a delivery.
    pub fn mark(&mut self, row: &Summary) {
        self.marked.insert(row.id, row.endpoint.clone());
        self.last = Some(row.id);
    }

    /// Marks a delivery, or takes its mark away.
    pub fn toggle(&mut self, row: &Summary) {
        if self.marked.remove(&row.id).is_none() {
            self.mark(row);
        } else if self.last == Some(row.id) {
            self.last = None;
        }
    }
}
