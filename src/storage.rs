//! The store: every delivery, kept in one SQLite file and found again.
//!
//! An insert returns when the delivery is on the disk, so that it can be answered. One thread
//! writes, and commits in groups: a transaction takes what is waiting. Another thread reads over a
//! connection of its own, so that a long search never delays a delivery. What is in memory besides
//! is bounded and is made again from the file at the next start.
//!
//! What goes out is kept beside the deliveries: attempts, which go with the delivery that they are
//! about, and the ledger of subscriptions and leases, which nothing deletes. A second program may
//! write these while one holds the store to take deliveries; they take turns by SQLite's lock.
//!
//! Deliveries are deleted when somebody asks for it, and bit by bit when there are more than are to be
//! kept; what the user has marked is kept.
//!
//! What it does not do: it does not judge deliveries, deletes nothing by itself and sends nothing. A
//! file that it does not understand it refuses and leaves as it is.
//!
//! Reading order: [`options`], [`captured`], [`error`]; the way in: `findings` (a verdict as
//! columns), `entry` (a delivery as columns), `attempts`, `ledger`, `leases`, `forwards` and
//! `replay_targets` (what goes out, in and out), `write` (one of these to be written), `writer` (the
//! transaction), `repeats` with its `sieve`, `lists`; the way out: `row`, `deliveries`, `search` (a
//! filter as SQL), `plan` (where to look), `stretch` (looking); what the user says of them:
//! `annotations`; the way to the bin: [`deletion`], [`retention`], [`sizes`], `prune`, [`upkeep`]; then
//! `job`, `worker`, `threads` and `readers`; `schema`, `file`, `holding`, `place` and `opening` (the
//! connections); [`repair`].

pub mod options;
pub mod captured;
pub mod error;
mod findings;
mod entry;
mod row;
mod search;
mod deliveries;
mod lists;
mod plan;
mod stretch;
mod attempts;
mod ledger;
mod leases;
mod forwards;
mod replay_targets;
mod annotations;
pub mod deletion;
pub mod sizes;
pub mod retention;
mod prune;
mod write;
mod sieve;
mod repeats;
mod writer;
mod job;
mod schema;
mod file;
mod holding;
mod place;
mod opening;
pub mod repair;
mod worker;
mod threads;
mod readers;
pub mod upkeep;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf, absolute};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value};
use tokio::sync::mpsc;
use uuid::Uuid;

pub use captured::Captured;
use entry::Entry;
use error::StoreError;
use job::{Answer, Insert, Job, Read, Reinspect};
pub use options::{Durability, Location, Options};
use place::Place;
use readers::Readers;
use repair::Repair;
use threads::{Thread, ask, spawn_beside, spawn_writer};
pub use upkeep::Upkeep;
use write::Write;
use writer::Stored;

use crate::domain::annotation::Annotation;
use crate::domain::attempt::{Attempt, AttemptId};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::filter::Filter;
use crate::domain::ledger::{Lease, LeaseId, LedgerEntry, LedgerId, NewEntry, Sighting};
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::page::{Cursor, Page, Tally};
use crate::domain::record::{Answered, Record, Summary};
use crate::domain::url::Url;
use crate::domain::verdict::Verdict;

/// The handle that everyone clones.
#[derive(Clone, Debug)]
pub struct Store {
    writes: mpsc::Sender<Job>,
    readers: Readers,
    /// In the order in which they end: those that read, the one that writes.
    threads: Threads,
}

type Threads = Arc<Mutex<Vec<Thread>>>;

impl Store {
    /// Opens for writing; holds the store against a second writer until it is closed or the last
    /// handle is gone. Blocks.
    pub fn open(options: &Options) -> Result<Self, StoreError> {
        let path = match &options.location {
            Location::File(path) => located(path)?,
            Location::Memory => {
                let (writes, thread) = spawn_writer(opening::in_memory()?, None, None)?;
                let readers = Readers::new(writes.clone(), Vec::new());
                return Ok(Self { readers, writes, threads: threads([thread]) });
            }
        };
        let (connection, holding) = opening::to_write(&path, options.durability, &options.holder)?;
        let (readers, mut all) = Readers::spawn(&path, opening::reading(&path)?)?;
        let (writes, writing) = spawn_writer(connection, Some(Place::of(&path)), Some(holding))?;
        all.push(writing);
        Ok(Self { writes, readers, threads: threads(all) })
    }

