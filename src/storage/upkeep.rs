//! What keeps a store small: deliveries are deleted, by hand or because there are more than are to be
//! kept, and room is given back. Each step is short, and whoever takes many lets deliveries pass
//! between them.

use std::collections::HashSet;

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::deletion::Deleted;
use super::error::StoreError;
use super::job::{Job, Read};
use super::prune::Prune;
use super::retention::{Leftovers, Step, Sweep};
use super::sizes::Sizes;
use super::threads::ask;
use super::write::Write;
use crate::domain::delivery::DeliveryId;
use crate::domain::keep::Keep;

/// A handle for the upkeep of a store.
#[derive(Clone, Debug)]
pub struct Upkeep {
    pub(super) writes: mpsc::Sender<Job>,
    pub(super) reads: mpsc::Sender<Job>,
}

/// Deliveries that are not deleted while somebody works with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reservation(i64);

impl Upkeep {
    /// Deletes the first of these deliveries with all that belongs to them, as many as one small
    /// transaction may; returns how many of them are done with, which is at least one. What is in
    /// use at that time stays.
    pub async fn delete_some(
        &self,
        ids: Vec<DeliveryId>,
        now: Timestamp,
    ) -> Result<(Deleted, usize), StoreError> {
        self.prune(|answer| Prune::These { ids, now, answer }).await
    }

    /// One step of a sweep that deletes what is more than is to be kept, oldest first.
    pub async fn sweep(
        &self,
        keep: Keep,
        sweep: Sweep,
        now: Timestamp,
    ) -> Result<Step, StoreError> {
        self.prune(|answer| Prune::Excess { keep, sweep, now, answer }).await
    }

    /// Forgets some of what stays behind of deliveries that a sweep has passed.
    pub async fn forget_leftovers(
        &self,
        leftovers: Leftovers,
        sweep: Sweep,
        now: Timestamp,
    ) -> Result<Leftovers, StoreError> {
        self.prune(|answer| Prune::Leftovers { leftovers, sweep, now, answer }).await
    }

    /// Gives some of the free room in the file back; true if there is more to give back.
    pub async fn give_back(&self) -> Result<bool, StoreError> {
        self.prune(|answer| Prune::GiveBack { answer }).await
    }

    /// Keeps the deliveries between these two, and them, from being deleted until a time.
    pub async fn reserve(
        &self,
        first: DeliveryId,
        last: DeliveryId,
        ends_at: Timestamp,
    ) -> Result<Reservation, StoreError> {
        let write = Write::Reserve { first, last, ends_at };
        ask(&self.writes, |answer| Job::Write(write, answer)).await.map(Reservation)
    }

    /// Lets a reservation last until a later time; none gives it back.
    pub async fn extend(
        &self,
        Reservation(reservation): Reservation,
        ends_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let write = Write::Extend { reservation, ends_at };
        ask(&self.writes, |answer| Job::Write(write, answer)).await.map(drop)
    }

    /// Those of the ids that are stored.
    pub async fn present(&self, ids: Vec<DeliveryId>) -> Result<HashSet<DeliveryId>, StoreError> {
        ask(&self.reads, |answer| Job::Read(Read::Present { ids, answer })).await
    }

    /// Changes whenever another program committed something.
    pub async fn changes_elsewhere(&self) -> Result<i64, StoreError> {
        ask(&self.writes, |answer| Job::Read(Read::Version { answer })).await
    }

    /// How much room the store takes, and what is more than is to be kept.
    pub async fn sizes(&self, keep: Keep, now: Timestamp) -> Result<Sizes, StoreError> {
        ask(&self.reads, |answer| Job::Read(Read::Sizes { keep, now, answer })).await
    }

    async fn prune<T>(
        &self,
        prune: impl FnOnce(super::job::Answer<T>) -> Prune,
    ) -> Result<T, StoreError> {
        ask(&self.writes, |answer| Job::Prune(prune(answer))).await
    }
}
