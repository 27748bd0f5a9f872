//! A second program that writes attempts, ledger and leases beside the one that takes deliveries.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::ledger::Sighting;
use hookscope::domain::verdict::{Unchecked, Verdict};
use hookscope::storage::Store;
use hookscope::storage::error::StoreError;
use rusqlite::Connection;
use serde_json::Map;

use super::arbitrary::{captured, now};
use super::outward::{fetch, lease, new_entry};
use super::{ids, open, run};
use crate::support::within;

fn beside(file: &Path) -> Store {
    Store::open_beside(file).expect("a store beside")
}

#[test]
fn two_programs_write_at_once_and_neither_loses_anything() {
    const SENDERS: i64 = 16;
    const EACH: i64 = 50;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let listener = open(&file).expect("a store");
        let other = beside(&file);
        let senders = (0..SENDERS).map(|sender| {
            let listener = listener.clone();
            tokio::spawn(async move {
                for n in 0..EACH {
                    let delivery = captured(&format!("{sender} {}", n / 2));
                    listener.insert(delivery).await.expect("stored");
                }
            })
        });
        let senders = senders.collect::<Vec<_>>();
        let mut entries = Vec::new();
        for n in 1..=EACH {
            other.insert_attempt(fetch(Some(n), vec![b'x'; 100_000])).await.expect("stored");
            listener.insert_attempt(fetch(Some(n), "{}")).await.expect("stored");
            entries.push(other.begin_subscription(new_entry("acme")).await.expect("stored"));
            let entry = entries.last().copied().expect("just made");
            let answer = Bytes::from(n.to_string());
            other.keep_subscription_answer(entry, answer).await.expect("stored");
            other.take_lease(lease(&n.to_string())).await.expect("stored");
        }
        for sender in senders {
            sender.await.expect("no panic");
        }
        let all = SENDERS * EACH;
        assert_eq!(ids(&listener).await, (1..=all).rev().collect::<Vec<_>>());
        assert_eq!(listener.count().await.expect("a count"), all.unsigned_abs());
        for store in [&listener, &other] {
            for n in 1..=EACH {
                let attempts = store.attempts(DeliveryId(n)).await.expect("a read");
                assert_eq!(attempts.len(), 2, "of delivery {n}");
            }
            let ledger = store.ledger(None).await.expect("a read");
            assert_eq!(ledger.iter().map(|entry| entry.id).collect::<Vec<_>>(), entries);
            assert!(ledger.iter().all(|entry| entry.answer.is_some()));
            assert_eq!(store.open_leases().await.expect("a read").len(), entries.len());
        }
        let repeats = listener.insert(captured("0 0")).await.expect("stored").repeat;
        assert_eq!(repeats, 3);
        other.close().await;
        listener.close().await;
    });
    let raw = Connection::open(&file).expect("the file");
    let check = raw.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
    assert_eq!(check.expect("a check"), "ok");
}

#[test]
fn deliveries_and_verdicts_are_left_to_the_program_that_takes_them() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let listener = open(&file).expect("a store");
        let first = listener.insert(captured("a")).await.expect("stored").id;
        let other = beside(&file);
        let verdict = || Verdict::Unchecked { why: Unchecked::NoSecret };
        let refused = other.insert(captured("b")).await;
        assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
        let refused = other.reinspect(first, verdict(), None).await;
        assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
        assert_eq!(ids(&other).await, [1], "what it can is read");
        other.insert_attempt(fetch(Some(1), "{}")).await.expect("stored");
        other.close().await;
        assert_eq!(listener.attempts(first).await.expect("a read").len(), 1);
        assert!(listener.reinspect(first, verdict(), None).await.expect("stored").is_some());
        listener.close().await;
    });
}

#[test]
fn who_only_reads_writes_nothing_of_what_goes_out() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let listener = open(&file).expect("a store");
        let entry = listener.begin_subscription(new_entry("acme")).await.expect("stored");
        let lease_id = listener.take_lease(lease("1")).await.expect("stored");
        let reader = Store::open_to_read(&file).expect("a reader");
        let (account, subscription) = ("acme".into(), "1".to_owned());
        let refused = [
            reader.insert_attempt(fetch(None, "{}")).await.map(drop),
            reader.begin_subscription(new_entry("acme")).await.map(drop),
            reader.keep_subscription_answer(entry, Bytes::new()).await,
            reader.name_subscription(entry, "1".to_owned(), Map::new()).await,
            reader.sight_subscription(account, subscription, Sighting::Gone(now())).await,
            reader.take_lease(lease("1")).await.map(drop),
            reader.end_lease(lease_id, now()).await,
        ];
        for result in refused {
            assert!(matches!(result, Err(StoreError::ReadOnly)), "{result:?}");
        }
        assert_eq!(reader.open_leases().await.expect("a read").len(), 1);
        reader.close().await;
        listener.close().await;
    });
}

#[test]
fn beside_nobody_it_writes_as_well_and_does_not_keep_a_listener_out() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        open(&file).expect("a store").close().await;
        let other = beside(&file);
        assert_eq!(Store::holder(&file), None);
        other.take_lease(lease("1")).await.expect("stored");
        let listener = open(&file).expect("it is not held");
        listener.insert(captured("a")).await.expect("stored");
        other.take_lease(lease("2")).await.expect("stored");
        listener.close().await;
        other.take_lease(lease("3")).await.expect("stored");
        other.close().await;
        let left = std::fs::metadata(format!("{}-wal", file.display()));
        assert!(left.is_err(), "the last one leaves no log");
        let reader = Store::open_to_read(&file).expect("a reader");
        assert_eq!(reader.open_leases().await.expect("a read").len(), 3);
        assert_eq!(ids(&reader).await, [1]);
        reader.close().await;
    });
}

#[test]
fn a_delivery_waits_for_its_turn_when_another_program_writes() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let listener = open(&file).expect("a store");
        let other = Connection::open(&file).expect("a second connection");
        for _ in 0..3 {
            other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
            let insert = listener.insert(captured("a"));
            tokio::pin!(insert);
            let early = tokio::time::timeout(Duration::from_millis(50), &mut insert).await;
            assert!(early.is_err(), "it waits: {early:?}");
            other.execute_batch("COMMIT").expect("done");
            within(insert).await.expect("stored");
        }
        assert_eq!(ids(&listener).await, [3, 2, 1]);
        listener.close().await;
    });
}
