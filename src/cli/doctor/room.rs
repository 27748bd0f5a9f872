//! How much room the store takes, what is to be kept of it, and how much room there is.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::check::{Check, Level, check};
use crate::cli::reading::with_file;
use crate::domain::keep::Keep;
use crate::runtime::machine;
use crate::runtime::text_lines::size;
use crate::storage::sizes::{Packed, Sizes};

/// With less than this left on the disk, it is said.
const LITTLE: u64 = 1 << 30;

/// Nothing for a store that is not there or cannot be read, which is said elsewhere.
pub(super) fn room(file: &Path, keep: &Keep) -> Vec<Check> {
    let now = Timestamp::now();
    let found = file.exists().then(|| {
        with_file(file, |store| async move {
            let old = keep.age.and_then(|age| now.checked_sub(age).ok());
            let sizes = store.upkeep().sizes(*keep, now).await?;
            let is_old = old.zip(sizes.oldest).is_some_and(|(old, oldest)| oldest < old);
            Ok((sizes, is_old))
        })
    });
    let mut checks = Vec::new();
    if let Some(Ok((sizes, is_old))) = &found {
        checks.push(check(Level::Ok, "room", taken(file, sizes)));
        checks.push(check(Level::Ok, "keep", kept(keep, sizes, *is_old)));
    }
    checks.extend(machine::free_disk(file).map(disk));
    checks
}

fn taken(file: &Path, sizes: &Sizes) -> String {
    let mut log = PathBuf::from(file).into_os_string();
    log.push("-wal");
    let log = fs::metadata(log).map_or(0, |log| log.len());
    let oldest = sizes.oldest.map(|at| format!(", the oldest of {at:.0}")).unwrap_or_default();
    let packed = match sizes.packed {
        Packed { bodies: 0, .. } => String::new(),
        Packed { bodies, size: came, stored } => {
            format!("; {bodies} long bodies of {} packed into {}", size(came), size(stored))
        }
    };
    format!(
        "{} on disk, {} of it free, and {} of log; {} deliveries, {} attempts{oldest}{packed}",
        size(sizes.file),
        size(sizes.free),
        size(log),
        sizes.deliveries,
        sizes.attempts,
    )
}

fn kept(keep: &Keep, sizes: &Sizes, is_old: bool) -> String {
    if keep.is_everything() {
        return "everything; set keep under [store] to have old deliveries deleted".to_owned();
    }
    let mut excess = Vec::new();
    if sizes.excess.count > 0 {
        excess.push(format!("{} deliveries", sizes.excess.count));
    }
    if sizes.excess.size > 0 {
        excess.push(size(sizes.excess.size));
    }
    if is_old {
        excess.push("the oldest ones".to_owned());
    }
    let marked = match sizes.annotated {
        0 => String::new(),
        marked => format!("; {marked} marked stay in any case"),
    };
    let excess = match excess.len() {
        0 => "nothing is too much".to_owned(),
        _ => format!("too much now: {}", excess.join(", ")),
    };
    format!("{keep}; {excess}{marked}")
}

fn disk(free: u64) -> Check {
    let level = if free < LITTLE { Level::Warning } else { Level::Ok };
    check(level, "disk", format!("{} free where the store is", size(free)))
}
