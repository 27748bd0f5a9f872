//! Retention beside the listener: what is more than is to be kept is deleted, after something arrived
//! and when the oldest delivery becomes too old. Nothing to do takes no time at all.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::sleep;

use super::deleting::{give_back, give_way};
use crate::capture::feed::Feed;
use crate::domain::arrival::Arrival;
use crate::domain::keep::Keep;
use crate::storage::Store;
use crate::storage::error::StoreError;
use crate::storage::retention::{Leftovers, Sweep};

/// Between two sweeps there is as much time for others.
const PAUSE: Duration = Duration::from_secs(1);

/// Clocks are set and computers sleep, so a time that is far away is looked at again.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// Keeps the store as small as it is to be. Whoever listens to `feed` is told what is gone.
pub async fn run(store: Store, feed: Feed, keep: Keep) {
    if keep.is_everything() {
        return;
    }
    let mut arrivals = feed.subscribe();
    let mut leftovers = Leftovers::default();
    loop {
        let due = match sweep(&store, &feed, keep, &mut leftovers).await {
            Ok(oldest) => keep.age.and_then(|age| due(oldest?, age)),
            Err(StoreError::Closed) => return,
            Err(error) => {
                tracing::warn!(%error, "old deliveries could not be deleted");
                None
            }
        };
        sleep(PAUSE).await;
        tokio::select! {
            is_open = captured(&mut arrivals) => if !is_open { return },
            () = sleep(due.unwrap_or(LONGEST).min(LONGEST)), if keep.age.is_some() => {}
        }
    }
}

/// Deletes what is too much; when the first that stays had arrived.
async fn sweep(
    store: &Store,
    feed: &Feed,
    keep: Keep,
    leftovers: &mut Leftovers,
) -> Result<Option<Timestamp>, StoreError> {
    let upkeep = store.upkeep();
    let mut sweep = Sweep::default();
    loop {
        let begun = Instant::now();
        let step = upkeep.sweep(keep, sweep, Timestamp::now()).await?;
        sweep = step.sweep;
        if !step.gone.is_empty() {
            feed.publish(Arrival::Deleted(step.gone.into()));
        }
        if !step.more {
            *leftovers = upkeep.forget_leftovers(*leftovers, sweep, Timestamp::now()).await?;
            give_back(&upkeep).await?;
            return Ok(step.oldest);
        }
        give_way(begun).await;
    }
}

/// How long until what arrived then is too old.
fn due(oldest: Timestamp, age: Duration) -> Option<Duration> {
    let at = oldest.checked_add(age).ok()?;
    Some(Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or_default())
}

/// Waits for a delivery; false when there will be none any more.
async fn captured(arrivals: &mut Receiver<Arrival>) -> bool {
    loop {
        match arrivals.recv().await {
            Ok(Arrival::Captured(_)) | Err(RecvError::Lagged(_)) => return true,
            Ok(_) => {}
            Err(RecvError::Closed) => return false,
        }
    }
}
