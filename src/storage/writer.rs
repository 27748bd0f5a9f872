//! The connection that writes: one transaction for many deliveries.

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::body;
use super::checkpoints::Checkpoints;
use super::deliveries;
use super::entry::{Entry, INSERT};
use super::error::StoreError;
use super::findings;
use super::lists;
use super::packing::Packer;
use super::place::Place;
use super::repeats::Repeats;
use super::row;
use super::write::Write;
use crate::domain::delivery::DeliveryId;
use crate::domain::name::AccountName;
use crate::domain::verdict::Verdict;

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    /// Its number.
    pub(super) id: i64,
    /// It is the n-th delivery of its event.
    pub(super) repeat: u32,
    /// When the commit was done.
    pub(super) committed_at: Timestamp,
    /// The delivery that its nonce came with first, if that was another one.
    pub(super) reused: Option<i64>,
}

/// What became of deliveries, and of what was written with them.
pub(super) type Results = (Vec<Result<Stored, StoreError>>, Vec<Result<i64, StoreError>>);

/// The connection and what it has to know between two transactions.
#[derive(Debug)]
pub(super) struct Writer {
    connection: Connection,
    /// None for a store in memory.
    place: Option<Place>,
    /// Read at the first batch: after a crash that takes a while, and nobody waits for it at the
    /// start.
    repeats: Option<Repeats>,
    bound: usize,
    last_id: i64,
    /// The last delivery that is listed.
    listed_up_to: i64,
    packer: Packer,
    /// None where SQLite does it by itself.
    checkpoints: Option<Checkpoints>,
    /// The commit before, which only the next one can write down.
    unwritten: Option<Commit>,
}

#[derive(Clone, Copy, Debug)]
struct Commit {
    first_id: i64,
    last_id: i64,
    at: Timestamp,
}

impl Writer {
    /// Goes on where the store ends. `bound` is how many counts of repeats are kept in memory.
    pub(super) fn new(
        connection: Connection,
        place: Option<Place>,
        bound: usize,
    ) -> rusqlite::Result<Self> {
        let last_id = deliveries::last_id(&connection)?;
        let listed_up_to = lists::up_to(&connection)?;
        let packer = Packer::load(&connection)?;
        Ok(Self {
            connection,
            place,
            repeats: None,
            bound,
            last_id,
            listed_up_to,
            packer,
            checkpoints: None,
            unwritten: None,
        })
    }

    /// The same with what it commits moved from the log into the file over another connection.
    pub(super) fn checkpointed_by(mut self, beside: Connection) -> Result<Self, StoreError> {
        self.checkpoints = Some(Checkpoints::begin(&mut self.connection, beside)?);
        Ok(self)
    }

    /// Whether there is something to do that waits until no delivery does.
    pub(super) fn has_leisure_work(&self) -> bool {
        self.has_unlisted() || self.packer.has_work(self.last_id)
    }

    /// Does a little of that: lists deliveries first, then packs bodies.
    pub(super) fn use_leisure(&mut self) -> rusqlite::Result<()> {
        if !self.has_unlisted() {
            return self.packer.step(&mut self.connection, self.last_id);
        }
        let last = self.listed_up_to + lists::STRETCH;
        lists::list(&mut self.connection, self.listed_up_to + 1, last)?;
        self.listed_up_to = last;
        self.packer.keep(&self.connection)
    }

    /// Whether so many deliveries wait for being listed that it is worth while.
    fn has_unlisted(&self) -> bool {
        self.last_id - self.listed_up_to >= lists::STRETCH
    }

    /// For what only reads.
    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Fails if what is written would not be found again.
    fn check(&self) -> Result<(), StoreError> {
        self.place.as_ref().map_or(Ok(()), Place::check)
    }

    /// Writes this one by itself.
    pub(super) fn perform(&mut self, write: &Write) -> Result<i64, StoreError> {
        self.check()?;
        Ok(write.perform(&self.connection)?)
    }

    /// Stores a batch in one transaction, and writes with it what else waits. What SQLite refuses
    /// fails alone; a fault that ends the transaction fails them all, and the next batch starts
    /// anew. Only deliveries are then tried again without the rest, which may have been the cause.
    pub(super) fn store(&mut self, batch: &[&Entry], writes: &[Write]) -> Results {
        let done = self.check().and_then(|()| Ok(self.transact(batch, writes)?));
        let error = match done {
            Ok(results) => return results,
            Err(error) => error,
        };
        if let Some(repeats) = &mut self.repeats {
            repeats.rolled_back();
        }
        let failed = vec![Err(error.clone()); writes.len()];
        // Who waited for the lock in vain has not even begun, and has waited long enough.
        let is_lasting = matches!(error, StoreError::Locked | StoreError::Gone { .. });
        let may_retry = !writes.is_empty() && !is_lasting;
        let stored = if may_retry && !batch.is_empty() {
            self.store(batch, &[]).0
        } else {
            vec![Err(error); batch.len()]
        };
        (stored, failed)
    }

