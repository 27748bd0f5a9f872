//! A body as a column.
//!
//! SQLite would make a copy of a long one that is handed over with its row, so that it is written in
//! parts into the room that the row has for it. One that is shorter than its size is packed.

use std::borrow::Cow;
use std::io::{self, Read as _};

use flate2::read::ZlibDecoder;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, MAIN_DB};

/// Bodies above this are written in parts of this size.
const LONG: usize = 1024 * 1024;

/// What is handed over with the row: the body, or room for a long one, which [`fill`] has to follow
/// in the same transaction.
pub(super) fn room(body: &[u8]) -> ToSqlOutput<'_> {
    if body.len() > LONG {
        ToSqlOutput::ZeroBlob(body.len() as u64)
    } else {
        ToSqlOutput::Borrowed(ValueRef::Blob(body))
    }
}

/// Writes a long body into the room that its row has; a short one is there.
pub(super) fn fill(connection: &Connection, id: i64, body: &[u8]) -> rusqlite::Result<()> {
    if body.len() <= LONG {
        return Ok(());
    }
    let mut room = connection.blob_open(MAIN_DB, "deliveries", "body", id, false)?;
    for (number, part) in body.chunks(LONG).enumerate() {
        room.write_at(part, number * LONG)?;
    }
    room.close()
}

/// A body as it came, from what is stored and its size.
pub(super) fn plain(stored: &[u8], size: i64) -> io::Result<Cow<'_, [u8]>> {
    let size = usize::try_from(size).unwrap_or_default();
    if stored.len() >= size {
        return Ok(Cow::Borrowed(stored));
    }
    let mut plain = Vec::new();
    // A size that is wrong must not take the memory that it names, nor may what it is not.
    plain.try_reserve_exact(size)?;
    ZlibDecoder::new(stored).take(size as u64 + 1).read_to_end(&mut plain)?;
    if plain.len() == size { Ok(Cow::Owned(plain)) } else { Err(io::ErrorKind::InvalidData.into()) }
}
