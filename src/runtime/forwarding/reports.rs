//! What is told about handing on: every attempt, and how the apps are.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc};

use crate::app::forwarding::Forward;
use crate::app::message::Message;
use crate::app::toast::Notice;
use crate::domain::attempt::{Attempt, AttemptId};

/// Takes what happens. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Reports {
    messages: mpsc::Sender<Message>,
    /// The newest state of each app by its lane, where somebody looks at it.
    board: Option<Arc<Mutex<Vec<Option<Forward>>>>>,
}

impl Reports {
    /// To a dashboard: attempts, how the apps are, and what the user should know.
    #[must_use]
    pub fn to_dashboard(messages: mpsc::Sender<Message>) -> Self {
        Self { messages, board: Some(Arc::default()) }
    }

    /// To whoever writes lines: attempts alone.
    #[must_use]
    pub fn to_lines(messages: mpsc::Sender<Message>) -> Self {
        Self { messages, board: None }
    }

    /// Whether somebody looks at how the apps are.
    pub(super) fn is_watched(&self) -> bool {
        self.board.is_some()
    }

    /// Tells of an attempt. Nobody waits for a reader: the store has it.
    pub(super) fn attempted(&self, id: Option<AttemptId>, attempt: Arc<Attempt>) {
        let _ = self.messages.try_send(Message::Attempted { id, attempt });
    }

    /// Tells the user something that has to be known.
    pub(super) async fn warn(&self, text: String) {
        tracing::warn!("{text}");
        if self.is_watched() {
            // An error says that the dashboard has ended.
            let _ = self.messages.send(Message::Failed(Notice::warning(text))).await;
        }
    }

    /// Tells how the app of a lane is.
    pub(super) async fn show(&self, lane: usize, forward: Forward) {
        let Some(board) = &self.board else { return };
        let mut known = board.lock().await;
        if known.len() <= lane {
            known.resize(lane + 1, None);
        }
        if known[lane].as_ref() == Some(&forward) {
            return;
        }
        known[lane] = Some(forward);
        let forwards = known.iter().flatten().cloned().collect();
        // Under the lock, so that an older list never comes behind a newer one.
        let _ = self.messages.send(Message::Forwarding(forwards)).await;
    }
}
