//! Attempts go into the store in their order, behind what is being sent, so that a commit holds
//! nobody up. What waits to be kept is bounded.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::timeout;

use super::told::Told;
use crate::domain::attempt::Attempt;
use crate::runtime::outward::Outward;

/// So many attempts wait for one commit at most.
const MOST: usize = 512;

/// And so much of requests and answers, in KiB.
const MOST_KIB: u32 = 64 * 1024;

/// How long an attempt waits for others to be kept with: a commit takes the disk and the processor
/// about as long for one as for a hundred.
const GATHERED: Duration = Duration::from_millis(10);

/// Takes attempts to be kept.
pub(super) struct Keeper {
    queue: mpsc::Sender<Waiting>,
    room: Arc<Semaphore>,
}

struct Waiting {
    attempt: Arc<Attempt>,
    room: OwnedSemaphorePermit,
}

/// A keeper, and what keeps: it ends when the keeper is gone and everything is kept and told.
pub(super) fn keeper(
    outward: &Outward,
    tell: mpsc::Sender<Told>,
) -> (Keeper, impl Future<Output = ()>) {
    let (queue, mut waiting) = mpsc::channel::<Waiting>(MOST);
    let room = Arc::new(Semaphore::new(MOST_KIB as usize));
    let keeping = async move {
        let mut batch = Vec::new();
        while waiting.recv_many(&mut batch, MOST).await > 0 {
            // Whether the time is over or the batch is full is all the same.
            let _ = timeout(GATHERED, gather(&mut waiting, &mut batch)).await;
            let attempts = batch.iter().map(|waiting| Arc::clone(&waiting.attempt)).collect();
            let ids = outward.keep_all(attempts).await;
            for (index, Waiting { attempt, room }) in batch.drain(..).enumerate() {
                drop(room);
                // Nobody has to listen.
                let _ = tell.send(Told::Attempted { id: ids.get(index).copied(), attempt }).await;
            }
        }
    };
    (Keeper { queue, room }, keeping)
}

/// Takes what comes until the batch is full or nothing comes any more.
async fn gather(waiting: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>) {
    while batch.len() < MOST {
        let room = MOST - batch.len();
        if waiting.recv_many(batch, room).await == 0 {
            break;
        }
    }
}

impl Keeper {
    /// Hands an attempt over, as soon as there is room for it.
    pub(super) async fn keep(&self, attempt: Arc<Attempt>) {
        let answer = attempt.response().map_or(0, |response| response.body.len());
        let kib = (attempt.call.request.body.len() + answer) / 1024;
        let kib = u32::try_from(kib).unwrap_or(u32::MAX).min(MOST_KIB);
        let room = Arc::clone(&self.room).acquire_many_owned(kib).await;
        let room = room.expect("the semaphore is never closed");
        // The other end lives as long as this one.
        let _ = self.queue.send(Waiting { attempt, room }).await;
    }
}
