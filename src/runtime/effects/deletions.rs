//! What the user says of deliveries, what is deleted, and what the list has to know about it.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::app::deletion::Deleted;
use crate::app::message::Message;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::runtime::deleting::{Deleting, matching};
use crate::storage::Store;

/// Which deliveries are marked.
pub(super) async fn marks(store: Store) -> Message {
    Message::MarksLoaded(store.marked().await.map_err(|error| error.to_string()))
}

/// What is written about deliveries.
pub(super) async fn comments(store: Store) -> Message {
    Message::CommentsLoaded(store.comments().await.map_err(|error| error.to_string()))
}

/// What a filter finds.
pub(super) async fn find(store: Store, filter: Arc<Filter>) -> Message {
    let found = matching(&store, &filter).await;
    let found = found.map(Arc::from).map_err(|error| error.to_string());
    Message::FoundToDelete { filter, found }
}

/// Deletes these deliveries; the inbox hears of those that are gone as it goes on.
pub(super) async fn delete(
    store: Store,
    ids: Arc<[DeliveryId]>,
    inbox: mpsc::Sender<Message>,
) -> Message {
    let mut deleting = Deleting::new(&store, ids);
    loop {
        match deleting.step().await {
            Ok(Some(gone)) => {
                // The loop may have ended; then nobody wants to know.
                let _ = inbox.send(Message::Gone(gone.into())).await;
            }
            Ok(None) => {
                let Deleting { gone, in_use, .. } = deleting;
                return Message::Deleted(Ok(Deleted { gone, in_use }));
            }
            Err(error) => return Message::Deleted(Err(error.to_string())),
        }
    }
}

/// Which of these deliveries the store does not have any more.
pub(super) async fn look_for_gone(store: Store, ids: Vec<DeliveryId>) -> Message {
    let gone = match store.upkeep().present(ids.clone()).await {
        Ok(present) => ids.into_iter().filter(|id| !present.contains(id)).collect(),
        // What cannot be read is not gone for that.
        Err(error) => {
            tracing::warn!(%error, "which deliveries are gone could not be read");
            BTreeSet::new()
        }
    };
    Message::Vanished(gone)
}
