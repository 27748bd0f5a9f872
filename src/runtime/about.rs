//! What is told of a stored delivery to whoever opens it, for the Overview.

use crate::domain::record::Record;
use crate::providers;
use crate::providers::about::About;
use crate::providers::asked::asked as asked_for;
use crate::providers::route::Routes;
use crate::storage::Store;

/// What the subscriptions of the delivery's account ask for, if its event cannot be told without
/// that. Nothing where the ledger cannot be read: then less is known.
pub async fn asked(record: &Record, store: &Store) -> Vec<String> {
    let event = &record.inspection.event;
    let is_open = event.kind.is_none() && event.candidates.len() > 1;
    let Some(account) = record.inspection.account.clone().filter(|_| is_open) else {
        return Vec::new();
    };
    match store.ledger(Some(account)).await {
        Ok(ledger) => asked_for(&ledger, record.delivery.received_at),
        Err(error) => {
            tracing::warn!(%error, "the ledger of subscriptions could not be read");
            Vec::new()
        }
    }
}

/// What the provider's documents and the accounts of today tell about the delivery.
#[must_use]
pub fn of(record: &Record, routes: &Routes, asked: Vec<String>) -> About {
    let route = routes.named(&record.delivery.endpoint);
    About { asked, ..providers::about(record, route, routes.accounts()) }
}
