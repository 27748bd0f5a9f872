//! Moving what is committed from the log into the store's file, beside the writer, so that who waits
//! for a commit seldom waits for that too.
//!
//! SQLite lets another connection do it while the writer goes on. Only the end is the writer's: when
//! next to nothing is left, it moves that too, and then writes the log from its beginning again
//! (<https://www.sqlite.org/wal.html>, "Checkpointing").

use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use rusqlite::hooks::Wal;
use rusqlite::wal::CheckpointMode;

use super::error::StoreError;

/// So many pages are worth a sync of the file: with fewer the disk has more to do, with more there is
/// more left for the writer.
const PORTION: c_int = 250;

/// A log of so many pages begins anew as soon as an eighth of it at most is left to be moved.
const LONG: c_int = 1_000;

/// A log of so many pages begins anew whatever is left, unless somebody reads what it holds.
const LONGEST: c_int = 4_000;

/// A thread that moves pages from the log into the file.
#[derive(Debug)]
pub(super) struct Checkpoints(JoinHandle<()>);

/// What the writer remembers from one commit to the next.
#[derive(Debug)]
struct Watch {
    /// Wakes the thread.
    ask: SyncSender<()>,
    /// How many pages of the log are in the file.
    moved: Arc<AtomicI32>,
    /// How long the log was when they were to be moved for the last time.
    tried: c_int,
}

impl Checkpoints {
    /// Moves over the connection `beside` what this writer commits.
    pub(super) fn begin(writer: &mut Connection, beside: Connection) -> Result<Self, StoreError> {
        let (ask, asked) = sync_channel(1);
        let moved = Arc::new(AtomicI32::new(0));
        let mut watch = Watch { ask, moved: Arc::clone(&moved), tried: 0 };
        writer.wal_hook(Some(move |wal: &mut Wal, pages| {
            watch.committed(wal, pages);
            // An error would be taken for one of the commit, which is done.
            Ok(())
        }))?;
        let thread = thread::Builder::new().name("store".to_owned());
        let thread = thread.spawn(move || work(&beside, &asked, &moved));
        let thread = thread
            .map_err(|error| StoreError::Failed(format!("no thread for checkpoints: {error}")))?;
        Ok(Self(thread))
    }

    /// Lets what is being moved end, and moves nothing more.
    pub(super) fn end(self, writer: &mut Connection) -> rusqlite::Result<()> {
        writer.wal_hook(None::<fn(&mut Wal, c_int) -> rusqlite::Result<()>>)?;
        if self.0.join().is_err() {
            tracing::error!("the thread for checkpoints has panicked");
        }
        Ok(())
    }
}

impl Watch {
    /// The log has so many pages now.
    fn committed(&mut self, wal: &mut Wal, pages: c_int) {
        let mut moved = self.moved.load(Ordering::Relaxed);
        if pages < self.tried.max(moved) {
            // It began anew.
            self.moved.store(0, Ordering::Relaxed);
            (self.tried, moved) = (0, 0);
        }
        let is_nearly_moved = pages >= LONG && (pages - moved) * 8 <= pages;
        if is_nearly_moved || (pages >= LONGEST && pages - self.tried >= PORTION) {
            self.tried = pages;
            match wal.checkpoint_v2(CheckpointMode::PASSIVE) {
                Ok((_, moved)) => self.moved.store(moved, Ordering::Relaxed),
                Err(error) => told(&error),
            }
        } else if pages - self.tried >= PORTION && self.ask.try_send(()).is_ok() {
            self.tried = pages;
        }
    }
}

/// Moves pages whenever it is asked to, until nobody can ask any more.
fn work(connection: &Connection, asked: &Receiver<()>, moved: &AtomicI32) {
    while asked.recv().is_ok() {
        match connection.wal_checkpoint_v2(None::<&str>, CheckpointMode::PASSIVE) {
            Ok((_, pages)) => moved.store(pages, Ordering::Relaxed),
            Err(error) => told(&error),
        }
    }
}

/// What is committed is safe in the log. A full disk is told by the commits that it fails.
fn told(error: &rusqlite::Error) {
    tracing::debug!(%error, "the log of the store could not be moved into its file");
}

#[cfg(test)]
mod tests;
