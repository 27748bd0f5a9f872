//! What is kept and what goes: marks, deletion by hand, retention, and the room that they give back.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hookscope::domain::annotation::{Annotation, Comment};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::filter::Filter;
use hookscope::domain::keep::Keep;
use hookscope::domain::name::EndpointName;
use hookscope::domain::page::Cursor;
use hookscope::storage::Store;
use hookscope::storage::deletion::Deleted;
use hookscope::storage::error::StoreError;
use hookscope::storage::retention::{Leftovers, Sweep};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::arbitrary::captured;
use super::outward::{fetch, url};
use super::{ids, memory, open, run};

fn count(count: u64) -> Keep {
    Keep { count: Some(count), ..Keep::default() }
}

async fn insert(store: &Store, count: usize) {
    let inserts = (0..count).map(|n| {
        let store = store.clone();
        tokio::spawn(async move { store.insert(captured(&format!("body {n}"))).await })
    });
    for insert in inserts.collect::<Vec<_>>() {
        insert.await.expect("no panic").expect("stored");
    }
}

/// Sweeps to the end; how many went in each step, and how far it came.
async fn sweep(store: &Store, keep: Keep) -> (Vec<usize>, Sweep) {
    let (mut steps, mut sweep) = (Vec::new(), Sweep::default());
    loop {
        let step = store.upkeep().sweep(keep, sweep, Timestamp::now()).await.expect("a step");
        steps.push(step.gone.len());
        sweep = step.sweep;
        if !step.more {
            return (steps, sweep);
        }
    }
}

async fn mark(store: &Store, ids: &[i64], marked: bool) {
    let ids = ids.iter().copied().map(DeliveryId).collect();
    store.mark(ids, marked).await.expect("marked");
}

async fn marked(store: &Store) -> Vec<i64> {
    store.marked().await.expect("the marks").iter().map(|(id, _)| id.0).collect()
}

async fn delete(store: &Store, ids: impl IntoIterator<Item = i64>) -> Deleted {
    let mut ids = ids.into_iter().map(DeliveryId).collect::<Vec<_>>();
    let mut all = Deleted::default();
    while !ids.is_empty() {
        let some = store.upkeep().delete_some(ids.clone(), Timestamp::now()).await;
        let (deleted, done) = some.expect("deleted");
        assert!(done > 0, "each step comes further");
        all.gone.extend(deleted.gone);
        all.in_use += deleted.in_use;
        ids.drain(..done);
    }
    all
}

fn number(file: &Path, sql: &str) -> i64 {
    let raw = rusqlite::Connection::open(file).expect("the file");
    raw.query_row(sql, [], |row| row.get(0)).expect(sql)
}

#[test]
fn marks_are_kept_found_and_taken_away_in_one_write_each() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        insert(&store, 10_000).await;
        let all = (1..=10_000).collect::<Vec<_>>();
        mark(&store, &all, true).await;
        assert_eq!(marked(&store).await, all);
        mark(&store, &all[3..], false).await;
        mark(&store, &[2, 20_000], true).await;
        store.close().await;
        let store = open(&file).expect("the store again");
        assert_eq!(marked(&store).await, [1, 2, 3], "what is not there is not marked");
        let filter = Filter::parse("is:marked", Timestamp::UNIX_EPOCH).expect("a filter");
        let page = store.page(Arc::new(filter), Cursor::Newest, 10).await.expect("a page");
        assert_eq!(page.rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), [3, 2, 1]);
        let record = store.load(DeliveryId(3)).await.expect("read").expect("there");
        assert!(record.annotation.marked);
        store.close().await;
    });
    assert_eq!(number(&file, "SELECT count(*) FROM annotations"), 3, "no row says nothing");
}

