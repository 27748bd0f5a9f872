use std::collections::HashMap;

use proptest::prelude::*;
use rusqlite::Connection;

use super::{Stored, Writer};
use crate::domain::ledger::{Lease, LeaseId};
use crate::storage::deliveries;
use crate::storage::entry::Entry;
use crate::storage::entry::tests::captured;
use crate::storage::error::StoreError;
use crate::storage::schema;
use crate::storage::write::Write;
use jiff::Timestamp;

/// So few counts are kept in memory that they move to the table all the time.
const BOUND: usize = 4;

fn writer() -> Writer {
    let mut connection = Connection::open_in_memory().expect("a connection");
    schema::make(&mut connection).expect("tables");
    Writer::new(connection, None, BOUND).expect("a writer")
}

/// Goes on with the file alone, as after a crash.
fn crashed(writer: Writer) -> Writer {
    Writer::new(writer.connection, None, BOUND).expect("a writer")
}

fn store(writer: &mut Writer, bodies: &[&str]) -> Vec<Result<Stored, StoreError>> {
    store_at(writer, jiff::Timestamp::UNIX_EPOCH, bodies)
}

/// The same of deliveries that arrived then.
fn store_at(
    writer: &mut Writer,
    received_at: jiff::Timestamp,
    bodies: &[&str],
) -> Vec<Result<Stored, StoreError>> {
    let entries = bodies.iter().map(|body| {
        let mut captured = captured(body);
        captured.delivery.received_at = received_at;
        Entry::new(captured)
    });
    let entries = entries.collect::<Vec<_>>();
    writer.store(&entries.iter().collect::<Vec<_>>(), &[]).0
}

/// Numbers and repeats of what was stored.
fn stored(results: Vec<Result<Stored, StoreError>>) -> Vec<(i64, u32)> {
    let stored = results.into_iter().map(|result| result.expect("room for it"));
    stored.map(|Stored { id, repeat, .. }| (id, repeat)).collect()
}

/// Allows the file no page more than it has.
fn fill(writer: &Writer) {
    let pages = "PRAGMA max_page_count = 1"; // SQLite takes what is in use instead
    writer.connection.query_row(pages, [], |_| Ok(())).expect("a limit");
}

fn make_room(writer: &Writer) {
    let pages = "PRAGMA max_page_count = 1000000";
    writer.connection.query_row(pages, [], |_| Ok(())).expect("a limit");
}

#[test]
fn a_full_disk_fails_the_batch_and_nothing_is_lost_or_counted_when_there_is_room_again() {
    let long = "x".repeat(100_000);
    let mut writer = writer();
    assert_eq!(stored(store(&mut writer, &["a", "b"])), [(1, 1), (2, 1)]);
    fill(&writer);
    for result in store(&mut writer, &["a", &long, "b"]) {
        assert!(matches!(result, Err(StoreError::Full)), "{result:?}");
    }
    assert_eq!(deliveries::stock(&writer.connection).expect("a count").count, 2);
    make_room(&writer);
    let again = stored(store(&mut writer, &["a", &long, "b", &long]));
    assert_eq!(again, [(3, 2), (4, 1), (5, 2), (6, 2)]);
}

#[test]
fn a_delivery_that_is_refused_fails_alone_unless_the_transaction_is_gone() {
    let mut writer = writer();
    let refuse = |word: &str| {
        format!(
            "CREATE TEMP TRIGGER on_{word} BEFORE INSERT ON deliveries
             WHEN new.body = CAST('{word}' AS BLOB)
             BEGIN SELECT RAISE({word}, 'refused'); END"
        )
    };
    for word in ["abort", "rollback"] {
        writer.connection.execute_batch(&refuse(word)).expect("a trigger");
    }
    let results = store(&mut writer, &["a", "abort", "a"]);
    let fates = results.iter().map(|result| result.as_ref().ok().map(|it| (it.id, it.repeat)));
    assert_eq!(fates.collect::<Vec<_>>(), [Some((1, 1)), None, Some((2, 2))]);
    let results = store(&mut writer, &["a", "rollback", "a"]);
    assert!(results.iter().all(Result::is_err), "{results:?}");
    assert_eq!(stored(store(&mut writer, &["a"])), [(3, 3)]);
}

fn take() -> Write {
    Write::TakeLease(Lease {
        account: "acme".into(),
        subscription: "1".to_owned(),
        previous_target: "https://before.test/".to_owned(),
        target: "https://now.test/".to_owned(),
        taken_at: Timestamp::UNIX_EPOCH,
    })
}

fn end(lease: i64) -> Write {
    Write::EndLease { lease: LeaseId(lease), at: Timestamp::UNIX_EPOCH }
}

