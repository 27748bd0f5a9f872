//! Counts how often each event came: exact over the whole history, and cheap.
//!
//! The counts of recent events are in memory; those of older ones in the table `repeats`, whose
//! keys are random. So counts reach the table in order of their keys, a few with each commit,
//! which touches few pages ([`Repeats::write_some`]). What is in memory is never lost: every
//! delivery keeps its own count, and those behind `repeats_up_to` are read again at the next start.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::sieve::Sieve;

/// So many events are counted in memory before they begin to move to the table; 2 MB.
pub(super) const BOUND: usize = 100_000;

/// The counts.
#[derive(Debug)]
pub(super) struct Repeats {
    bound: usize,
    /// Counts of the transaction that is being made.
    batch: HashMap<i64, u32>,
    /// Counts of committed deliveries after `moving_up_to`.
    fresh: HashMap<i64, u32>,
    /// Which events are not in the table.
    sieve: Sieve,
    /// Counts on their way to the table, in order of their keys.
    moving: Vec<(i64, u32)>,
    /// How many of them are there, and how many the transaction that is being made adds.
    moved: usize,
    adding: usize,
    /// The last delivery whose count is among those moving or in the table.
    moving_up_to: i64,
}

impl Repeats {
    /// Reads back the counts that had not reached the table.
    pub(super) fn load(connection: &Connection, bound: usize) -> rusqlite::Result<Self> {
        let up_to = "SELECT value FROM counters WHERE name = 'repeats_up_to'";
        let moving_up_to = connection.query_row(up_to, [], |row| row.get(0))?;
        let later = "SELECT sameness, repeat FROM deliveries WHERE id > ? ORDER BY id";
        let fresh = connection
            .prepare(later)?
            .query_map([moving_up_to], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<HashMap<_, _>>>()?;
        let (batch, moving) = (HashMap::new(), Vec::new());
        let sieve = Sieve::default();
        Ok(Self { bound, batch, fresh, sieve, moving, moved: 0, adding: 0, moving_up_to })
    }

    /// Which delivery of its event the next one with this sameness is; 1 is the first.
    pub(super) fn next(&self, connection: &Connection, sameness: i64) -> rusqlite::Result<u32> {
        let in_memory = || {
            let at = self.moving.binary_search_by_key(&sameness, |(key, _)| *key).ok()?;
            self.moving.get(at).map(|(_, count)| count)
        };
        let known = self.batch.get(&sameness).or_else(|| self.fresh.get(&sameness));
        let count = match known.or_else(in_memory) {
            Some(count) => *count,
            None if !self.sieve.may_hold(sameness) => 0,
            None => connection
                .prepare_cached("SELECT count FROM repeats WHERE sameness = ?")?
                .query_row([sameness], |row| row.get(0))
                .optional()?
                .unwrap_or_default(),
        };
        Ok(count.saturating_add(1))
    }

    /// Counts a delivery that the transaction has taken.
    pub(super) fn count(&mut self, sameness: i64, repeat: u32) {
        self.batch.insert(sameness, repeat);
    }

    /// Moves up to `most` counts to the table, within the transaction.
    pub(super) fn write_some(
        &mut self,
        connection: &Connection,
        most: usize,
    ) -> rusqlite::Result<()> {
        let waiting = self.moving.get(self.moved..).unwrap_or_default();
        let some = &waiting[..most.min(waiting.len())];
        self.adding = some.len();
        write(connection, &mut self.sieve, some, self.moving_up_to)?;
        self.sieve.learn_some(connection)?;
        if self.adding > 0 && self.adding == waiting.len() {
            write_up_to(connection, self.moving_up_to)?;
        }
        Ok(())
    }

    /// The transaction was committed; `last_id` is the last delivery stored.
    pub(super) fn committed(&mut self, last_id: i64) {
        self.fresh.extend(self.batch.drain());
        self.moved += std::mem::take(&mut self.adding);
        if self.moved < self.moving.len() {
            return;
        }
        // Few events that come again and again would never fill the map, and what a start has to
        // read again would grow without end.
        let behind = usize::try_from(last_id - self.moving_up_to).unwrap_or_default();
        if self.fresh.len() >= self.bound || behind >= 2 * self.bound {
            self.move_fresh(last_id);
        }
    }

    /// The transaction was rolled back.
    pub(super) fn rolled_back(&mut self) {
        self.batch.clear();
        self.adding = 0;
    }

    /// Writes all that is in memory, within a transaction.
    pub(super) fn write_all(
        &mut self,
        connection: &Connection,
        last_id: i64,
    ) -> rusqlite::Result<()> {
        let waiting = self.moving.get(self.moved..).unwrap_or_default();
        write(connection, &mut self.sieve, waiting, self.moving_up_to)?;
        self.move_fresh(last_id);
        write(connection, &mut self.sieve, &self.moving, last_id)?;
        write_up_to(connection, last_id)
    }

    fn move_fresh(&mut self, last_id: i64) {
        self.moving = self.fresh.drain().collect();
        self.moving.sort_unstable();
        self.moved = 0;
        self.moving_up_to = last_id;
    }
}

fn write(
    connection: &Connection,
    sieve: &mut Sieve,
    counts: &[(i64, u32)],
    up_to: i64,
) -> rusqlite::Result<()> {
    let sql = "REPLACE INTO repeats (sameness, count, up_to) VALUES (?, ?, ?)";
    let mut statement = connection.prepare_cached(sql)?;
    for (sameness, count) in counts {
        statement.execute(params![sameness, count, up_to])?;
        sieve.insert(*sameness);
    }
    Ok(())
}

fn write_up_to(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE counters SET value = ? WHERE name = 'repeats_up_to'";
    connection.prepare_cached(sql)?.execute([id])?;
    Ok(())
}
