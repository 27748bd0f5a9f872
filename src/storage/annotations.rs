//! What the user says of deliveries: today which ones are marked.

use rusqlite::{Connection, OptionalExtension, params};

use super::schema::{self, ANNOTATIONS};
use crate::domain::annotation::Annotation;
use crate::domain::delivery::DeliveryId;
use crate::domain::name::EndpointName;

/// So many marked deliveries are read at most, which are all in memory at once.
const MOST: u32 = 100_000;

/// Marks these deliveries, or takes their marks away; those that are gone are left out.
pub(super) fn mark(
    connection: &Connection,
    ids: &[DeliveryId],
    marked: bool,
) -> rusqlite::Result<()> {
    let ids = serde_json::json!(ids.iter().map(|id| id.0).collect::<Vec<_>>()).to_string();
    if marked {
        let mark = "
            INSERT INTO annotations (delivery, marked)
            SELECT deliveries.id, 1 FROM json_each(?) JOIN deliveries ON deliveries.id = value
            WHERE TRUE
            ON CONFLICT (delivery) DO UPDATE SET marked = 1";
        connection.prepare_cached(mark)?.execute([ids])?;
        return Ok(());
    }
    let forget = "
        DELETE FROM annotations WHERE note IS NULL AND tags IS NULL
            AND delivery IN (SELECT value FROM json_each(?))";
    connection.prepare_cached(forget)?.execute([&ids])?;
    let unmark = "
        UPDATE annotations SET marked = 0 WHERE delivery IN (SELECT value FROM json_each(?))";
    connection.prepare_cached(unmark)?.execute([&ids])?;
    Ok(())
}

/// The newest marked deliveries with their endpoints, oldest first.
pub(super) fn marked(connection: &Connection) -> rusqlite::Result<Vec<(DeliveryId, EndpointName)>> {
    if schema::version(connection)? < ANNOTATIONS {
        return Ok(Vec::new());
    }
    let sql = "
        SELECT id, endpoint FROM annotations JOIN deliveries ON id = delivery
        WHERE marked ORDER BY id DESC LIMIT ?";
    let mut marked = connection
        .prepare_cached(sql)?
        .query_map([MOST], |row| {
            let endpoint = row.get::<_, String>(1)?;
            Ok((DeliveryId(row.get(0)?), EndpointName::from(&*endpoint)))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    marked.reverse();
    Ok(marked)
}

/// What is said of one delivery.
pub(super) fn of(connection: &Connection, id: DeliveryId) -> rusqlite::Result<Annotation> {
    if schema::version(connection)? < ANNOTATIONS {
        return Ok(Annotation::default());
    }
    let sql = "SELECT marked FROM annotations WHERE delivery = ?";
    let found = connection
        .prepare_cached(sql)?
        .query_row(params![id.0], |row| Ok(Annotation { marked: row.get(0)? }));
    found.optional().map(Option::unwrap_or_default)
}
