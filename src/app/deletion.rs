//! A deletion: what is asked before it, and what came of it.

use std::sync::Arc;

use crate::domain::delivery::DeliveryId;

/// Deliveries that are deleted on yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// What is asked.
    pub question: String,
    /// The deliveries.
    pub ids: Arc<[DeliveryId]>,
}

/// What came of a deletion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// How many are gone.
    pub gone: u64,
    /// How many stay because they wait for an app or are being replayed.
    pub in_use: u64,
}
