//! Requests side by side. A lane sends one after the other, so that an answer is followed by the next
//! request at once, whatever is still to be done about the answer: the target need not wait for that.

use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;

use super::schedule::{Due, Planned, Schedule};
use super::sending::{Ended, Sending};

/// So many tries that have ended are to be seen to before a lane sends another one.
const MOST_UNSEEN: usize = 128;

/// What the lanes share: what they take from, and what comes of it. Nobody holds on to either.
pub(super) struct Shared<'a> {
    pub(super) sending: &'a Sending<'a>,
    schedule: Mutex<Schedule>,
    ended: Mutex<Vec<Ended>>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(sending: &'a Sending<'a>, schedule: Schedule) -> Self {
        Self { sending, schedule: Mutex::new(schedule), ended: Mutex::default() }
    }

    pub(super) fn schedule(&self) -> MutexGuard<'_, Schedule> {
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ended(&self) -> MutexGuard<'_, Vec<Ended>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends this, and then what is due.
    pub(super) async fn lane(&self, planned: Planned) {
        let mut next = Some(planned);
        while let Some(planned) = next {
            let ended = self.sending.send(planned).await;
            next = self.follow(ended);
        }
    }

    fn follow(&self, ended: Ended) -> Option<Planned> {
        let mut unseen = self.ended();
        unseen.push(ended);
        if unseen.len() < MOST_UNSEEN { self.schedule().take_due(Instant::now()) } else { None }
    }
}

/// The lanes that are in use.
pub(super) struct Lanes<'a, S, F> {
    shared: &'a Shared<'a>,
    /// Sends from a first try on. What it returns stays as it is: it is too large to be copied into a
    /// box of its own first.
    send: S,
    most: usize,
    in_use: FuturesUnordered<F>,
}

impl<'a, S: Fn(Planned) -> F, F: Future<Output = ()>> Lanes<'a, S, F> {
    pub(super) fn new(shared: &'a Shared<'a>, send: S) -> Self {
        let most = usize::try_from(shared.sending.plan.parallel.max(1)).unwrap_or(usize::MAX);
        Self { shared, send, most, in_use: FuturesUnordered::new() }
    }

    /// Whether nothing is under way.
    pub(super) fn are_empty(&self) -> bool {
        self.in_use.is_empty()
    }

    /// Sends what is due, as far as there is room; what is next if there is still room then.
    pub(super) fn start_what_is_due(&self) -> Option<Due> {
        let mut schedule = self.shared.schedule();
        while self.in_use.len() < self.most {
            let Some(planned) = schedule.take_due(Instant::now()) else {
                return schedule.next();
            };
            self.in_use.push((self.send)(planned));
        }
        None
    }

    /// Waits for tries that have ended. Nothing is lost if that is given up.
    pub(super) async fn ended(&mut self) -> Vec<Ended> {
        poll_fn(|context| {
            while let Poll::Ready(Some(())) = self.in_use.poll_next_unpin(context) {}
            let ended = std::mem::take(&mut *self.shared.ended());
            if ended.is_empty() { Poll::Pending } else { Poll::Ready(ended) }
        })
        .await
    }
}
