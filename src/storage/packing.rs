//! Long bodies are compressed where that pays, so that a store takes less room.
//!
//! It is done by the thread that writes while no delivery waits for it, in steps of a few
//! milliseconds, and of what is not done nothing is seen. Whoever reads a body gets it as it came.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rusqlite::{Connection, MAIN_DB, OptionalExtension as _, TransactionBehavior, params};

use super::{body, row};

/// Shorter bodies stay as they are: there is little to be saved.
const LONG: usize = 16 * 1024;

/// Longer ones too: to read one in steps takes longer with each step.
const LONGEST: usize = 64 * 1024 * 1024;

/// So much of a body is compressed in one step.
const PART: usize = 256 * 1024;

/// So many deliveries are looked at in one step.
const STRETCH: i64 = 1_024;

/// Whether so few bytes are worth being kept in place of so many.
fn pays(packed: usize, size: usize) -> bool {
    packed <= size / 4 * 3
}

/// Packs the bodies of a store, one after the other.
#[derive(Debug)]
pub(super) struct Packer {
    /// The last delivery that is done with.
    up_to: i64,
    under_way: Option<Packing>,
}

impl Packer {
    /// Goes on where the store was left.
    pub(super) fn load(connection: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT value FROM counters WHERE name = 'packed_up_to'";
        let up_to = connection.query_row(sql, [], |row| row.get(0))?;
        Ok(Self { up_to, under_way: None })
    }

    /// Whether there may be something to pack up to this delivery.
    pub(super) fn has_work(&self, last_id: i64) -> bool {
        self.up_to < last_id
    }

    /// Takes note of deliveries behind `first` up to `last` that have bodies of these lengths.
    pub(super) fn stored(
        &mut self,
        first: i64,
        last: i64,
        mut lengths: impl Iterator<Item = usize>,
    ) {
        if self.up_to == first && lengths.all(|length| length < LONG) {
            self.up_to = last;
        }
    }

    /// Keeps where the next start goes on.
    pub(super) fn keep(&self, connection: &Connection) -> rusqlite::Result<()> {
        let sql = "UPDATE counters SET value = ? WHERE name = 'packed_up_to'";
        connection.prepare_cached(sql)?.execute([self.up_to]).map(drop)
    }

    /// Does a little of what there is to do up to this delivery. What cannot be read is passed over;
    /// what cannot be written is begun anew the next time.
    pub(super) fn step(
        &mut self,
        connection: &mut Connection,
        last_id: i64,
    ) -> rusqlite::Result<()> {
        let Some(mut packing) = self.under_way.take() else {
            let last = last_id.min(self.up_to.saturating_add(STRETCH));
            let found = Packing::find(connection, self.up_to + 1, last);
            if !matches!(found, Ok(Some(_))) {
                self.up_to = last;
            }
            self.under_way = found?;
            return Ok(());
        };
        let id = packing.id;
        let has_more = packing.add_part(connection).inspect_err(|_| self.up_to = id)?;
        if has_more {
            self.under_way = Some(packing);
            return Ok(());
        }
        packing.finish(connection)?;
        self.up_to = id;
        Ok(())
    }
}

/// A body that is being packed.
#[derive(Debug)]
struct Packing {
    id: i64,
    size: usize,
    /// So much of it is in `packed`.
    read: usize,
    packed: ZlibEncoder<Vec<u8>>,
}

impl Packing {
    /// The first body between these deliveries that may be worth it.
    fn find(connection: &Connection, first: i64, last: i64) -> rusqlite::Result<Option<Self>> {
        let sql = format!(
            "SELECT id, body_size FROM deliveries
             WHERE id BETWEEN ? AND ? AND body_size BETWEEN {LONG} AND {LONGEST}
                 AND length(body) = body_size
             ORDER BY id LIMIT 1"
        );
        let found = connection.prepare_cached(&sql)?.query_row([first, last], |row| {
            let size = row::read(row, 1, |size: i64| usize::try_from(size))?;
            let packed = ZlibEncoder::new(Vec::new(), Compression::fast());
            Ok(Self { id: row.get(0)?, size, read: 0, packed })
        });
        found.optional()
    }

    /// Takes in the next part; false if that was the last one, or it does not pay.
    fn add_part(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        let is_there = "SELECT 1 FROM deliveries WHERE id = ?";
        if !connection.prepare_cached(is_there)?.exists([self.id])? {
            return Ok(false);
        }
        let mut part = vec![0; PART.min(self.size - self.read)];
        let body = connection.blob_open(MAIN_DB, "deliveries", "body", self.id, true)?;
        body.read_at_exact(&mut part, self.read)?;
        body.close()?;
        self.packed.write_all(&part).expect("memory takes what is written to it");
        self.read += part.len();
        Ok(self.read < self.size && pays(self.packed.get_ref().len(), self.read))
    }

    /// Puts it in the place of the body if it is whole and pays, and the delivery is still there.
    fn finish(self, connection: &mut Connection) -> rusqlite::Result<()> {
        let packed = self.packed.finish().expect("memory takes what is written to it");
        if self.read < self.size || !pays(packed.len(), self.size) {
            return Ok(());
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        replace(&transaction, self.id, &packed)?;
        transaction.commit()
    }
}

/// Puts a packed body in the place of that of a delivery, if it is still there.
fn replace(transaction: &Connection, id: i64, packed: &[u8]) -> rusqlite::Result<()> {
    let sql = "UPDATE deliveries SET body = ? WHERE id = ?";
    let changed = transaction.prepare_cached(sql)?.execute(params![body::room(packed), id])?;
    if changed == 0 {
        return Ok(());
    }
    body::fill(transaction, id, packed)?;
    let told = "
        REPLACE INTO packed SELECT id, body_size, length(body) FROM deliveries WHERE id = ?";
    transaction.prepare_cached(told)?.execute([id]).map(drop)
}

#[cfg(test)]
mod tests;
