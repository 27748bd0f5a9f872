//! What the threads of the store do: one writes and commits in groups; one reads, or writes beside
//! the writer of another process.

use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::mpsc::Receiver;

use super::error::StoreError;
use super::holding::Holding;
use super::job::{Answer, Insert, Job, Reinspect};
use super::write::Write;
use super::writer::{self, Writer};

/// A transaction takes what is waiting, up to this many deliveries and the like …
const MOST_JOBS: usize = 1_000;
/// … or this many bytes of them.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// A commit that is quicker than this is no reason to wait for anybody.
const SLOW: Duration = Duration::from_millis(1);
/// Nobody is waited for longer than this, nor than a quarter of the last commit.
const MOST_PATIENCE: Duration = Duration::from_millis(2);
/// Between two looks at who has come.
const STEP: Duration = Duration::from_micros(20);

/// When no job came for so long, there is leisure.
const QUIET: Duration = Duration::from_millis(20);

/// What weighs more, in bytes, and is no delivery is committed by itself: deliveries do not wait
/// for it, and a disk that is too full for it may have room for them.
const HEAVY: usize = 64 * 1024;

/// Works until it is told to close or the last handle is gone, then leaves the file complete. The
/// store is held as long as that takes.
pub(super) fn write(mut writer: Writer, mut jobs: Receiver<Job>, holding: Option<Holding>) {
    let mut next = None;
    let mut rhythm = Rhythm { expected: 0, until: Instant::now() };
    while let Some(job) = next.take().or_else(|| next_or_leisure(&mut writer, &mut jobs)) {
        match job {
            Job::Write(write, answer) if write.size() > HEAVY => {
                drop(answer.send(writer.perform(&write)));
            }
            Job::Insert(_) | Job::Write(..) => {
                let batch = gather(job, &mut jobs, &mut next, &rhythm);
                rhythm = commit(&mut writer, batch, &jobs);
            }
            Job::Reinspect(reinspect) => {
                let Reinspect { id, verdict, account, .. } = &reinspect;
                let result = writer.reinspect(*id, verdict, account.as_ref());
                reinspect.answer(result);
            }
            Job::Prune(prune) => prune.perform(writer.connection()),
            Job::Read(read) => read.perform(writer.connection()),
            Job::Close => jobs.close(),
        }
    }
    if let Err(error) = writer.finish() {
        tracing::warn!(%error, "the store was not closed cleanly; the next start makes up for it");
    }
    drop(holding);
}

/// The next job. While none comes, what can wait is done; where nothing of it is left, nothing is
/// done until one does.
fn next_or_leisure(writer: &mut Writer, jobs: &mut Receiver<Job>) -> Option<Job> {
    let mut patience = QUIET;
    while writer.has_leisure_work() {
        if let Poll::Ready(job) = receive_within(jobs, patience) {
            return job;
        }
        if let Err(error) = writer.use_leisure() {
            tracing::warn!(%error, "deliveries could not be listed or packed; searches take longer, and bodies more room");
            break;
        }
        patience = Duration::ZERO;
    }
    jobs.blocking_recv()
}

/// The next job as soon as it comes, or none when all handles are gone; pending after that time.
/// Looking for it now and then would keep its sender waiting.
fn receive_within(jobs: &mut Receiver<Job>, patience: Duration) -> Poll<Option<Job>> {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let until = Instant::now() + patience;
    loop {
        if let Poll::Ready(job) = jobs.poll_recv(&mut context) {
            return Poll::Ready(job);
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Poll::Pending;
        }
        thread::park_timeout(left);
    }
}

