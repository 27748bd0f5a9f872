//! What stands at a store's path, who may have it, and what is left behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hookscope::storage::Store;
use hookscope::storage::error::StoreError;
use rusqlite::Connection;

use super::arbitrary::captured;
use super::{ids, open, run};

/// Every file of a directory with its bytes.
pub(super) fn contents(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("a file"));
    entries.map(|entry| (entry.path(), fs::read(entry.path()).unwrap_or_default())).collect()
}

fn names(directory: &Path) -> Vec<String> {
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    contents(directory).keys().map(name).collect()
}

/// A store with deliveries, closed.
fn make_store(file: &Path) {
    run(async {
        let store = open(file).expect("a store");
        for n in 0..200 {
            store.insert(captured(&format!("{n} {}", "x".repeat(500)))).await.expect("stored");
        }
        store.close().await;
    });
    fs::remove_file(format!("{}.lock", file.display())).expect("a lock file");
}

fn sqlite(file: &Path, sql: &str) {
    let connection = Connection::open(file).expect("an SQLite file");
    connection.execute_batch(sql).expect("sound SQL");
    connection.close().expect("closed");
}

fn overwrite(file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).expect("a file");
    change(&mut bytes);
    fs::write(file, bytes).expect("written");
}

/// Puts something at a path.
type Make = fn(&Path);

const REFUSED: &[(&str, Make)] = &[
    ("not an SQLite file", |file| {
        fs::write(file, "a shopping list\n".repeat(100)).expect("written");
    }),
    ("not an SQLite file", |file| fs::write(file, "short").expect("written")),
    ("a directory", |file| fs::create_dir(file).expect("made")),
    ("of another program", |file| sqlite(file, "CREATE TABLE t (a); PRAGMA user_version = 1;")),
    ("of another program", |file| sqlite(file, "PRAGMA journal_mode = WAL; CREATE TABLE t (a);")),
    ("by a newer hookscope (schema 99, known up to 7)", |file| {
        make_store(file);
        sqlite(file, "PRAGMA user_version = 99");
    }),
    ("is damaged", |file| {
        make_store(file);
        overwrite(file, |bytes| bytes.truncate(bytes.len() / 2));
    }),
    ("is damaged", |file| {
        make_store(file);
        overwrite(file, |bytes| bytes.truncate(10_000));
    }),
    ("is damaged", |file| {
        make_store(file);
        overwrite(file, |bytes| bytes[20_000..].fill(0xA5));
    }),
    ("is damaged", |file| {
        make_store(file);
        overwrite(file, |bytes| bytes[100..8_192].fill(0));
    }),
    ("is damaged", |file| {
        make_store(file);
        sqlite(file, "DROP TABLE repeats");
    }),
    ("is damaged", |file| {
        make_store(file);
        sqlite(file, "DROP TABLE ledger");
    }),
    ("is damaged", |file| {
        fs::write(file, "").expect("written");
        fs::write(format!("{}-wal", file.display()), "left alone").expect("written");
    }),
];

#[test]
fn what_is_not_a_sound_store_is_refused_and_not_touched() {
    for (index, (says, make)) in REFUSED.iter().enumerate() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("50% #1?.db");
        make(&file);
        let before = contents(directory.path());
        for result in [open(&file), Store::open_to_read(&file), Store::open_beside(&file)] {
            let error = result.expect_err(says).to_string();
            assert!(error.contains(says), "case {index}: {error}");
        }
        let after = names(directory.path());
        assert!(contents(directory.path()) == before, "case {index} ({says}): {after:?}");
    }
}

#[test]
fn a_store_that_does_not_exist_is_made_to_write_and_missed_to_read() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("one/two/hookscope.db");
    for missing in [Store::open_to_read(&file), Store::open_beside(&file)] {
        let missing = missing.expect_err("nothing there");
        assert!(matches!(missing, StoreError::Missing { .. }), "{missing}");
    }
    assert!(names(directory.path()).is_empty());
    run(async {
        let store = open(&file).expect("a store");
        store.insert(captured("a")).await.expect("stored");
        owner_alone(&file);
        store.close().await;
    });
    let left = file.parent().map(names).expect("a directory");
    assert_eq!(left, ["hookscope.db", "hookscope.db.lock"], "no log is left");
}

#[cfg(unix)]
fn owner_alone(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    for suffix in ["", "-wal", "-shm", ".lock"] {
        let path = PathBuf::from(format!("{}{suffix}", file.display()));
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    for directory in file.ancestors().skip(1).take(2) {
        assert_eq!(mode(directory), 0o700, "{}", directory.display());
    }
}

#[cfg(not(unix))]
fn owner_alone(_file: &Path) {}

#[test]
fn an_empty_file_becomes_a_store_and_a_draft_of_a_crash_is_replaced() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    fs::write(&file, "").expect("written");
    fs::write(directory.path().join("hookscope.db-new"), "half a store").expect("written");
    run(async {
        let store = open(&file).expect("a store");
        store.insert(captured("a")).await.expect("stored");
        store.close().await;
    });
    assert_eq!(names(directory.path()), ["hookscope.db", "hookscope.db.lock"]);
}

#[test]
fn a_second_writer_is_told_who_holds_the_store_until_that_one_is_done() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        let error = open(&file).expect_err("it is held");
        assert!(matches!(error, StoreError::Held { .. }), "{error}");
        let holder = format!("(pid {}, listening on test)", std::process::id());
        assert!(error.to_string().contains(&holder), "{error}");
        store.insert(captured("a")).await.expect("the first one still writes");
        store.close().await;
        let store = open(&file).expect("it is free");
        store.close().await;
    });
}

#[test]
fn a_store_whose_handles_are_dropped_is_finished_all_the_same() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        store.insert(captured("a")).await.expect("stored");
        drop(store);
        let deadline = Instant::now() + Duration::from_secs(20);
        let store = loop {
            match open(&file) {
                Err(StoreError::Held { .. }) if Instant::now() < deadline => {
                    tokio::task::yield_now().await;
                }
                result => break result.expect("free in the end"),
            }
        };
        assert_eq!(ids(&store).await, [1]);
        store.close().await;
    });
}

#[test]
fn another_programs_lock_fails_inserts_until_it_is_gone() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        let other = Connection::open(&file).expect("a second connection");
        other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
        let failed = store.insert(captured("a")).await;
        assert!(matches!(failed, Err(StoreError::Locked)), "{failed:?}");
        other.execute_batch("ROLLBACK").expect("given up");
        assert_eq!(store.insert(captured("a")).await.expect("stored").id.0, 1);
        other.close().expect("closed");
        store.close().await;
    });
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_refused_to_write_and_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    make_store(&file);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).expect("a mode");
    if fs::OpenOptions::new().write(true).open(&file).is_ok() {
        return; // the superuser may write everything
    }
    for refused in [open(&file), Store::open_beside(&file)] {
        let error = refused.expect_err("it is read-only");
        assert!(matches!(error, StoreError::ReadOnly), "{error}");
    }
    run(async {
        let reader = Store::open_to_read(&file).expect("a reader");
        assert_eq!(reader.count().await.expect("a count"), 200);
        reader.close().await;
    });
}
