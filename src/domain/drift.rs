//! What the provider has beside what the ledger knows: which subscriptions are ours, and how they
//! differ from what we left behind.

use serde_json::{Map, Value};

use super::addresses::Addresses;
use super::ledger::{Drift, Lease, LedgerEntry, Listed};
use super::subscription::Subscription;

/// Members that change with every write and say nothing of what was written.
const VOLATILE: &[&str] = &["version"];

/// What an account is compared by.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The account's part of the ledger.
    pub ledger: &'a [LedgerEntry],
    /// The account's leases that are open.
    pub leases: &'a [Lease],
    /// Where we are reached.
    pub addresses: &'a Addresses,
}

/// A subscription as the provider lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The subscription.
    pub subscription: Subscription,
    /// Its record with the secrets masked, as the ledger has it.
    pub masked: Map<String, Value>,
}

/// What the provider lists, each beside its entry in the ledger, and behind it what the provider does
/// not have any more, unless we have made the same anew since. `gone` makes a subscription of an
/// entry, as it was last seen.
#[must_use]
pub fn compare(
    found: Vec<Found>,
    known: Known<'_>,
    gone: impl Fn(&LedgerEntry, &str) -> Subscription,
) -> Vec<Listed> {
    let missing = known.ledger.iter().filter_map(|entry| {
        let id = entry.subscription.as_deref().filter(|_| entry.deleted_at.is_none())?;
        let is_listed = found.iter().any(|found| found.subscription.id == id);
        let lost = (!is_listed).then(|| gone(entry, id))?;
        let newer = found.iter().filter(|found| {
            entry_of(known.ledger, &found.subscription.id).is_some_and(|other| other.id > entry.id)
        });
        let mut newer = newer.map(|found| &found.subscription);
        (!newer.any(|newer| is_same(&lost, newer))).then(|| Listed {
            subscription: lost,
            ours: true,
            drift: Some(Drift::Gone),
            gone_since: entry.gone_since,
            leased: false,
        })
    });
    let missing = missing.collect::<Vec<_>>();
    let listed = found.into_iter().map(|found| {
        let entry = entry_of(known.ledger, &found.subscription.id);
        let leased = is_leased(known.leases, &found.subscription);
        Listed {
            ours: entry.is_some(),
            drift: entry.and_then(|entry| drift(entry, &found, leased, known.addresses)),
            gone_since: None,
            leased,
            subscription: found.subscription,
        }
    });
    listed.chain(missing).collect()
}

/// Whether two subscriptions do the same under the same label.
fn is_same(one: &Subscription, other: &Subscription) -> bool {
    let asks_all = |one: &Subscription, other: &Subscription| {
        one.events.iter().all(|event| other.events.contains(event))
    };
    one.name == other.name
        && one.target == other.target
        && asks_all(one, other)
        && asks_all(other, one)
}

/// The entry of a subscription. An id that the provider gave twice is that of the newer one.
#[must_use]
pub fn entry_of<'a>(ledger: &'a [LedgerEntry], id: &str) -> Option<&'a LedgerEntry> {
    ledger.iter().rev().find(|entry| entry.subscription.as_deref() == Some(id))
}

fn is_leased(leases: &[Lease], subscription: &Subscription) -> bool {
    let is_of = |lease: &Lease| {
        lease.subscription == subscription.id && lease.target == subscription.target
    };
    leases.iter().any(is_of)
}

/// That deliveries go elsewhere says more than that something was changed, so it is said first.
fn drift(entry: &LedgerEntry, found: &Found, leased: bool, addresses: &Addresses) -> Option<Drift> {
    if !leased && addresses.are_all_other_than(&found.subscription.target) {
        return Some(Drift::Elsewhere);
    }
    let seen = entry.seen.as_ref()?;
    is_changed(seen, &found.masked).then_some(Drift::Changed)
}

/// Whether a record is another one than before. The ledger has an empty record from when we changed
/// it ourselves until it is listed again: then there is nothing to compare.
fn is_changed(before: &Map<String, Value>, now: &Map<String, Value>) -> bool {
    !before.is_empty() && differ(before, now)
}

/// A member that is null says as much as one that is absent.
fn differ(before: &Map<String, Value>, now: &Map<String, Value>) -> bool {
    let names = before.keys().chain(now.keys().filter(|name| !before.contains_key(*name)));
    let mut telling = names.filter(|name| !VOLATILE.contains(&name.as_str()));
    telling.any(|name| {
        let value = |record: &Map<_, _>| record.get(name).cloned().unwrap_or_default();
        is_other(&value(before), &value(now))
    })
}

/// The order within a list does not count: a provider may give events in any.
fn is_other(before: &Value, now: &Value) -> bool {
    match (before, now) {
        (Value::Object(before), Value::Object(now)) => differ(before, now),
        (Value::Array(before), Value::Array(now)) => {
            let are_in =
                |some: &[Value], others: &[Value]| some.iter().all(|one| others.contains(one));
            before.len() != now.len() || !are_in(before, now) || !are_in(now, before)
        }
        _ => before != now,
    }
}

#[cfg(test)]
mod tests;