    fn transact(&mut self, batch: &[&Entry], writes: &[Write]) -> rusqlite::Result<Results> {
        let repeats = loaded(&mut self.repeats, &self.connection, self.bound)?;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut last_id = self.last_id;
        let mut taken = Vec::with_capacity(batch.len());
        {
            let mut statement = transaction.prepare_cached(INSERT)?;
            for entry in batch {
                let repeat = repeats.next(&transaction, entry.sameness)?;
                let reused = first_with(&transaction, entry.nonce, last_id + 1)?;
                let verdict = reused.and_then(|first| entry.reused(first));
                match entry.insert(&mut statement, last_id + 1, repeat, verdict.as_ref()) {
                    Ok(()) => {
                        last_id += 1;
                        // A row without its body must not stay: this ends the transaction.
                        body::fill(&transaction, last_id, entry.body())?;
                        repeats.count(entry.sameness, repeat);
                        taken.push(Ok((last_id, repeat, reused)));
                    }
                    Err(error) if transaction.is_autocommit() => return Err(error),
                    Err(error) => taken.push(Err(StoreError::from(error))),
                }
            }
        }
        let written = perform(&transaction, writes)?;
        repeats.write_some(&transaction, batch.len())?;
        write_commit(&transaction, self.unwritten)?;
        transaction.commit()?;

        let committed_at = row::whole_microseconds(Timestamp::now());
        repeats.committed(last_id);
        self.unwritten = (last_id > self.last_id).then_some(Commit {
            first_id: self.last_id + 1,
            last_id,
            at: committed_at,
        });
        let lengths = batch.iter().map(|entry| entry.body().len());
        self.packer.stored(self.last_id, last_id, lengths);
        self.last_id = last_id;
        let stored = |(id, repeat, reused)| Stored { id, repeat, committed_at, reused };
        Ok((taken.into_iter().map(|taken| taken.map(stored)).collect(), written))
    }

    /// Replaces what was found out about a delivery, and keeps the first verdict if the new one is
    /// another.
    pub(super) fn reinspect(
        &mut self,
        id: DeliveryId,
        verdict: &Verdict,
        account: Option<&AccountName>,
    ) -> Result<(), StoreError> {
        self.check()?;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        findings::replace(&transaction, id, verdict)?;
        if let Some(account) = account {
            findings::assign(&transaction, id, account)?;
        }
        Ok(transaction.commit()?)
    }

    /// Writes what was kept back, and leaves a file that is complete without its log.
    pub(super) fn finish(mut self) -> rusqlite::Result<()> {
        // SQLite removes a log by its name, which may be that of another file's by now.
        let is_gone = self.check().is_err();
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_gone)?;
        self.keep_all()?;
        if let Some(checkpoints) = self.checkpoints {
            checkpoints.end(&mut self.connection)?;
        }
        self.connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")?;
        self.connection.close().map_err(|(_, error)| error)
    }

    fn keep_all(&mut self) -> rusqlite::Result<()> {
        let repeats = loaded(&mut self.repeats, &self.connection, self.bound)?;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        repeats.write_all(&transaction, self.last_id)?;
        write_commit(&transaction, self.unwritten)?;
        self.packer.keep(&transaction)?;
        transaction.commit()
    }
}

/// Writes these in one transaction. What SQLite refuses fails alone; a fault that ends the
/// transaction fails them all.
pub(super) fn write(
    connection: &mut Connection,
    writes: &[Write],
) -> rusqlite::Result<Vec<Result<i64, StoreError>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let written = perform(&transaction, writes)?;
    transaction.commit()?;
    Ok(written)
}

fn perform(
    transaction: &Transaction<'_>,
    writes: &[Write],
) -> rusqlite::Result<Vec<Result<i64, StoreError>>> {
    let mut written = Vec::with_capacity(writes.len());
    for write in writes {
        match write.perform(transaction) {
            Err(error) if transaction.is_autocommit() => return Err(error),
            result => written.push(result.map_err(StoreError::from)),
        }
    }
    Ok(written)
}

fn loaded<'a>(
    repeats: &'a mut Option<Repeats>,
    connection: &Connection,
    bound: usize,
) -> rusqlite::Result<&'a mut Repeats> {
    match repeats {
        Some(repeats) => Ok(repeats),
        none => Ok(none.insert(Repeats::load(connection, bound)?)),
    }
}

/// The delivery that this nonce came with first; none if it comes with this one.
fn first_with(
    connection: &Connection,
    nonce: Option<i64>,
    id: i64,
) -> rusqlite::Result<Option<i64>> {
    let Some(nonce) = nonce else { return Ok(None) };
    let known = "SELECT id FROM nonces WHERE nonce = ?";
    let first =
        connection.prepare_cached(known)?.query_row([nonce], |row| row.get(0)).optional()?;
    if first.is_none() {
        let learn = "INSERT INTO nonces VALUES (?, ?)";
        connection.prepare_cached(learn)?.execute(params![nonce, id])?;
    }
    Ok(first)
}

fn write_commit(connection: &Connection, commit: Option<Commit>) -> rusqlite::Result<()> {
    let Some(Commit { first_id, last_id, at }) = commit else { return Ok(()) };
    let sql = "REPLACE INTO commits (last_id, first_id, committed_at) VALUES (?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![last_id, first_id, at.as_microsecond()])?;
    Ok(())
}

#[cfg(test)]
mod tests;
