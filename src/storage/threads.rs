//! The threads behind a store: started with their channel, told to end, and waited for.

use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::error::StoreError;
use super::holding::Holding;
use super::job::{Answer, Job};
use super::place::Place;
use super::writer::Writer;
use super::{repeats, worker};

/// So many jobs wait for a thread; who brings another one waits too.
const WAITING: usize = 1_024;

/// A thread that works off jobs.
#[derive(Debug)]
pub(super) struct Thread {
    ended: oneshot::Receiver<()>,
    handle: JoinHandle<()>,
}

/// Starts the thread that takes deliveries, over this connection; checkpoints are made over the one
/// beside it.
pub(super) fn spawn_writer(
    connection: Connection,
    place: Place,
    beside: Connection,
    holding: Holding,
) -> Result<(mpsc::Sender<Job>, Thread), StoreError> {
    let writer = Writer::new(connection, Some(place), repeats::BOUND)?.checkpointed_by(beside)?;
    spawn(|jobs| worker::write(writer, jobs, Some(holding)))
}

/// The same for a store in memory.
pub(super) fn spawn_writer_in_memory(
    connection: Connection,
) -> Result<(mpsc::Sender<Job>, Thread), StoreError> {
    let writer = Writer::new(connection, None, repeats::BOUND)?;
    spawn(|jobs| worker::write(writer, jobs, None))
}

/// Starts a thread that reads, or writes beside the one that takes deliveries.
pub(super) fn spawn_beside(
    connection: Connection,
) -> Result<(mpsc::Sender<Job>, Thread), StoreError> {
    spawn(|jobs| worker::beside(connection, jobs))
}

/// Starts a thread. It ends with its work, which ends with the last sender at the latest.
fn spawn(
    work: impl FnOnce(mpsc::Receiver<Job>) + Send + 'static,
) -> Result<(mpsc::Sender<Job>, Thread), StoreError> {
    let (jobs, received) = mpsc::channel(WAITING);
    let (end, ended) = oneshot::channel();
    let handle = thread::Builder::new()
        .name("store".to_owned())
        .spawn(move || {
            work(received);
            drop(end);
        })
        .map_err(|error| StoreError::Failed(format!("no thread for the store: {error}")))?;
    Ok((jobs, Thread { ended, handle }))
}

/// Brings a thread a job and waits for its answer.
pub(super) async fn ask<T>(
    jobs: &mpsc::Sender<Job>,
    job: impl FnOnce(Answer<T>) -> Job,
) -> Result<T, StoreError> {
    let (answer, answered) = oneshot::channel();
    jobs.send(job(answer)).await.map_err(closed)?;
    answered.await.map_err(closed)?
}

fn closed<E>(_: E) -> StoreError {
    StoreError::Closed
}

impl Thread {
    /// Lets it do what waits, then joins it.
    pub(super) async fn end(self, jobs: &mpsc::Sender<Job>) {
        // A thread that has ended already takes no job, and sends no end.
        drop(jobs.send(Job::Close).await);
        drop(self.ended.await);
        if self.handle.join().is_err() {
            tracing::error!("a thread of the store has panicked");
        }
    }
}