    /// Opens an existing store to read, whoever writes it; an insert fails. Blocks.
    pub fn open_to_read(file: &Path) -> Result<Self, StoreError> {
        let path = located(file)?;
        let (readers, all) = Readers::spawn(&path, opening::to_read(&path)?)?;
        Ok(Self { writes: readers.first().clone(), readers, threads: threads(all) })
    }

    /// Opens an existing store beside the program that writes its deliveries: attempts, ledger and
    /// leases can be written, a delivery cannot. A store of an older version is brought up to date,
    /// unless somebody holds it. Blocks.
    pub fn open_beside(file: &Path) -> Result<Self, StoreError> {
        let path = located(file)?;
        let connection = opening::beside(&path)?;
        let (readers, mut all) = Readers::spawn(&path, opening::reading(&path)?)?;
        let (writes, writing) = spawn_beside(connection)?;
        all.push(writing);
        Ok(Self { writes, readers, threads: threads(all) })
    }

    /// Who writes the store in this file, if anybody does, in the holder's own words.
    pub fn holder(file: &Path) -> Option<String> {
        holding::holder(&located(file).ok()?)
    }

    /// Copies what can be read of a damaged store into a new one beside it; nothing that exists is
    /// changed. Nobody may hold the store meanwhile. Blocks.
    pub fn repair(file: &Path) -> Result<Repair, StoreError> {
        repair::repair(&located(file)?)
    }

    /// Stores a delivery; returns after the commit, which also happens if the caller gives up.
    ///
    /// The record is what a later [`Store::load`] gives back: times to the microsecond. It took as
    /// long as from the arrival of the head to the commit; the delay of an answer comes on top.
    pub async fn insert(&self, captured: Box<Captured>) -> Result<Record, StoreError> {
        let entry = Entry::new(captured);
        let (entry, Stored { id, repeat, committed_at, reused }) =
            ask(&self.writes, |answer| Job::Insert(Insert { entry, answer })).await?;
        let reused = reused.and_then(|first| entry.reused(first));
        let Captured { delivery, mut inspection, status, handshake, nonce: _ } = *entry.captured;
        inspection.verdict = reused.unwrap_or(inspection.verdict);
        let took = row::took(delivery.received_at, committed_at);
        let answered = Answered { status, took };
        let id = DeliveryId(id);
        Ok(Record {
            id,
            delivery,
            inspection,
            repeat,
            answered,
            handshake,
            first_verdict: None,
            annotation: Annotation::default(),
        })
    }

    /// Replaces the verdict of a delivery, and its account if one is given. The first verdict is kept
    /// beside it, unless the new one only adds clues or notes. Returns the delivery as it is now, none
    /// if it is gone.
    pub async fn reinspect(
        &self,
        id: DeliveryId,
        verdict: Verdict,
        account: Option<AccountName>,
    ) -> Result<Option<Record>, StoreError> {
        let reinspect = |answer| Job::Reinspect(Reinspect { id, verdict, account, answer });
        ask(&self.writes, reinspect).await?;
        self.load(id).await
    }

    /// A page of the list, of at most 100,000 rows. The search ends when the future is dropped.
    pub async fn page(
        &self,
        filter: Arc<Filter>,
        cursor: Cursor,
        limit: usize,
    ) -> Result<Page, StoreError> {
        self.readers.page(filter, cursor, limit).await
    }

    /// As much of a page as is found within a moment; where it ends before its limit, `next` is
    /// where to go on. The search ends when the future is dropped.
    pub async fn part(
        &self,
        filter: Arc<Filter>,
        cursor: Cursor,
        limit: usize,
    ) -> Result<Page, StoreError> {
        self.readers.part(filter, cursor, limit).await
    }

    /// How many match in the direction of the cursor, as far as they are counted within a moment.
    /// The count ends when the future is dropped.
    pub async fn tally(&self, filter: Arc<Filter>, cursor: Cursor) -> Result<Tally, StoreError> {
        self.readers.tally(filter, cursor).await
    }

    /// One delivery whole.
    pub async fn load(&self, id: DeliveryId) -> Result<Option<Record>, StoreError> {
        self.read(|answer| Read::Load { id, answer }).await
    }

