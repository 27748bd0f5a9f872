//! One program writes a store. A lock on a file beside it keeps others out and tells who holds it;
//! the system drops the lock with the process, however that ends.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::Path;

use super::error::StoreError;
use super::file::{beside, failed, private};

/// The store is ours until this is dropped.
#[derive(Debug)]
pub(super) struct Holding {
    _lock: File,
}

impl Holding {
    /// Takes the store, or tells who has it.
    pub(super) fn take(file: &Path, holder: &str) -> Result<Self, StoreError> {
        let path = beside(file, ".lock");
        let told = |error| failed(&path, &error);
        // The lock file stays when we end: were it removed, two programs could hold locks on two
        // files of this name.
        let mut lock = private().create(true).truncate(false).open(&path).map_err(told)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(file, &path)),
            Err(TryLockError::Error(error)) => return Err(told(error)),
        }
        let text = format!("pid {}, {holder}", std::process::id());
        lock.set_len(0).and_then(|()| lock.write_all(text.as_bytes())).map_err(told)?;
        Ok(Self { _lock: lock })
    }
}

/// Who holds the store, if anybody does. It is not taken: a shared lock is tried and dropped.
pub(super) fn holder(file: &Path) -> Option<String> {
    let path = beside(file, ".lock");
    let lock = File::open(&path).ok()?;
    matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)).then(|| told_by(&path))
}

fn held(file: &Path, lock: &Path) -> StoreError {
    StoreError::Held { file: file.to_owned(), holder: told_by(lock) }
}

fn told_by(lock: &Path) -> String {
    // Some systems do not let others read a locked file.
    let holder = fs::read_to_string(lock).unwrap_or_default();
    if holder.is_empty() { "it does not say which".to_owned() } else { holder }
}
