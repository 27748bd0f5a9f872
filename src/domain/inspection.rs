//! What we conclude from a delivery: derived by a pure function, never part of the fact.

use super::event::{Event, ProviderId};
use super::name::AccountName;
use super::verdict::Verdict;

/// Provider, account, event and verdict of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Who sent it, if it is one of the known providers.
    pub provider: Option<ProviderId>,
    /// The account it belongs to, if that could be told.
    pub account: Option<AccountName>,
    /// What it reports.
    pub event: Event,
    /// Whether its authentication holds.
    pub verdict: Verdict,
}
