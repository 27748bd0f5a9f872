//! What is written besides deliveries: what they were answered in the end, and what goes out. Each
//! is one statement or has a savepoint, so it is there whole or not at all, and leaves a transaction
//! as it was if it fails; only the targets of forwarding, and taking marks or comments away, are two, the second of
//! which cannot be refused once the first was not.

use std::sync::Arc;

use std::collections::BTreeSet;

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::{annotations, attempts, deletion, findings, forwards, leases, ledger, replay_targets};
use crate::domain::annotation::Comment;
use crate::domain::attempt::Attempt;
use crate::domain::delivery::DeliveryId;
use crate::domain::ledger::{Lease, LeaseId, LedgerId, NewEntry, Sighting};
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::url::Url;

/// Something to write.
#[derive(Debug)]
pub(super) enum Write {
    /// What a delivery was answered in the end.
    Answered { id: DeliveryId, status: StatusCode },
    /// An attempt.
    Attempt(Arc<Attempt>),
    /// Attempts with numbers in a row.
    Attempts(Vec<Arc<Attempt>>),
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
    /// What is handed on from now on.
    Forwards { targets: Vec<(EndpointName, Url)>, from: DeliveryId },
    /// Deliveries that are marked from now on, or not any more.
    Mark { ids: Vec<DeliveryId>, marked: bool },
    /// What is written about a delivery.
    Comment { id: DeliveryId, comment: Comment },
    /// Deliveries that somebody works with until then.
    Reserve { first: DeliveryId, last: DeliveryId, ends_at: Timestamp },
    /// How long a reservation lasts; none gives it back.
    Extend { reservation: i64, ends_at: Option<Timestamp> },
    /// The last delivery that a target is done with.
    Forwarded { endpoint: EndpointName, target: Box<Url>, done: DeliveryId },
    /// Where deliveries of endpoints are replayed to.
    ReplayTarget { endpoints: BTreeSet<EndpointName>, url: Box<Url>, at: Timestamp },
}

impl Write {
    /// Writes it; returns the number of its row if it makes one, else 0.
    pub(super) fn perform(&self, connection: &Connection) -> rusqlite::Result<i64> {
        match self {
            Self::Attempt(attempt) => return attempts::insert(connection, attempt),
            Self::Attempts(all) => return attempts::insert_all(connection, all),
            Self::Begin(entry) => return ledger::begin(connection, entry),
            Self::TakeLease(lease) => return leases::take(connection, lease),
            Self::Reserve { first, last, ends_at } => {
                return deletion::reserve(connection, *first, *last, *ends_at);
            }
            Self::Extend { reservation, ends_at } => {
                deletion::extend_reservation(connection, *reservation, *ends_at)
            }
            Self::Comment { id, comment } => annotations::write(connection, *id, comment),
            Self::Mark { ids, marked } => annotations::mark(connection, ids, *marked),
            Self::Answered { id, status } => findings::answered(connection, *id, *status),
            Self::Answer { entry, answer } => ledger::keep_answer(connection, *entry, answer),
            Self::Name { entry, subscription, seen } => {
                ledger::name(connection, *entry, subscription, seen)
            }
            Self::Sight { account, subscription, sighting } => {
                ledger::sight(connection, account, subscription, sighting)
            }
            Self::EndLease { lease, at } => leases::end(connection, *lease, *at),
            Self::Forwards { targets, from } => forwards::configure(connection, targets, *from),
            Self::Forwarded { endpoint, target, done } => {
                forwards::advance(connection, endpoint, target, *done)
            }
            Self::ReplayTarget { endpoints, url, at } => {
                replay_targets::use_for(connection, endpoints, url, *at)
            }
        }
        .map(|()| 0)
    }

    /// How much it weighs in a batch, in bytes, roughly.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Attempt(attempt) => attempts::size(attempt),
            Self::Attempts(all) => all.iter().map(|attempt| attempts::size(attempt)).sum(),
            Self::Answer { answer, .. } => answer.len(),
            _ => 0,
        }
    }
}
