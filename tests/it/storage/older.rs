//! Stores of released schemas: they open, keep every byte, and are not changed under a program that
//! holds them.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::filter::Filter;
use hookscope::domain::keep::Keep;
use hookscope::domain::page::Cursor;
use hookscope::domain::record::Record;
use hookscope::storage::error::StoreError;
use hookscope::storage::{Captured, Store};
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use rusqlite::Connection;

use super::arbitrary::{any_captured, captured};
use super::outward::{fetch, lease, new_entry, url};
use super::{load, open, run};

/// A store as the first released version made it, with these deliveries.
fn make_version_1(file: &Path, deliveries: Vec<Captured>) -> Vec<Record> {
    let newer = file.with_extension("newer");
    let records = run(async {
        let store = open(&newer).expect("a store");
        for captured in deliveries {
            store.insert(Box::new(captured)).await.expect("stored");
        }
        store.close().await;
        let reader = Store::open_to_read(&newer).expect("a reader");
        let mut records = Vec::new();
        for id in 1..=reader.count().await.expect("a count").cast_signed() {
            records.push(load(&reader, id).await);
        }
        reader.close().await;
        records
    });
    let connection = Connection::open(file).expect("a file");
    let shape =
        "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;";
    connection.execute_batch(shape).expect("a shape");
    let schema = include_str!("../../../assets/schema/0001_deliveries.sql");
    connection.execute_batch(schema).expect("tables");
    let from = newer.to_str().expect("a path of ours");
    connection.execute("ATTACH ? AS newer", [from]).expect("attached");
    for table in ["deliveries", "nonces", "commits", "counters", "first_findings"] {
        let copy = format!("REPLACE INTO main.{table} SELECT * FROM newer.{table}");
        connection.execute_batch(&copy).expect("copied");
    }
    let later = "DELETE FROM counters WHERE name IN ('listed_up_to', 'packed_up_to')";
    connection.execute_batch(later).expect("forgotten");
    let copy = "INSERT INTO main.repeats SELECT sameness, count FROM newer.repeats";
    connection.execute_batch(copy).expect("copied");
    connection.execute_batch("DETACH newer; PRAGMA user_version = 1").expect("done");
    connection.close().expect("closed");
    records
}

fn version(file: &Path) -> i64 {
    let connection = Connection::open(file).expect("a store");
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0));
    version.expect("a version")
}

async fn assert_has_nothing_of_what_came_later(store: &Store) {
    let (acme, address) = ("acme".into(), url("https://api.test/rfqs/1?a=b"));
    let last = hookscope::domain::attempt::AttemptId(i64::MAX);
    assert_eq!(store.attempts(DeliveryId(1)).await.expect("a read"), []);
    assert_eq!(store.previous_fetch(acme, address, last).await.expect("a read"), None);
    assert_eq!(store.ledger(None).await.expect("a read"), []);
    assert_eq!(store.open_leases().await.expect("a read"), []);
    assert!(store.replay_targets().await.expect("a read").is_empty());
    assert_eq!(store.marked().await.expect("a read"), []);
    let marked = Filter::parse("is:marked", Timestamp::UNIX_EPOCH).expect("a filter");
    let page = store.page(Arc::new(marked), Cursor::Newest, 1).await.expect("a read");
    assert_eq!(page.rows, []);
    let sizes = store.upkeep().sizes(Keep::default(), Timestamp::now()).await;
    assert_eq!(sizes.expect("a read").annotated, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn a_store_of_version_1_is_read_as_it_is_and_brought_up_to_date_with_every_byte(
        deliveries in vec(any_captured(), 1..8)
    ) {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("hookscope.db");
        let records = make_version_1(&file, deliveries);
        let before = fs::read(&file).expect("the file");
        run(async {
            let reader = Store::open_to_read(&file).expect("a reader");
            for record in &records {
                prop_assert_eq!(&load(&reader, record.id.0).await, record);
            }
            assert_has_nothing_of_what_came_later(&reader).await;
            prop_assert_eq!(fs::read(&file).expect("the file"), before);

            let store = open(&file).expect("a store");
            for record in &records {
                prop_assert_eq!(&load(&store, record.id.0).await, record);
            }
            assert_has_nothing_of_what_came_later(&store).await;
            store.insert_attempt(fetch(Some(1), "{}")).await.expect("stored");
            let next = store.insert(captured("next")).await.expect("stored").id;
            prop_assert_eq!(next.0, records.last().expect("one at least").id.0 + 1);
            let attempts = reader.attempts(DeliveryId(1)).await.expect("a read");
            prop_assert_eq!(attempts.len(), 1, "who has read the old store sees the new tables");
            reader.close().await;
            store.close().await;
            Ok(())
        })?;
        prop_assert_eq!(version(&file), 7);
    }
}

#[test]
fn a_store_of_version_1_that_nobody_holds_is_brought_up_to_date_to_write_beside() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    let records = make_version_1(&file, vec![*captured("a")]);
    run(async {
        let store = Store::open_beside(&file).expect("a store beside");
        assert_eq!(Store::holder(&file), None, "only as long as that took");
        store.begin_subscription(new_entry("acme")).await.expect("stored");
        store.take_lease(lease("1")).await.expect("stored");
        assert_eq!(load(&store, 1).await, records[0]);
        store.close().await;
    });
    assert_eq!(version(&file), 7);
}

#[test]
fn a_store_that_an_older_program_holds_is_refused_and_stays_what_it_is() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    make_version_1(&file, vec![*captured("a")]);
    let before = fs::read(&file).expect("the file");
    // What an older program does.
    let mut lock = File::create(directory.path().join("hookscope.db.lock")).expect("a lock file");
    lock.try_lock().expect("nobody else has it");
    lock.write_all(b"pid 42, listening on there").expect("written");

    let refused = Store::open_beside(&file).expect_err("it is held");
    assert!(matches!(refused, StoreError::Older { .. }), "{refused}");
    assert!(refused.to_string().contains("older hookscope (pid 42, listening on there)"));
    assert_eq!(fs::read(&file).expect("the file"), before);
    assert_eq!(version(&file), 1);
    run(async {
        let reader = Store::open_to_read(&file).expect("a reader");
        assert_has_nothing_of_what_came_later(&reader).await;
        reader.close().await;
    });
}
