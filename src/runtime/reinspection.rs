//! Checks deliveries from before against the schemes of today: a secret that was added since may
//! verify them. Runs beside the listener and never in its way.

use std::sync::Arc;

use jiff::Timestamp;

use crate::capture::feed::Feed;
use crate::domain::arrival::Arrival;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::domain::record::Record;
use crate::domain::verdict::{Reason, Verdict};
use crate::providers::route::{Route, Routes};
use crate::storage::Store;
use crate::storage::error::StoreError;
use crate::verify;
use crate::verify::scheme::Scheme;

/// How many of an endpoint's newest deliveries are checked again at a start.
const NEWEST: usize = 1_000;

/// Checks the newest deliveries of every endpoint that has a scheme, if they are not verified.
/// Whoever listens to `feed` is told of each one that comes out otherwise than before.
pub async fn run(store: Store, feed: Feed, routes: Routes) {
    for route in routes.iter().filter(|route| !matches!(route.scheme, Scheme::Open)) {
        if let Err(error) = reinspect(&store, &feed, route).await {
            tracing::warn!(%error, "deliveries from before could not be checked again");
            return;
        }
    }
}

async fn reinspect(store: &Store, feed: &Feed, route: &Route) -> Result<(), StoreError> {
    let name = route.endpoint.name.as_str().replace('\\', r"\\").replace('"', "\\\"");
    let text = format!("endpoint:\"{name}\" auth:unchecked,refuted");
    let unverified = Filter::parse(&text, Timestamp::UNIX_EPOCH).expect("the name is quoted");
    let page = store.page(Arc::new(unverified), Cursor::Newest, NEWEST).await?;
    for row in page.rows {
        let Some(record) = store.load(row.id).await? else { continue };
        // The store saw its nonce before; that is not told by the request alone.
        if record.inspection.verdict.reason() == Some(Reason::Reused.as_str()) {
            continue;
        }
        let verdict = verdict_of(&record, route);
        if is_same(&verdict, &record.inspection.verdict) {
            continue;
        }
        if let Some(record) = store.reinspect(row.id, verdict).await? {
            feed.publish(Arrival::Reinspected(Arc::new(record)));
        }
    }
    Ok(())
}

/// The verdict by the route's scheme, as of the arrival.
fn verdict_of(record: &Record, route: &Route) -> Verdict {
    let received = route.received(record.delivery.received_at);
    verify::verify(&record.delivery.request, &received, &route.scheme)
}

/// Whether two verdicts are the same finding, whatever they say about it beside.
fn is_same(one: &Verdict, other: &Verdict) -> bool {
    let finding =
        |verdict: &Verdict| (verdict.as_str(), verdict.scheme().cloned(), verdict.reason());
    finding(one) == finding(other)
}