    /// The first of these deliveries, without what was found out about them: as many as have so many
    /// bytes together, but at least one. None stands for one that is not there.
    pub async fn deliveries(
        &self,
        ids: Vec<DeliveryId>,
        bytes: usize,
    ) -> Result<Vec<(DeliveryId, Option<Delivery>)>, StoreError> {
        self.read(|answer| Read::Deliveries { ids, bytes, answer }).await
    }

    /// The nearest deliveries of the same event, at most `most` before and as many after this one,
    /// oldest first and itself included. Looks no further than 20,000 deliveries to either side.
    pub async fn repeats(&self, id: DeliveryId, most: usize) -> Result<Vec<Summary>, StoreError> {
        self.read(|answer| Read::Repeats { id, most, answer }).await
    }

    /// Those of the ids that deliveries of this store have already.
    pub async fn known(&self, uids: HashSet<Uuid>) -> Result<HashSet<Uuid>, StoreError> {
        self.read(|answer| Read::Known { uids, answer }).await
    }

    /// Notes what a delivery was answered in the end, if that is not what was to be expected.
    pub async fn answered(&self, id: DeliveryId, status: StatusCode) -> Result<(), StoreError> {
        self.write(Write::Answered { id, status }).await.map(drop)
    }

    /// Keeps an attempt: times and durations to the microsecond.
    ///
    /// This and the others that write below return after the commit, like [`Store::insert`].
    pub async fn insert_attempt(
        &self,
        attempt: impl Into<Arc<Attempt>>,
    ) -> Result<AttemptId, StoreError> {
        self.write(Write::Attempt(attempt.into())).await.map(AttemptId)
    }

    /// Keeps attempts in their order, all or none; as many numbers come back.
    pub async fn insert_attempts(
        &self,
        attempts: Vec<Arc<Attempt>>,
    ) -> Result<Vec<AttemptId>, StoreError> {
        let count = i64::try_from(attempts.len()).unwrap_or(i64::MAX);
        let last = self.write(Write::Attempts(attempts)).await?;
        Ok((last - count + 1..=last).map(AttemptId).collect())
    }

    /// The attempts that are about a delivery, oldest first.
    pub async fn attempts(
        &self,
        delivery: DeliveryId,
    ) -> Result<Vec<(AttemptId, Attempt)>, StoreError> {
        self.read(|answer| Read::Attempts { delivery, answer }).await
    }

    /// The last fetch of the same address with the same account before this attempt that was
    /// answered with success.
    pub async fn previous_fetch(
        &self,
        account: AccountName,
        url: Url,
        before: AttemptId,
    ) -> Result<Option<(AttemptId, Attempt)>, StoreError> {
        self.read(|answer| Read::PreviousFetch { account, url: Box::new(url), before, answer })
            .await
    }

    /// Notes that a provider is about to be asked for a subscription.
    pub async fn begin_subscription(&self, entry: NewEntry) -> Result<LedgerId, StoreError> {
        self.write(Write::Begin(entry)).await.map(LedgerId)
    }

    /// Keeps the provider's answer (secrets masked) before anybody tries to understand it.
    pub async fn keep_subscription_answer(
        &self,
        entry: LedgerId,
        answer: Bytes,
    ) -> Result<(), StoreError> {
        self.write(Write::Answer { entry, answer }).await.map(drop)
    }

    /// Notes the provider's id of a subscription that was made, with its record (secrets masked).
    pub async fn name_subscription(
        &self,
        entry: LedgerId,
        subscription: String,
        seen: Map<String, Value>,
    ) -> Result<(), StoreError> {
        self.write(Write::Name { entry, subscription, seen }).await.map(drop)
    }

    /// Notes what was seen of a subscription; nothing if it is not in the ledger.
    pub async fn sight_subscription(
        &self,
        account: AccountName,
        subscription: String,
        sighting: Sighting,
    ) -> Result<(), StoreError> {
        self.write(Write::Sight { account, subscription, sighting }).await.map(drop)
    }

    /// The ledger, oldest first; of one account, or of all.
    pub async fn ledger(
        &self,
        account: Option<AccountName>,
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        self.read(|answer| Read::Ledger { account, answer }).await
    }

    /// Notes a lease, before the provider is asked to send here.
    pub async fn take_lease(&self, lease: Lease) -> Result<LeaseId, StoreError> {
        self.write(Write::TakeLease(lease)).await.map(LeaseId)
    }

