//! Reads deliveries: one whole, how many there are, which are known.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::annotations;
use super::row;
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::page::Stock;
use crate::domain::record::{Record, Summary};

/// One delivery whole.
pub(super) fn load(connection: &Connection, id: DeliveryId) -> rusqlite::Result<Option<Record>> {
    let (delivery, summary) = (row::DELIVERY, row::SUMMARY);
    let sql = format!(
        "SELECT {delivery}, {summary}, handshake, brings_secret, (
            SELECT iif(first_id <= deliveries.id, committed_at, NULL) FROM commits
            WHERE last_id >= deliveries.id ORDER BY last_id LIMIT 1
        ) AS committed_at
        FROM deliveries WHERE id = ?"
    );
    let record = connection.prepare_cached(&sql)?.query_row([id.0], row::record).optional()?;
    let Some(record) = record else { return Ok(None) };
    let first = "SELECT * FROM first_findings WHERE id = ?";
    let first_verdict =
        connection.prepare_cached(first)?.query_row([id.0], row::verdict).optional()?;
    let annotation = annotations::of(connection, id)?;
    Ok(Some(Record { first_verdict, annotation, ..record }))
}

/// The first of these deliveries without what was found out about them: as many as have so many
/// bytes together, at least one. None stands for one that is not there.
pub(super) fn some(
    connection: &Connection,
    ids: &[DeliveryId],
    bytes: usize,
) -> rusqlite::Result<Vec<(DeliveryId, Option<Delivery>)>> {
    // Else each of them would look for the end of the log by itself.
    let _moment = connection.unchecked_transaction()?;
    let sql = format!("SELECT {} FROM deliveries WHERE id = ?", row::DELIVERY);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = Vec::with_capacity(ids.len());
    let mut read = 0;
    for id in ids {
        let delivery = statement.query_row([id.0], row::delivery).optional()?;
        read += delivery.as_ref().map_or(0, |delivery| delivery.request.body.len());
        found.push((*id, delivery));
        if read >= bytes {
            break;
        }
    }
    Ok(found)
}

/// Deliveries of the same event are looked for in so many deliveries before and after one: there is
/// no index over them, which would cost every insert more than it is worth.
const REACH: i64 = 20_000;

/// The nearest deliveries of the same event, at most `most` before and as many after it, oldest first
/// and itself included; none if it is gone.
pub(super) fn repeats(
    connection: &Connection,
    DeliveryId(id): DeliveryId,
    most: usize,
) -> rusqlite::Result<Vec<Summary>> {
    let itself = "SELECT sameness, repeat FROM deliveries WHERE id = ?";
    let itself = connection
        .prepare_cached(itself)?
        .query_row([id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let Some((sameness, repeat)) = itself else { return Ok(Vec::new()) };
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let columns = row::SUMMARY;
    let read = |range: &str, order: &str, limit: i64| {
        let sql = format!(
            "SELECT {columns} FROM deliveries
             WHERE {range} AND sameness = ? ORDER BY id {order} LIMIT ?"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![id, id, sameness, limit], row::summary)?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    };
    // No more than the count tells are looked for.
    let before = format!("id <= ? AND id > ? - {REACH}");
    let mut rows = read(&before, "DESC", repeat.min(most.saturating_add(1)))?;
    rows.reverse();
    rows.extend(read(&format!("id > ? AND id <= ? + {REACH}"), "ASC", most)?);
    Ok(rows)
}

/// The last delivery before this one of the same provider, account and event; where nobody can tell the
/// event, of the same endpoint too. It is looked for no further than those of the same event.
pub(super) fn previous(
    connection: &Connection,
    DeliveryId(id): DeliveryId,
) -> rusqlite::Result<Option<DeliveryId>> {
    let sql = format!(
        "SELECT before.id FROM deliveries AS this JOIN deliveries AS before
            ON before.id < this.id AND before.id >= this.id - {REACH}
            AND before.provider IS this.provider AND before.account IS this.account
            AND before.event_kind IS this.event_kind AND before.candidates IS this.candidates
            AND (this.event_kind IS NOT NULL OR this.candidates IS NOT NULL
                OR before.endpoint = this.endpoint)
        WHERE this.id = ? ORDER BY before.id DESC LIMIT 1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row([id], |row| row.get(0).map(DeliveryId)).optional()
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

/// How many deliveries are stored: numbers given less deliveries deleted, both of one moment.
pub(super) fn stock(connection: &Connection) -> rusqlite::Result<Stock> {
    let sql = format!("SELECT ({LAST_ID}), value FROM counters WHERE name = 'deleted'");
    connection.prepare_cached(&sql)?.query_row([], |row| {
        let (last, deleted) = (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?);
        let count = last.saturating_sub(deleted).unsigned_abs();
        Ok(Stock { count, up_to: DeliveryId(last) })
    })
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
const LAST_ID: &str = "
    SELECT max(value, (SELECT ifnull(max(id), 0) FROM deliveries))
    FROM counters WHERE name = 'highest_deleted'";

/// The highest number that was ever given; 0 if none was.
pub(super) fn last_id(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached(LAST_ID)?.query_row([], |row| row.get(0))
}

/// Changes whenever another connection has committed.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}
