//! What can still be read of a damaged store, copied into a new one.
//!
//! Nothing of the damaged file is changed, and nothing that exists is overwritten. SQLite keeps no
//! checksums: what is found out is damage to its structure, not to the text of a body.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::StoreError;
use super::file::{self, Access, Found};
use super::holding::Holding;
use super::lists;
use super::schema::{self, LISTS};

/// What became of a store that was to be repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// It is sound; nothing was copied.
    Sound,
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

/// Copies what can be read of a store into a new one beside it. Nobody may hold it meanwhile.
pub(super) fn repair(path: &Path) -> Result<Repair, StoreError> {
    match file::examine(path) {
        Ok(Found::Nothing) => return Err(StoreError::Missing { file: path.to_owned() }),
        Ok(Found::Store) | Err(StoreError::Damaged { .. }) => {}
        Err(error) => return Err(error),
    }
    let _holding = Holding::take(path, "repairing it")?;
    let damaged = file::open_unchanged(path)?;
    if is_sound(&damaged) {
        return Ok(Repair::Sound);
    }
    let version = schema::version(&damaged)?;
    let file = file::make_new(path, ".repaired")?;
    let copied = copy(&damaged, &file, version);
    let tables = copied.inspect_err(|_| drop(std::fs::remove_file(&file)))?;
    Ok(Repair::Copied { file, tables })
}

fn is_sound(connection: &Connection) -> bool {
    let found = connection
        .pragma_query_value(None, "integrity_check", |row| row.get::<_, String>(0))
        .unwrap_or_default();
    found == "ok"
}

fn copy(damaged: &Connection, file: &Path, version: i64) -> Result<Vec<Copied>, StoreError> {
    let mut sound = file::open(file, Access::ReadWrite)?;
    sound.pragma_update(None, "journal_mode", "MEMORY")?;
    schema::make_up_to(&mut sound, version)?;
    let transaction = sound.transaction()?;
    let tables = tables(&transaction)?
        .into_iter()
        .map(|(table, has_numbers)| {
            if has_numbers {
                copy_numbered(damaged, &transaction, table)
            } else {
                Ok(copy_small(damaged, &transaction, table))
            }
        })
        .collect::<rusqlite::Result<_>>()?;
    if version >= LISTS {
        lists::forget(&transaction)?;
    }
    transaction.commit()?;
    schema::migrate(&mut sound)?;
    sound.close().map_err(|(_, error)| StoreError::from(error))?;
    Ok(tables)
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

/// Goes on behind each place that cannot be read.
fn copy_numbered(from: &Connection, to: &Connection, table: String) -> rusqlite::Result<Copied> {
    let mut copied = Copied { table, rows: 0, unread: Vec::new() };
    let sql = format!("SELECT rowid, * FROM {} WHERE rowid >= ? ORDER BY rowid", copied.table);
    let mut next = Some(i64::MIN);
    while let Some(begin) = next {
        let Some(reached) = copy_run(from, to, &sql, begin, &mut copied)? else { break };
        next = readable_after(from, &sql, reached);
        copied.unread.push(reached..=next.map_or(i64::MAX, |next| next - 1));
    }
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
