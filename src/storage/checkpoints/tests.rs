use std::fs;
use std::path::Path;

use super::*;
use crate::storage::opening;
use crate::storage::options::Durability;

/// A store's file with a table in it, and the connection that writes it.
fn begun(folder: &Path) -> (Connection, Checkpoints) {
    let path = folder.join("h.db");
    let (mut writer, _holding) =
        opening::to_write(&path, Durability::Relaxed, "a test").expect("a store");
    let made = "CREATE TABLE notes (text); INSERT INTO notes VALUES ('')";
    writer.execute_batch(made).expect("a table");
    let beside = opening::to_checkpoint(&path, Durability::Relaxed).expect("a connection");
    let checkpoints = Checkpoints::begin(&mut writer, beside).expect("a thread");
    (writer, checkpoints)
}

/// Commits the n-th text, which takes thirteen pages.
fn commit(writer: &Connection, n: i64) {
    let sql = "UPDATE notes SET text = ? || ' ' || hex(randomblob(50000))";
    writer.prepare_cached(sql).and_then(|mut update| update.execute([n])).expect("stored");
}

/// Which text a connection sees.
fn seen(connection: &Connection) -> i64 {
    let sql = "SELECT CAST(text AS INTEGER) FROM notes";
    connection.query_row(sql, [], |row| row.get(0)).expect("a text")
}

/// How many pages the log has had at most, roughly.
fn log_pages(folder: &Path) -> u64 {
    fs::metadata(folder.join("h.db-wal")).map_or(0, |log| log.len() / 8_192)
}

#[test]
fn the_log_begins_anew_again_and_again_while_the_writer_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut writer, checkpoints) = begun(folder.path());
    for n in 1..=4_000 {
        commit(&writer, n);
    }
    let pages = log_pages(folder.path());
    assert!(pages < 4_000 * 13 / 2, "{pages} pages");
    checkpoints.end(&mut writer).expect("ended");
    assert_eq!(seen(&writer), 4_000);
}

#[test]
fn a_log_that_somebody_reads_grows_until_he_is_done_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut writer, checkpoints) = begun(folder.path());
    commit(&writer, 1);
    let mut reader = opening::to_read(&folder.path().join("h.db")).expect("a reader");
    let reading = reader.transaction().expect("a transaction");
    assert_eq!(seen(&reading), 1);
    for n in 2..=600 {
        commit(&writer, n);
    }
    assert_eq!(seen(&reading), 1);
    let pages = log_pages(folder.path());
    assert!(pages >= 599 * 13, "{pages} pages");
    drop(reading);
    assert_eq!(seen(&reader), 600);
    for n in 601..=2_400 {
        commit(&writer, n);
    }
    let at_last = log_pages(folder.path());
    assert!(at_last < pages * 2, "{at_last} pages after {pages}: it began anew");
    checkpoints.end(&mut writer).expect("ended");
    assert_eq!(seen(&writer), 2_400);
}
