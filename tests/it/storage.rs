//! The store from outside: what goes in comes out, whatever happens between.

mod arbitrary;
mod beside;
mod damage;
mod files;
mod finding;
mod forwards;
mod keeping;
mod older;
mod outward;
mod overview;
mod packing;
mod pinned;
mod repeated;
mod replay_targets;
mod watching;

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::filter::Filter;
use hookscope::domain::name::AccountName;
use hookscope::domain::page::Cursor;
use hookscope::domain::record::Record;
use hookscope::domain::verdict::{Clue, Reason, Verdict};
use hookscope::storage::error::StoreError;
use hookscope::storage::{Captured, Durability, Location, Options, Store};
use jiff::SignedDuration;
use proptest::prelude::*;

use arbitrary::{any_captured, captured};

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

fn options(location: Location) -> Options {
    Options { location, durability: Durability::Full, holder: "listening on test".to_owned() }
}

fn memory() -> Store {
    Store::open(&options(Location::Memory)).expect("a store in memory")
}

fn open(file: &Path) -> Result<Store, StoreError> {
    Store::open(&options(Location::File(file.to_owned())))
}

async fn load(store: &Store, id: i64) -> Record {
    store.load(DeliveryId(id)).await.expect("a read").expect("a delivery of that number")
}

async fn ids(store: &Store) -> Vec<i64> {
    let page = store.page(Arc::default(), Cursor::Newest, 10_000).await.expect("a page");
    page.rows.iter().map(|row| row.id.0).collect()
}

fn without_took(mut record: Record) -> Record {
    record.answered.took = None;
    record
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_byte_of_a_delivery_is_kept(captured in any_captured()) {
        run(async {
            let store = memory();
            let Captured { delivery, inspection, status, handshake, .. } = captured.clone();
            let record = store.insert(Box::new(captured)).await.expect("stored");
            prop_assert_eq!(&record.delivery, &delivery);
            prop_assert_eq!(&record.inspection, &inspection);
            prop_assert_eq!((record.answered.status, record.repeat), (status, 1));
            prop_assert_eq!(&record.handshake, &handshake);
            let page = store.page(Arc::default(), Cursor::Newest, 1).await.expect("a page");
            prop_assert_eq!(&page.rows, &[record.summary()]);
            prop_assert_eq!(load(&store, record.id.0).await, without_took(record));
            Ok(())
        })?;
    }
}

#[test]
fn deliveries_keep_the_order_of_their_arrival_whatever_the_clock_does() {
    run(async {
        let store = memory();
        let hour = SignedDuration::from_hours(1);
        for jump in [SignedDuration::ZERO, hour, -hour, SignedDuration::ZERO] {
            let mut captured = captured("hi");
            captured.delivery.received_at += jump;
            store.insert(captured).await.expect("stored");
        }
        let mut pages = Vec::new();
        let mut cursor = Cursor::Newest;
        loop {
            let page = store.page(Arc::default(), cursor, 1).await.expect("a page");
            pages.extend(page.rows.iter().map(|row| row.id));
            match pages.last() {
                Some(last) if page.more() => cursor = Cursor::Before(*last),
                _ => break,
            }
        }
        assert_eq!(pages, [4, 3, 2, 1].map(DeliveryId));
    });
}

#[test]
fn a_long_body_is_kept_to_its_last_byte() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    // Below, at and above the parts in which it is written.
    let lengths = [0, 1 << 20, (1 << 20) + 1, 2 << 20, (5 << 20) + 17];
    let text = |length| "0123456789abcdef-".chars().cycle().take(length).collect::<String>();
    let bodies = lengths.map(text);
    run(async {
        let store = open(&file).expect("a store");
        for body in &bodies {
            store.insert(captured(body)).await.expect("stored");
        }
        store.close().await;
        let store = open(&file).expect("a store");
        for (id, body) in (1..).zip(&bodies) {
            assert_eq!(load(&store, id).await.delivery.request.body, body.as_bytes());
        }
        store.close().await;
    });
}