/// Wakes a thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Works until it is told to close or the last handle is gone, on a connection that takes no
/// deliveries: one beside the writer's, or one that only reads.
pub(super) fn beside(mut connection: Connection, mut jobs: Receiver<Job>) {
    let may_write = connection.is_readonly("main").is_ok_and(|is_readonly| !is_readonly);
    let mut next = None;
    while let Some(job) = next.take().or_else(|| jobs.blocking_recv()) {
        match job {
            Job::Write(_, answer) if !may_write => drop(answer.send(Err(StoreError::ReadOnly))),
            Job::Write(write, answer) if write.size() > HEAVY => {
                drop(answer.send(write.perform(&connection).map_err(StoreError::from)));
            }
            Job::Write(..) => {
                // Nobody is waited for, so that the other writer waits no longer than it must.
                let rhythm = Rhythm { expected: 0, until: Instant::now() };
                let Batch { inserts, writes, .. } = gather(job, &mut jobs, &mut next, &rhythm);
                for insert in inserts {
                    insert.answer(Err(StoreError::ReadOnly));
                }
                commit_beside(&mut connection, writes);
            }
            Job::Prune(prune) if may_write => prune.perform(&mut connection),
            Job::Prune(prune) => prune.refuse(),
            Job::Insert(insert) => insert.answer(Err(StoreError::ReadOnly)),
            Job::Reinspect(reinspect) => reinspect.answer(Err(StoreError::ReadOnly)),
            Job::Read(read) => {
                read.perform(&mut connection);
                give_back(&connection, &jobs);
            }
            Job::Close => jobs.close(),
        }
    }
}

/// Gives the memory back that a read took, unless another one follows at once: the system has the
/// pages too, and the next question may be hours away.
fn give_back(connection: &Connection, jobs: &Receiver<Job>) {
    if jobs.is_empty()
        && let Err(error) = connection.release_memory()
    {
        tracing::debug!(%error, "memory could not be given back");
    }
}

/// What the last commit tells about the next one.
#[derive(Debug)]
struct Rhythm {
    /// How many jobs were on their way: those committed, and those that came meanwhile.
    expected: usize,
    /// Until when to wait for as many again.
    until: Instant,
}

/// What one transaction takes.
#[derive(Debug, Default)]
struct Batch {
    inserts: Vec<Insert>,
    writes: Vec<(Write, Answer<i64>)>,
    bytes: usize,
}

impl Batch {
    fn len(&self) -> usize {
        self.inserts.len() + self.writes.len()
    }

    fn has_room(&self) -> bool {
        self.len() < MOST_JOBS && self.bytes < MOST_BYTES
    }
}

/// What waits already and, where a commit is slow, what follows at once: callers who were answered
/// together come back together, and would else take turns in half the batches. `next` is a job of
/// another kind that was behind them.
fn gather(first: Job, jobs: &mut Receiver<Job>, next: &mut Option<Job>, rhythm: &Rhythm) -> Batch {
    let mut batch = Batch::default();
    let mut came = Ok(first);
    loop {
        match came {
            Ok(Job::Insert(insert)) => {
                batch.bytes += insert.entry.size();
                batch.inserts.push(insert);
            }
            Ok(Job::Write(write, answer)) if write.size() <= HEAVY => {
                batch.bytes += write.size();
                batch.writes.push((write, answer));
            }
            Ok(other) => {
                *next = Some(other);
                return batch;
            }
            Err(_) if batch.len() >= rhythm.expected || Instant::now() >= rhythm.until => {
                return batch;
            }
            Err(_) => thread::sleep(STEP),
        }
        if !batch.has_room() {
            return batch;
        }
        came = jobs.try_recv();
    }
}

fn commit_beside(connection: &mut Connection, writes: Vec<(Write, Answer<i64>)>) {
    let (writes, answers): (Vec<_>, Vec<_>) = writes.into_iter().unzip();
    let written = writer::write(connection, &writes).unwrap_or_else(|error| {
        let error = StoreError::from(error);
        vec![Err(error); writes.len()]
    });
    for (answer, result) in answers.into_iter().zip(written) {
        drop(answer.send(result));
    }
}

fn commit(writer: &mut Writer, batch: Batch, jobs: &Receiver<Job>) -> Rhythm {
    let gathered = batch.len();
    let Batch { inserts, writes: others, .. } = batch;
    let entries = inserts.iter().map(|insert| &insert.entry).collect::<Vec<_>>();
    let (others, answers): (Vec<_>, Vec<_>) = others.into_iter().unzip();
    let begun = Instant::now();
    let (stored, written) = writer.store(&entries, &others);
    let took = begun.elapsed();
    let expected = gathered + jobs.len();
    for (insert, result) in inserts.into_iter().zip(stored) {
        insert.answer(result);
    }
    for (answer, result) in answers.into_iter().zip(written) {
        // It is written whether the caller still waits or not.
        drop(answer.send(result));
    }
    let patience = if took < SLOW { Duration::ZERO } else { (took / 4).min(MOST_PATIENCE) };
    Rhythm { expected, until: Instant::now() + patience }
}
