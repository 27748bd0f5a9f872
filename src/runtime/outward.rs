//! What goes out on behalf of the user, from the dashboard and from the command line alike: each is
//! sent by the client and kept in the store.

use std::sync::Arc;

use crate::client::Client;
use crate::domain::attempt::{Attempt, AttemptId};
use crate::providers::accounts::Accounts;
use crate::storage::Store;

/// What outward requests are made with.
#[derive(Clone, Debug)]
pub struct Outward {
    /// Keeps the attempts, the ledger and the leases.
    pub store: Store,
    /// Sends.
    pub client: Client,
    /// Whose credentials there are.
    pub accounts: Accounts,
}

impl Outward {
    /// Keeps an attempt. One that could not be kept has no number; why is in the log.
    pub(super) async fn keep(&self, attempt: Attempt) -> (Option<AttemptId>, Arc<Attempt>) {
        let attempt = Arc::new(attempt);
        let kept = self.store.insert_attempt(Arc::clone(&attempt)).await;
        let kept =
            kept.inspect_err(|error| tracing::error!(%error, "an attempt could not be stored"));
        (kept.ok(), attempt)
    }

    /// Keeps attempts in their order. If they could not be kept, none has a number.
    pub(super) async fn keep_all(&self, attempts: Vec<Arc<Attempt>>) -> Vec<AttemptId> {
        let kept = self.store.insert_attempts(attempts).await;
        let kept =
            kept.inspect_err(|error| tracing::error!(%error, "some attempts could not be stored"));
        kept.unwrap_or_default()
    }
}