    /// Notes that the previous target is back, or that it never was another one.
    pub async fn end_lease(&self, lease: LeaseId, at: Timestamp) -> Result<(), StoreError> {
        self.write(Write::EndLease { lease, at }).await.map(drop)
    }

    /// The leases that did not end, oldest first.
    pub async fn open_leases(&self) -> Result<Vec<(LeaseId, Lease)>, StoreError> {
        self.read(|answer| Read::OpenLeases { answer }).await
    }

    /// Keeps note of these targets of forwarding, and of no others: one that was not known begins
    /// behind `from`, and one that is not named any more is forgotten.
    pub async fn configure_forwards(
        &self,
        targets: Vec<(EndpointName, Url)>,
        from: DeliveryId,
    ) -> Result<(), StoreError> {
        let known = self.read(|answer| Read::Forwards { answer }).await?;
        let wanted = targets.iter().map(|(endpoint, to)| (endpoint.to_string(), to.to_string()));
        if wanted.collect::<BTreeSet<_>>() == known {
            return Ok(());
        }
        self.write(Write::Forwards { targets, from }).await.map(drop)
    }

    /// The last delivery that a known target of forwarding is done with.
    pub async fn forwarded_up_to(
        &self,
        endpoint: EndpointName,
        target: Url,
    ) -> Result<DeliveryId, StoreError> {
        self.read(|answer| Read::Forwarded { endpoint, target: Box::new(target), answer }).await
    }

    /// Notes that a known target of forwarding is done with the deliveries up to this one.
    pub async fn forwarded(
        &self,
        endpoint: EndpointName,
        target: Url,
        done: DeliveryId,
    ) -> Result<(), StoreError> {
        self.write(Write::Forwarded { endpoint, target: Box::new(target), done }).await.map(drop)
    }

    /// Notes that deliveries of these endpoints are replayed to this address. The last twenty of
    /// each endpoint are kept.
    pub async fn use_replay_target(
        &self,
        endpoints: BTreeSet<EndpointName>,
        url: Url,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(Write::ReplayTarget { endpoints, url: Box::new(url), at }).await.map(drop)
    }

    /// Where the deliveries of each endpoint were replayed to, the last one first.
    pub async fn replay_targets(&self) -> Result<BTreeMap<EndpointName, Vec<Url>>, StoreError> {
        self.read(|answer| Read::ReplayTargets { answer }).await
    }

    /// Marks these deliveries, or takes their marks away; those that are gone are left out.
    pub async fn mark(&self, ids: Vec<DeliveryId>, marked: bool) -> Result<(), StoreError> {
        self.write(Write::Mark { ids, marked }).await.map(drop)
    }

    /// The marked deliveries with their endpoints, oldest first; at most 100,000, the newest.
    pub async fn marked(&self) -> Result<Vec<(DeliveryId, EndpointName)>, StoreError> {
        self.read(|answer| Read::Marked { answer }).await
    }

    /// What keeps the store small.
    #[must_use]
    pub fn upkeep(&self) -> Upkeep {
        Upkeep { writes: self.writes.clone(), reads: self.readers.first().clone() }
    }

    /// How many deliveries are stored (kept, not counted).
    pub async fn count(&self) -> Result<u64, StoreError> {
        self.read(|answer| Read::Count { answer }).await
    }

    /// Changes whenever another connection committed something; for programs that only read.
    pub async fn version(&self) -> Result<i64, StoreError> {
        self.read(|answer| Read::Version { answer }).await
    }

    async fn write(&self, write: Write) -> Result<i64, StoreError> {
        ask(&self.writes, |answer| Job::Write(write, answer)).await
    }

    async fn read<T>(&self, read: impl FnOnce(Answer<T>) -> Read) -> Result<T, StoreError> {
        self.readers.read(read).await
    }

    /// Finishes the jobs that wait, checkpoints, closes the connections and joins the threads.
    /// Every other handle is closed with this one.
    pub async fn close(self) {
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        // Reads first, so that the writer's connection is the last one and can remove the log.
        let jobs = self.readers.all().iter().chain([&self.writes]);
        for (jobs, thread) in jobs.zip(threads) {
            thread.end(jobs).await;
        }
    }
}

fn located(path: &Path) -> Result<PathBuf, StoreError> {
    absolute(path).map_err(|error| file::failed(path, &error))
}

fn threads(threads: impl Into<Vec<Thread>>) -> Threads {
    Arc::new(Mutex::new(threads.into()))
}
