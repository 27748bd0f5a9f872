//! The configured accounts.

use std::sync::Arc;

use crate::domain::account::Account;
use crate::domain::event::ProviderId;
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

    /// The accounts that deliveries of this provider may belong to: its own, and behind them those
    /// of the other provider with the same API, because one subscription may ask for events of both.
    /// A delivery of an unknown provider may belong to any.
    pub fn of(&self, provider: Option<ProviderId>) -> impl Iterator<Item = &Arc<Account>> {
        let is_own = move |own: ProviderId| provider.is_none_or(|provider| provider == own);
        let has_same_api =
            move |own| provider.is_some_and(|other| is_group(other) && is_group(own));
        let own = self.iter().filter(move |account| is_own(account.provider));
        let others = self.iter().filter(move |account| !is_own(account.provider));
        own.chain(others.filter(move |account| has_same_api(account.provider)))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether the provider is behind the API of the Avinode Group.
fn is_group(provider: ProviderId) -> bool {
    matches!(provider, ProviderId::Avinode | ProviderId::Schedaero)
}
