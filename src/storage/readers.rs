//! The threads that read, and how a search is shared between them.
//!
//! What is searched for in bodies is looked for by all of them at once, each in a stretch of its
//! own; everything else is read by the first. A stretch is short, so that what is urgent waits for
//! one at most, and a search that nobody waits for any more ends within it.

use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::error::StoreError;
use super::job::{Answer, Job, Read};
use super::opening;
use super::plan::Stretch;
use super::search;
use super::stretch::Order;
use super::threads::{Thread, spawn_beside};
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::{Cursor, Page, Tally};

/// The most rows of a page, which are all in memory at once.
const MOST: usize = 100_000;

/// After so long a search tells what it has found so far.
const PATIENCE: Duration = Duration::from_millis(30);

/// More threads than these do not read at once.
const MOST_READERS: usize = 4;

/// Threads that read; at least one.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    all: Vec<mpsc::Sender<Job>>,
}

impl Readers {
    /// Starts them on the first connection, and on one more for each further processor.
    pub(super) fn spawn(path: &Path, first: Connection) -> Result<(Self, Vec<Thread>), StoreError> {
        let (first, thread) = spawn_beside(first)?;
        let (mut others, mut threads) = (Vec::new(), vec![thread]);
        let processors = available_parallelism().map_or(1, NonZero::get);
        for _ in 1..processors.min(MOST_READERS) {
            let (jobs, thread) = spawn_beside(opening::reading(path)?)?;
            others.push(jobs);
            threads.push(thread);
        }
        Ok((Self::new(first, others), threads))
    }

    /// Those behind these channels.
    pub(super) fn new(first: mpsc::Sender<Job>, others: Vec<mpsc::Sender<Job>>) -> Self {
        let mut all = vec![first];
        all.extend(others);
        Self { all }
    }

    /// The channel of the first one.
    pub(super) fn first(&self) -> &mpsc::Sender<Job> {
        &self.all[0]
    }

    /// The channels, the first one before the others.
    pub(super) fn all(&self) -> &[mpsc::Sender<Job>] {
        &self.all
    }

    /// Has the first one read something.
    pub(super) async fn read<T>(
        &self,
        job: impl FnOnce(Answer<T>) -> Read,
    ) -> Result<T, StoreError> {
        self.read_with(0, job).await
    }

    async fn read_with<T>(
        &self,
        reader: usize,
        job: impl FnOnce(Answer<T>) -> Read,
    ) -> Result<T, StoreError> {
        let (answer, read) = oneshot::channel();
        let reader = &self.all[reader % self.all.len()];
        reader.send(Job::Read(job(answer))).await.map_err(closed)?;
        read.await.map_err(closed)?
    }

    /// Up to `limit` rows, however long it takes to find them.
    pub(super) async fn page(
        &self,
        filter: Arc<Filter>,
        cursor: Cursor,
        limit: usize,
    ) -> Result<Page, StoreError> {
        let limit = limit.min(MOST);
        let mut page = self.part(Arc::clone(&filter), cursor, limit).await?;
        while let Some(next) = page.next.filter(|_| page.rows.len() < limit) {
            let part = self.part(Arc::clone(&filter), next, limit - page.rows.len()).await?;
            let at = if Order::of(next) == Order::Down { page.rows.len() } else { 0 };
            page.rows.splice(at..at, part.rows);
            page.next = part.next;
        }
        Ok(page)
    }

    /// Up to `limit` rows: all that are there, if it takes no longer than a moment to find them.
    pub(super) async fn part(
        &self,
        filter: Arc<Filter>,
        cursor: Cursor,
        limit: usize,
    ) -> Result<Page, StoreError> {
        let (limit, order) = (limit.min(MOST), Order::of(cursor));
        let mut rows = Vec::new();
        let begun = Instant::now();
        let mut next = None;
        let plan = self.plan(&filter, cursor).await?;
        let mut groups = plan.chunks(self.width(&filter)).peekable();
        while let Some(group) = groups.next() {
            // One more, to know whether there is more.
            let most = limit + 1 - rows.len();
            let looked = group.iter().enumerate().map(|(reader, stretch)| {
                let (filter, stretch) = (Arc::clone(&filter), stretch.clone());
                self.read_with(reader, move |answer| Read::Rows {
                    filter,
                    stretch,
                    order,
                    limit: most,
                    answer,
                })
            });
            rows.extend(try_join_all(looked).await?.into_iter().flatten());
            if rows.len() > limit {
                rows.truncate(limit);
                next = rows.last().map(|row| behind(order, row.id.0)).or(Some(cursor));
                break;
            }
            if groups.peek().is_some() && begun.elapsed() >= PATIENCE {
                next = group.last().map(|stretch| behind_stretch(order, stretch));
                break;
            }
        }
        if order == Order::Up {
            rows.reverse();
        }
        Ok(Page { rows, next })
    }

    /// How many match in the direction of the cursor, as far as was looked within a moment.
    pub(super) async fn tally(
        &self,
        filter: Arc<Filter>,
        cursor: Cursor,
    ) -> Result<Tally, StoreError> {
        let begun = Instant::now();
        let mut count = 0;
        let plan = self.plan(&filter, cursor).await?;
        let mut groups = plan.chunks(self.width(&filter)).peekable();
        while let Some(group) = groups.next() {
            let looked = group.iter().enumerate().map(|(reader, stretch)| {
                let (filter, stretch) = (Arc::clone(&filter), stretch.clone());
                self.read_with(reader, move |answer| Read::Tally { filter, stretch, answer })
            });
            count += try_join_all(looked).await?.into_iter().sum::<u64>();
            if groups.peek().is_some() && begun.elapsed() >= PATIENCE {
                let next = group.last().map(|stretch| behind_stretch(Order::of(cursor), stretch));
                return Ok(Tally { count, next });
            }
        }
        Ok(Tally { count, next: None })
    }

    async fn plan(&self, filter: &Arc<Filter>, cursor: Cursor) -> Result<Vec<Stretch>, StoreError> {
        let filter = Arc::clone(filter);
        self.read(move |answer| Read::Plan { filter, cursor, answer }).await
    }

    /// How many stretches are looked at at once.
    fn width(&self, filter: &Filter) -> usize {
        if filter.terms().iter().any(search::reads_body) { self.all.len() } else { 1 }
    }
}

/// What it means that nobody is at the other end of a channel.
pub(super) fn closed<E>(_: E) -> StoreError {
    StoreError::Closed
}

fn behind(order: Order, id: i64) -> Cursor {
    match order {
        Order::Down => Cursor::Before(DeliveryId(id)),
        Order::Up => Cursor::After(DeliveryId(id)),
    }
}

fn behind_stretch(order: Order, stretch: &Stretch) -> Cursor {
    behind(order, if order == Order::Down { stretch.span.from } else { stretch.span.to })
}
