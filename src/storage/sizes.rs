//! How much room the store takes, and how much of it is given back.

use jiff::Timestamp;
use rusqlite::Connection;

use super::schema::{self, ANNOTATIONS, OUTWARD, PACKED};
use super::{deliveries, row};
use crate::domain::keep::Keep;

/// So many pages are given back in one transaction: half a megabyte.
const GIVEN_BACK: u64 = 64;

/// Free pages that are kept for what comes, beside a share of all: 2 MB.
const RESERVE: u64 = 256;

/// The share of all pages that may be free.
const RESERVE_SHARE: u64 = 64;

/// How much room the store takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Bytes of the file.
    pub file: u64,
    /// Those of them that hold nothing.
    pub free: u64,
    /// Deliveries.
    pub deliveries: u64,
    /// Those that are kept whatever is deleted.
    pub annotated: u64,
    /// Long bodies that are compressed.
    pub packed: Packed,
    /// Attempts.
    pub attempts: u64,
    /// When the first delivery arrived, if there is one.
    pub oldest: Option<Timestamp>,
    /// What is more than is to be kept.
    pub excess: Excess,
}

/// Bodies that are compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// How many they are.
    pub bodies: u64,
    /// Their bytes as they came.
    pub size: u64,
    /// The bytes that they take in the store.
    pub stored: u64,
}

/// How much is too much. What is in use is among it, though it stays for now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Excess {
    /// So many deliveries, of those that may be deleted.
    pub count: u64,
    /// Those that arrived before.
    pub before: Option<Timestamp>,
    /// So many bytes.
    pub size: u64,
}

impl Sizes {
    /// Looks at a store, which may be one of an older program.
    pub(super) fn of(
        connection: &Connection,
        keep: &Keep,
        now: Timestamp,
    ) -> rusqlite::Result<Self> {
        let version = schema::version(connection)?;
        let count = |since, table: &str| {
            if version < since {
                return Ok(0);
            }
            let sql = format!("SELECT count(*) FROM {table}");
            connection.query_row(&sql, [], |row| row.get(0)).map(i64::unsigned_abs)
        };
        let page = number(connection, "page_size")?;
        let oldest = "SELECT min(id), received_at FROM deliveries";
        let oldest =
            connection.query_row(oldest, [], |row| row::optional_time(row, "received_at"))?;
        let annotated = count(ANNOTATIONS, "annotations")?;
        Ok(Self {
            file: number(connection, "page_count")? * page,
            free: number(connection, "freelist_count")? * page,
            deliveries: deliveries::stock(connection)?.count,
            annotated,
            packed: if version < PACKED { Packed::default() } else { packed(connection)? },
            attempts: count(OUTWARD, "attempts")?,
            oldest,
            excess: Excess::of(connection, keep, annotated, now)?,
        })
    }
}

impl Excess {
    /// What is beyond the bounds now, where so many deliveries are annotated.
    pub(super) fn of(
        connection: &Connection,
        keep: &Keep,
        annotated: u64,
        now: Timestamp,
    ) -> rusqlite::Result<Self> {
        let bounded = deliveries::stock(connection)?.count.saturating_sub(annotated);
        let count = keep.count.map_or(0, |most| bounded.saturating_sub(most));
        let used = used(connection)?;
        let size = keep.size.map_or(0, |most| used.saturating_sub(most));
        // An age that reaches back before time itself keeps everything.
        let before = keep.age.and_then(|age| now.checked_sub(age).ok());
        Ok(Self { count, before, size })
    }
}

fn packed(connection: &Connection) -> rusqlite::Result<Packed> {
    let sql = "SELECT count(*), ifnull(sum(size), 0), ifnull(sum(stored), 0) FROM packed";
    connection.query_row(sql, [], |row| {
        let number = |column| row.get::<usize, i64>(column).map(i64::unsigned_abs);
        Ok(Packed { bodies: number(0)?, size: number(1)?, stored: number(2)? })
    })
}

/// The bytes of the file that hold something.
fn used(connection: &Connection) -> rusqlite::Result<u64> {
    let pages = number(connection, "page_count")?;
    let free = number(connection, "freelist_count")?;
    Ok(pages.saturating_sub(free) * number(connection, "page_size")?)
}

fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<u64> {
    connection.pragma_query_value(None, pragma, |row| row.get(0)).map(i64::unsigned_abs)
}

/// Gives some free pages back to the file system; true if there are more to give back. With the last
/// ones the log is brought into the file, which is as short as it can be then.
pub(super) fn give_back(connection: &Connection) -> rusqlite::Result<bool> {
    let pages = number(connection, "page_count")?;
    let free = number(connection, "freelist_count")?;
    let spare = free.saturating_sub(RESERVE.max(pages / RESERVE_SHARE));
    if spare == 0 {
        return Ok(false);
    }
    let pages = spare.min(GIVEN_BACK);
    let mut vacuum = connection.prepare(&format!("PRAGMA incremental_vacuum({pages})"))?;
    let mut rows = vacuum.query([])?;
    // Each row that is asked for gives back a page.
    while rows.next()?.is_some() {}
    if spare <= GIVEN_BACK {
        shorten(connection)?;
    }
    Ok(spare > GIVEN_BACK)
}

/// Brings the log into the file and empties it, unless somebody reads just now: nobody is waited for.
fn shorten(connection: &Connection) -> rusqlite::Result<()> {
    let patience: i64 = connection.pragma_query_value(None, "busy_timeout", |row| row.get(0))?;
    let set =
        |patience| connection.pragma_update_and_check(None, "busy_timeout", patience, |_| Ok(()));
    set(0)?;
    let shortened = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    set(patience)?;
    shortened
}
