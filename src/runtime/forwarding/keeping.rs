//! What came of handing on is kept: the attempts, and how far each target has got.
//!
//! Writes are gathered for a moment, so that deliveries that are just captured do not wait for a
//! commit of ours each time. What was handed on in that moment is repeated after a crash: at most
//! twice [`MOST`], and one that is under way in each lane.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{join, join_all};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::reports::Reports;
use crate::domain::attempt::Attempt;
use crate::domain::delivery::DeliveryId;
use crate::domain::name::EndpointName;
use crate::domain::url::Url;
use crate::storage::Store;

/// How long writes are gathered.
const MOMENT: Duration = Duration::from_millis(40);

/// No more than these are gathered, and as many may wait while they are written.
const MOST: usize = 16;

/// The last delivery of an endpoint that a target is done with.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub(super) endpoint: EndpointName,
    pub(super) to: Url,
    pub(super) id: DeliveryId,
}

/// Something to keep.
#[derive(Debug)]
struct Kept {
    attempt: Option<Attempt>,
    done: Option<Done>,
}

/// Takes what is to be kept. Cloning shares it.
#[derive(Clone, Debug)]
pub(super) struct Keeping(mpsc::Sender<Kept>);

/// Writes what is to be kept.
#[derive(Debug)]
pub(super) struct Keeper {
    kept: mpsc::Receiver<Kept>,
    store: Store,
    reports: Reports,
}

impl Keeping {
    pub(super) fn new(store: Store, reports: Reports) -> (Self, Keeper) {
        let (sender, kept) = mpsc::channel(MOST);
        (Self(sender), Keeper { kept, store, reports })
    }

    /// Keeps an attempt, whose credentials are masked, and what is done with by it.
    pub(super) async fn attempt(&self, attempt: Attempt, done: Option<Done>) {
        self.keep(Kept { attempt: Some(attempt), done }).await;
    }

    /// Keeps how far a target has got.
    pub(super) async fn done(&self, done: Done) {
        self.keep(Kept { attempt: None, done: Some(done) }).await;
    }

    async fn keep(&self, kept: Kept) {
        if self.0.send(kept).await.is_err() {
            tracing::error!("what came of forwarding cannot be kept any more");
        }
    }
}

impl Keeper {
    /// Writes until nobody is left who hands something on.
    pub(super) async fn run(mut self) {
        while let Some(first) = self.kept.recv().await {
            let until = Instant::now() + MOMENT;
            let mut together = vec![first];
            while together.len() < MOST
                && let Ok(Some(kept)) = timeout_at(until, self.kept.recv()).await
            {
                together.push(kept);
            }
            self.write(together).await;
        }
    }

    /// Writes attempts and positions into one queue, so that they share a commit.
    async fn write(&self, kept: Vec<Kept>) {
        let mut attempts = Vec::new();
        let mut furthest = HashMap::new();
        for Kept { attempt, done } in kept {
            attempts.extend(attempt.map(Arc::new));
            if let Some(Done { endpoint, to, id }) = done {
                let known = furthest.entry((endpoint, to)).or_insert(id);
                *known = id.max(*known);
            }
        }
        let writing = attempts.iter().map(|attempt| self.store.insert_attempt(Arc::clone(attempt)));
        let noting =
            furthest.into_iter().map(|((endpoint, to), id)| self.store.forwarded(endpoint, to, id));
        let (ids, noted) = join(join_all(writing), join_all(noting)).await;
        for (id, attempt) in ids.into_iter().zip(attempts) {
            let id = id.inspect_err(|error| tracing::warn!(%error, "an attempt could not be kept"));
            self.reports.attempted(id.ok(), attempt);
        }
        for error in noted.into_iter().filter_map(Result::err) {
            tracing::warn!(%error, "how far forwarding has got could not be kept");
        }
    }
}
