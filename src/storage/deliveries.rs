//! Reads deliveries: one whole, how many there are, which are known.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::row;
use crate::domain::delivery::DeliveryId;
use crate::domain::record::Record;

/// One delivery whole.
pub(super) fn load(connection: &Connection, id: DeliveryId) -> rusqlite::Result<Option<Record>> {
    let sql = "
        SELECT *, (
            SELECT iif(first_id <= deliveries.id, committed_at, NULL) FROM commits
            WHERE last_id >= deliveries.id ORDER BY last_id LIMIT 1
        ) AS committed_at
        FROM deliveries WHERE id = ?";
    let record = connection.prepare_cached(sql)?.query_row([id.0], row::record).optional()?;
    let Some(record) = record else { return Ok(None) };
    let first = "SELECT * FROM first_findings WHERE id = ?";
    let first_verdict =
        connection.prepare_cached(first)?.query_row([id.0], row::verdict).optional()?;
    Ok(Some(Record { first_verdict, ..record }))
}

/// Those of the ids that deliveries have, in one pass over all of them.
pub(super) fn known(
    connection: &Connection,
    uids: &HashSet<Uuid>,
) -> rusqlite::Result<HashSet<Uuid>> {
    let mut statement = connection.prepare_cached("SELECT uid FROM deliveries")?;
    let mut rows = statement.query([])?;
    let mut known = HashSet::new();
    while let Some(row) = rows.next()? {
        known.extend(uids.get(&Uuid::from_bytes(row.get(0)?)));
    }
    Ok(known)
}

/// How many deliveries are stored: numbers given less deliveries deleted.
pub(super) fn count(connection: &Connection) -> rusqlite::Result<u64> {
    let deleted = "SELECT value FROM counters WHERE name = 'deleted'";
    let deleted = connection.prepare_cached(deleted)?.query_row([], |row| row.get::<_, i64>(0))?;
    Ok(last_id(connection)?.saturating_sub(deleted).unsigned_abs())
}

/// The highest number that was ever given; 0 if none was.
pub(super) fn last_id(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "
        SELECT max(value, (SELECT ifnull(max(id), 0) FROM deliveries))
        FROM counters WHERE name = 'highest_deleted'";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// Changes whenever another connection has committed.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}
