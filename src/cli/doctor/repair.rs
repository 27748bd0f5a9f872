//! `doctor --repair`: what became of a damaged store.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;
use tokio::sync::mpsc;

use super::check::{Check, Level, check};
use crate::capture::Shutdown;
use crate::cli::progress::ProgressLine;
use crate::cli::signals;
use crate::storage::repair::{Copied, Reached, Repair, Watch};
use crate::storage::{Location, Store};

/// Copies what can be read, and tells what was and what to do with it. A signal ends it, and leaves
/// nothing of the copy.
pub(super) fn repair(store: &Location, is_told: bool) -> anyhow::Result<Vec<Check>> {
    let Location::File(damaged) = store else {
        return Ok(vec![check(Level::Ok, "store", "in memory; there is nothing to repair")]);
    };
    let shown = damaged.display();
    Ok(match watched(damaged, is_told)? {
        Repair::Sound => vec![check(Level::Ok, "store", format!("{shown} is sound"))],
        Repair::Ended => {
            let text =
                format!("the repair was ended: nothing was changed, and {shown} is as it was");
            vec![check(Level::Error, "store", text)]
        }
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

/// Repairs while signals are watched, and shows how far it has come.
fn watched(damaged: &Path, is_told: bool) -> anyhow::Result<Repair> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.context("threads cannot be started")?;
    let within = runtime.enter();
    let (outside, mut signalled) = mpsc::channel(1);
    signals::watch(outside, Shutdown::default()).context("signals cannot be watched")?;
    let ended = Arc::<AtomicBool>::default();
    let ending = Arc::clone(&ended);
    runtime.spawn(async move {
        ending.store(signalled.recv().await.is_some(), Ordering::Relaxed);
    });
    let mut line = None;
    let mut reached = |Reached { done, total }| {
        let line = line.get_or_insert_with(|| ProgressLine::new("copied", total, is_told));
        line.reached(done);
    };
    let repaired = Store::repair(damaged, &mut Watch { ended: &ended, reached: &mut reached });
    drop(within);
    Ok(repaired?)
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
