//! What can still be read of a damaged store, copied into a new one.
//!
//! Nothing of the damaged file is changed, and nothing that exists is overwritten. SQLite keeps no
//! checksums: what is found out is damage to its structure, not to the text of a body.

use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::StoreError;
use super::file::{self, Access, Found};
use super::holding::Holding;
use super::lists;
use super::schema::{self, LISTS};

/// How many instructions of SQLite lie between two looks at whether to end.
const STEP: i32 = 10_000;

/// How many rows lie between two that are told.
const TOLD: u64 = 100;

/// Greater numbers of rows are digests of something.
const COUNTED_UP: u64 = 1 << 40;

/// What became of a store that was to be repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// It is sound; nothing was copied.
    Sound,
    /// It was ended before all was copied, and nothing is left of the copy.
    Ended,
    /// What could be read is in a new store.
    Copied {
        /// The new store.
        file: PathBuf,
        /// What was copied of each table.
        tables: Vec<Copied>,
    },
}

/// What was copied of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: String,
    /// How many rows were copied.
    pub rows: u64,
    /// Where rows could not be read, by their numbers: there may be fewer than fit in between.
    pub unread: Vec<RangeInclusive<i64>>,
}

/// How far a repair has come, in rows: those of a table that could not be read count when it is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// So far.
    pub done: u64,
    /// At the end; none where the damage does not let that be known.
    pub total: Option<u64>,
}

/// Who watches a repair.
pub struct Watch<'a> {
    /// Ends it when it is set.
    pub ended: &'a Arc<AtomicBool>,
    /// Is told how far it has come, not more often than every hundred rows.
    pub reached: &'a mut dyn FnMut(Reached),
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("ended", self.ended).finish_non_exhaustive()
    }
}

/// Copies what can be read of a store into a new one beside it. Nobody may hold it meanwhile.
pub(super) fn repair(path: &Path, watch: &mut Watch<'_>) -> Result<Repair, StoreError> {
    match file::examine(path) {
        Ok(Found::Nothing) => return Err(StoreError::Missing { file: path.to_owned() }),
        Ok(Found::Store) | Err(StoreError::Damaged { .. }) => {}
        Err(error) => return Err(error),
    }
    let _holding = Holding::take(path, "repairing it")?;
    let mut damaged = file::open_unchanged(path)?;
    let is_ended = Arc::clone(watch.ended);
    // To look for damage is a single statement, which may take long.
    damaged.progress_handler(STEP, Some(move || is_ended.load(Ordering::Relaxed)))?;
    if is_sound(&damaged) {
        return Ok(Repair::Sound);
    }
    if watch.is_ended() {
        return Ok(Repair::Ended);
    }
    let version = schema::version(&damaged)?;
    let file = file::make_new(path, ".repaired")?;
    let copied = copy(&damaged, &file, version, watch);
    if let Ok(Some(tables)) = copied {
        return Ok(Repair::Copied { file, tables });
    }
    drop(std::fs::remove_file(&file));
    copied.map(|_| Repair::Ended)
}

fn is_sound(connection: &Connection) -> bool {
    let found = connection
        .pragma_query_value(None, "integrity_check", |row| row.get::<_, String>(0))
        .unwrap_or_default();
    found == "ok"
}

/// None if it was ended before.
fn copy(
    damaged: &Connection,
    file: &Path,
    version: i64,
    watch: &mut Watch<'_>,
) -> Result<Option<Vec<Copied>>, StoreError> {
    let mut sound = file::open(file, Access::ReadWrite)?;
    sound.pragma_update(None, "journal_mode", "MEMORY")?;
    schema::make_up_to(&mut sound, version)?;
    let transaction = sound.transaction()?;
    let tables = tables(&transaction)?;
    let mut way = Way::through(damaged, &tables, watch);
    let mut copies = Vec::new();
    for (table, has_numbers) in tables {
        copies.push(if has_numbers {
            copy_numbered(damaged, &transaction, table, &mut way)?
        } else {
            copy_small(damaged, &transaction, table)
        });
        if way.watch.is_ended() {
            return Ok(None);
        }
    }
    if version >= LISTS {
        lists::forget(&transaction)?;
    }
    transaction.commit()?;
    schema::migrate(&mut sound)?;
    sound.close().map_err(|(_, error)| StoreError::from(error))?;
    Ok(Some(copies))
}

/// The tables of a store, each with whether its rows have numbers.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<(String, bool)>> {
    let sql = "SELECT name, NOT wr FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
        ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// How far it is through the rows of all numbered tables.
struct Way<'w, 'a> {
    watch: &'w mut Watch<'a>,
    lengths: Vec<(String, u64)>,
    is_known: bool,
    /// The tables that are passed, together.
    behind: u64,
}

impl<'w, 'a> Way<'w, 'a> {
    fn through(from: &Connection, tables: &[(String, bool)], watch: &'w mut Watch<'a>) -> Self {
        let mut is_known = true;
        let lengths = tables.iter().filter(|(_, has_numbers)| *has_numbers).map(|(table, _)| {
            let length = length(from, table);
            is_known &= length.is_some();
            (table.clone(), length.unwrap_or(0))
        });
        let lengths = lengths.collect();
        Self { watch, lengths, is_known, behind: 0 }
    }

    /// So many rows of a table are copied; false if nothing more is to be.
    fn goes_on(&mut self, rows: u64) -> bool {
        if rows.is_multiple_of(TOLD) {
            self.tell(self.behind + rows);
        }
        !self.watch.is_ended()
    }

