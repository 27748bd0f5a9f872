//! Which delivery is next for one target of one endpoint.
//!
//! The store is read forward from a position that is kept; nothing is kept of single deliveries.

use std::collections::VecDeque;
use std::sync::Arc;

use super::keeping::Done;
use super::marks::Marks;
use crate::app::forwarding::Waiting;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::Endpoint;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::domain::record::Record;
use crate::domain::url::Url;
use crate::storage::Store;
use crate::storage::error::StoreError;

/// How many rows are read at once.
const STEP: usize = 256;

/// What was passed over is noted when it is so much, so that the next start does not read it all.
const FAR: i64 = 1_000;

/// No more than these are counted.
const MOST_COUNTED: u64 = 10_000;

/// The deliveries for one target, in the order of the store.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) to: Url,
    store: Store,
    marks: Marks,
    everything: Arc<Filter>,
    /// Everything up to here is done with, or is not for this target.
    position: i64,
    noted: i64,
    /// The deliveries of the endpoint that come next, oldest first.
    ahead: VecDeque<DeliveryId>,
    /// What was read last when `ahead` is empty.
    read_to: i64,
}

/// How many wait, counted on from where the count stood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) waiting: Waiting,
    to: i64,
}

impl Line {
    pub(super) fn new(
        store: Store,
        endpoint: Arc<Endpoint>,
        to: Url,
        marks: Marks,
        DeliveryId(position): DeliveryId,
    ) -> Self {
        let (everything, ahead) = (Arc::default(), VecDeque::new());
        let (noted, read_to) = (position, position);
        Self { endpoint, to, store, marks, everything, position, noted, ahead, read_to }
    }

    /// The next delivery; none if nothing waits. It stays the next one until it is passed.
    pub(super) async fn next(&mut self) -> Result<Option<Record>, StoreError> {
        let next = self.find_next().await;
        if next.is_err() {
            // What was not read is read again.
            self.start_over();
        }
        next
    }

    async fn find_next(&mut self) -> Result<Option<Record>, StoreError> {
        loop {
            while let Some(id) = self.ahead.front().copied() {
                if let Some(record) = self.store.load(id).await?
                    && self.has(&record)
                {
                    return Ok(Some(record));
                }
                self.pass(id);
            }
            self.position = self.read_to;
            let Some((ids, last)) = self.read(self.read_to).await? else { return Ok(None) };
            self.ahead.extend(ids);
            self.read_to = last;
        }
    }

    /// The ids of the endpoint's deliveries among those that follow, and the last of all that were
    /// read; none if nothing follows.
    async fn read(&self, after: i64) -> Result<Option<(Vec<DeliveryId>, i64)>, StoreError> {
        let after = Cursor::After(DeliveryId(after));
        let page = self.store.page(Arc::clone(&self.everything), after, STEP).await?;
        let Some(last) = page.rows.first() else { return Ok(None) };
        let last = last.id.0;
        let ours = page.rows.iter().rev().filter(|row| row.endpoint == self.endpoint.name);
        Ok(Some((ours.map(|row| row.id).collect(), last)))
    }

    fn has(&self, record: &Record) -> bool {
        self.endpoint.queues(record, &self.to) && !self.marks.has_come_back(record)
    }

    /// Done with a delivery, and with all before it.
    pub(super) fn pass(&mut self, id: DeliveryId) {
        self.position = self.position.max(id.0);
        while self.ahead.front().is_some_and(|front| *front <= id) {
            self.ahead.pop_front();
        }
    }

    /// How far it has got, to be kept.
    pub(super) fn done(&mut self) -> Done {
        self.noted = self.position;
        let (endpoint, to) = (self.endpoint.name.clone(), self.to.clone());
        Done { endpoint, to, id: DeliveryId(self.position) }
    }

    /// The same, if it is far from what was kept last.
    pub(super) fn done_if_far(&mut self) -> Option<Done> {
        (self.position - self.noted >= FAR).then(|| self.done())
    }

    /// Leaves out everything that waits now.
    pub(super) async fn skip(&mut self) -> Result<(), StoreError> {
        let newest = self.store.page(Arc::clone(&self.everything), Cursor::Newest, 1).await?;
        if let Some(newest) = newest.rows.first() {
            self.position = self.position.max(newest.id.0);
        }
        self.start_over();
        Ok(())
    }

    fn start_over(&mut self) {
        self.ahead.clear();
        self.read_to = self.position;
    }

    /// A count that begins here.
    pub(super) fn count(&self) -> Count {
        Count { waiting: Waiting::default(), to: self.position }
    }

    /// Counts on. What only its content would tell to be for another target is not looked into.
    pub(super) async fn count_on(&self, count: &mut Count) -> Result<(), StoreError> {
        while count.waiting.count < MOST_COUNTED {
            let Some((ids, last)) = self.read(count.to).await? else { return Ok(()) };
            let mut found = 0;
            for id in &ids {
                found += u64::from(self.counts(*id).await?);
            }
            count.waiting.count += found;
            count.to = last;
        }
        count.waiting.or_more = true;
        Ok(())
    }

    async fn counts(&self, id: DeliveryId) -> Result<bool, StoreError> {
        let forwarding = &self.endpoint.forwarding;
        let targets = &forwarding.targets;
        let takes_all = targets.iter().all(|target| target.when.is_empty());
        if takes_all && !forwarding.only_verified && self.endpoint.answered_by_app.is_none() {
            return Ok(true);
        }
        Ok(self.store.load(id).await?.is_some_and(|record| self.has(&record)))
    }
}
