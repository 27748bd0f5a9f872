//! Reads what the bodies of deliveries have at pinned places, and no more of them.

use rusqlite::{Connection, OptionalExtension};

use super::row;
use crate::domain::delivery::DeliveryId;
use crate::domain::pin::{Cells, Pin, cells_in};

/// What the first of these deliveries have at each place: as many as have so many bytes together, at
/// least one. One that is not there has nothing.
pub(super) fn cells(
    connection: &Connection,
    pins: &[Pin],
    ids: &[DeliveryId],
    bytes: usize,
) -> rusqlite::Result<Vec<(DeliveryId, Cells)>> {
    // Else each of them would look for the end of the log by itself.
    let _moment = connection.unchecked_transaction()?;
    let sql = "SELECT body_size, body FROM deliveries WHERE id = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = Vec::with_capacity(ids.len());
    let mut read = 0;
    for id in ids {
        let cells = statement.query_row([id.0], |row| {
            let body = row::look_at_body(row, 0)?;
            read += body.len();
            Ok(cells_in(pins, &body))
        });
        found.push((*id, cells.optional()?.unwrap_or_else(|| cells_in(pins, b""))));
        if read >= bytes {
            break;
        }
    }
    Ok(found)
}
