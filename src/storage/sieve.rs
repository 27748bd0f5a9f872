//! Tells of most events that came never before that they did not, without a look at the table.
//!
//! That table is read at random places, and most events are new: with a million stored such a look
//! costs an eighth of a capture. Two megabytes, however many there are: with a million events one in
//! two hundred is looked up in vain, with ten million every second one.

use rusqlite::Connection;

/// Bits of a place; each key has three of them.
const PLACE: u32 = 24;

/// How far the bits that a place is taken from lie apart.
const SHIFT: u32 = 20;

/// So many keys are learnt with each commit, which takes a fraction of a millisecond.
const LEARNT: usize = 4_096;

/// The keys of the table `repeats`, roughly.
#[derive(Debug)]
pub(super) struct Sieve {
    bits: Vec<u64>,
    /// The last key that was learnt from the table; none once all were.
    learning: Option<i64>,
}

impl Default for Sieve {
    fn default() -> Self {
        Self { bits: vec![0; 1 << (PLACE - u64::BITS.ilog2())], learning: Some(i64::MIN) }
    }
}

impl Sieve {
    /// Learns the next keys of the table, if there are any that it does not know.
    pub(super) fn learn_some(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let Some(last) = self.learning else { return Ok(()) };
        let sql = format!(
            "SELECT sameness FROM repeats WHERE sameness >= ? ORDER BY sameness LIMIT {LEARNT}"
        );
        let keys = connection
            .prepare_cached(&sql)?
            .query_map([last], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        for key in &keys {
            self.insert(*key);
        }
        self.learning = keys.last().filter(|_| keys.len() == LEARNT).copied();
        Ok(())
    }

    /// Takes note of a key that the table gets.
    pub(super) fn insert(&mut self, key: i64) {
        for (word, bit) in places(key) {
            self.bits[word] |= bit;
        }
    }

    /// False if the table surely does not have the key.
    pub(super) fn may_hold(&self, key: i64) -> bool {
        self.learning.is_some() || places(key).all(|(word, bit)| self.bits[word] & bit != 0)
    }
}

/// The words and bits of a key. Keys are digests, so any bits of them are as good as others.
fn places(key: i64) -> impl Iterator<Item = (usize, u64)> {
    let key = key.cast_unsigned();
    (0..3).map(move |n| {
        let place = (key >> (n * SHIFT)) & ((1 << PLACE) - 1);
        let word = usize::try_from(place / u64::from(u64::BITS)).expect("it is short");
        (word, 1 << (place % u64::from(u64::BITS)))
    })
}

#[cfg(test)]
mod tests;
