//! Why subscriptions were not listed or not changed.

use crate::domain::attempt::{AttemptError, Response};
use crate::domain::subscription::Rejection;
use crate::storage::error::StoreError;

/// Why subscriptions were not listed or not changed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NotDone {
    /// What was asked for lacks something; nothing was sent.
    #[error("{}", .0.message)]
    Wrong(Rejection),
    /// The provider says no.
    #[error("{}", .rejection.message)]
    Rejected {
        /// What it says.
        rejection: Rejection,
        /// Whether it says so by the status already, so that nothing was changed for certain.
        by_status: bool,
    },
    /// The provider could not do it, or what answered was not its API.
    #[error("{}", .0.message)]
    Failing(Rejection),
    /// There was no answer.
    #[error("{message}")]
    Unanswered {
        /// Why, in a word of the contract.
        error: AttemptError,
        /// Why and what to do, in a sentence.
        message: String,
    },
    /// The store could not keep what has to be kept. What was not kept before is not sent.
    #[error("the store cannot keep what has to be kept: {0}")]
    Store(#[from] StoreError),
}

impl NotDone {
    /// What was asked for cannot be done here.
    #[must_use]
    pub fn wrong(message: impl Into<String>) -> Self {
        Self::Wrong(Rejection::of_whole(message))
    }

    /// Whether nothing has changed at the provider for certain.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        use AttemptError::{Dns, HostNotAllowed, Offline, Refused, Tls};
        match self {
            Self::Unanswered { error, .. } => {
                matches!(error, Refused | Dns | Tls | HostNotAllowed | Offline)
            }
            Self::Rejected { by_status, .. } => *by_status,
            Self::Wrong(_) => true,
            Self::Failing(_) | Self::Store(_) => false,
        }
    }

    /// An answer that was read as a no.
    pub(super) fn answered(response: &Response, rejection: Rejection) -> Self {
        if response.status.is_server_error() || response.status.is_redirection() {
            Self::Failing(rejection)
        } else {
            Self::Rejected { rejection, by_status: response.status.is_client_error() }
        }
    }
}

impl From<NotDone> for Rejection {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Wrong(rejection)
            | NotDone::Rejected { rejection, .. }
            | NotDone::Failing(rejection) => rejection,
            other => Self::of_whole(other.to_string()),
        }
    }
}
