//! How a store is opened.

use std::path::PathBuf;

/// Where a store lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// An SQLite file; made with mode 0600 if it does not exist.
    File(PathBuf),
    /// Nowhere: gone with the process.
    Memory,
}

/// What an answered delivery survives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// Power loss.
    #[default]
    Full,
    /// A crash of the program.
    Relaxed,
}

/// How a store is opened for writing.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it lives.
    pub location: Location,
    /// What an answered delivery survives.
    pub durability: Durability,
    /// What a second program is told about who holds the store, e.g. `listening on 127.0.0.1:4000`.
    pub holder: String,
}
