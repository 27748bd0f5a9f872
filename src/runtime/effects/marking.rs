//! Marks and comments on their way to the store, in the order in which they were made.

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::app::message::Message;
use crate::app::toast::Notice;
use crate::domain::annotation::Comment;
use crate::domain::delivery::DeliveryId;
use crate::storage::Store;

/// So many changes may wait for the store.
const WAITING: usize = 1_024;

/// Something that the user says of deliveries.
#[derive(Debug)]
pub(super) enum Change {
    /// They are marked from now on, or not any more.
    Mark(Vec<DeliveryId>, bool),
    /// This is written about one.
    Comment(DeliveryId, Comment),
}

/// Writes what the user says of deliveries, one change after the other.
#[derive(Debug)]
pub(super) struct Marking {
    changes: mpsc::Sender<Change>,
    task: JoinHandle<()>,
}

impl Marking {
    /// Writes to that store, and tells if it cannot.
    pub(super) fn start(store: Store, inbox: mpsc::Sender<Message>) -> Self {
        let (changes, mut waiting) = mpsc::channel::<Change>(WAITING);
        let task = tokio::spawn(async move {
            while let Some(change) = waiting.recv().await {
                let written = match change {
                    Change::Mark(ids, marked) => store.mark(ids, marked).await,
                    Change::Comment(id, comment) => store.comment(id, comment).await,
                };
                if let Err(error) = written {
                    tell(&inbox, &error.to_string());
                }
            }
        });
        Self { changes, task }
    }

    /// Writes a change behind those that wait.
    pub(super) fn write(&self, change: Change, inbox: &mpsc::Sender<Message>) {
        if self.changes.try_send(change).is_err() {
            tell(inbox, "the store does not keep up");
        }
    }

    /// Waits until all that was changed is written.
    pub(super) async fn finish(self) {
        drop(self.changes);
        let _ = self.task.await;
    }
}

fn tell(inbox: &mpsc::Sender<Message>, reason: &str) {
    let notice = Notice::warning(format!("marks and notes are not kept: {reason}"));
    // With so much to tell, somebody has told already.
    let _ = inbox.try_send(Message::Failed(notice));
}
