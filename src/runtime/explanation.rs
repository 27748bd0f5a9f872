//! Finds out why deliveries were refuted, beside the listener and one after the other: a search
//! takes thousands of times as long as a check.

use std::sync::Arc;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::capture::feed::Feed;
use crate::domain::arrival::Arrival;
use crate::domain::name::EndpointName;
use crate::domain::record::Record;
use crate::domain::verdict::Verdict;
use crate::providers::route::Routes;
use crate::storage::Store;
use crate::verify;
use crate::verify::explain::Limits;
use crate::verify::scheme::{Received, Scheme};

/// Explains what arrives until the feed ends. What a flood washes away stays without clues until
/// somebody asks for that delivery.
pub async fn run(mut arrivals: Receiver<Arrival>, store: Store, feed: Feed, routes: Routes) {
    loop {
        let record = match arrivals.recv().await {
            Ok(Arrival::Captured(record)) => record,
            Ok(Arrival::Refused(_) | Arrival::Reinspected(_)) | Err(RecvError::Lagged(_)) => {
                continue;
            }
            Err(RecvError::Closed) => return,
        };
        if !matches!(record.inspection.verdict, Verdict::Refuted { .. }) {
            continue;
        }
        let (id, searched) = (record.id, routes.clone());
        let searching = tokio::task::spawn_blocking(move || explained(&record, &searched));
        let verdict = match searching.await {
            Ok(Some(verdict)) => verdict,
            Ok(None) => continue,
            Err(error) => {
                tracing::error!(%error, "a refuted delivery could not be explained");
                continue;
            }
        };
        match store.reinspect(id, verdict).await {
            Ok(Some(record)) => feed.publish(Arrival::Reinspected(Arc::new(record))),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "clues could not be stored"),
        }
    }
}

/// The verdict of a refuted delivery with the clues that a search finds; none if there are none.
#[must_use]
pub fn explained(record: &Record, routes: &Routes) -> Option<Verdict> {
    let delivery = &record.delivery;
    let route = routes.iter().find(|route| route.endpoint.name == delivery.endpoint)?;
    let public_url = route.endpoint.public_url.as_deref();
    let received = Received { at: delivery.received_at, public_url };
    let others = routes.iter().filter(|other| other.endpoint.name != delivery.endpoint);
    let others = others
        .map(|other| (&other.endpoint.name, &other.scheme))
        .collect::<Vec<(&EndpointName, &Scheme)>>();
    let limits = Limits::default();
    let found = verify::explain(&delivery.request, &received, &route.scheme, &others, limits);
    match &record.inspection.verdict {
        Verdict::Refuted { scheme, reason, message, .. } if !found.is_empty() => {
            Some(Verdict::Refuted {
                scheme: scheme.clone(),
                reason: *reason,
                message: message.clone(),
                clues: found,
            })
        }
        _ => None,
    }
}
