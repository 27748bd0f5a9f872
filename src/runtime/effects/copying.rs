//! Putting text on the clipboard.

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::command::Copied;
use crate::app::message::{CopyOutcome, Message};
use crate::runtime::clipboard::Clipboard;

pub(super) async fn copy(clipboard: Arc<Mutex<Clipboard>>, what: Copied, text: String) -> Message {
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
