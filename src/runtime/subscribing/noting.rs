//! What the ledger is told of a change, before and after it.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Map;

use super::not_done::NotDone;
use crate::domain::account::Account;
use crate::domain::drift::entry_of;
use crate::domain::ledger::{LedgerId, NewEntry, Sighting};
use crate::domain::name::AccountName;
use crate::domain::subscription::Change;
use crate::storage::Store;
use crate::storage::error::StoreError;

/// What an entry holds as its answer when it is certain that nothing was made.
pub(super) const NOTHING: Bytes = Bytes::new();

/// Keeps the ledger in step with one change.
#[derive(Debug)]
pub(super) struct Noting<'a> {
    store: &'a Store,
    account: AccountName,
    change: &'a Change,
    /// The entry of a new subscription.
    pub(super) entry: Option<LedgerId>,
}

impl<'a> Noting<'a> {
    /// Notes that a new subscription is about to be asked for.
    pub(super) async fn begin(
        store: &'a Store,
        account: &Account,
        change: &'a Change,
    ) -> Result<Self, StoreError> {
        let entry = match change {
            Change::Create(draft) => {
                let entry = NewEntry {
                    account: account.name.clone(),
                    provider: account.provider,
                    requested_at: Timestamp::now(),
                    target: draft.target.clone(),
                    name: draft.name.clone(),
                };
                Some(store.begin_subscription(entry).await?)
            }
            _ => None,
        };
        Ok(Self { store, account: account.name.clone(), change, entry })
    }

    /// Notes that it was done, and the id that the answer tells; returns the id, if it is known.
    pub(super) async fn done(&self, told: Option<String>) -> Result<Option<String>, StoreError> {
        match (self.entry, &told) {
            (Some(entry), Some(id)) => {
                self.store.name_subscription(entry, id.clone(), Map::new()).await?;
            }
            _ => self.sight(false).await?,
        }
        Ok(told.or_else(|| self.id().map(str::to_owned)))
    }

    /// Notes what is certain, or is not any more, when it was not done.
    pub(super) async fn not_done(&self, not_done: &NotDone) -> Result<(), StoreError> {
        match (not_done.is_certain(), self.entry) {
            (true, Some(entry)) => self.store.keep_subscription_answer(entry, NOTHING).await,
            (true, None) => Ok(()),
            (false, _) => self.sight(true).await,
        }
    }

    /// What the record looks like now is seen when it is listed next. Only a removal that is certain
    /// is noted as one.
    async fn sight(&self, in_doubt: bool) -> Result<(), StoreError> {
        let Some(id) = self.id() else { return Ok(()) };
        let sighting = match self.change {
            Change::Delete { .. } if in_doubt => return Ok(()),
            Change::Delete { .. } => Sighting::Deleted(Timestamp::now()),
            _ => Sighting::Present(Map::new()),
        };
        self.store.sight_subscription(self.account.clone(), id.to_owned(), sighting).await
    }

    /// The id of the subscription that is changed.
    fn id(&self) -> Option<&str> {
        match self.change {
            Change::Update { of, .. }
            | Change::SetActive { of, .. }
            | Change::Retarget { of, .. } => Some(&of.id),
            Change::Delete { id } => Some(id),
            Change::Create(_) | Change::Test(_) => None,
        }
    }
}

/// Notes a subscription that is known to be gone as deleted, so that it is missed no longer; tells
/// whether it was.
pub(super) async fn forget_gone(
    store: &Store,
    account: &AccountName,
    id: &str,
) -> Result<bool, StoreError> {
    let ledger = store.ledger(Some(account.clone())).await?;
    let is_gone = entry_of(&ledger, id).is_some_and(|entry| entry.gone_since.is_some());
    if is_gone {
        let deleted = Sighting::Deleted(Timestamp::now());
        store.sight_subscription(account.clone(), id.to_owned(), deleted).await?;
    }
    Ok(is_gone)
}
