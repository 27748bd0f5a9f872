//! Where the file of a store stands, and whether what stands there is still the file that was opened.
//!
//! SQLite does not notice when somebody moves, deletes or replaces it: it would go on writing to a
//! file that nobody finds again.

use std::path::{Path, PathBuf};

use super::error::StoreError;

/// A file that is open, with the path it was opened by.
#[derive(Clone, Debug)]
pub(super) struct Place {
    path: PathBuf,
    file: Option<Identity>,
}

/// What tells one file from another: its device and its number there.
type Identity = (u64, u64);

impl Place {
    /// The place of a file that has just been opened.
    pub(super) fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), file: identity(path) }
    }

    /// Fails if the file is not there any more.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        // Where files have no number, one that is in use cannot be deleted either.
        if self.file.is_none() || identity(&self.path) == self.file {
            return Ok(());
        }
        Err(StoreError::Gone { file: self.path.clone() })
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}
