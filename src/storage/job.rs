//! What the threads of the store are asked to do.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, Result};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::entry::Entry;
use super::error::StoreError;
use super::plan::{self, Stretch};
use super::prune::Prune;
use super::schema::{self, ANNOTATIONS, OUTWARD, REPLAY_TARGETS};
use super::sizes::Sizes;
use super::stretch::{self, Order};
use super::write::Write;
use super::writer::Stored;
use super::{
    annotations, attempts, deliveries, forwards, leases, ledger, overview, pinned, replay_targets,
};
use crate::domain::annotation::Comment;
use crate::domain::attempt::{Attempt, AttemptId};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::filter::Filter;
use crate::domain::keep::Keep;
use crate::domain::ledger::{Lease, LeaseId, LedgerEntry};
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::overview::Overview;
use crate::domain::page::{Cursor, Stock};
use crate::domain::pin::{Cells, Pin};
use crate::domain::record::{Record, Summary};
use crate::domain::url::Url;
use crate::domain::verdict::Verdict;

/// How many steps of SQLite's machine lie between two looks at whether anybody still waits: well
/// under a millisecond of scanning.
const STEPS: i32 = 1_000;

/// Where an answer goes. If it was dropped at the other end, nobody waits any more.
pub(super) type Answer<T> = oneshot::Sender<std::result::Result<T, StoreError>>;

/// A job for a thread.
#[derive(Debug)]
pub(super) enum Job {
    /// Store a delivery.
    Insert(Insert),
    /// Write something about what goes out; the answer is what [`Write::perform`] returns.
    Write(Write, Answer<i64>),
    /// Replace a verdict, and an account.
    Reinspect(Reinspect),
    /// Make the store smaller.
    Prune(Prune),
    /// Read.
    Read(Read),
    /// Do what is already waiting, then end.
    Close,
}

/// A delivery to store.
#[derive(Debug)]
pub(super) struct Insert {
    pub(super) entry: Entry,
    pub(super) answer: Answer<(Entry, Stored)>,
}

impl Insert {
    /// Tells what became of it.
    pub(super) fn answer(self, result: std::result::Result<Stored, StoreError>) {
        // A caller who has gone does not need the answer; the delivery is stored all the same.
        drop(self.answer.send(result.map(|stored| (self.entry, stored))));
    }
}

/// What replaces earlier findings.
#[derive(Debug)]
pub(super) struct Reinspect {
    pub(super) id: DeliveryId,
    pub(super) verdict: Verdict,
    /// None leaves it as it is.
    pub(super) account: Option<AccountName>,
    pub(super) answer: Answer<()>,
}

impl Reinspect {
    /// Tells what became of it.
    pub(super) fn answer(self, result: std::result::Result<(), StoreError>) {
        // What was found is stored whether the caller still waits or not.
        drop(self.answer.send(result));
    }
}

/// Something to read.
#[derive(Debug)]
pub(super) enum Read {
    /// Where to look for what a filter asks for.
    Plan { filter: Arc<Filter>, cursor: Cursor, answer: Answer<Vec<Stretch>> },
    /// The rows of a stretch.
    Rows {
        filter: Arc<Filter>,
        stretch: Stretch,
        order: Order,
        limit: usize,
        answer: Answer<Vec<Summary>>,
    },
    /// How many of a stretch match.
    Tally { filter: Arc<Filter>, stretch: Stretch, answer: Answer<u64> },
    /// One delivery whole.
    Load { id: DeliveryId, answer: Answer<Option<Record>> },
    /// Several deliveries without what was found out about them, up to so many bytes.
    Deliveries {
        ids: Vec<DeliveryId>,
        bytes: usize,
        answer: Answer<Vec<(DeliveryId, Option<Delivery>)>>,
    },
    /// What several deliveries have at these places, of up to so many bytes.
    Cells {
        pins: Arc<[Pin]>,
        ids: Vec<DeliveryId>,
        bytes: usize,
        answer: Answer<Vec<(DeliveryId, Cells)>>,
    },
    /// The deliveries of the same event.
    Repeats { id: DeliveryId, most: usize, answer: Answer<Vec<Summary>> },
    /// The one before of the same kind.
    Previous { id: DeliveryId, answer: Answer<Option<DeliveryId>> },
    /// Which of these ids are stored.
    Known { uids: HashSet<Uuid>, answer: Answer<HashSet<Uuid>> },
    /// What came in of late, as of then.
    Overview { now: Timestamp, answer: Answer<Overview> },
    /// How many are stored.
    Stock { answer: Answer<Stock> },
    /// Which of these are stored.
    Present { ids: Vec<DeliveryId>, answer: Answer<HashSet<DeliveryId>> },
    /// Which are marked.
    Marked { answer: Answer<Vec<(DeliveryId, EndpointName)>> },
    /// What is written about them.
    Comments { answer: Answer<Vec<(DeliveryId, Comment)>> },
    /// How much room they take.
    Sizes { keep: Keep, now: Timestamp, answer: Answer<Sizes> },
    /// The version of what is stored.
    Version { answer: Answer<i64> },
    /// The attempts about a delivery.
    Attempts { delivery: DeliveryId, answer: Answer<Vec<(AttemptId, Attempt)>> },
    /// The last fetch that succeeded before this attempt.
    PreviousFetch {
        account: AccountName,
        url: Box<Url>,
        before: AttemptId,
        answer: Answer<Option<(AttemptId, Attempt)>>,
    },
    /// The ledger, of one account or of all.
    Ledger { account: Option<AccountName>, answer: Answer<Vec<LedgerEntry>> },
    /// The leases that did not end.
    OpenLeases { answer: Answer<Vec<(LeaseId, Lease)>> },
    /// Where the deliveries of each endpoint were replayed to.
    ReplayTargets { answer: Answer<BTreeMap<EndpointName, Vec<Url>>> },
    /// The targets of forwarding.
    Forwards { answer: Answer<BTreeSet<(String, String)>> },
    /// How far a target has got with what is handed on to it.
    Forwarded { endpoint: EndpointName, target: Box<Url>, answer: Answer<DeliveryId> },
}

