//! An account with how the subscriptions of its provider are spoken.

use std::sync::Arc;

use crate::domain::account::Account;
use crate::providers::api::Subscriptions;

/// An account with how the subscriptions of its provider are spoken.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    /// The account.
    pub(super) account: Arc<Account>,
    /// Its provider's words.
    pub(super) subscriptions: &'static dyn Subscriptions,
}
