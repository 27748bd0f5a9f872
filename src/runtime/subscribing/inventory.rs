//! What the provider lists beside what the ledger knows, and what the ledger learns of it.

use jiff::Timestamp;

use super::recovery;
use super::spoken::Spoken;
use crate::domain::addresses::Addresses;
use crate::domain::drift::{Found, Known, compare, entry_of};
use crate::domain::ledger::{Drift, LedgerEntry, Listed, Sighting};
use crate::domain::subscription::Subscription;
use crate::providers::sandbox;
use crate::storage::Store;
use crate::storage::error::StoreError;

/// What the provider has beside what the ledger knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// The subscriptions; behind them those that are gone.
    pub listed: Vec<Listed>,
    /// What a reader has to know beside, in sentences.
    pub remarks: Vec<String>,
}

/// Compares what was found with the ledger, and notes there what was seen for the first time.
pub(super) async fn beside_ledger(
    store: &Store,
    addresses: &Addresses,
    spoken: &Spoken,
    found: Vec<Subscription>,
) -> Result<Inventory, StoreError> {
    let Spoken { account, subscriptions } = spoken;
    let now = Timestamp::now();
    let mut ledger = store.ledger(Some(account.name.clone())).await?;
    let mut remarks = recovery::recover(store, *subscriptions, &mut ledger, &found, now).await?;
    let leases = store.open_leases().await?.into_iter().map(|(_, lease)| lease);
    let leases = leases.filter(|lease| lease.account == account.name).collect::<Vec<_>>();
    let found = found.into_iter().map(|subscription| Found {
        masked: subscriptions.masked(&subscription.raw),
        subscription,
    });
    let found = found.collect::<Vec<_>>();
    for found in &found {
        sighted(store, &ledger, found).await?;
    }
    let known = Known { ledger: &ledger, leases: &leases, addresses };
    let mut listed =
        compare(found, known, |entry, id| recovery::as_last_seen(*subscriptions, entry, id));
    let mut lost = Vec::new();
    for gone in listed.iter_mut().filter(|listed| listed.drift == Some(Drift::Gone)) {
        let id = &gone.subscription.id;
        if gone.gone_since.is_none() {
            let (account, sighting) = (account.name.clone(), Sighting::Gone(now));
            store.sight_subscription(account, id.clone(), sighting).await?;
        }
        let since = *gone.gone_since.get_or_insert(now);
        let asked = entry_of(&ledger, id).map_or(since, |entry| entry.requested_at);
        lost.push((asked, since));
    }
    remarks.extend(sandbox::remark(account, &lost));
    Ok(Inventory { listed, remarks })
}

/// Notes a record that is seen for the first time since we changed it, and that one which was gone
/// is back. A record that differs from the one before stays noted as it was, so that the difference
/// is seen until somebody acts on it.
async fn sighted(store: &Store, ledger: &[LedgerEntry], found: &Found) -> Result<(), StoreError> {
    let Some(entry) = entry_of(ledger, &found.subscription.id) else { return Ok(()) };
    let seen = entry.seen.as_ref().filter(|seen| !seen.is_empty());
    if seen.is_some() && entry.gone_since.is_none() {
        return Ok(());
    }
    let record = seen.unwrap_or(&found.masked).clone();
    let (account, id) = (entry.account.clone(), found.subscription.id.clone());
    store.sight_subscription(account, id, Sighting::Present(record)).await
}
