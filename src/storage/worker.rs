//! The threads of the store: one writes and commits in groups, one reads.

use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::mpsc::Receiver;

use super::error::StoreError;
use super::holding::Holding;
use super::job::{Insert, Job, Reinspect};
use super::writer::Writer;

/// A transaction takes what is waiting, up to this many deliveries …
const MOST_DELIVERIES: usize = 1_000;
/// … or this many bytes of them.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// A commit that is quicker than this is no reason to wait for anybody.
const SLOW: Duration = Duration::from_millis(1);
/// Nobody is waited for longer than this, nor than a quarter of the last commit.
const MOST_PATIENCE: Duration = Duration::from_millis(2);
/// Between two looks at who has come.
const STEP: Duration = Duration::from_micros(20);

/// Works until it is told to close or the last handle is gone, then leaves the file complete. The
/// store is held as long as that takes.
pub(super) fn write(mut writer: Writer, mut jobs: Receiver<Job>, holding: Option<Holding>) {
    let mut next = None;
    let mut rhythm = Rhythm { expected: 0, until: Instant::now() };
    while let Some(job) = next.take().or_else(|| jobs.blocking_recv()) {
        match job {
            Job::Insert(first) => {
                let batch = gather(first, &mut jobs, &mut next, &rhythm);
                rhythm = commit(&mut writer, batch, &jobs);
            }
            Job::Reinspect(reinspect) => {
                let Reinspect { id, verdict, account, .. } = &reinspect;
                let result = writer.reinspect(*id, verdict, account.as_ref());
                reinspect.answer(result.map_err(StoreError::from));
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
            Job::Reinspect(reinspect) => reinspect.answer(Err(StoreError::ReadOnly)),
            Job::Read(read) => read.perform(&mut connection),
            Job::Close => jobs.close(),
        }
    }
}

/// What the last commit tells about the next one.
#[derive(Debug)]
struct Rhythm {
    /// How many deliveries were on their way: those committed, and those that came meanwhile.
    expected: usize,
    /// Until when to wait for as many again.
    until: Instant,
}

/// The deliveries that wait already and, where a commit is slow, those that follow at once: callers
/// who were answered together come back together, and would else take turns in half the batches.
/// `next` is a job of another kind that was behind them.
fn gather(
    first: Insert,
    jobs: &mut Receiver<Job>,
    next: &mut Option<Job>,
    rhythm: &Rhythm,
) -> Vec<Insert> {
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
            Err(_) if batch.len() >= rhythm.expected || Instant::now() >= rhythm.until => break,
            Err(_) => thread::sleep(STEP),
        }
    }
    batch
}

fn commit(writer: &mut Writer, batch: Vec<Insert>, jobs: &Receiver<Job>) -> Rhythm {
    let entries = batch.iter().map(|insert| &insert.entry).collect::<Vec<_>>();
    let begun = Instant::now();
    let results = writer.store(&entries);
    let took = begun.elapsed();
    let expected = batch.len() + jobs.len();
    for (insert, result) in batch.into_iter().zip(results) {
        insert.answer(result);
    }
    let patience = if took < SLOW { Duration::ZERO } else { (took / 4).min(MOST_PATIENCE) };
    Rhythm { expected, until: Instant::now() + patience }
}
