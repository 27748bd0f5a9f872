//! Looks at deliveries from before by the config of today: a secret that was added since may verify
//! them, an account may turn out to be theirs. Runs beside the listener and never in its way.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use crate::capture::feed::Feed;
use crate::domain::arrival::Arrival;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::domain::record::Record;
use crate::domain::verdict::{Reason, Verdict};
use crate::providers;
use crate::providers::accounts::Accounts;
use crate::providers::route::{Route, Routes};
use crate::storage::Store;
use crate::storage::error::StoreError;
use crate::verify;
use crate::verify::scheme::Scheme;

/// How many of an endpoint's newest deliveries that lack something are looked at again at a start.
const NEWEST: usize = 1_000;

/// Looks again at the newest deliveries of every endpoint that are not verified though it has a
/// scheme, or belong to no configured account though there are some. Whoever listens to `feed` is
/// told of each one that comes out otherwise than before.
pub async fn run(store: Store, feed: Feed, routes: Routes) {
    for route in routes.iter() {
        if let Err(error) = reinspect(&store, &feed, route, routes.accounts()).await {
            tracing::warn!(%error, "deliveries from before could not be looked at again");
            return;
        }
    }
}

async fn reinspect(
    store: &Store,
    feed: &Feed,
    route: &Route,
    accounts: &Accounts,
) -> Result<(), StoreError> {
    for id in lacking(store, route, accounts).await?.into_iter().rev() {
        let Some(record) = store.load(id).await? else { continue };
        let stored = &record.inspection;
        let verdict = verdict_of(&record, route);
        let account = providers::account(&record, &verdict, route, accounts);
        let account = account.filter(|account| stored.account.as_ref() != Some(account));
        if account.is_none() && verdict == stored.verdict {
            continue;
        }
        if let Some(record) = store.reinspect(id, verdict, account).await? {
            feed.publish(Arrival::Reinspected(Arc::new(record)));
        }
    }
    Ok(())
}

/// The deliveries of the endpoint about which something may be found out now.
async fn lacking(
    store: &Store,
    route: &Route,
    accounts: &Accounts,
) -> Result<BTreeSet<DeliveryId>, StoreError> {
    let names = accounts.iter().map(|account| &account.name).chain(&route.endpoint.account);
    let names = names.map(|name| quoted(name.as_str())).collect::<Vec<_>>();
    let unverified = !matches!(route.scheme, Scheme::Open);
    let unverified = unverified.then(|| "auth:unchecked,refuted".to_owned());
    let unmatched = (!names.is_empty()).then(|| format!("-account:{}", names.join(",")));
    let mut found = BTreeSet::new();
    for lack in unverified.into_iter().chain(unmatched) {
        let text = format!("endpoint:{} {lack}", quoted(route.endpoint.name.as_str()));
        let filter = Filter::parse(&text, Timestamp::UNIX_EPOCH).expect("the names are quoted");
        let page = store.page(Arc::new(filter), Cursor::Newest, NEWEST).await?;
        found.extend(page.rows.into_iter().map(|row| row.id));
    }
    Ok(found)
}

/// A name as the language of filters has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', r"\\").replace('"', "\\\""))
}

/// The verdict by the route's scheme, if it has one, as of the arrival. One that holds stays, and one about a nonce
/// that the store saw before, which the request alone does not tell; so does one that is found again,
/// with the clues that belong to it.
fn verdict_of(record: &Record, route: &Route) -> Verdict {
    let stored = &record.inspection.verdict;
    let is_reused = stored.reason() == Some(Reason::Reused.as_str());
    let is_open = matches!(route.scheme, Scheme::Open);
    if is_open || is_reused || matches!(stored, Verdict::Verified { .. }) {
        return stored.clone();
    }
    let received = route.received(record.delivery.received_at);
    let verdict = verify::verify(&record.delivery.request, &received, &route.scheme);
    if is_same(&verdict, stored) { stored.clone() } else { verdict }
}

/// Whether two verdicts are the same finding, whatever they say about it beside.
fn is_same(one: &Verdict, other: &Verdict) -> bool {
    let finding =
        |verdict: &Verdict| (verdict.as_str(), verdict.scheme().cloned(), verdict.reason());
    finding(one) == finding(other)
}
