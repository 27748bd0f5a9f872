//! What the listener tells everyone who listens to it.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::delivery::DeliveryId;
use super::record::Record;
use super::refusal::Refusal;

/// Something knocked and was captured or refused, or we know more about what knocked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// A delivery, stored and about to be answered.
    Captured(Arc<Record>),
    /// A request that was not captured.
    Refused(Refusal),
    /// A delivery from before was inspected again: another verdict, or clues to the one it has.
    Reinspected(Arc<Record>),
    /// A delivery from before was answered with another status than it was stored with.
    Answered {
        /// The delivery.
        id: DeliveryId,
        /// What its sender got.
        status: StatusCode,
    },
    /// A stored delivery waits for the user's answer.
    Held {
        /// The delivery.
        record: Arc<Record>,
        /// How long it waits at most.
        budget: Duration,
    },
    /// A delivery waits no longer.
    LetGo(DeliveryId),
    /// Deliveries are gone from the store, the oldest first.
    Deleted(Arc<[DeliveryId]>),
}
