//! What we conclude from a delivery: derived by a pure function, never part of the fact.

use super::event::{Event, ProviderId};
use super::verdict::Verdict;

/// Provider, event and verdict of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Who sent it, if it is one of the known providers.
    pub provider: Option<ProviderId>,
    /// What it reports.
    pub event: Event,
    /// Whether its authentication holds.
    pub verdict: Verdict,
}