#[test]
fn a_thousand_at_once_share_their_commits_and_each_has_its_own_number() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    let numbers = run(async {
        let store = open(&file).expect("a store");
        let inserts = (0..1_000).map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let record = store.insert(captured(&format!("body {n}"))).await.expect("stored");
                (record.id.0, record.delivery.request.body)
            })
        });
        let mut numbers = Vec::new();
        for insert in inserts.collect::<Vec<_>>() {
            let (id, body) = insert.await.expect("no panic");
            assert_eq!(load(&store, id).await.delivery.request.body, body);
            numbers.push(id);
        }
        assert_eq!(store.count().await.expect("a count"), 1_000);
        assert_eq!(ids(&store).await, (1..=1_000).rev().collect::<Vec<_>>());
        store.close().await;
        numbers
    });
    assert_eq!(numbers.iter().collect::<std::collections::BTreeSet<_>>().len(), 1_000);
    let raw = rusqlite::Connection::open(&file).expect("the file");
    let commits = "SELECT count(*), sum(last_id - first_id + 1) FROM commits";
    let (commits, covered) = raw
        .query_row(commits, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .expect("the commits");
    assert_eq!(covered, 1_000, "each delivery has its commit");
    assert!(commits < 500, "{commits} commits for 1,000 deliveries");
}

#[test]
fn repeats_and_numbers_go_on_in_the_next_run() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    for start in 0_u32..3 {
        run(async {
            let store = open(&file).expect("a store");
            let record = store.insert(captured("same")).await.expect("stored");
            assert_eq!((record.id.0, record.repeat), (i64::from(2 * start) + 1, start + 1));
            let other = store.insert(captured(&format!("other {start}"))).await.expect("stored");
            assert_eq!(other.repeat, 1);
            let took = load(&store, record.id.0).await.answered.took;
            assert_eq!(took, record.answered.took, "known with the commit after its own");
            assert!(took.is_some());
            store.close().await;
        });
    }
}

#[tokio::test]
async fn the_deliveries_of_an_event_are_found_around_one_of_them() {
    let store = memory();
    for body in ["a", "b", "a", "a", "c", "a"] {
        store.insert(captured(body)).await.unwrap();
    }
    let found = async |id, most| {
        let repeats = store.repeats(DeliveryId(id), most).await.unwrap();
        repeats.iter().map(|row| (row.id.0, row.repeat)).collect::<Vec<_>>()
    };
    assert_eq!(found(3, 20).await, [(1, 1), (3, 2), (4, 3), (6, 4)]);
    assert_eq!(found(4, 1).await, [(3, 2), (4, 3), (6, 4)]);
    assert_eq!(found(5, 20).await, [(5, 1)]);
    assert_eq!(found(7, 20).await, []);
    let row = &store.repeats(DeliveryId(6), 0).await.unwrap()[0];
    assert_eq!(*row, load(&store, 6).await.summary(), "a row of the store is that of its delivery");
}

#[test]
fn a_deleted_number_is_not_counted_and_not_given_again() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        for n in 0..5 {
            store.insert(captured(&n.to_string())).await.expect("stored");
        }
        store.close().await;
        let raw = rusqlite::Connection::open(&file).expect("the file");
        raw.execute("DELETE FROM deliveries WHERE id IN (2, 4, 5)", []).expect("deleted");
        raw.close().expect("closed");
        let store = open(&file).expect("a store");
        assert_eq!(store.count().await.expect("a count"), 2);
        assert_eq!(store.insert(captured("next")).await.expect("stored").id.0, 6);
        assert_eq!(store.count().await.expect("a count"), 3);
        assert_eq!(ids(&store).await, [6, 3, 1]);
        store.close().await;
    });
}

#[test]
fn a_reader_beside_the_writer_sees_each_commit_at_once() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        let reader = Store::open_to_read(&file).expect("a reader");
        let mut version = reader.version().await.expect("a version");
        for n in 1..=3 {
            let record = store.insert(captured(&n.to_string())).await.expect("stored");
            let now = reader.version().await.expect("a version");
            assert_ne!(now, version);
            version = now;
            assert_eq!(ids(&reader).await.first(), Some(&n));
            assert_eq!(load(&reader, n).await, without_took(record));
        }
        assert_eq!(reader.version().await.expect("a version"), version, "nothing came since");
        let refused = reader.insert(captured("no")).await;
        assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
        reader.close().await;
        store.close().await;
    });
}

#[test]
fn what_was_answered_is_there_after_a_crash() {
    let directory = tempfile::tempdir().expect("a directory");
    let (file, copy) = (directory.path().join("a.db"), directory.path().join("b.db"));
    run(async {
        let store = open(&file).expect("a store");
        for n in 0..20 {
            store.insert(captured(&(n % 7).to_string())).await.expect("stored");
        }
        // What a killed process leaves: the file and its log, nothing flushed, nothing closed.
        for suffix in ["", "-wal"] {
            let part = |file: &Path| format!("{}{suffix}", file.display());
            std::fs::copy(part(&file), part(&copy)).expect("a copy");
        }
        let crashed = open(&copy).expect("the copy of a store");
        assert_eq!(crashed.count().await.expect("a count"), 20);
        for id in 1..=20 {
            let (left, kept) = (load(&crashed, id).await, load(&store, id).await);
            assert_eq!(left, kept);
        }
        let next = crashed.insert(captured("6")).await.expect("stored");
        assert_eq!((next.id.0, next.repeat), (21, 3));
        crashed.close().await;
        store.close().await;
    });
}

