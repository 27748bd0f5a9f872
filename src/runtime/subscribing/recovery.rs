//! Finds what became of subscriptions that we asked for and whose id is not in the ledger yet: the
//! program ended too early, no answer came, or the answer did not tell.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, json};

use super::noting::NOTHING;
use crate::domain::attempt::Response;
use crate::domain::headers::Headers;
use crate::domain::ledger::LedgerEntry;
use crate::domain::subscription::{Change, Draft, Subscription};
use crate::providers::api::Subscriptions;
use crate::storage::Store;
use crate::storage::error::StoreError;

/// How long a provider may take to list what it was asked to make.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Names what can be named, in the store and in `ledger`, by what the provider lists; returns what
/// is to be told about the rest.
pub(super) async fn recover(
    store: &Store,
    subscriptions: &'static dyn Subscriptions,
    ledger: &mut [LedgerEntry],
    found: &[Subscription],
    now: Timestamp,
) -> Result<Vec<String>, StoreError> {
    let mut remarks = Vec::new();
    for at in 0..ledger.len() {
        let Some(entry) = ledger.get(at).filter(|entry| is_open(entry)) else { continue };
        let told = subscription_in_answer(subscriptions, entry).map(|told| told.id);
        let candidates = Candidates::of(entry, ledger, found, subscriptions.has_name());
        let is_old = now.duration_since(entry.requested_at).unsigned_abs() > PATIENCE;
        let only = match candidates.alike[..] {
            [id] => Some(id.to_owned()),
            _ => None,
        };
        match (told.or(only), &candidates.alike[..]) {
            (Some(id), _) => {
                store.name_subscription(entry.id, id.clone(), Map::new()).await?;
                if let Some(entry) = ledger.get_mut(at) {
                    entry.subscription = Some(id);
                }
            }
            (None, []) if is_old && !candidates.any_similar => {
                store.keep_subscription_answer(entry.id, NOTHING).await?;
            }
            (None, alike) => remarks.push(remark(entry, alike.len())),
        }
    }
    Ok(remarks)
}

fn is_open(entry: &LedgerEntry) -> bool {
    let settled = entry.answer.as_ref().is_some_and(|answer| *answer == NOTHING);
    entry.subscription.is_none() && entry.deleted_at.is_none() && !settled
}

/// The subscription in the answer that was kept, if it tells it.
fn subscription_in_answer(
    subscriptions: &'static dyn Subscriptions,
    entry: &LedgerEntry,
) -> Option<Subscription> {
    let answer = entry.answer.clone().filter(|answer| *answer != NOTHING)?;
    subscription_in(subscriptions, entry, answer)
}

/// A subscription that the provider does not have any more: as it was listed last, else as its answer
/// told of it, else as it was asked for.
pub(super) fn as_last_seen(
    subscriptions: &'static dyn Subscriptions,
    entry: &LedgerEntry,
    id: &str,
) -> Subscription {
    let seen = entry.seen.clone().filter(|seen| !seen.is_empty());
    let listed = seen.and_then(|seen| {
        let answer = json!({ "data": seen }).to_string();
        subscription_in(subscriptions, entry, answer.into())
    });
    let told = listed.or_else(|| subscription_in_answer(subscriptions, entry));
    told.unwrap_or_else(|| Subscription {
        id: id.to_owned(),
        name: entry.name.clone(),
        target: entry.target.clone(),
        active: false,
        events: Vec::new(),
        raw: Map::new(),
    })
}

/// The subscription in an answer of the provider to who made it. All of them answer with the record
/// as `data`.
fn subscription_in(
    subscriptions: &'static dyn Subscriptions,
    entry: &LedgerEntry,
    body: Bytes,
) -> Option<Subscription> {
    let response = Response { status: StatusCode::OK, headers: Headers::default(), body };
    let (name, target) = (entry.name.clone(), entry.target.clone());
    let draft = Draft { name, target, ..Draft::default() };
    subscriptions.changed(&Change::Create(draft), &response).ok()?.subscription
}

/// What is listed that the entry may be about: nothing of it is of another entry.
struct Candidates<'a> {
    /// Those with its target and name.
    alike: Vec<&'a str>,
    /// Whether one has at least its target or its name.
    any_similar: bool,
}

impl<'a> Candidates<'a> {
    fn of(
        entry: &LedgerEntry,
        ledger: &[LedgerEntry],
        found: &'a [Subscription],
        has_name: bool,
    ) -> Self {
        let is_known = |found: &Subscription| {
            ledger.iter().any(|entry| entry.subscription.as_ref() == Some(&found.id))
        };
        let unknown = found.iter().filter(|found| !found.id.is_empty() && !is_known(found));
        let likeness = unknown.map(|found| {
            let same_name = has_name && found.name == entry.name;
            let same_target = found.target == entry.target;
            let is_alike = same_target && (same_name || !has_name);
            (found.id.as_str(), is_alike, same_name || same_target)
        });
        let likeness = likeness.collect::<Vec<_>>();
        Self {
            alike: likeness.iter().filter(|(_, alike, _)| *alike).map(|(id, ..)| *id).collect(),
            any_similar: likeness.iter().any(|(.., similar)| *similar),
        }
    }
}

fn remark(entry: &LedgerEntry, alike: usize) -> String {
    let LedgerEntry { requested_at, target, .. } = entry;
    let asked = format!(
        "a subscription to {target} was asked for at {requested_at:.0} and its id never came"
    );
    match alike {
        0 => format!("{asked}; the provider lists none such yet"),
        _ => format!("{asked}; the provider lists {alike} such, and which is ours is not known"),
    }
}
