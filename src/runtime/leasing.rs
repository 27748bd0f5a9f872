//! Leases: a subscription points here for as long as hookscope runs.
//!
//! A lease is in the store before the provider is asked, and stays open there until the previous
//! target is back, or is certain not to be ours to put back. What this run has taken it gives back
//! when it ends; what a run before left open is for the user to say.

use jiff::Timestamp;

use super::subscribing::Subscribing;
use super::subscribing::not_done::NotDone;
use super::undertaken::Undertaken;
use crate::domain::ledger::{Lease, LeaseId};
use crate::domain::name::AccountName;
use crate::domain::subscription::{Change, Subscription};
use crate::storage::Store;
use crate::storage::error::StoreError;

/// Points the subscription at `target`; returns what there is to tell.
///
/// # Errors
/// When it points here by a lease already, or was not changed. If nobody knows whether it was, the
/// lease stays open.
pub async fn take(
    subscribing: &Subscribing,
    undertaken: &Undertaken,
    account: &AccountName,
    subscription: Subscription,
    target: String,
) -> Result<Vec<String>, NotDone> {
    let store = &subscribing.outward.store;
    let (id, previous_target) = (subscription.id.clone(), subscription.target.clone());
    if open_of(store, account, &id).await?.next().is_some() {
        return Err(NotDone::wrong(format!(
            "{id} points here by a lease already; give that back first"
        )));
    }
    if previous_target == target {
        return Err(NotDone::wrong(format!("{id} points to {target} anyway")));
    }
    let lease = Lease {
        account: account.clone(),
        subscription: id.clone(),
        previous_target: previous_target.clone(),
        target: target.clone(),
        taken_at: Timestamp::now(),
    };
    let lease = store.take_lease(lease).await?;
    undertaken.take(lease);
    let change = Change::Retarget { of: Box::new(subscription), target: target.clone() };
    match subscribing.change(account, change).await {
        Ok(done) => {
            let told =
                format!("{id} points to {target} now, and back to {previous_target} at the end");
            Ok([vec![told], done.remarks].concat())
        }
        Err(not_done) => {
            if not_done.is_certain() {
                store.end_lease(lease, Timestamp::now()).await?;
            }
            Err(not_done)
        }
    }
}

/// Puts the previous target of a leased subscription back; returns what there is to tell.
///
/// # Errors
/// When there is no open lease of it, or the provider did not take it; then the lease stays open.
pub async fn give_back(
    subscribing: &Subscribing,
    account: &AccountName,
    id: &str,
) -> Result<Vec<String>, NotDone> {
    let mut told = Vec::new();
    // More than one there is only if two programs took one at the same moment; the newer goes first.
    let open = open_of(&subscribing.outward.store, account, id).await?.collect::<Vec<_>>();
    for (lease, of) in open.into_iter().rev() {
        told.extend(end(subscribing, lease, &of).await?);
    }
    if told.is_empty() {
        return Err(NotDone::wrong(format!("there is no open lease of {id}")));
    }
    Ok(told)
}

/// Gives back what this run has taken and did not give back yet, the newest first; returns what came
/// of each.
///
/// # Errors
/// When the store cannot be read.
pub async fn give_back_all(
    subscribing: &Subscribing,
    undertaken: &Undertaken,
) -> Result<Vec<(Lease, Result<Vec<String>, NotDone>)>, StoreError> {
    undertaken.settle().await;
    let mut given = Vec::new();
    let open = subscribing.outward.store.open_leases().await?;
    for (id, lease) in open.into_iter().rev().filter(|(id, _)| undertaken.holds(*id)) {
        let result = end(subscribing, id, &lease).await;
        given.push((lease, result));
    }
    Ok(given)
}

/// Ends the leases of a subscription and leaves it as it is; returns what there is to tell.
///
/// # Errors
/// When the store cannot be written.
pub async fn forget(
    store: &Store,
    account: &AccountName,
    id: &str,
) -> Result<Vec<String>, StoreError> {
    let mut told = Vec::new();
    for (lease, of) in open_of(store, account, id).await? {
        store.end_lease(lease, Timestamp::now()).await?;
        let Lease { target, previous_target, .. } = of;
        told.push(format!("{id} stays pointed to {target}; before it was {previous_target}"));
    }
    Ok(told)
}

/// Puts the previous target back, unless somebody has pointed the subscription elsewhere meanwhile.
async fn end(
    subscribing: &Subscribing,
    lease: LeaseId,
    of: &Lease,
) -> Result<Vec<String>, NotDone> {
    let Lease { account, subscription: id, previous_target, target, .. } = of;
    let mut told = match subscribing.find(account, id).await? {
        None => vec![format!("{id} is gone at the provider; there is nothing to point back")],
        Some(now) if now.target == *target => {
            let (of, target) = (Box::new(now), previous_target.clone());
            let done = subscribing.change(account, Change::Retarget { of, target }).await?;
            [vec![format!("{id} points to {previous_target} again")], done.remarks].concat()
        }
        Some(now) if now.target == *previous_target => {
            vec![format!("{id} points to {previous_target} already")]
        }
        Some(now) => vec![format!(
            "{id} points to {} by somebody else's change and stays so; before the lease it was \
             {previous_target}",
            now.target
        )],
    };
    if let Err(error) = subscribing.outward.store.end_lease(lease, Timestamp::now()).await {
        told.push(format!("but the store could not note it, and will ask again: {error}"));
    }
    Ok(told)
}

/// The open leases that this run has not taken: another one left them open, or holds them still.
///
/// # Errors
/// When the store cannot be read.
pub async fn left_open(store: &Store, undertaken: &Undertaken) -> Result<Vec<Lease>, StoreError> {
    let open = store.open_leases().await?.into_iter();
    Ok(open.filter(|(id, _)| !undertaken.holds(*id)).map(|(_, lease)| lease).collect())
}

async fn open_of(
    store: &Store,
    account: &AccountName,
    id: &str,
) -> Result<impl Iterator<Item = (LeaseId, Lease)>, StoreError> {
    let open = store.open_leases().await?.into_iter();
    Ok(open.filter(move |(_, lease)| lease.account == *account && lease.subscription == id))
}
