//! The deliveries that are marked, wherever the list is.

use std::collections::BTreeMap;

use crate::domain::delivery::DeliveryId;
use crate::domain::name::EndpointName;
use crate::domain::record::Summary;

/// Marked deliveries with their endpoints, in the order in which they arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    marked: BTreeMap<DeliveryId, EndpointName>,
    last: Option<DeliveryId>,
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
