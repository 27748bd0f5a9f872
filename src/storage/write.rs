//! What is written besides deliveries: something about what goes out. Each is one statement, so it
//! is there whole or not at all, and leaves a transaction as it was if it fails.

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::{attempts, leases, ledger};
use crate::domain::attempt::Attempt;
use crate::domain::ledger::{Lease, LeaseId, LedgerId, NewEntry, Sighting};
use crate::domain::name::AccountName;

/// Something to write.
#[derive(Debug)]
pub(super) enum Write {
    /// An attempt.
    Attempt(Box<Attempt>),
    /// A subscription that a provider is about to be asked for.
    Begin(NewEntry),
    /// What the provider answered.
    Answer { entry: LedgerId, answer: Bytes },
    /// The subscription that was made.
    Name { entry: LedgerId, subscription: String, seen: Map<String, Value> },
    /// What was seen of a subscription.
    Sight { account: AccountName, subscription: String, sighting: Sighting },
    /// A lease that is about to be taken.
    TakeLease(Lease),
    /// A lease that has ended.
    EndLease { lease: LeaseId, at: Timestamp },
}

impl Write {
    /// Writes it; returns the number of its row if it makes one, else 0.
    pub(super) fn perform(&self, connection: &Connection) -> rusqlite::Result<i64> {
        match self {
            Self::Attempt(attempt) => return attempts::insert(connection, attempt),
            Self::Begin(entry) => return ledger::begin(connection, entry),
            Self::TakeLease(lease) => return leases::take(connection, lease),
            Self::Answer { entry, answer } => ledger::keep_answer(connection, *entry, answer),
            Self::Name { entry, subscription, seen } => {
                ledger::name(connection, *entry, subscription, seen)
            }
            Self::Sight { account, subscription, sighting } => {
                ledger::sight(connection, account, subscription, sighting)
            }
            Self::EndLease { lease, at } => leases::end(connection, *lease, *at),
        }
        .map(|()| 0)
    }

    /// How much it weighs in a batch, in bytes, roughly.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Attempt(attempt) => attempts::size(attempt),
            Self::Answer { answer, .. } => answer.len(),
            _ => 0,
        }
    }
}
