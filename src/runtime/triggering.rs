//! Samples go out: signed by the endpoint's scheme, kept as attempts.

use std::sync::Arc;

use jiff::Timestamp;

use super::outward::Outward;
use crate::domain::attempt::{Attempt, AttemptId, Call, Purpose};

impl Outward {
    /// Sends a sample and keeps the attempt; no number if it could not be kept.
    pub async fn trigger(&self, call: Call) -> (Option<AttemptId>, Arc<Attempt>) {
        let started_at = Timestamp::now();
        let call = self.client.completed(call);
        let (timing, outcome) = self.client.send_completed(&call, Purpose::Trigger).await;
        let (delivery, account, purpose) = (None, None, Purpose::Trigger);
        let attempt =
            Attempt { delivery, account, purpose, call, started_at, timing, outcome }.masked();
        self.keep(attempt).await
    }
}
