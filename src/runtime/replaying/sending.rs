//! One request: made as the plan says, sent, and told with its credentials masked.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::schedule::{AHEAD_BYTES, Found, Planned, Try, fresh_id};
use crate::client::Client;
use crate::client::replay::{self, CannotReplay, Fresh};
use crate::domain::attempt::{Attempt, AttemptError, Call, Outcome, Purpose};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::plan::{Plan, Proof};
use crate::providers::route::Routes;
use crate::providers::rules;
use crate::storage::Store;

/// What requests are made and sent with.
pub(super) struct Sending<'a> {
    pub(super) client: Client,
    pub(super) store: &'a Store,
    pub(super) plan: &'a Plan,
    pub(super) routes: &'a Routes,
}

/// A try that has come to its end, with what came of it, or why it was not sent.
pub(super) struct Ended {
    pub(super) of: Try,
    pub(super) outcome: Result<Arc<Attempt>, String>,
}

impl Sending<'_> {
    pub(super) async fn send(&self, Planned { of, delivery }: Planned) -> Ended {
        Ended { of, outcome: self.attempt(of, delivery).await.map(Arc::new) }
    }

    async fn attempt(&self, of: Try, delivery: Option<Arc<Delivery>>) -> Result<Attempt, String> {
        let delivery = match delivery {
            Some(delivery) => delivery,
            None => read_one(self.store, of.delivery).await?,
        };
        let started_at = Timestamp::now();
        let call = call(&delivery, self.plan, self.routes, started_at, of.id);
        let call = self.client.completed(call.map_err(|error| error.to_string())?);
        let (timing, outcome) = self.client.send_completed(&call, Purpose::Replay).await;
        let (delivery, account, purpose) = (Some(of.delivery), None, Purpose::Replay);
        Ok(Attempt { delivery, account, purpose, call, started_at, timing, outcome }.masked())
    }

    /// After which time it is tried again, if the plan says so.
    pub(super) fn retry_after(&self, attempt: &Attempt, nth: u32) -> Option<Duration> {
        let provider = self.plan.retry_like?;
        let is_retried = match &attempt.outcome {
            Outcome::Answered(response) => {
                let next = rules::next(provider, response.status, nth, attempt.started_at);
                matches!(next, rules::Next::At(_))
            }
            // Nothing changes that by itself.
            Outcome::Failed { error: AttemptError::Offline, .. } => false,
            Outcome::Failed { .. } => true,
        };
        rules::delay_after(provider, nth).filter(|_| is_retried)
    }
}

/// Looks for some of these deliveries.
pub(super) async fn read(store: Store, ids: Vec<DeliveryId>) -> Vec<Found> {
    match store.deliveries(ids.clone(), AHEAD_BYTES).await {
        Ok(found) => found.into_iter().map(|(id, delivery)| (id, there(delivery))).collect(),
        Err(error) => ids.into_iter().map(|id| (id, Err(error.to_string()))).collect(),
    }
}

/// Reads a delivery, or tells why it cannot be.
pub(super) async fn read_one(store: &Store, id: DeliveryId) -> Result<Arc<Delivery>, String> {
    let found = store.deliveries(vec![id], AHEAD_BYTES).await.map_err(|error| error.to_string())?;
    there(found.into_iter().next().and_then(|(_, delivery)| delivery))
}

fn there(delivery: Option<Delivery>) -> Result<Arc<Delivery>, String> {
    let gone = || "the store does not have it any more".to_owned();
    delivery.map(Arc::new).ok_or_else(gone)
}

/// The call for a delivery, made now. `id` is that of its event if it is signed with a new one.
pub(super) fn call(
    delivery: &Delivery,
    plan: &Plan,
    routes: &Routes,
    at: Timestamp,
    id: Uuid,
) -> Result<Call, CannotReplay> {
    match &plan.proof {
        Proof::AsCaptured => replay::call(delivery, plan, None, at, ""),
        Proof::Afresh { by, .. } => {
            let signer = routes.named(by.as_ref().unwrap_or(&delivery.endpoint));
            let (nonce, id) = (fresh_id(&plan.proof).to_string(), id.to_string());
            replay::call(delivery, plan, signer, at, Fresh { nonce: &nonce, id: &id })
        }
    }
}
