//! What can go wrong with the store. A variant exists where somebody acts on it.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the store did not do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process writes this store.
    #[error("the store {} is held by another hookscope ({holder}); look into it with `hookscope open`, or choose another file with --store", file.display())]
    Held {
        /// The store.
        file: PathBuf,
        /// Who holds it.
        holder: String,
    },
    /// There is no such file to read.
    #[error("there is no store at {}; start `hookscope` to make one, or choose another file with --store", file.display())]
    Missing {
        /// Where it was looked for.
        file: PathBuf,
    },
    /// The file is something else; it was left as it is.
    #[error("{} is {found}, not a store; choose another file with --store", file.display())]
    NotAStore {
        /// The file.
        file: PathBuf,
        /// What it is instead.
        found: &'static str,
    },
    /// A later version of the program made it; it was left as it is.
    #[error("the store {} was made by a newer hookscope (schema {found}, known up to {known}); update hookscope, or choose another file with --store", file.display())]
    Newer {
        /// The store.
        file: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// A program of an earlier version writes it, which may not find its tables changed.
    #[error("the store {} is held by an older hookscope ({holder}), which keeps nothing of what goes out; end that one, then start this one", file.display())]
    Older {
        /// The store.
        file: PathBuf,
        /// Who holds it.
        holder: String,
    },
    /// The file is a store, but cannot be read; it was left as it is.
    #[error("the store {} is damaged ({detail}); save what can be read with `hookscope doctor --repair`, or choose another file with --store", file.display())]
    Damaged {
        /// The store.
        file: PathBuf,
        /// What SQLite or we found.
        detail: String,
    },
    /// What stands at its path is another file, or nothing. What was stored is still in the one
    /// that is open.
    #[error("the store {} was moved, deleted or replaced while it is in use; put it back, or start hookscope again", file.display())]
    Gone {
        /// Where it was.
        file: PathBuf,
    },
    /// No space is left on the disk.
    #[error("the disk is full; make room and deliveries are taken again")]
    Full,
    /// The store, or the way it was opened, is only to be read.
    #[error("the store cannot be written to; check the permissions of its file and directory")]
    ReadOnly,
    /// Another program keeps the file locked.
    #[error(
        "the store is locked by another program; close what has it open (a database browser, a backup)"
    )]
    Locked,
    /// It was closed, or its thread has ended.
    #[error("the store is closed")]
    Closed,
    /// Anything else, told by SQLite or the file system.
    #[error("{0}")]
    Failed(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DatabaseCorrupt) => Self::Failed(format!(
                "the store is damaged ({error}); end hookscope and save what can be read with `hookscope doctor --repair`"
            )),
            _ => Self::Failed(format!("the store failed: {error}")),
        }
    }
}
