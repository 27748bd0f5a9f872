//! What the listener tells everyone who listens to it.

use std::sync::Arc;

use super::record::Record;
use super::refusal::Refusal;

/// Something knocked: it was captured, or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// A delivery, stored and about to be answered.
    Captured(Arc<Record>),
    /// A request that was not captured.
    Refused(Refusal),
}