#[test]
fn what_is_written_with_deliveries_fails_without_them() {
    let mut writer = writer();
    let entry = Entry::new(captured("a"));
    let both = |writer: &mut Writer, writes: &[Write]| {
        let (stored, written) = writer.store(&[&entry, &entry], writes);
        (self::stored(stored), written.into_iter().map(Result::ok).collect::<Vec<_>>())
    };
    let told = both(&mut writer, &[take(), end(7), end(1), take()]);
    assert_eq!(told, (vec![(1, 1), (2, 2)], vec![Some(1), None, Some(0), Some(2)]));
    let ends_all = "CREATE TEMP TRIGGER ends_all BEFORE INSERT ON leases
                    BEGIN SELECT RAISE(ROLLBACK, 'no room'); END";
    writer.connection.execute_batch(ends_all).expect("a trigger");
    let told = both(&mut writer, &[end(2), take()]);
    assert_eq!(told, (vec![(3, 3), (4, 4)], vec![None, None]));
    let (_, written) = writer.store(&[], &[take()]);
    let message = written[0].as_ref().expect_err("it still fails").to_string();
    assert!(message.contains("no room"), "{message}");
    writer.connection.execute_batch("DROP TRIGGER ends_all").expect("dropped");
    let told = both(&mut writer, &[take()]);
    assert_eq!(told, (vec![(5, 5), (6, 6)], vec![Some(3)]));
    assert_eq!(deliveries::stock(&writer.connection).expect("a count").count, 6);
}

#[test]
fn the_time_of_a_commit_is_known_after_the_next_one_or_the_end() {
    let took = |writer: &Writer, id| {
        let id = crate::domain::delivery::DeliveryId(id);
        let record = deliveries::load(&writer.connection, id).expect("a read");
        record.expect("a delivery").answered.took
    };
    let arrived_at = super::row::whole_microseconds(jiff::Timestamp::now());
    let mut writer = writer();
    let first = store_at(&mut writer, arrived_at, &["a", "b"]);
    assert_eq!(took(&writer, 1), None);
    store_at(&mut writer, arrived_at, &["c"]);
    let committed_at = first[0].as_ref().expect("stored").committed_at;
    let since = std::time::Duration::try_from(committed_at.duration_since(arrived_at));
    let since = since.expect("the clock does not go back");
    for id in [1, 2] {
        assert_eq!(took(&writer, id).expect("known").as_micros(), since.as_micros());
    }
    assert_eq!(took(&writer, 3), None);
    let mut writer = crashed(writer);
    store_at(&mut writer, arrived_at, &["d"]);
    store_at(&mut writer, arrived_at, &["e"]);
    assert_eq!(took(&writer, 3), None, "lost with the crash, not taken from another commit");
    assert!(took(&writer, 4).is_some());
}

#[test]
fn how_long_it_took_is_not_known_of_what_arrived_elsewhere() {
    let mut writer = writer();
    store(&mut writer, &["a"]);
    store(&mut writer, &["b"]);
    let id = crate::domain::delivery::DeliveryId(1);
    let record = deliveries::load(&writer.connection, id).expect("a read").expect("a delivery");
    assert_eq!(record.answered.took, None);
}

#[derive(Clone, Debug)]
enum Step {
    Store(Vec<u8>),
    Fail(Vec<u8>),
    Crash,
    Finish,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let bodies = proptest::collection::vec(0_u8..12, 1..6);
    let step = prop_oneof![
        8 => bodies.clone().prop_map(Step::Store),
        2 => bodies.prop_map(Step::Fail),
        1 => Just(Step::Crash),
        1 => Just(Step::Finish),
    ];
    proptest::collection::vec(step, 0..40)
}

proptest! {
    #[test]
    fn repeats_are_exact_whatever_happens_between(steps in steps()) {
        let mut writer = writer();
        let mut counts = HashMap::<u8, u32>::new();
        let mut last_id = 0;
        for step in steps {
            match step {
                Step::Store(kinds) => {
                    let bodies = kinds.iter().map(ToString::to_string).collect::<Vec<_>>();
                    let bodies = bodies.iter().map(String::as_str).collect::<Vec<_>>();
                    for (kind, (id, repeat)) in kinds.iter().zip(stored(store(&mut writer, &bodies))) {
                        let count = counts.entry(*kind).or_default();
                        *count += 1;
                        last_id += 1;
                        prop_assert_eq!((id, repeat), (last_id, *count));
                    }
                }
                Step::Fail(kinds) => {
                    let mut bodies = kinds.iter().map(ToString::to_string).collect::<Vec<_>>();
                    bodies.push("x".repeat(100_000));
                    fill(&writer);
                    let bodies = bodies.iter().map(String::as_str).collect::<Vec<_>>();
                    prop_assert!(store(&mut writer, &bodies).iter().all(Result::is_err));
                    make_room(&writer);
                }
                Step::Crash => writer = crashed(writer),
                Step::Finish => {
                    writer.keep_all().expect("room for it");
                    let kept = "SELECT sum(count) FROM repeats";
                    let kept = writer.connection.query_row(kept, [], |row| row.get::<_, Option<i64>>(0));
                    prop_assert_eq!(kept.expect("a sum").unwrap_or_default(), last_id);
                    writer = crashed(writer);
                }
            }
        }
    }
}
