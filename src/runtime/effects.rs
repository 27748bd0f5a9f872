//! Commands become tasks, tasks send messages. The one place where the dashboard touches the world.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

use super::clipboard::Clipboard;
use super::evidence;
use super::forwarding::Skips;
use super::outward::Outward;
use crate::app::command::{Command, Copied};
use crate::app::document::Document;
use crate::app::message::{CopyOutcome, Message, Opened};
use crate::app::toast::Notice;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::providers::route::Routes;
use crate::storage::Store;

/// Runs what commands ask for.
#[derive(Debug)]
pub(crate) struct Effects {
    store: Store,
    _outward: Outward,
    skips: Skips,
    routes: Routes,
    inbox: mpsc::Sender<Message>,
    clipboard: Arc<Mutex<Clipboard>>,
    tasks: JoinSet<()>,
    newest: HashMap<TaskKey, AbortHandle>,
}

/// Tasks of which only the newest counts: starting one cancels the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum TaskKey {
    /// A page at one end of the list.
    Page { older: bool },
    /// The delivery that is shown.
    Record,
    /// The number of stored deliveries.
    Count,
}

impl Effects {
    /// Effects that read from `store` and answer into `inbox`.
    pub(crate) fn new(
        store: Store,
        outward: Outward,
        skips: Skips,
        routes: Routes,
        inbox: mpsc::Sender<Message>,
    ) -> Self {
        let (clipboard, tasks, newest) = (Arc::default(), JoinSet::new(), HashMap::new());
        Self { store, _outward: outward, skips, routes, inbox, clipboard, tasks, newest }
    }

    /// Starts what a command asks for. Commands that concern the terminal or the loop itself are
    /// the loop's own.
    pub(crate) fn start(&mut self, command: Command) {
        let store = self.store.clone();
        match command {
            Command::LoadPage { generation, filter, cursor, limit } => {
                let older = matches!(cursor, Cursor::Newest | Cursor::Before(_));
                self.spawn_newest(TaskKey::Page { older }, async move {
                    load_page(store, generation, filter, cursor, limit).await
                });
            }
            Command::LoadRecord(id) => {
                self.spawn_newest(TaskKey::Record, load_record(store, self.routes.clone(), id));
            }
            Command::Count => self.spawn_newest(TaskKey::Count, async move {
                Message::Counted(store.count().await.map_err(|error| error.to_string()))
            }),
            Command::Copy { what, text } => {
                self.spawn(copy(Arc::clone(&self.clipboard), what, text));
            }
            Command::SkipForwards => self.skips.skip(),
            // SKELETON: fetching and subscribing do these.
            Command::Fetch { .. }
            | Command::LoadAttempts(_)
            | Command::ListSubscriptions(_)
            | Command::ChangeSubscription { .. }
            | Command::TakeLease { .. }
            | Command::ReturnLease { .. }
            | Command::EditConfig => {}
            Command::Suspend | Command::Redraw | Command::Quit => {}
        }
    }

    fn spawn_newest(&mut self, key: TaskKey, task: impl Future<Output = Message> + Send + 'static) {
        if let Some(older) = self.newest.remove(&key) {
            older.abort();
        }
        let handle = self.spawn(task);
        self.newest.insert(key, handle);
    }

    fn spawn(&mut self, task: impl Future<Output = Message> + Send + 'static) -> AbortHandle {
        self.reap();
        let inbox = self.inbox.clone();
        self.tasks.spawn(async move {
            let message = task.await;
            // The loop may have ended; then nobody wants the message.
            let _ = inbox.send(message).await;
        })
    }

    /// Lets go of tasks that have ended, and tells of those that panicked.
    fn reap(&mut self) {
        while let Some(ended) = self.tasks.try_join_next() {
            if let Err(error) = ended
                && error.is_panic()
            {
                tracing::error!(%error, "a task of the dashboard panicked");
                let notice = Notice::error("something went wrong inside; details are in the log");
                let _ = self.inbox.try_send(Message::Failed(notice));
            }
        }
    }

    /// Cancels everything and waits for its end.
    pub(crate) async fn cancel(mut self) {
        self.tasks.shutdown().await;
    }
}

async fn load_page(
    store: Store,
    generation: u64,
    filter: Arc<Filter>,
    cursor: Cursor,
    limit: usize,
) -> Message {
    let page = store.page(filter, cursor, limit).await.map_err(|error| error.to_string());
    Message::PageLoaded { generation, cursor, page }
}

async fn load_record(store: Store, routes: Routes, id: DeliveryId) -> Message {
    let opened = match store.load(id).await {
        Ok(Some(record)) => {
            // A long body takes its time to be laid out.
            let laid_out = tokio::task::spawn_blocking(move || {
                let document = Arc::new(Document::of(&record.delivery.request));
                let evidence = Arc::new(evidence::of(&record, &routes));
                Opened { record: Arc::new(record), document, evidence }
            });
            laid_out.await.map(Some).map_err(|error| error.to_string())
        }
        Ok(None) => Ok(None),
        Err(error) => Err(error.to_string()),
    };
    Message::RecordLoaded { id, opened }
}

async fn copy(clipboard: Arc<Mutex<Clipboard>>, what: Copied, text: String) -> Message {
    // The clipboard of some systems answers slowly or not at all.
    let copied = tokio::task::spawn_blocking(move || {
        clipboard.lock().unwrap_or_else(PoisonError::into_inner).copy(&text)
    });
    let outcome = copied.await.unwrap_or_else(|error| CopyOutcome {
        clipboard: Err(error.to_string()),
        terminal: Err(error.to_string()),
    });
    Message::Copied { what, outcome }
}