#[test]
fn a_store_in_memory_works_like_one_in_a_file() {
    run(async {
        let store = memory();
        assert_eq!(store.insert(captured("a")).await.expect("stored").repeat, 1);
        assert_eq!(store.insert(captured("a")).await.expect("stored").repeat, 2);
        assert_eq!(store.count().await.expect("a count"), 2);
        let filter = Filter::parse("is:repeat", jiff::Timestamp::UNIX_EPOCH).expect("a filter");
        let page = store.page(Arc::new(filter), Cursor::Newest, 9).await.expect("a page");
        assert_eq!(page.rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), [2]);
        assert_eq!(store.load(DeliveryId(3)).await.expect("a read"), None);
        let other = store.clone();
        store.close().await;
        let late = other.insert(captured("b")).await;
        assert!(matches!(late, Err(StoreError::Closed)), "{late:?}");
        assert!(matches!(other.count().await, Err(StoreError::Closed)));
        other.close().await;
    });
}

#[tokio::test]
async fn a_verdict_is_replaced_and_the_first_one_is_kept() {
    let store = memory();
    let stored = store.insert(captured("{}")).await.unwrap();
    let first = stored.inspection.verdict.clone();
    assert_eq!(stored.first_verdict, None);
    let clue = Clue { code: "public_url".to_owned(), message: "set public_url".to_owned() };
    let refuted = |clues| Verdict::Refuted {
        scheme: "oauth1".into(),
        reason: Reason::SignatureMismatch,
        message: "not over these bytes".to_owned(),
        clues,
    };
    let again = store.reinspect(stored.id, refuted(Vec::new()), None).await.unwrap().unwrap();
    assert_eq!(again.inspection.verdict, refuted(Vec::new()));
    assert_eq!(again.first_verdict, Some(first.clone()));
    // Clues are no other finding, and a third verdict does not replace the first.
    let told =
        store.reinspect(stored.id, refuted(vec![clue.clone()]), None).await.unwrap().unwrap();
    assert_eq!(told.inspection.verdict, refuted(vec![clue]));
    assert_eq!(told.first_verdict, Some(first.clone()));
    let verified = Verdict::Verified { scheme: "oauth1".into(), notes: Vec::new() };
    let last = store.reinspect(stored.id, verified.clone(), None).await.unwrap().unwrap();
    assert_eq!((last.inspection.verdict, last.first_verdict), (verified, Some(first)));
    assert_eq!(last.delivery, stored.delivery);
    let unknown = store.reinspect(DeliveryId(99), refuted(Vec::new()), None).await.unwrap();
    assert_eq!(unknown, None);
}

#[tokio::test]
async fn an_account_that_is_found_later_is_kept_until_another_one_is_found() {
    let store = memory();
    let stored = store.insert(captured("{}")).await.unwrap();
    let verdict = stored.inspection.verdict.clone();
    for (found, expected) in [(Some("acme"), "acme"), (None, "acme"), (Some("globex"), "globex")] {
        let found = found.map(AccountName::from);
        let record = store.reinspect(stored.id, verdict.clone(), found).await.unwrap().unwrap();
        assert_eq!(record.inspection.account, Some(AccountName::from(expected)));
        assert_eq!(record.first_verdict, None);
    }
}

#[tokio::test]
async fn a_nonce_that_came_before_at_this_endpoint_refutes_what_would_verify() {
    let store = memory();
    let verified = Verdict::Verified { scheme: "oauth1".into(), notes: Vec::new() };
    let insert = async |body: &str, endpoint: &str, nonce: Option<&[u8]>| {
        let mut captured = captured(body);
        captured.delivery.endpoint = endpoint.into();
        captured.inspection.verdict = verified.clone();
        captured.nonce = nonce.map(<[u8]>::to_vec);
        let record = store.insert(captured).await.unwrap();
        assert_eq!(load(&store, record.id.0).await.inspection, record.inspection);
        record.inspection.verdict.reason()
    };
    assert_eq!(insert("one", "a", Some(b"n1")).await, None);
    assert_eq!(insert("two", "a", Some(b"n1")).await, Some("reused"));
    assert_eq!(insert("two", "a", Some(b"n2")).await, None);
    assert_eq!(insert("one", "b", Some(b"n1")).await, None);
    assert_eq!(insert("one", "a", None).await, None);
}
