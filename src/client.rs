//! Outward requests: one place that decides where they may go and what goes with them.
//!
//! A [`Client`] sends a [`Call`] and says what came of it. It follows no redirect, retries nothing
//! of its own accord (but for a token that has expired), and takes bounded answers in bounded time.
//! Credentials go only where [`Account::permits`] says, and what comes back is masked before
//! anybody sees it. It stores nothing.

pub mod policy;
pub mod replay;

use std::sync::Arc;

use crate::domain::account::Account;
use crate::domain::attempt::{Attempt, Call, Outcome, Purpose, Timing};
use crate::domain::delivery::DeliveryId;
use policy::Policy;

/// Sends outward requests. Cloning shares connections and tokens.
#[derive(Clone, Debug)]
pub struct Client {
    _policy: Arc<Policy>,
}

impl Client {
    /// A client under these bounds.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { _policy: Arc::new(policy) }
    }

    /// Sends a call as it is, without anybody's credentials: a replay, a sample.
    pub async fn send(&self, _call: &Call) -> (Timing, Outcome) {
        todo!()
    }

    /// Sends a call with the account's credentials, if they may go there. The attempt that comes
    /// back has every credential masked: in what went out, and wherever the answer repeats one.
    pub async fn send_as(
        &self,
        _account: &Account,
        _purpose: Purpose,
        _delivery: Option<DeliveryId>,
        _call: Call,
    ) -> Attempt {
        todo!()
    }
}
