//! Deleting, a little at a time: what a filter finds or somebody chose, and what is more than is to be
//! kept. Whoever waits for a commit has his turn between two steps.

use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use tokio::time::sleep;

use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::storage::error::StoreError;
use crate::storage::{Store, Upkeep};

/// So many deliveries are asked for or deleted at once.
const AT_ONCE: usize = 1_000;

/// How many times longer than a step the pause behind it is: whoever waits for a commit, or comes
/// meanwhile, has four fifths of the time.
const COURTESY: u32 = 4;

/// The deliveries that match, oldest first.
pub async fn matching(store: &Store, filter: &Arc<Filter>) -> Result<Vec<DeliveryId>, StoreError> {
    let (mut ids, mut cursor) = (Vec::new(), Cursor::Oldest);
    loop {
        let page = store.page(Arc::clone(filter), cursor, AT_ONCE).await?;
        ids.extend(page.rows.iter().rev().map(|row| row.id));
        match page.rows.first() {
            Some(newest) if page.more() => cursor = Cursor::After(newest.id),
            _ => return Ok(ids),
        }
    }
}

/// Deliveries that are being deleted.
#[derive(Debug)]
pub struct Deleting {
    upkeep: Upkeep,
    ids: Arc<[DeliveryId]>,
    done: usize,
    /// How many are gone.
    pub gone: u64,
    /// How many stay because they wait for an app or are being replayed.
    pub in_use: u64,
}

impl Deleting {
    /// Deletes these from that store.
    #[must_use]
    pub fn new(store: &Store, ids: Arc<[DeliveryId]>) -> Self {
        Self { upkeep: store.upkeep(), ids, done: 0, gone: 0, in_use: 0 }
    }

    /// Deletes some more; returns which are gone now. None once all are done with and what room they
    /// took is given back.
    pub async fn step(&mut self) -> Result<Option<Vec<DeliveryId>>, StoreError> {
        let rest = &self.ids[self.done..];
        if rest.is_empty() {
            give_back(&self.upkeep).await?;
            return Ok(None);
        }
        let begun = Instant::now();
        let some = rest[..rest.len().min(AT_ONCE)].to_vec();
        let (deleted, done) = self.upkeep.delete_some(some, Timestamp::now()).await?;
        self.done += done;
        self.gone += deleted.gone.len() as u64;
        self.in_use += deleted.in_use;
        give_way(begun).await;
        Ok(Some(deleted.gone))
    }
}

/// Gives free room in the file back.
pub(super) async fn give_back(upkeep: &Upkeep) -> Result<(), StoreError> {
    loop {
        let begun = Instant::now();
        if !upkeep.give_back().await? {
            return Ok(());
        }
        give_way(begun).await;
    }
}

/// Lets others have their turn after a step that began then.
pub(super) async fn give_way(begun: Instant) {
    sleep(begun.elapsed() * COURTESY).await;
}
