//! The handle of a store: opening and closing it, and what is asked about deliveries.

use std::collections::HashSet;
use std::path::{Path, PathBuf, absolute};
use std::sync::{Arc, Mutex, PoisonError};

use http::StatusCode;
use jiff::Timestamp;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::entry::Entry;
use super::error::StoreError;
use super::job::{Answer, Insert, Job, Read, Reinspect};
use super::place::Place;
use super::readers::Readers;
use super::repair::Repair;
use super::threads::{Thread, ask, spawn_beside, spawn_writer, spawn_writer_in_memory};
use super::write::Write;
use super::writer::Stored;

use crate::domain::annotation::{Annotation, Comment};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::filter::Filter;
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::overview::Overview;
use crate::domain::page::{Cursor, Page, Stock, Tally};
use crate::domain::pin::{Cells, Pin};
use crate::domain::record::{Answered, Record, Summary};
use crate::domain::verdict::Verdict;

use super::captured::Captured;
use super::options::{Location, Options};
use super::upkeep::Upkeep;
use super::{file, holding, opening, repair, row};

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
                let (writes, thread) = spawn_writer_in_memory(opening::in_memory()?)?;
                let readers = Readers::new(writes.clone(), Vec::new());
                return Ok(Self { readers, writes, threads: threads([thread]) });
            }
        };
        let (connection, holding) = opening::to_write(&path, options.durability, &options.holder)?;
        let (readers, mut all) = Readers::spawn(&path, opening::reading(&path)?)?;
        let beside = opening::to_checkpoint(&path, options.durability)?;
        let (writes, writing) = spawn_writer(connection, Place::of(&path), beside, holding)?;
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
    pub fn repair(file: &Path, watch: &mut repair::Watch<'_>) -> Result<Repair, StoreError> {
        repair::repair(&located(file)?, watch)
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

    /// What the first of these deliveries have in their bodies at each pin: as many as have so many
    /// bytes together, but at least one. One that is not there has nothing.
    pub async fn cells(
        &self,
        pins: Arc<[Pin]>,
        ids: Vec<DeliveryId>,
        bytes: usize,
    ) -> Result<Vec<(DeliveryId, Cells)>, StoreError> {
        self.read(|answer| Read::Cells { pins, ids, bytes, answer }).await
    }

    /// The nearest deliveries of the same event, at most `most` before and as many after this one,
    /// oldest first and itself included. Looks no further than 20,000 deliveries to either side.
    pub async fn repeats(&self, id: DeliveryId, most: usize) -> Result<Vec<Summary>, StoreError> {
        self.read(|answer| Read::Repeats { id, most, answer }).await
    }

    /// The last delivery before this one of the same provider, account and event, among the 20,000
    /// before it. Where the event cannot be told, it is one of the same endpoint too.
    pub async fn previous(&self, id: DeliveryId) -> Result<Option<DeliveryId>, StoreError> {
        self.read(|answer| Read::Previous { id, answer }).await
    }

    /// Those of the ids that deliveries of this store have already.
    pub async fn known(&self, uids: HashSet<Uuid>) -> Result<HashSet<Uuid>, StoreError> {
        self.read(|answer| Read::Known { uids, answer }).await
    }

    /// Notes what a delivery was answered in the end, if that is not what was to be expected.
    pub async fn answered(&self, id: DeliveryId, status: StatusCode) -> Result<(), StoreError> {
        self.write(Write::Answered { id, status }).await.map(drop)
    }

    /// Marks these deliveries, or takes their marks away; those that are gone are left out.
    pub async fn mark(&self, ids: Vec<DeliveryId>, marked: bool) -> Result<(), StoreError> {
        self.write(Write::Mark { ids, marked }).await.map(drop)
    }

    /// The marked deliveries with their endpoints, oldest first; at most 100,000, the newest.
    pub async fn marked(&self) -> Result<Vec<(DeliveryId, EndpointName)>, StoreError> {
        self.read(|answer| Read::Marked { answer }).await
    }

    /// Replaces what is written about a delivery, unless it is gone.
    pub async fn comment(&self, id: DeliveryId, comment: Comment) -> Result<(), StoreError> {
        self.write(Write::Comment { id, comment }).await.map(drop)
    }

    /// What is written about deliveries; at most 100,000, the newest.
    pub async fn comments(&self) -> Result<Vec<(DeliveryId, Comment)>, StoreError> {
        self.read(|answer| Read::Comments { answer }).await
    }

    /// What keeps the store small.
    #[must_use]
    pub fn upkeep(&self) -> Upkeep {
        Upkeep { writes: self.writes.clone(), reads: self.readers.first().clone() }
    }

    /// What came in of late, as of `now`: of the newest deliveries, at most 10,000.
    pub async fn overview(&self, now: Timestamp) -> Result<Overview, StoreError> {
        self.read(|answer| Read::Overview { now, answer }).await
    }

    /// How many deliveries are stored (kept, not counted).
    pub async fn count(&self) -> Result<u64, StoreError> {
        Ok(self.stock().await?.count)
    }

    /// How many deliveries are stored, and up to which one.
    pub async fn stock(&self) -> Result<Stock, StoreError> {
        self.read(|answer| Read::Stock { answer }).await
    }

    /// Changes whenever another connection committed something; for programs that only read.
    pub async fn version(&self) -> Result<i64, StoreError> {
        self.read(|answer| Read::Version { answer }).await
    }

    pub(super) async fn write(&self, write: Write) -> Result<i64, StoreError> {
        ask(&self.writes, |answer| Job::Write(write, answer)).await
    }

    pub(super) async fn read<T>(
        &self,
        read: impl FnOnce(Answer<T>) -> Read,
    ) -> Result<T, StoreError> {
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
