//! What the machine offers to a dashboard, asked without taking it: for `doctor`.

use std::io::{self, IsTerminal as _};

/// Columns and rows of the terminal that standard output is, if it is one.
pub fn terminal_size() -> Option<(u16, u16)> {
    io::stdout().is_terminal().then(crossterm::terminal::size)?.ok()
}

/// How many colours the terminal shows, as far as it says.
pub fn terminal_colors() -> u32 {
    u32::from(crossterm::style::available_color_count())
}

/// Why there is no system clipboard, if there is none.
pub fn clipboard_error() -> Option<String> {
    arboard::Clipboard::new().err().map(|error| error.to_string())
}
