//! What this run of the program has undertaken at providers: changes that are under way, and leases
//! that it has to give back.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinError;
use tokio_util::task::TaskTracker;

use crate::domain::ledger::LeaseId;

/// What this run has undertaken. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Undertaken {
    changes: TaskTracker,
    leases: Arc<Mutex<Vec<LeaseId>>>,
}

impl Undertaken {
    /// Makes a change. Once begun it goes on to its end, whoever stops waiting for it: half a change
    /// is one of which nobody knows what came.
    ///
    /// # Errors
    /// When it panicked.
    pub async fn complete<T: Send + 'static>(
        &self,
        change: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, JoinError> {
        self.changes.spawn(change).await
    }

    /// Waits for the changes that are under way. Afterwards none should begin.
    pub async fn settle(&self) {
        self.changes.close();
        self.changes.wait().await;
    }

    /// Notes a lease as one of this run.
    pub fn take(&self, lease: LeaseId) {
        self.leases.lock().unwrap_or_else(PoisonError::into_inner).push(lease);
    }

    /// Whether the lease is one of this run.
    #[must_use]
    pub fn holds(&self, lease: LeaseId) -> bool {
        self.leases.lock().unwrap_or_else(PoisonError::into_inner).contains(&lease)
    }
}
