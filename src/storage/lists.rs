//! Brings the lists up to date: which deliveries have what filters ask for, and when those of a
//! stretch arrived.
//!
//! An entry is a random place in its table, which would cost each delivery dearly. So entries follow
//! in the order of their places, many at once, while nobody waits for the writer.

use rusqlite::{Connection, TransactionBehavior};

use super::schema::{self, LISTS};

/// So many deliveries are listed at once: a few milliseconds, after which others get their turn.
pub(super) const STRETCH: i64 = 1_024;

/// Lists the deliveries of these numbers, which follow those that are listed.
pub(super) fn list(connection: &mut Connection, first: i64, last: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let facets = "
        INSERT INTO facets (
            endpoint, account, method, provider, event_kind, candidates, verdict, reason, status, repeat
        )
        SELECT DISTINCT
            endpoint, account, method, provider, event_kind, candidates, verdict, reason, status,
            min(repeat, 2)
        FROM deliveries
        WHERE id BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM faceted WHERE id = deliveries.id)";
    transaction.prepare_cached(facets)?.execute([first, last])?;
    let listed = "
        INSERT INTO listed SELECT facet, id FROM faceted WHERE id BETWEEN ? AND ? ORDER BY facet, id";
    transaction.prepare_cached(listed)?.execute([first, last])?;
    let stretches = "
        INSERT INTO stretches SELECT ?2, ?1, min(received_at), max(received_at)
        FROM deliveries WHERE id BETWEEN ?1 AND ?2 HAVING count(*) > 0";
    transaction.prepare_cached(stretches)?.execute([first, last])?;
    let counter = "UPDATE counters SET value = ? WHERE name = 'listed_up_to'";
    transaction.prepare_cached(counter)?.execute([last])?;
    transaction.commit()
}

/// The last delivery that is listed, 0 if none is.
pub(super) fn up_to(connection: &Connection) -> rusqlite::Result<i64> {
    if schema::version(connection)? < LISTS {
        return Ok(0);
    }
    let sql = "SELECT value FROM counters WHERE name = 'listed_up_to'";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// Forgets all lists; they are made again from the deliveries.
pub(super) fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "DELETE FROM listed; DELETE FROM facets; DELETE FROM stretches;
         UPDATE counters SET value = 0 WHERE name = 'listed_up_to'",
    )
}
