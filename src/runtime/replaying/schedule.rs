//! What goes out when. Deliveries are read a few ahead; what is to be tried again is read once more
//! when its time has come, so that waiting takes no room.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use jiff::Timestamp;
use tokio::time::Instant;
use uuid::Uuid;

use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::plan::{Pace, Plan, Proof};

/// No more deliveries are read ahead than these …
const AHEAD: usize = 128;

/// … nor, if one is no longer, more than so many bytes.
pub(super) const AHEAD_BYTES: usize = 1 << 20;

/// Further away than anybody waits.
const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 3_600);

/// One try to send a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Try {
    /// The delivery.
    pub(super) delivery: DeliveryId,
    /// The how-many-th try it is, from 1.
    pub(super) nth: u32,
    /// The id that the event has if it is signed afresh, the same for each try.
    pub(super) id: Uuid,
}

/// A try whose time has come.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// The try.
    pub(super) of: Try,
    /// What to send, if it was read already.
    pub(super) delivery: Option<Arc<Delivery>>,
}

/// The next try and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Due {
    /// When.
    pub(super) due: Instant,
    /// What.
    pub(super) of: Try,
}

/// A delivery that cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// The delivery.
    pub(super) delivery: DeliveryId,
    /// How many requests it would have been.
    pub(super) times: u64,
    /// Why.
    pub(super) why: String,
}

/// What a plan sends, in its order and at its times.
pub(super) struct Schedule {
    deliveries: BoxStream<'static, Vec<Found>>,
    is_read: bool,
    times: u32,
    pace: Pace,
    proof: Proof,
    begun: Instant,
    /// No first try goes out before.
    from: Instant,
    /// When the first delivery was received.
    first: Option<Timestamp>,
    ahead: VecDeque<Ahead>,
    /// The bodies of those ahead, in bytes.
    ahead_bytes: usize,
    retries: BinaryHeap<Reverse<Due>>,
}

/// A delivery that was looked for, or why it is not there.
pub(super) type Found = (DeliveryId, Result<Arc<Delivery>, String>);

/// A delivery that was read.
struct Ahead {
    delivery: Arc<Delivery>,
    due: Due,
    /// How often it still goes out; at least once.
    left: u32,
}

impl Schedule {
    /// The schedule of a plan. `read` looks for some of the deliveries that it is given: for the first
    /// one, and for as many behind it as it sees fit.
    pub(super) fn new<F>(plan: &Plan, read: impl Fn(Vec<DeliveryId>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Vec<Found>> + Send,
    {
        let left = VecDeque::from(plan.deliveries.clone());
        let deliveries = stream::unfold((left, read), async |(mut left, read)| {
            let some = left.iter().take(AHEAD).copied().collect::<Vec<_>>();
            if some.is_empty() {
                return None;
            }
            let found = read(some).await;
            left.drain(..found.len());
            Some((found, (left, read)))
        });
        let begun = Instant::now();
        Self {
            deliveries: deliveries.boxed(),
            is_read: false,
            times: plan.times.max(1),
            pace: plan.pace,
            proof: plan.proof.clone(),
            begun,
            from: begun,
            first: None,
            ahead: VecDeque::new(),
            ahead_bytes: 0,
            retries: BinaryHeap::new(),
        }
    }

    /// Whether [`Schedule::poll_load`] has something to do.
    pub(super) fn wants_more(&self) -> bool {
        !self.is_read && self.ahead.len() < AHEAD && self.ahead_bytes < AHEAD_BYTES
    }

    /// Whether further deliveries are here; those of them that cannot be sent.
    pub(super) fn poll_load(&mut self, context: &mut Context<'_>) -> Poll<Vec<Missing>> {
        let Some(found) = ready!(self.deliveries.poll_next_unpin(context)) else {
            self.is_read = true;
            return Poll::Ready(Vec::new());
        };
        let mut missing = Vec::new();
        for (id, delivery) in found {
            match delivery {
                Ok(delivery) => self.add(id, delivery),
                Err(why) => {
                    missing.push(Missing { delivery: id, times: self.times.into(), why });
                }
            }
        }
        Poll::Ready(missing)
    }

    fn add(&mut self, id: DeliveryId, delivery: Arc<Delivery>) {
        let first = *self.first.get_or_insert(delivery.received_at);
        let due = match self.pace {
            Pace::AtOnce | Pace::Gap(_) => self.begun,
            Pace::Original => {
                let after_first = delivery.received_at.duration_since(first).try_into();
                later(self.begun, after_first.unwrap_or_default())
            }
        };
        let due = Due { due, of: self.first_try(id) };
        self.ahead_bytes += delivery.request.body.len();
        self.ahead.push_back(Ahead { delivery, due, left: self.times });
    }

    /// The try that is next, due or not, as far as is known.
    pub(super) fn next(&self) -> Option<Due> {
        let retry = self.retries.peek().map(|Reverse(due)| *due);
        let ahead = self.ahead.front().map(|ahead| {
            let Due { due, of } = ahead.due;
            Due { due: due.max(self.from), of }
        });
        retry.into_iter().chain(ahead).min_by_key(|due| due.due)
    }

    /// Takes the try that is next, if its time has come.
    pub(super) fn take_due(&mut self, now: Instant) -> Option<Planned> {
        let next = self.next().filter(|next| next.due <= now)?;
        if self.retries.peek() == Some(&Reverse(next)) {
            self.retries.pop();
            return Some(Planned { of: next.of, delivery: None });
        }
        if let Pace::Gap(gap) = self.pace {
            self.from = later(now, gap);
        }
        let further = self.first_try(next.of.delivery);
        let ahead = self.ahead.front_mut()?;
        let planned = Planned { of: next.of, delivery: Some(Arc::clone(&ahead.delivery)) };
        ahead.left -= 1;
        ahead.due.of = further;
        if ahead.left == 0 {
            self.ahead_bytes -= ahead.delivery.request.body.len();
            self.ahead.pop_front();
        }
        Some(planned)
    }

    /// Tries once more at that time.
    pub(super) fn retry(&mut self, of: Try, due: Instant) {
        self.retries.push(Reverse(Due { due, of: Try { nth: of.nth + 1, ..of } }));
    }

    fn first_try(&self, delivery: DeliveryId) -> Try {
        Try { delivery, nth: 1, id: fresh_id(&self.proof) }
    }

    /// Whether nothing goes out any more.
    pub(super) fn is_over(&self) -> bool {
        self.is_read && self.ahead.is_empty() && self.retries.is_empty()
    }

    /// Lets nothing go out any more.
    pub(super) fn end(&mut self) {
        self.is_read = true;
        self.ahead.clear();
        self.ahead_bytes = 0;
        self.retries.clear();
    }
}

/// An id that was not used before. Where nothing is signed nobody reads it, and none is made.
pub(super) fn fresh_id(proof: &Proof) -> Uuid {
    match proof {
        Proof::AsCaptured => Uuid::nil(),
        Proof::Afresh { .. } => Uuid::now_v7(),
    }
}

/// So much later, or as late as can be told.
fn later(from: Instant, delay: Duration) -> Instant {
    from.checked_add(delay).unwrap_or(from + FAR)
}

#[cfg(test)]
mod tests;
