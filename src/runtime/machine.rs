//! What the machine offers to a dashboard, asked without taking it: for `doctor`.

use std::io::{self, IsTerminal as _};
use std::path::Path;

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

/// The bytes that are free for this user on the disk with this file, or with the folder of one that
/// is not there yet.
#[cfg(unix)]
pub fn free_disk(file: &Path) -> Option<u64> {
    let there = file.ancestors().find(|path| path.exists())?;
    let disk = rustix::fs::statvfs(there).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Not known on this system.
#[cfg(not(unix))]
pub fn free_disk(_file: &Path) -> Option<u64> {
    None
}
