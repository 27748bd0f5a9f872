//! What makes a store smaller, as jobs of the thread that writes. Each is a small transaction of its
//! own.

use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::deletion::{self, Deleted};
use super::error::StoreError;
use super::retention::{self, Leftovers, Step, Sweep};
use super::sizes;
use crate::domain::delivery::DeliveryId;
use crate::domain::keep::Keep;

/// Where an answer goes.
type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

/// Something to be deleted or given back.
#[derive(Debug)]
pub(super) enum Prune {
    /// The first of these deliveries.
    These { ids: Vec<DeliveryId>, now: Timestamp, answer: Answer<(Deleted, usize)> },
    /// The next deliveries of a sweep.
    Excess { keep: Keep, sweep: Sweep, now: Timestamp, answer: Answer<Step> },
    /// What stays behind of deliveries that a sweep has passed.
    Leftovers { leftovers: Leftovers, sweep: Sweep, now: Timestamp, answer: Answer<Leftovers> },
    /// Free room in the file.
    GiveBack { answer: Answer<bool> },
}

impl Prune {
    /// Does it and answers; skips what nobody waits for any more.
    pub(super) fn perform(self, connection: &mut Connection) {
        match self {
            Self::These { ids, now, answer } => {
                reply(answer, || deletion::delete(connection, &ids, now));
            }
            Self::Excess { keep, sweep, now, answer } => {
                reply(answer, || retention::step(connection, &keep, sweep, now));
            }
            Self::Leftovers { leftovers, sweep, now, answer } => {
                reply(answer, || retention::forget_leftovers(connection, leftovers, sweep, now));
            }
            Self::GiveBack { answer } => reply(answer, || sizes::give_back(connection)),
        }
    }

    /// Answers that it may not be done here.
    pub(super) fn refuse(self) {
        let error = StoreError::ReadOnly;
        match self {
            Self::These { answer, .. } => drop(answer.send(Err(error))),
            Self::Excess { answer, .. } => drop(answer.send(Err(error))),
            Self::Leftovers { answer, .. } => drop(answer.send(Err(error))),
            Self::GiveBack { answer } => drop(answer.send(Err(error))),
        }
    }
}

fn reply<T>(answer: Answer<T>, prune: impl FnOnce() -> rusqlite::Result<T>) {
    if !answer.is_closed() {
        // What is done is done, whether the caller still waits or not.
        drop(answer.send(prune().map_err(StoreError::from)));
    }
}