impl Read {
    /// Reads and answers; skips what nobody waits for any more, and breaks off when that happens
    /// on the way.
    pub(super) fn perform(self, connection: &mut Connection) {
        match self {
            Self::Plan { filter, cursor, answer } => {
                reply(connection, answer, |connection| plan::plan(connection, &filter, cursor));
            }
            Self::Rows { filter, stretch, order, limit, answer } => {
                reply(connection, answer, |connection| {
                    stretch::rows(connection, &filter, &stretch, order, limit)
                });
            }
            Self::Tally { filter, stretch, answer } => {
                reply(connection, answer, |connection| {
                    stretch::tally(connection, &filter, &stretch)
                });
            }
            Self::Load { id, answer } => {
                reply(connection, answer, |connection| deliveries::load(connection, id));
            }
            Self::Deliveries { ids, bytes, answer } => {
                reply(connection, answer, |connection| deliveries::some(connection, &ids, bytes));
            }
            Self::Cells { pins, ids, bytes, answer } => {
                reply(connection, answer, |connection| {
                    pinned::cells(connection, &pins, &ids, bytes)
                });
            }
            Self::Repeats { id, most, answer } => {
                reply(connection, answer, |connection| deliveries::repeats(connection, id, most));
            }
            Self::Previous { id, answer } => {
                reply(connection, answer, |connection| deliveries::previous(connection, id));
            }
            Self::Known { uids, answer } => {
                reply(connection, answer, |connection| deliveries::known(connection, &uids));
            }
            Self::Overview { now, answer } => {
                reply(connection, answer, |connection| overview::read(connection, now));
            }
            Self::Stock { answer } => reply(connection, answer, deliveries::stock),
            Self::Present { ids, answer } => {
                reply(connection, answer, |connection| deliveries::present(connection, &ids));
            }
            Self::Marked { answer } => reply(connection, answer, annotations::marked),
            Self::Comments { answer } => {
                reply_since(ANNOTATIONS, connection, answer, annotations::comments);
            }
            Self::Sizes { keep, now, answer } => {
                reply(connection, answer, |connection| Sizes::of(connection, &keep, now));
            }
            Self::Version { answer } => reply(connection, answer, deliveries::version),
            Self::Attempts { delivery, answer } => {
                reply_since(OUTWARD, connection, answer, |connection| {
                    attempts::of_delivery(connection, delivery)
                });
            }
            Self::PreviousFetch { account, url, before, answer } => {
                reply_since(OUTWARD, connection, answer, |connection| {
                    attempts::previous_fetch(connection, &account, &url, before)
                });
            }
            Self::Ledger { account, answer } => {
                reply_since(OUTWARD, connection, answer, |connection| {
                    ledger::all(connection, account.as_ref())
                });
            }
            Self::OpenLeases { answer } => reply_since(OUTWARD, connection, answer, leases::open),
            Self::ReplayTargets { answer } => {
                reply_since(REPLAY_TARGETS, connection, answer, replay_targets::all);
            }
            Self::Forwards { answer } => reply(connection, answer, forwards::known),
            Self::Forwarded { endpoint, target, answer } => {
                reply(connection, answer, |connection| {
                    forwards::position(connection, &endpoint, &target)
                });
            }
        }
    }
}

/// An answer from tables that there are since a version: a store of an older one has nothing of the
/// kind.
fn reply_since<T: Default + Send + 'static>(
    since: i64,
    connection: &mut Connection,
    answer: Answer<T>,
    read: impl FnOnce(&Connection) -> Result<T>,
) {
    reply(connection, answer, |connection| {
        if schema::version(connection)? < since { Ok(T::default()) } else { read(connection) }
    });
}

fn reply<T: Send + 'static>(
    connection: &mut Connection,
    answer: Answer<T>,
    read: impl FnOnce(&Connection) -> Result<T>,
) {
    if answer.is_closed() {
        return;
    }
    let answer = Arc::new(answer);
    let watched = Arc::clone(&answer);
    let result = connection
        .progress_handler(STEPS, Some(move || watched.is_closed()))
        .and_then(|()| read(connection))
        .map_err(StoreError::from);
    // Takes the handler's share of the answer back.
    drop(connection.progress_handler(0, None::<fn() -> bool>));
    if let Some(answer) = Arc::into_inner(answer) {
        drop(answer.send(result));
    }
}

#[cfg(test)]
mod tests;
