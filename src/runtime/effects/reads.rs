//! What the dashboard asks of the store, and the messages that answer it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::app::document::Document;
use crate::app::message::{Message, Opened};
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::domain::pin::Pin;
use crate::providers::route::Routes;
use crate::runtime::outward::Outward;
use crate::runtime::{about, evidence};
use crate::storage::Store;
use crate::storage::error::StoreError;

/// So many deliveries of an event are shown before and after one.
const MOST_REPEATS: usize = 20;

/// So many bytes of bodies are read for pinned columns before others have their turn.
const MOST_OF_BODIES: usize = 8 * 1024 * 1024;

pub(super) async fn page(
    store: Store,
    generation: u64,
    filter: Arc<Filter>,
    cursor: Cursor,
    limit: usize,
) -> Message {
    let page = store.part(filter, cursor, limit).await.map_err(|error| error.to_string());
    Message::PageLoaded { generation, cursor, page }
}

pub(super) async fn matches(
    store: Store,
    generation: u64,
    filter: Arc<Filter>,
    cursor: Cursor,
) -> Message {
    let tally = store.tally(filter, cursor).await.map_err(|error| error.to_string());
    Message::Matched { generation, cursor, tally }
}

pub(super) async fn cells(store: Store, pins: Arc<[Pin]>, ids: Vec<DeliveryId>) -> Message {
    let cells = store.cells(Arc::clone(&pins), ids, MOST_OF_BODIES).await;
    Message::CellsLoaded { pins, cells: cells.map_err(|error| error.to_string()) }
}

pub(super) async fn count(store: Store) -> Message {
    Message::Counted(store.stock().await.map_err(|error| error.to_string()))
}

pub(super) async fn overview(store: Store) -> Message {
    let overview = store.overview(Timestamp::now()).await;
    Message::OverviewLoaded(overview.map(Arc::new).map_err(|error| error.to_string()))
}

pub(super) async fn locate(store: Store, time: Timestamp) -> Message {
    let before = Arc::new(Filter::until(time));
    let page = store.page(before, Cursor::Newest, 1).await;
    let found = page.map(|page| page.rows.first().map(|row| row.id));
    Message::Located(found.map_err(|error| error.to_string()))
}

pub(super) async fn record(store: Store, routes: Routes, id: DeliveryId) -> Message {
    let opened = match store.load(id).await {
        Ok(Some(record)) => {
            let asked = about::asked(&record, &store).await;
            // A long body takes its time to be laid out.
            let laid_out = tokio::task::spawn_blocking(move || {
                let document = Arc::new(Document::of(&record.delivery.request));
                let evidence = Arc::new(evidence::of(&record, &routes));
                let about = Arc::new(about::of(&record, &routes, asked));
                Opened { record: Arc::new(record), document, evidence, about }
            });
            laid_out.await.map(Some).map_err(|error| error.to_string())
        }
        Ok(None) => Ok(None),
        Err(error) => Err(error.to_string()),
    };
    Message::RecordLoaded { id, opened }
}

pub(super) async fn pair(store: Store, this: DeliveryId, with: Option<DeliveryId>) -> Message {
    let pair = async {
        let with = match with {
            Some(with) => Some(with),
            None => store.previous(this).await?,
        };
        let Some(with) = with else { return Ok(None) };
        let both = (store.load(with).await?, store.load(this).await?);
        Ok(match both {
            (Some(with), Some(this)) => Some([Arc::new(with), Arc::new(this)]),
            _ => None,
        })
    };
    let pair = pair.await.map_err(|error: StoreError| error.to_string());
    Message::PairLoaded { this, pair }
}

pub(super) async fn repeats(store: Store, id: DeliveryId) -> Message {
    let repeats = store.repeats(id, MOST_REPEATS).await.map_err(|error| error.to_string());
    Message::RepeatsLoaded { id, repeats }
}

pub(super) async fn attempts(outward: Outward, delivery: DeliveryId) -> Message {
    let attempts = outward.attempts(delivery).await.map_err(|error| error.to_string());
    Message::AttemptsLoaded { delivery, attempts }
}