#[test]
fn comments_are_kept_beside_marks_and_keep_their_deliveries() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        insert(&store, 20).await;
        mark(&store, &[2], true).await;
        let write = async |id, note, tags: &[&str]| {
            let comment = Comment::new(note, tags.iter().copied());
            store.comment(DeliveryId(id), comment).await.expect("written");
        };
        write(1, "seen", &[]).await;
        write(2, "", &["bug"]).await;
        write(3, "gone again", &["bug"]).await;
        write(3, "", &[]).await;
        write(2_000, "nobody", &[]).await;
        mark(&store, &[2], false).await;
        let comments = store.comments().await.expect("read");
        let known =
            [(DeliveryId(2), Comment::new("", ["bug"])), (DeliveryId(1), Comment::new("seen", []))];
        assert_eq!(comments, known, "the newest first");
        let record = store.load(DeliveryId(2)).await.expect("read").expect("there");
        assert_eq!(record.annotation, Annotation { marked: false, comment: known[0].1.clone() });
        sweep(&store, count(5)).await;
        assert_eq!(ids(&store).await, [20, 19, 18, 17, 16, 2, 1]);
        mark(&store, &[1], true).await;
        write(1, "", &[]).await;
        assert_eq!(marked(&store).await, [1], "a mark outlives its note");
        store.close().await;
    });
    assert_eq!(number(&file, "SELECT count(*) FROM annotations"), 2, "no row says nothing");
}

#[test]
fn by_count_the_newest_stay_and_what_is_marked_beside_them_in_steps_of_two_hundred() {
    run(async {
        let store = memory();
        insert(&store, 1_000).await;
        mark(&store, &[1, 17, 1_000], true).await;
        let (steps, _) = sweep(&store, count(100)).await;
        assert_eq!(steps.iter().sum::<usize>(), 897);
        assert!(steps.iter().all(|step| *step <= 200), "{steps:?}");
        let mut stay = (900..=1_000).rev().collect::<Vec<_>>();
        stay.extend([17, 1]);
        assert_eq!(ids(&store).await, stay);
        assert_eq!(store.count().await.expect("a count"), 103);
        assert_eq!(sweep(&store, count(100)).await.0, [0], "nothing is left to be done");
        mark(&store, &[17], false).await;
        assert_eq!(sweep(&store, count(100)).await.0, [1], "it may go now");
    });
}

#[test]
fn by_age_what_arrived_before_goes_and_the_first_that_is_young_ends_it() {
    run(async {
        let store = memory();
        let now = Timestamp::now();
        for hours in [50, 30, 20, 40, 10] {
            let mut captured = captured("body");
            captured.delivery.received_at = now - SignedDuration::from_hours(hours);
            store.insert(captured).await.expect("stored");
        }
        let keep = Keep { age: Some(Duration::from_secs(24 * 3600)), ..Keep::default() };
        let step = store.upkeep().sweep(keep, Sweep::default(), now).await.expect("a step");
        assert_eq!(step.gone, [DeliveryId(1), DeliveryId(2)]);
        let due = step.oldest.expect("the first that stays");
        assert_eq!(now.duration_since(due).as_hours(), 20);
        assert_eq!(ids(&store).await, [5, 4, 3], "order is by arrival, whatever the clock said");
        let forever = Keep { age: Some(Duration::MAX), ..Keep::default() };
        assert_eq!(sweep(&store, forever).await.0, [0]);
    });
}

