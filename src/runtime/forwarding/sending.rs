//! One delivery goes to the app, and what came of it is kept.

use jiff::Timestamp;

use super::keeping::{Done, Keeping};
use super::marks::Marks;
use super::reports::Reports;
use crate::client::Client;
use crate::client::replay::{self, CannotReplay};
use crate::domain::attempt::{Attempt, AttemptError, Call, Outcome, Purpose, Timing};
use crate::domain::plan::Plan;
use crate::domain::record::Record;
use crate::domain::url::Url;

/// Sends, keeps and tells.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    pub(super) client: Client,
    pub(super) keeping: Keeping,
    pub(super) reports: Reports,
    pub(super) marks: Marks,
}

impl Sending {
    /// The call that hands a delivery on exactly as it came.
    ///
    /// # Errors
    /// When its target and the address do not make one; with the attempt that says so.
    pub(super) fn call(&self, record: &Record, to: &Url) -> Result<Call, Box<Attempt>> {
        let plan = Plan::verbatim(vec![record.id], to.clone());
        let now = Timestamp::now();
        let call = replay::call(&record.delivery, &plan, None, now, "");
        call.map(|call| self.client.completed(call)).map_err(|error: CannotReplay| {
            let message = format!("it cannot be sent: {error}");
            let outcome = Outcome::Failed { error: AttemptError::Malformed, message };
            let call = Call::of(to.clone(), record.delivery.request.clone());
            Box::new(attempt(record, &call, now, Timing::default(), outcome))
        })
    }

    /// Sends a call for a delivery.
    pub(super) async fn send(&self, record: &Record, call: &Call) -> Attempt {
        self.marks.remember(record.delivery.uid);
        let started_at = Timestamp::now();
        let (timing, outcome) = self.client.send_completed(call, Purpose::Forward).await;
        attempt(record, call, started_at, timing, outcome)
    }

    /// Keeps an attempt and tells of it, and what is done with by it.
    pub(super) async fn keep(&self, attempt: Attempt, done: Option<Done>) {
        self.keeping.attempt(attempt.masked(), done).await;
    }
}

/// An attempt to hand a delivery on.
pub(super) fn attempt(
    record: &Record,
    call: &Call,
    started_at: Timestamp,
    timing: Timing,
    outcome: Outcome,
) -> Attempt {
    Attempt {
        delivery: Some(record.id),
        account: None,
        purpose: Purpose::Forward,
        call: call.clone(),
        started_at,
        timing,
        outcome,
    }
}
