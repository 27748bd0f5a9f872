//! What the user says of deliveries: which ones are marked, notes and tags.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::row;
use super::schema::{self, ANNOTATIONS};
use crate::domain::annotation::{Annotation, Comment};
use crate::domain::delivery::DeliveryId;
use crate::domain::name::EndpointName;

/// So many deliveries that are marked, or have a comment, are read at most, which are all in memory at once.
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

/// What [`marked`] runs. The join is crossed to keep its order: marks are few and deliveries many.
const MARKED: &str = "
    SELECT delivery, endpoint FROM annotations CROSS JOIN deliveries ON id = delivery
    WHERE marked ORDER BY delivery DESC LIMIT ?";

/// The newest marked deliveries with their endpoints, oldest first.
pub(super) fn marked(connection: &Connection) -> rusqlite::Result<Vec<(DeliveryId, EndpointName)>> {
    if schema::version(connection)? < ANNOTATIONS {
        return Ok(Vec::new());
    }
    let mut marked = connection
        .prepare_cached(MARKED)?
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
    let sql = "SELECT note, tags, marked FROM annotations WHERE delivery = ?";
    let found = connection.prepare_cached(sql)?.query_row(params![id.0], |row| {
        Ok(Annotation { marked: row.get(2)?, comment: comment(row)? })
    });
    found.optional().map(Option::unwrap_or_default)
}

/// Replaces what is written about a delivery, unless it is gone.
pub(super) fn write(
    connection: &Connection,
    id: DeliveryId,
    comment: &Comment,
) -> rusqlite::Result<()> {
    if comment.is_empty() {
        let forget = "DELETE FROM annotations WHERE delivery = ? AND NOT marked";
        connection.prepare_cached(forget)?.execute([id.0])?;
    }
    let tags = comment.tags();
    let tags = (!tags.is_empty()).then(|| serde_json::json!(tags).to_string());
    let sql = if comment.is_empty() {
        "UPDATE annotations SET note = ?2, tags = ?3 WHERE delivery = ?1"
    } else {
        "
        INSERT INTO annotations (delivery, marked, note, tags)
        SELECT id, 0, ?2, ?3 FROM deliveries WHERE id = ?1
        ON CONFLICT (delivery) DO UPDATE SET note = excluded.note, tags = excluded.tags"
    };
    connection.prepare_cached(sql)?.execute(params![id.0, comment.note(), tags])?;
    Ok(())
}

/// What is written about the newest deliveries that have a comment.
pub(super) fn comments(connection: &Connection) -> rusqlite::Result<Vec<(DeliveryId, Comment)>> {
    let sql = "
        SELECT note, tags, delivery FROM annotations
        WHERE note IS NOT NULL OR tags IS NOT NULL ORDER BY delivery DESC LIMIT ?";
    connection
        .prepare_cached(sql)?
        .query_map([MOST], |row| Ok((DeliveryId(row.get(2)?), comment(row)?)))?
        .collect()
}

/// A comment from the columns of its note and tags, the first two.
fn comment(row: &Row<'_>) -> rusqlite::Result<Comment> {
    let note = row.get::<_, Option<String>>(0)?;
    let tags = row::read(row, 1, |text: Option<String>| {
        text.map_or_else(|| Ok(Vec::new()), |text| serde_json::from_str::<Vec<String>>(&text))
    })?;
    Ok(Comment::kept(note.as_deref(), &tags))
}

#[cfg(test)]
mod tests {
    use super::MARKED;
    use crate::storage::query_plan::of;

    #[test]
    fn marks_are_found_without_reading_every_delivery() {
        let plan = of(MARKED);
        assert!(plan.contains("SCAN annotations; SEARCH deliveries"), "{plan}");
    }
}
