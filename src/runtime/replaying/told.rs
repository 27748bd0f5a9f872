//! What is told while a plan is carried out.

use std::sync::Arc;

use crate::domain::attempt::{Attempt, AttemptId};
use crate::domain::delivery::DeliveryId;
use crate::domain::replay::Progress;

/// What is told while a plan is carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// A request went out and came to its end. It is in the store now, unless it has no number.
    Attempted {
        /// Its number.
        id: Option<AttemptId>,
        /// What was sent and what came of it.
        attempt: Arc<Attempt>,
    },
    /// A delivery was not sent.
    Unsent {
        /// The delivery.
        delivery: DeliveryId,
        /// Why not.
        why: String,
    },
    /// How far it is.
    Progress(Progress),
}
