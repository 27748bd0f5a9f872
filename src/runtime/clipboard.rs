//! Copying: to the system clipboard, and to the terminal's own by OSC 52. Over SSH only the latter is
//! the user's.

use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, PoisonError};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use crate::app::command::Copied;
use crate::app::message::{CopyOutcome, Message};

/// Longer texts are cut or dropped by many terminals.
const OSC_52_LIMIT: usize = 74_000;

/// The clipboard of this session. One lives as long as the program: on X11 a copied text is gone
/// with its owner.
#[derive(Default)]
pub(super) struct Clipboard {
    system: Option<arboard::Clipboard>,
}

impl std::fmt::Debug for Clipboard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clipboard").field("system", &self.system.is_some()).finish()
    }
}

impl Clipboard {
    /// Copies `text` both ways, and tells of each how it went.
    pub(super) fn copy(&mut self, text: &str) -> CopyOutcome {
        CopyOutcome {
            clipboard: self.copy_to_system(text).map_err(|error| error.to_string()),
            terminal: hand_to_terminal(text).map_err(|error| error.to_string()),
        }
    }

    fn copy_to_system(&mut self, text: &str) -> Result<(), arboard::Error> {
        let system = match self.system.take() {
            Some(system) => system,
            None => arboard::Clipboard::new()?,
        };
        self.system.insert(system).set_text(text)
    }
}

fn hand_to_terminal(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout();
    if !stdout.is_terminal() {
        return Err(io::Error::other("standard output is no terminal"));
    }
    if text.len() > OSC_52_LIMIT {
        let message = format!("{} bytes are more than terminals take", text.len());
        return Err(io::Error::other(message));
    }
    execute!(stdout, CopyToClipboard::to_clipboard_from(text))
}

/// Puts text on the clipboard.
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
