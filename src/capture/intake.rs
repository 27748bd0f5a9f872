//! The life of a delivery, on one page: read, inspect, store, publish, answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use http::Response;
use http::request::Parts;
use hyper::body::{Body, Incoming};
use jiff::Timestamp;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::answer::{self, AnswerBody, Silence};
use super::desk::{Desk, Expected};
use super::feed::Feed;
use super::lasting::Lasting;
use super::limits::Limits;
use super::read::{self, Unread};
use super::tap::HeadKeeper;
use crate::domain::arrival::Arrival;
use crate::domain::delivery::Delivery;
use crate::domain::http::Request;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalReason};
use crate::domain::shape::Reply;
use crate::providers;
use crate::providers::route::{Route, Routes};
use crate::storage::{Captured, Store};

/// Bodies above this are inspected where they do not hold up other connections.
const LONG_BODY: usize = 256 * 1024;

/// Everything that a request meets on its way in.
#[derive(Debug)]
pub struct Intake {
    routes: Routes,
    limits: Limits,
    store: Store,
    feed: Feed,
    desk: Desk,
    /// Deliveries between being read and being published, whoever still waits for them.
    under_way: TaskTracker,
}

/// When and from where a request came.
#[derive(Clone, Copy, Debug)]
struct Knock {
    peer: SocketAddr,
    at: Timestamp,
    since: Instant,
}

impl Intake {
    /// An intake that stores into `store` and publishes to `feed`.
    #[must_use]
    pub fn new(routes: Routes, limits: Limits, store: Store, feed: Feed) -> Self {
        let (desk, under_way) = (Desk::default(), TaskTracker::new());
        Self { routes, limits, store, feed, desk, under_way }
    }

    /// Who else decides what is answered.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Nobody is waited for any more.
    pub(crate) fn end_waits(&self) {
        self.desk.end();
    }

    /// The bounds of the listener.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Receives one request whose head has just arrived.
    pub(crate) async fn receive(
        self: Arc<Self>,
        request: http::Request<Incoming>,
        heads: &HeadKeeper,
        peer: SocketAddr,
    ) -> Result<Response<AnswerBody>, Silence> {
        let knock = Knock { peer, at: Timestamp::now(), since: Instant::now() };
        let (parts, body) = request.into_parts();
        let (request, route) = match self.read(&parts, body, heads).await {
            Ok(read) => read,
            Err(unread) => return Ok(self.refuse(peer, unread.reason, unread.message)),
        };
        // From here on nothing may be lost: a caller who hangs up drops this future, not the work.
        let kept = Arc::clone(&self).keep(request, Arc::clone(&route), knock);
        match Lasting::new(&self.under_way, kept).await {
            Ok(Ok((record, expected))) => {
                let reply = self.decided(&record, expected, &route).await;
                if !reply.answer.delay.is_zero() {
                    tokio::time::sleep(reply.answer.delay).await;
                }
                answer::to_captured(&reply)
            }
            Ok(Err(message)) => Ok(self.refuse(peer, RefusalReason::StoreFailed, message)),
            Err(panic) => {
                tracing::error!(panic, "a delivery could not be handled");
                let message = "the delivery could not be handled; details are in the log";
                Ok(self.refuse(peer, RefusalReason::StoreFailed, message.to_owned()))
            }
        }
    }

    async fn read(
        &self,
        parts: &Parts,
        body: Incoming,
        heads: &HeadKeeper,
    ) -> Result<(Request, Arc<Route>), Unread> {
        let kept = heads.take(body.size_hint().exact());
        let mut request = read::head(parts, kept.as_ref())?;
        let route = self.routes.find(request.path()).cloned().ok_or_else(|| Unread {
            reason: RefusalReason::NoEndpoint,
            message: format!("no endpoint is configured for {}", request.path()),
        })?;
        request.body = read::body(body, &self.limits).await?;
        heads.body_ended();
        Ok((request, route))
    }

    async fn keep(
        self: Arc<Self>,
        request: Request,
        route: Arc<Route>,
        knock: Knock,
    ) -> Result<(Arc<Record>, Expected), String> {
        let reading = knock.since.elapsed();
        let inspect = || providers::inspect(&request, knock.at, &route, self.routes.accounts());
        let inspection = if request.body.len() > LONG_BODY {
            tokio::task::block_in_place(inspect)
        } else {
            inspect()
        };
        let (answer, handshake) = providers::answer::answer(&request, &inspection.verdict, &route);
        let nonce = providers::nonce(&request, knock.at, &inspection.verdict, &route);
        let delivery = Delivery {
            uid: Uuid::now_v7(),
            received_at: knock.at,
            reading,
            peer: knock.peer,
            endpoint: route.endpoint.name.clone(),
            request,
        };
        let expected = match &handshake {
            Some(_) => answer.into(),
            None => self.desk.next(&route.endpoint.name, answer),
        };
        let status = expected.reply.answer.status;
        let captured = Captured { delivery, inspection, status, nonce, handshake };
        let stored = self.store.insert(Box::new(captured)).await;
        let mut record = stored.map_err(|error| error.to_string())?;
        record.answered.took = Some(knock.since.elapsed());
        let record = Arc::new(record);
        self.feed.publish(Arrival::Captured(Arc::clone(&record)));
        Ok((record, expected))
    }

    /// What is answered in the end: what the user or the app decides, else what was expected.
    async fn decided(&self, record: &Arc<Record>, expected: Expected, route: &Route) -> Reply {
        let Expected { reply, is_shaped } = expected;
        if record.handshake.is_some() {
            return reply;
        }
        let decided = match self.desk.held(record, &self.feed).await {
            None => match &route.endpoint.answered_by_app {
                Some(app) if !is_shaped => self.desk.of_app(record, app).await.map(Reply::from),
                _ => None,
            },
            decided => decided,
        };
        let Some(reply) = decided else { return reply };
        if reply.answer.status != record.answered.status {
            let (id, status) = (record.id, reply.answer.status);
            if let Err(error) = self.store.answered(id, status).await {
                tracing::warn!(%error, "what was answered could not be kept");
            }
            self.feed.publish(Arrival::Answered { id, status });
        }
        reply
    }

    /// Publishes a refusal and makes its answer.
    pub(crate) fn refuse(
        &self,
        peer: SocketAddr,
        reason: RefusalReason,
        message: String,
    ) -> Response<AnswerBody> {
        let refusal = Refusal { at: Timestamp::now(), peer, reason, message };
        tracing::warn!(%peer, %reason, message = ?refusal.message, "refused a request");
        let response = answer::to_refused(&refusal);
        self.feed.publish(Arrival::Refused(refusal));
        response
    }

    /// Returns when every delivery that was read is stored and published, or has failed.
    pub(crate) async fn finish(&self) {
        self.under_way.close();
        self.under_way.wait().await;
    }
}
