//! Deliveries are handed on to the user's app as they arrive.
//!
//! For each endpoint and target there is a lane: a task that takes the deliveries in the order of
//! the store, one after the other, and notes how far it has got. The feed only wakes it. So nothing
//! is lost that was answered, whatever happens to the app or to hookscope, and capture never waits:
//! handing on costs it no write of its own, and gives way to a flood. If hookscope is killed, what
//! was handed on in the last moment is handed on again.
//!
//! Any answer counts: what the app makes of a delivery is its own business and stands in the
//! attempt. Without an answer the lane waits until the app can be connected to, and tries again.
//!
//! Where the app answers senders itself, capture asks, and no lane has that delivery.
//!
//! Reading order: [`reports`], `marks`, `keeping`, `sending` (one delivery goes out), `line` (which is next),
//! `lane` (one after the other), `asking` (those that a sender waits for), [`circle`], then here.

pub mod reports;
mod marks;
mod keeping;
mod sending;
mod line;
mod lane;
mod asking;
pub mod circle;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::outward::Outward;
use crate::capture::desk::Desk;
use crate::capture::feed::Feed;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::Endpoint;
use crate::providers::route::Routes;
use crate::storage::error::StoreError;
use keeping::Keeping;
use lane::Lane;
use line::Line;
use marks::Marks;
use reports::Reports;
use sending::Sending;

/// How long an app may think about a delivery: as long as somebody may stand at a breakpoint.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// How many questions to the app wait for being taken up.
const QUESTIONS: usize = 64;

/// What deliveries are handed on with.
#[derive(Debug)]
pub struct Wiring {
    /// Keeps the attempts and how far each target has got, and sends. A call of the client may take
    /// [`PATIENCE`].
    pub outward: Outward,
    /// The endpoints with their targets.
    pub routes: Routes,
    /// Wakes the lanes.
    pub feed: Feed,
    /// Where capture asks for the app's answers.
    pub desk: Desk,
    /// Takes what happens.
    pub reports: Reports,
}

/// The lanes, at work.
#[derive(Debug)]
pub struct Forwarder {
    tasks: JoinSet<()>,
    stop: CancellationToken,
    skips: Skips,
}

/// Lets what waits for an app that does not take it be left out.
#[derive(Clone, Debug, Default)]
pub struct Skips(Arc<watch::Sender<u64>>);

impl Skips {
    /// Leaves out what waits now. What an app is just answering is not touched.
    pub fn skip(&self) {
        self.0.send_modify(|times| *times += 1);
    }
}

impl Forwarder {
    /// Starts to hand on. A target that was not known before begins behind the delivery `newest`.
    /// To be called before anything is captured: what is answered has to be in line.
    ///
    /// # Errors
    /// When the store cannot keep how far each target has got.
    pub async fn start(with: Wiring, newest: DeliveryId) -> Result<Self, StoreError> {
        let Wiring { outward, routes, feed, desk, reports } = with;
        let endpoints = routes.iter().map(|route| Arc::new(route.endpoint.clone()));
        let endpoints = endpoints.collect::<Vec<_>>();
        let lanes = endpoints.iter().flat_map(|endpoint| {
            let targets = endpoint.forwarding.targets.iter();
            targets.map(|target| (Arc::clone(endpoint), target.to.clone()))
        });
        let lanes = lanes.collect::<Vec<_>>();
        let store = outward.store.clone();
        let names = lanes.iter().map(|(endpoint, to)| (endpoint.name.clone(), to.clone()));
        store.configure_forwards(names.collect(), newest).await?;
        let (keeping, keeper) = Keeping::new(store.clone(), reports.clone());
        let (client, marks) = (outward.client, Marks::default());
        let sending = Sending { client, keeping, reports, marks };
        let (stop, skips) = (CancellationToken::new(), Skips::default());
        let mut tasks = JoinSet::new();
        tasks.spawn(keeper.run());
        for (number, (endpoint, to)) in lanes.into_iter().enumerate() {
            let position = store.forwarded_up_to(endpoint.name.clone(), to.clone()).await?;
            let marks = sending.marks.clone();
            let line = Line::new(store.clone(), endpoint, to, marks, position);
            let heard = (feed.subscribe(), skips.0.subscribe(), stop.clone());
            tasks.spawn(Lane::new(number, line, sending.clone(), heard).run());
        }
        if endpoints.iter().any(|endpoint| endpoint.answered_by_app.is_some()) {
            let (asked, questions) = mpsc::channel(QUESTIONS);
            desk.ask(asked);
            let app_answers = |endpoint: &Arc<Endpoint>| endpoint.answered_by_app.is_some();
            let endpoints = endpoints.into_iter().filter(app_answers).collect();
            tasks.spawn(asking::run(questions, sending, endpoints, stop.clone()));
        }
        Ok(Self { tasks, stop, skips })
    }

    /// Lets what waits be skipped.
    pub fn skips(&self) -> Skips {
        self.skips.clone()
    }

    /// Ends after what is under way, which has two seconds.
    pub async fn stop(&mut self) {
        self.stop.cancel();
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "handing deliveries on ended badly");
            }
        }
    }
}
