//! `doctor --repair`: what became of a damaged store.

use super::check::{Check, Level, check};
use crate::storage::repair::{Copied, Repair};
use crate::storage::{Location, Store};

/// Copies what can be read, and tells what was and what to do with it.
pub(super) fn repair(store: &Location) -> anyhow::Result<Vec<Check>> {
    let Location::File(damaged) = store else {
        return Ok(vec![check(Level::Ok, "store", "in memory; there is nothing to repair")]);
    };
    let shown = damaged.display();
    Ok(match Store::repair(damaged)? {
        Repair::Sound => vec![check(Level::Ok, "store", format!("{shown} is sound"))],
        Repair::Copied { file, tables } => {
            let file = file.display();
            let next = format!(
                "what could be read of {shown} is in {file}; to go on with it, move {shown} and what begins with {shown}- away, and name {file} {shown}"
            );
            let mut checks = tables.iter().map(copied).collect::<Vec<_>>();
            checks.push(check(Level::Ok, "store", next));
            checks
        }
    })
}

fn copied(Copied { table, rows, unread }: &Copied) -> Check {
    if unread.is_empty() {
        return check(Level::Ok, "store", format!("{table}: {rows} copied, all of them"));
    }
    let places = unread.iter().map(|range| match (*range.start(), *range.end()) {
        (i64::MIN, i64::MAX) => "some".to_owned(),
        (i64::MIN, last) => format!("up to {last}"),
        (first, i64::MAX) => format!("from {first}"),
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    });
    let places = places.collect::<Vec<_>>().join(", ");
    check(Level::Warning, "store", format!("{table}: {rows} copied; not to be read: {places}"))
}