    fn passed(&mut self, table: &str) {
        let length = self.lengths.iter().find(|(name, _)| name == table).map(|(_, length)| length);
        self.behind += length.copied().unwrap_or(0);
        self.tell(self.behind);
    }

    fn tell(&mut self, done: u64) {
        let total = self.lengths.iter().map(|(_, length)| length).sum();
        (self.watch.reached)(Reached { done, total: self.is_known.then_some(total) });
    }
}

/// How many rows a table has. Where damage keeps them from being counted, its greatest number tells how
/// many there can be, unless its numbers are not counted up.
fn length(from: &Connection, table: &str) -> Option<u64> {
    let asked = |what: &str| {
        let answer = from.query_row(&format!("SELECT {what} FROM {table}"), [], |row| row.get(0));
        answer.ok().and_then(|number: i64| u64::try_from(number).ok())
    };
    asked("count(*)").or_else(|| asked("max(rowid)").filter(|number| *number < COUNTED_UP))
}

impl Watch<'_> {
    fn is_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

/// Goes on behind each place that cannot be read.
fn copy_numbered(
    from: &Connection,
    to: &Connection,
    table: String,
    way: &mut Way<'_, '_>,
) -> rusqlite::Result<Copied> {
    let mut copied = Copied { table, rows: 0, unread: Vec::new() };
    let sql = format!("SELECT rowid, * FROM {} WHERE rowid >= ? ORDER BY rowid", copied.table);
    let mut next = Some(i64::MIN);
    while let Some(begin) = next {
        let reached = copy_run(from, to, &sql, begin, &mut copied, way)?;
        let Some(reached) = reached.filter(|_| !way.watch.is_ended()) else { break };
        next = readable_after(from, &sql, reached);
        copied.unread.push(reached..=next.map_or(i64::MAX, |next| next - 1));
    }
    way.passed(&copied.table);
    Ok(copied)
}

/// Copies rows until one cannot be read; the least number that it can have, none if there is no
/// such row.
fn copy_run(
    from: &Connection,
    to: &Connection,
    sql: &str,
    begin: i64,
    copied: &mut Copied,
    way: &mut Way<'_, '_>,
) -> rusqlite::Result<Option<i64>> {
    let mut reached = begin;
    let Ok(mut statement) = from.prepare(sql) else { return Ok(Some(reached)) };
    let mut insert = None;
    let Ok(mut rows) = statement.query([begin]) else { return Ok(Some(reached)) };
    loop {
        let row = match rows.next() {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(None),
            Err(_damaged) => return Ok(Some(reached)),
        };
        let Ok(values) = values(row) else { return Ok(Some(reached)) };
        let [Value::Integer(number), values @ ..] = &values[..] else { return Ok(Some(reached)) };
        let insert = match &mut insert {
            Some(insert) => insert,
            none => none.insert(to.prepare(&inserting(&copied.table, values.len()))?),
        };
        // What was read, but makes no row of such a table, is damaged too.
        match insert.execute(params_from_iter(values)) {
            Ok(_) => copied.rows += 1,
            Err(_damaged) => copied.unread.push(*number..=*number),
        }
        if !way.goes_on(copied.rows) {
            return Ok(None);
        }
        let Some(next) = number.checked_add(1) else { return Ok(None) };
        reached = next;
    }
}

/// The least number behind this one from which on there is a row that can be read, found by steps
/// that double and then halve: damage has the size of pages.
fn readable_after(from: &Connection, sql: &str, damaged: i64) -> Option<i64> {
    let can_read = |begin: i64| {
        let mut statement = from.prepare_cached(sql).ok()?;
        let mut rows = statement.query([begin]).ok()?;
        rows.next().ok().map(|row| row.is_some())
    };
    // From the least of all numbers on, steps would be too wide by the time they reach the usual ones.
    let damaged = if damaged < 0 && can_read(0).is_none() { 0 } else { damaged };
    let mut step = 1_u64;
    let (mut bad, mut good) = (
        damaged,
        loop {
            let begin = damaged.checked_add_unsigned(step)?;
            match can_read(begin) {
                Some(true) => break begin,
                // Behind the last row.
                Some(false) => return None,
                None => step = step.checked_mul(2)?,
            }
        },
    );
    while good.abs_diff(bad) > 1 {
        let middle = i64::midpoint(bad, good);
        if can_read(middle) == Some(true) { good = middle } else { bad = middle }
    }
    Some(good)
}

/// Tables without numbers hold little: what stands before the damage is taken.
fn copy_small(from: &Connection, to: &Connection, table: String) -> Copied {
    let mut copied = Copied { table, rows: 0, unread: Vec::new() };
    let read = from.prepare(&format!("SELECT * FROM {}", copied.table)).and_then(|mut all| {
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let values = values(row)?;
            let insert = inserting(&copied.table, values.len());
            to.execute(&insert, params_from_iter(values))?;
            copied.rows += 1;
        }
        Ok(())
    });
    if read.is_err() {
        copied.unread.push(i64::MIN..=i64::MAX);
    }
    copied
}

fn values(row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| row.get(column)).collect()
}

fn inserting(table: &str, columns: usize) -> String {
    let places = vec!["?"; columns].join(", ");
    format!("INSERT OR REPLACE INTO {table} VALUES ({places})")
}
