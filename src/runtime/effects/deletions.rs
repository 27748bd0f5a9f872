//! What the user says of deliveries, what is deleted, and what the list has to know about it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;

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

/// How long the end of the program waits for what is being deleted. What is left then stays stored.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is being deleted.
#[derive(Debug, Default)]
pub(super) struct Deletions(JoinSet<()>);

impl Deletions {
    /// Deletes these deliveries; the inbox hears of those that are gone as it goes on.
    pub(super) fn begin(
        &mut self,
        store: Store,
        ids: Arc<[DeliveryId]>,
        inbox: mpsc::Sender<Message>,
    ) {
        while let Some(ended) = self.0.try_join_next() {
            look_at(ended);
        }
        self.0.spawn(async move {
            let outcome = delete(&store, Arc::clone(&ids), &inbox).await;
            // The loop may have ended; then nobody wants to know.
            let _ = inbox.send(Message::Deleted { ids, outcome }).await;
        });
    }

    /// Waits for the end of what is being deleted, though not forever.
    pub(super) async fn finish(mut self) {
        let all = async {
            while let Some(ended) = self.0.join_next().await {
                look_at(ended);
            }
        };
        if timeout(PATIENCE, all).await.is_err() {
            tracing::warn!("not everything was deleted before the end of the program");
        }
    }
}

/// What was to be deleted is seen again at the next start.
fn look_at(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "deliveries are not deleted");
    }
}

async fn delete(
    store: &Store,
    ids: Arc<[DeliveryId]>,
    inbox: &mpsc::Sender<Message>,
) -> Result<Deleted, String> {
    let mut deleting = Deleting::new(store, ids);
    while let Some(gone) = deleting.step().await.map_err(|error| error.to_string())? {
        let _ = inbox.send(Message::Gone(gone.into())).await;
    }
    let Deleting { gone, in_use, .. } = deleting;
    Ok(Deleted { gone, in_use })
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
