//! The configured accounts.

use std::sync::Arc;

use crate::domain::account::Account;
use crate::domain::name::AccountName;

/// All accounts, in the order of the config.
#[derive(Clone, Debug, Default)]
pub struct Accounts(Arc<[Arc<Account>]>);

impl Accounts {
    /// Accounts in the order in which they are tried.
    #[must_use]
    pub fn new(accounts: Vec<Account>) -> Self {
        Self(accounts.into_iter().map(Arc::new).collect())
    }

    /// The account of this name.
    #[must_use]
    pub fn named(&self, name: &AccountName) -> Option<&Arc<Account>> {
        self.iter().find(|account| account.name == *name)
    }

    /// All accounts in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
