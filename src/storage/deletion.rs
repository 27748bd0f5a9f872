//! Deletes deliveries with all that belongs to them, in transactions so small that a delivery which
//! waits for its commit hardly notices.
//!
//! Attempts and first findings go with their delivery, and so does what the user says of it. What
//! waits for an app, or is worked with under a reservation, stays. The ledger and the leases are not
//! about deliveries and are never touched.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::domain::delivery::DeliveryId;

/// A transaction deletes so many deliveries and attempts at most …
pub(super) const MOST_ROWS: u32 = 200;

/// … and so many bytes of deliveries, if that is more than one.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// What one transaction may still delete, and what it has deleted.
#[derive(Debug)]
pub(super) struct Budget {
    rows: u32,
    bytes: u64,
    gone: Vec<DeliveryId>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { rows: MOST_ROWS, bytes: MOST_BYTES, gone: Vec::new() }
    }
}

impl Budget {
    /// Deletes a delivery of that many bytes; false if that is too much for this transaction. Of one
    /// with many attempts some are gone then.
    pub(super) fn delete(
        &mut self,
        connection: &Connection,
        id: DeliveryId,
        bytes: u64,
    ) -> rusqlite::Result<bool> {
        if self.rows == 0 || (bytes > self.bytes && !self.gone.is_empty()) {
            return Ok(false);
        }
        let attempts = "
            DELETE FROM attempts WHERE id IN
                (SELECT id FROM attempts WHERE delivery = ? LIMIT ?)";
        let went = connection.prepare_cached(attempts)?.execute(params![id.0, self.rows])?;
        self.rows = self.rows.saturating_sub(u32::try_from(went).unwrap_or(u32::MAX));
        if self.rows == 0 {
            return Ok(false);
        }
        let delivery = "DELETE FROM deliveries WHERE id = ?";
        connection.prepare_cached(delivery)?.execute([id.0])?;
        self.rows -= 1;
        self.bytes = self.bytes.saturating_sub(bytes);
        self.gone.push(id);
        Ok(true)
    }

    /// The deliveries that were deleted, once their commits are forgotten too.
    pub(super) fn finish(self, connection: &Connection) -> rusqlite::Result<Vec<DeliveryId>> {
        if let (Some(first), Some(last)) = (self.gone.iter().min(), self.gone.iter().max()) {
            let sql = "
                DELETE FROM commits WHERE last_id BETWEEN ? AND ? AND NOT EXISTS (
                    SELECT 1 FROM deliveries WHERE id BETWEEN commits.first_id AND commits.last_id
                )";
            connection.prepare_cached(sql)?.execute([first.0, last.0])?;
        }
        Ok(self.gone)
    }
}

/// That the delivery `deliveries` waits for an app, or that somebody works with it at the time that
/// the question mark stands for.
pub(super) const IN_USE: &str = "(
    EXISTS (
        SELECT 1 FROM forwards
        WHERE forwards.endpoint = deliveries.endpoint AND position < deliveries.id
    ) OR EXISTS (
        SELECT 1 FROM reserved WHERE deliveries.id BETWEEN first AND last AND ends_at > ?
    )
)";

/// How many bytes a delivery takes in the store, roughly.
pub(super) const BYTES: &str = "(length(body) + length(headers) + length(target))";

/// What became of deliveries that were to be deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Those that are gone now.
    pub gone: Vec<DeliveryId>,
    /// How many stay because they wait for an app or are worked with.
    pub in_use: u64,
}

/// Deletes the first of these deliveries, as many as one transaction may; returns how many of them
/// are done with. One that was not there is.
pub(super) fn delete(
    connection: &mut Connection,
    ids: &[DeliveryId],
    now: Timestamp,
) -> rusqlite::Result<(Deleted, usize)> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let sql = format!("SELECT {BYTES}, {IN_USE} FROM deliveries WHERE id = ?");
    let (mut budget, mut in_use, mut done) = (Budget::default(), 0, 0);
    {
        let mut find = transaction.prepare_cached(&sql)?;
        for id in ids {
            let found = find
                .query_row(params![now.as_microsecond(), id.0], |row| {
                    Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get::<_, bool>(1)?))
                })
                .optional()?;
            match found {
                Some((_, true)) => in_use += 1,
                Some((bytes, false)) if !budget.delete(&transaction, *id, bytes)? => break,
                _ => {}
            }
            done += 1;
        }
    }
    let gone = budget.finish(&transaction)?;
    transaction.commit()?;
    Ok((Deleted { gone, in_use }, done))
}

/// Keeps the deliveries from `first` to `last` from being deleted until a time.
pub(super) fn reserve(
    connection: &Connection,
    first: DeliveryId,
    last: DeliveryId,
    ends_at: Timestamp,
) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO reserved (first, last, ends_at) VALUES (?, ?, ?)";
    let values = params![first.0, last.0, ends_at.as_microsecond()];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(connection.last_insert_rowid())
}

/// Lets a reservation last until a later time; none gives it back.
pub(super) fn extend_reservation(
    connection: &Connection,
    reservation: i64,
    ends_at: Option<Timestamp>,
) -> rusqlite::Result<()> {
    match ends_at {
        Some(ends_at) => connection
            .prepare_cached("UPDATE reserved SET ends_at = ? WHERE id = ?")?
            .execute(params![ends_at.as_microsecond(), reservation]),
        None => {
            connection.prepare_cached("DELETE FROM reserved WHERE id = ?")?.execute([reservation])
        }
    }
    .map(drop)
}