#[test]
fn by_size_the_oldest_go_and_the_room_is_given_back_to_the_file_system() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        // Such as no compression makes smaller.
        let numbers =
            (0_u64..12_500).map(|n| (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_pow(3));
        let body = numbers.flat_map(u64::to_le_bytes).collect::<Vec<_>>();
        for _ in 0..200 {
            let mut captured = captured("");
            captured.delivery.request.body = body.clone().into();
            store.insert(captured).await.expect("stored");
        }
        store.close().await;
        let full = std::fs::metadata(&file).expect("the file").len();
        assert!(full > 20_000_000, "{full}");
        let store = open(&file).expect("the store again");
        let keep = Keep { size: Some(5_000_000), ..Keep::default() };
        let (steps, _) = sweep(&store, keep).await;
        assert!(steps.iter().all(|step| *step <= 42), "at most 4 MiB in a step: {steps:?}");
        let sizes = store.upkeep().sizes(keep, Timestamp::now()).await.expect("sizes");
        assert!(sizes.file - sizes.free <= 5_000_000, "{sizes:?}");
        assert!(sizes.file - sizes.free > 4_500_000, "no more than it takes: {sizes:?}");
        assert_eq!(sizes.excess.size, 0);
        let left = ids(&store).await;
        assert_eq!(left.first(), Some(&200));
        assert!(left.windows(2).all(|pair| pair[0] == pair[1] + 1), "the newest: {left:?}");
        while store.upkeep().give_back().await.expect("given back") {}
        let short = std::fs::metadata(&file).expect("the file").len();
        assert!(short < 5_000_000 + 3_000_000, "{full} to {short}");
        let log = std::fs::metadata(file.with_extension("db-wal")).map_or(0, |log| log.len());
        assert_eq!(log, 0, "the log is emptied");
        store.close().await;
    });
}

#[test]
fn attempts_and_first_findings_go_with_their_delivery_however_many_they_are() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        insert(&store, 3).await;
        for _ in 0..500 {
            store.insert_attempt(fetch(Some(1), "{}")).await.expect("kept");
        }
        let (steps, _) = sweep(&store, count(1)).await;
        assert_eq!(steps, [0, 0, 2], "two hundred rows in a step, whatever they are");
        assert_eq!(ids(&store).await, [3]);
        store.close().await;
    });
    assert_eq!(number(&file, "SELECT count(*) FROM attempts"), 0);
}

#[test]
fn what_waits_for_an_app_or_is_worked_with_stays_and_nothing_newer_goes_instead() {
    run(async {
        let store = memory();
        insert(&store, 10).await;
        let app = || (EndpointName::from("default"), url("http://app.test/hooks"));
        store.configure_forwards(vec![app()], DeliveryId(2)).await.expect("configured");
        let (steps, _) = sweep(&store, count(4)).await;
        assert_eq!(steps.iter().sum::<usize>(), 2, "what is handed on already");
        assert_eq!(ids(&store).await, (3..=10).rev().collect::<Vec<_>>());
        let deleted = delete(&store, [3, 5]).await;
        assert_eq!(deleted, Deleted { gone: Vec::new(), in_use: 2 }, "not by hand either");

        store.forwarded(app().0, app().1, DeliveryId(10)).await.expect("noted");
        let later = Timestamp::now() + SignedDuration::from_mins(1);
        let upkeep = store.upkeep();
        let replay = upkeep.reserve(DeliveryId(3), DeliveryId(4), later).await.expect("reserved");
        sweep(&store, count(4)).await;
        assert_eq!(ids(&store).await, [10, 9, 8, 7, 4, 3]);
        upkeep.extend(replay, None).await.expect("given back");
        sweep(&store, count(4)).await;
        assert_eq!(ids(&store).await, [10, 9, 8, 7]);

        let past = Timestamp::now() - SignedDuration::from_secs(1);
        upkeep.reserve(DeliveryId(7), DeliveryId(9), past).await.expect("reserved");
        sweep(&store, count(1)).await;
        assert_eq!(ids(&store).await, [10], "who died keeps nothing");
    });
}

