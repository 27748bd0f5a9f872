//! Retention: what is more than is to be kept goes, oldest first, a little at a time.
//!
//! Old is what arrived early, whatever the clock said: the first delivery that is to stay ends a
//! sweep. What the user says something of is passed over and not counted; what is in use is passed
//! over and counted, so that nothing newer goes instead of it.
//!
//! What stays behind is bounded too. How often an event came is forgotten when its last delivery
//! is: it then counts from one again. A nonce outlives its delivery, because whoever sends it again is
//! to be found out: it is forgotten only when [`MOST_NUMBERS`] deliveries have come after it, and
//! from then on would pass, unless its scheme judges it by its age.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::deletion::{BYTES, Budget, IN_USE, MOST_ROWS};
use super::deliveries;
use super::sizes::Excess;
use crate::domain::delivery::DeliveryId;
use crate::domain::keep::Keep;

/// A nonce is known for so many deliveries.
const MOST_NUMBERS: i64 = 10_000_000;

/// So many rows of what stays behind are looked at in one transaction.
const LOOKED_AT: i64 = 2_000;

/// How far a sweep over the deliveries has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sweep {
    /// What stays up to here is annotated or in use.
    after: i64,
    /// How many up to there are in use, and their bytes.
    in_use: u64,
    bytes_in_use: u64,
}

/// What one step has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What is gone.
    pub gone: Vec<DeliveryId>,
    /// Where the next step goes on.
    pub sweep: Sweep,
    /// Whether there may be more to be deleted now.
    pub more: bool,
    /// When the first delivery that stays had arrived, if the sweep has come to it.
    pub oldest: Option<Timestamp>,
}

/// One small step of a sweep.
pub(super) fn step(
    connection: &mut Connection,
    keep: &Keep,
    sweep: Sweep,
    now: Timestamp,
) -> rusqlite::Result<Step> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let annotated = "SELECT count(*) FROM annotations";
    let annotated = transaction.prepare_cached(annotated)?.query_row([], |row| row.get(0));
    let excess = Excess::of(&transaction, keep, annotated.map(i64::unsigned_abs)?, now)?;
    let sql = format!(
        "SELECT id, received_at, {BYTES}, {IN_USE} FROM deliveries WHERE id > ?
            AND NOT EXISTS (SELECT 1 FROM annotations WHERE delivery = id) ORDER BY id LIMIT ?"
    );
    let mut budget = Budget::default();
    let (mut sweep, mut passed, mut freed) = (sweep, sweep.in_use, sweep.bytes_in_use);
    let (mut more, mut oldest) = (false, None);
    {
        let mut candidates = transaction.prepare_cached(&sql)?;
        let mut rows = candidates.query(params![now.as_microsecond(), sweep.after, MOST_ROWS])?;
        while let Some(row) = rows.next()? {
            let id = DeliveryId(row.get(0)?);
            let received_at =
                Timestamp::from_microsecond(row.get(1)?).unwrap_or(Timestamp::UNIX_EPOCH);
            let (bytes, in_use) = (row.get::<_, i64>(2)?.unsigned_abs(), row.get::<_, bool>(3)?);
            let is_old = excess.before.is_some_and(|before| received_at < before);
            if passed >= excess.count && freed >= excess.size && !is_old {
                (more, oldest) = (false, Some(received_at));
                sweep.after = id.0 - 1;
                break;
            }
            more = true;
            if in_use {
                sweep.in_use += 1;
                sweep.bytes_in_use += bytes;
            } else if !budget.delete(&transaction, id, bytes)? {
                break;
            }
            passed += 1;
            freed += bytes;
            sweep.after = id.0;
        }
    }
    let gone = budget.finish(&transaction)?;
    transaction.commit()?;
    Ok(Step { gone, sweep, more, oldest })
}

/// How far the sweeps over what stays behind have got, in the order of their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leftovers {
    attempts: i64,
    repeats: i64,
    nonces: i64,
}

impl Default for Leftovers {
    fn default() -> Self {
        Self { attempts: 0, repeats: i64::MIN, nonces: i64::MIN }
    }
}

/// Forgets some of what stays behind of deliveries up to where a sweep has got; around the end, so
/// that everything has its turn.
pub(super) fn forget_leftovers(
    connection: &mut Connection,
    leftovers: Leftovers,
    sweep: Sweep,
    now: Timestamp,
) -> rusqlite::Result<Leftovers> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let reserved = "DELETE FROM reserved WHERE ends_at < ?";
    transaction.prepare_cached(reserved)?.execute([now.as_microsecond()])?;
    let known = deliveries::last_id(&transaction)? - MOST_NUMBERS;
    let leftovers = Leftovers {
        attempts: forget(&transaction, ATTEMPTS, leftovers.attempts, sweep.after)?,
        repeats: forget(&transaction, REPEATS, leftovers.repeats, sweep.after)?,
        nonces: forget(&transaction, NONCES, leftovers.nonces, known)?,
    };
    transaction.commit()?;
    Ok(leftovers)
}

/// A table, the key in whose order it is swept, and which of its rows go up to a delivery.
type Swept = [&'static str; 3];

/// An attempt that was kept when its delivery was gone already.
const ATTEMPTS: Swept =
    ["attempts", "delivery", "delivery <= ? AND delivery NOT IN (SELECT id FROM deliveries)"];
const REPEATS: Swept = ["repeats", "sameness", "up_to <= ?"];
const NONCES: Swept = ["nonces", "nonce", "id <= ?"];

/// Deletes the rows that go among the next ones of a table; returns the key to go on behind.
fn forget(
    connection: &Connection,
    [table, key, goes]: Swept,
    after: i64,
    up_to: i64,
) -> rusqlite::Result<i64> {
    let end = format!("SELECT {key} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT 1 OFFSET ?");
    let end = connection
        .prepare_cached(&end)?
        .query_row(params![after, LOOKED_AT - 1], |row| row.get(0))
        .optional()?;
    let sql = format!("DELETE FROM {table} WHERE {key} > ? AND {key} <= ? AND {goes}");
    connection.prepare_cached(&sql)?.execute([after, end.unwrap_or(i64::MAX), up_to])?;
    Ok(end.unwrap_or(i64::MIN))
}
