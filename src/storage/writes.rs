//! Tells that somebody writes to a store, without asking it again and again.
//!
//! Every commit begins in the store's write-ahead log, so that file is watched. It is shared by the
//! programs of one machine only, which is what makes its watch complete.

use std::path::Path;

use super::error::StoreError;

/// A watch for the next write to a store, whoever writes it.
#[derive(Debug)]
pub struct Writes(watch::Watch);

impl Writes {
    /// Watches the store in this file from now on. A commit that is half written by now may go
    /// unnoticed.
    ///
    /// # Errors
    /// When there is no log yet, or it cannot be watched.
    pub fn of(file: &Path) -> Result<Self, StoreError> {
        watch::Watch::of(file).map(Self)
    }

    /// Watches the folder that a store will be made in, as long as it is not there.
    ///
    /// # Errors
    /// When there is no such folder, or it cannot be watched.
    pub fn before(file: &Path) -> Result<Self, StoreError> {
        watch::Watch::before(file).map(Self)
    }

    /// Waits for the first write, or comes back at once if there was one. What is written can be read
    /// a little later.
    pub async fn first(&self) {
        self.0.first().await;
    }
}

#[cfg(unix)]
mod watch {
    use std::path::Path;
    use std::sync::Arc;

    use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
    use tokio::sync::Notify;

    use crate::storage::error::StoreError;
    use crate::storage::file;

    #[derive(Debug)]
    pub(super) struct Watch {
        written: Arc<Notify>,
        _watcher: RecommendedWatcher,
    }

    impl Watch {
        pub(super) fn of(store: &Path) -> Result<Self, StoreError> {
            Self::at(&file::beside(store, "-wal"))
        }

        pub(super) fn before(store: &Path) -> Result<Self, StoreError> {
            match store.parent() {
                Some(folder) if folder != Path::new("") => Self::at(folder),
                _ => Self::at(Path::new(".")),
            }
        }

        fn at(path: &Path) -> Result<Self, StoreError> {
            let written = Arc::new(Notify::new());
            let tell = Arc::clone(&written);
            let seen = move |event: notify::Result<Event>| {
                // To read it is no reason; a fault of the watch is one to look.
                if event.map_or(true, |event| !event.kind.is_access()) {
                    tell.notify_one();
                }
            };
            let watcher = notify::recommended_watcher(seen).and_then(|mut watcher| {
                watcher.watch(path, RecursiveMode::NonRecursive)?;
                Ok(watcher)
            });
            let watcher = watcher.map_err(|error| StoreError::Failed(error.to_string()))?;
            Ok(Self { written, _watcher: watcher })
        }

        pub(super) async fn first(&self) {
            self.written.notified().await;
        }
    }
}

#[cfg(not(unix))]
mod watch {
    use std::future;
    use std::path::Path;

    use crate::storage::error::StoreError;

    #[derive(Debug)]
    pub(super) struct Watch;

    impl Watch {
        pub(super) fn of(_: &Path) -> Result<Self, StoreError> {
            Err(StoreError::Failed("writes are told only when the file is closed".to_owned()))
        }

        pub(super) fn before(store: &Path) -> Result<Self, StoreError> {
            Self::of(store)
        }

        pub(super) async fn first(&self) {
            future::pending().await
        }
    }
}
