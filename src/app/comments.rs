//! What is written about deliveries, wherever the list is. The store keeps it.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::annotation::Comment;
use crate::domain::delivery::DeliveryId;

/// The comments that are known. One that was taken away is there and says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comments {
    written: BTreeMap<DeliveryId, Comment>,
}

impl Comments {
    /// What is written about a delivery, if anything ever was.
    #[must_use]
    pub fn of(&self, id: DeliveryId) -> Option<&Comment> {
        self.written.get(&id)
    }

    /// Every tag that some delivery has, in order.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let tags = self.written.values().flat_map(Comment::tags);
        tags.collect::<BTreeSet<_>>().into_iter().cloned().collect()
    }

    /// Those that the store has.
    pub fn load(&mut self, written: Vec<(DeliveryId, Comment)>) {
        self.written = written.into_iter().collect();
    }

    /// Something is written about a delivery.
    pub fn write(&mut self, id: DeliveryId, comment: Comment) {
        self.written.insert(id, comment);
    }

    /// Deliveries are gone.
    pub fn forget(&mut self, ids: &BTreeSet<DeliveryId>) {
        self.written.retain(|id, _| !ids.contains(id));
    }
}
