//! Reads deliveries: a page of the list, one whole, how many there are.

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use uuid::Uuid;

use super::annotations;
use super::row;
use super::schema::{self, ANNOTATIONS};
use super::search;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::{Cursor, Page};
use crate::domain::record::Record;

/// The most rows of a page, which are all in memory at once.
const MOST: usize = 100_000;

/// Up to `limit` rows in the direction of the cursor.
pub(super) fn page(
    connection: &Connection,
    filter: &Filter,
    cursor: Cursor,
    limit: usize,
) -> rusqlite::Result<Page> {
    let limit = limit.min(MOST);
    let has_annotations = schema::version(connection)? >= ANNOTATIONS;
    let search::Condition { sql: condition, mut values, .. } =
        search::condition(filter, has_annotations);
    let (from, order) = match cursor {
        Cursor::Newest => ("", "DESC"),
        Cursor::Oldest => ("", "ASC"),
        Cursor::Before(DeliveryId(id)) => {
            values.push(Value::Integer(id));
            (" AND id < ?", "DESC")
        }
        Cursor::After(DeliveryId(id)) => {
            values.push(Value::Integer(id));
            (" AND id > ?", "ASC")
        }
    };
    // One more, to know whether there is more.
    values.push(Value::Integer(i64::try_from(limit + 1).unwrap_or(i64::MAX)));
    let columns = row::SUMMARY;
    let sql = format!(
        "SELECT {columns} FROM deliveries WHERE {condition}{from} ORDER BY id {order} LIMIT ?"
    );
    let mut rows = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), row::summary)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    if order == "ASC" {
        rows.reverse();
    }
    Ok(Page { rows, more })
}

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
    let annotation = annotations::of(connection, id)?;
    Ok(Some(Record { first_verdict, annotation, ..record }))
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

/// Those of the ids that are stored.
pub(super) fn present(
    connection: &Connection,
    ids: &[DeliveryId],
) -> rusqlite::Result<HashSet<DeliveryId>> {
    let ids = serde_json::json!(ids.iter().map(|id| id.0).collect::<Vec<_>>()).to_string();
    let sql = "
        SELECT deliveries.id FROM json_each(?) AS wanted
        JOIN deliveries ON deliveries.id = wanted.value";
    connection.prepare_cached(sql)?.query_map([ids], |row| row.get(0).map(DeliveryId))?.collect()
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