#[test]
fn a_count_is_forgotten_with_the_last_delivery_of_its_event_and_a_nonce_is_not() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        for n in 0..20 {
            let mut once = captured(&format!("body {n}"));
            once.nonce = Some(n.to_string().into_bytes());
            store.insert(once).await.expect("stored");
        }
        store.close().await;
        assert_eq!(number(&file, "SELECT count(*) FROM repeats"), 20);
        let store = open(&file).expect("the store again");
        insert(&store, 5).await;
        let (_, passed) = sweep(&store, count(5)).await;
        let leftovers = Leftovers::default();
        let upkeep = store.upkeep();
        upkeep.forget_leftovers(leftovers, passed, Timestamp::now()).await.expect("forgotten");
        let again = store.insert(captured("body 3")).await.expect("stored");
        assert_eq!(again.repeat, 3, "the second is still there");
        let again = store.insert(captured("body 17")).await.expect("stored");
        assert_eq!(again.repeat, 1);
        store.close().await;
    });
    assert_eq!(number(&file, "SELECT count(*) FROM nonces"), 20);
    assert_eq!(number(&file, "SELECT count(*) FROM commits WHERE last_id <= 20"), 0);
}

#[test]
fn deleting_beside_a_listener_is_noticed_there_and_numbers_are_not_given_again() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        insert(&store, 300).await;
        let before = store.upkeep().changes_elsewhere().await.expect("a version");
        let beside = Store::open_beside(&file).expect("beside");
        let deleted = delete(&beside, (1..=250).chain([999, 300])).await;
        assert_eq!((deleted.gone.len(), deleted.in_use), (251, 0));
        beside.close().await;
        let upkeep = store.upkeep();
        assert_ne!(upkeep.changes_elsewhere().await.expect("a version"), before);
        let present = upkeep.present(vec![DeliveryId(250), DeliveryId(251)]).await.expect("read");
        assert_eq!(present, [DeliveryId(251)].into());
        assert_eq!(store.insert(captured("next")).await.expect("stored").id, DeliveryId(301));
        assert_eq!(store.count().await.expect("a count"), 50);
        let reader = Store::open_to_read(&file).expect("a reader");
        let refused = reader.upkeep().delete_some(vec![DeliveryId(260)], Timestamp::now()).await;
        assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
        reader.close().await;
        store.close().await;
    });
}

#[test]
fn deliveries_are_stored_while_a_backlog_is_deleted() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("hookscope.db");
    run(async {
        let store = open(&file).expect("a store");
        insert(&store, 5_000).await;
        let sweeping = store.clone();
        let sweeping = tokio::spawn(async move { sweep(&sweeping, count(100)).await });
        let mut during = 0;
        while !sweeping.is_finished() {
            store.insert(captured("meanwhile")).await.expect("stored");
            during += 1;
        }
        let (steps, _) = sweeping.await.expect("no panic");
        assert!(steps.len() >= 24, "{steps:?}");
        assert!(during >= steps.len() - 2, "{during} came between {} steps", steps.len());
        sweep(&store, count(100)).await;
        let newest = 5_000 + i64::try_from(during).expect("small");
        assert_eq!(ids(&store).await, (newest - 99..=newest).rev().collect::<Vec<_>>());
        store.close().await;
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_remains_is_exactly_the_newest_and_the_marked(
        stored in 0_usize..600,
        most in 0_u64..300,
        marks in proptest::collection::btree_set(1_i64..600, 0..40),
        by_hand in proptest::collection::btree_set(1_i64..600, 0..40),
    ) {
        run(async {
            let store = memory();
            insert(&store, stored).await;
            let last = i64::try_from(stored).expect("small");
            mark(&store, &marks.iter().copied().collect::<Vec<_>>(), true).await;
            delete(&store, by_hand.iter().copied()).await;
            sweep(&store, count(most)).await;
            let there = (1..=last).filter(|id| !by_hand.contains(id)).collect::<Vec<_>>();
            let (kept, others): (Vec<_>, Vec<_>) = there.iter().partition(|id| marks.contains(id));
            let most = usize::try_from(most).expect("small").min(others.len());
            let newest = &others[others.len() - most..];
            let expected = kept.iter().chain(newest).copied().collect::<BTreeSet<i64>>();
            let remains = ids(&store).await.into_iter().collect::<BTreeSet<_>>();
            prop_assert_eq!(&remains, &expected);
            prop_assert_eq!(store.count().await.expect("a count"), expected.len() as u64);
            Ok(())
        })?;
    }
}
