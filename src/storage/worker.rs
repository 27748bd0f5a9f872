//! The threads of the store: one writes and commits in groups, one reads.

use rusqlite::Connection;
use tokio::sync::mpsc::Receiver;

use super::error::StoreError;
use super::holding::Holding;
use super::job::{Insert, Job};
use super::writer::Writer;

/// A transaction takes what is waiting, up to this many deliveries …
const MOST_DELIVERIES: usize = 1_000;
/// … or this many bytes of them.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Works until it is told to close or the last handle is gone, then leaves the file complete. The
/// store is held as long as that takes.
pub(super) fn write(mut writer: Writer, mut jobs: Receiver<Job>, holding: Option<Holding>) {
    let mut next = None;
    while let Some(job) = next.take().or_else(|| jobs.blocking_recv()) {
        match job {
            Job::Insert(first) => {
                let batch = gather(first, &mut jobs, &mut next);
                commit(&mut writer, batch);
            }
            Job::Read(read) => read.perform(writer.connection()),
            Job::Close => jobs.close(),
        }
    }
    if let Err(error) = writer.finish() {
        tracing::warn!(%error, "the store was not closed cleanly; the next start makes up for it");
    }
    drop(holding);
}

/// Works until it is told to close or the last handle is gone.
pub(super) fn read(mut connection: Connection, mut jobs: Receiver<Job>) {
    while let Some(job) = jobs.blocking_recv() {
        match job {
            Job::Insert(insert) => insert.answer(Err(StoreError::ReadOnly)),
            Job::Read(read) => read.perform(&mut connection),
            Job::Close => jobs.close(),
        }
    }
}

/// The deliveries that wait already; `next` is a job of another kind that was behind them.
fn gather(first: Insert, jobs: &mut Receiver<Job>, next: &mut Option<Job>) -> Vec<Insert> {
    let mut bytes = first.entry.size();
    let mut batch = vec![first];
    while batch.len() < MOST_DELIVERIES && bytes < MOST_BYTES {
        match jobs.try_recv() {
            Ok(Job::Insert(insert)) => {
                bytes += insert.entry.size();
                batch.push(insert);
            }
            Ok(other) => {
                *next = Some(other);
                break;
            }
            Err(_) => break,
        }
    }
    batch
}

fn commit(writer: &mut Writer, batch: Vec<Insert>) {
    let entries = batch.iter().map(|insert| &insert.entry).collect::<Vec<_>>();
    let results = writer.store(&entries);
    for (insert, result) in batch.into_iter().zip(results) {
        insert.answer(result);
    }
}
