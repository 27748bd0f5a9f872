use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use rusqlite::Connection;

use super::{LONG, LONGEST, PART, Packer, replace};
use crate::domain::delivery::DeliveryId;
use crate::storage::entry::tests::captured;
use crate::storage::entry::{Entry, INSERT};
use crate::storage::{body, deletion, deliveries, schema};

fn store() -> Connection {
    let mut connection = Connection::open_in_memory().expect("a connection");
    schema::make(&mut connection).expect("tables");
    connection
}

/// Stores deliveries of these bodies; the number of the last one.
fn insert(connection: &Connection, bodies: &[Vec<u8>]) -> i64 {
    let mut statement = connection.prepare(INSERT).expect("a statement");
    let mut last = 0;
    for body in bodies {
        let mut captured = captured("");
        captured.delivery.request.body = body.clone().into();
        let entry = Entry::new(captured);
        last += 1;
        entry.insert(&mut statement, last, 1, None).expect("stored");
        body::fill(connection, last, body).expect("stored");
    }
    last
}

/// Packs all that there is; in how many steps.
fn pack(connection: &mut Connection, last: i64) -> usize {
    let mut packer = Packer::load(connection).expect("a counter");
    let mut steps = 0;
    while packer.has_work(last) {
        packer.step(connection, last).expect("room for it");
        steps += 1;
    }
    packer.keep(connection).expect("kept");
    steps
}

fn read(connection: &Connection, id: i64) -> Vec<u8> {
    let record = deliveries::load(connection, DeliveryId(id)).expect("read").expect("it is there");
    record.delivery.request.body.to_vec()
}

/// The length of what is stored.
fn stored(connection: &Connection, id: i64) -> usize {
    let sql = "SELECT length(body) FROM deliveries WHERE id = ?";
    let length = connection.query_row(sql, [id], |row| row.get::<_, i64>(0)).expect("a row");
    usize::try_from(length).expect("a length")
}

/// Bytes that cannot be compressed.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    std::iter::repeat_with(next).flatten().take(length).collect()
}

fn json(length: usize) -> Vec<u8> {
    let rows = (0..).flat_map(|n| format!("{{\"row\":{n},\"name\":\"row {n}\"}},").into_bytes());
    rows.take(length).collect()
}

#[test]
fn long_bodies_are_packed_in_small_steps_where_it_pays_and_only_once() {
    let mut connection = store();
    let half = [noise(LONG), json(LONG)].concat();
    let bodies = [json(LONG - 1), json(LONG), noise(LONG), half, json(20 * PART), noise(20 * PART)];
    let last = insert(&connection, &bodies);
    let steps = pack(&mut connection, last);
    assert!((25..40).contains(&steps), "{steps}: noise is found out in its first part");
    let is_packed = (1..).zip(&bodies).map(|(id, body)| stored(&connection, id) < body.len());
    assert_eq!(is_packed.collect::<Vec<_>>(), [false, true, false, true, true, false]);
    assert!(stored(&connection, 5) < 4 * PART, "it is longer than a part all the same");
    for (id, body) in (1..).zip(&bodies) {
        assert_eq!(read(&connection, id), *body);
    }
    assert_eq!(pack(&mut connection, last), 0, "it is kept how far it came");
}

#[test]
fn what_is_too_long_to_be_read_in_steps_stays_as_it_is() {
    let mut connection = store();
    let last = insert(&connection, &[vec![b'x'; LONGEST + 1]]);
    pack(&mut connection, last);
    assert_eq!(stored(&connection, 1), LONGEST + 1);
}

#[test]
fn a_delivery_that_is_deleted_while_it_is_packed_is_passed_over() {
    let mut connection = store();
    let last = insert(&connection, &[json(3 * PART), json(LONG)]);
    let mut packer = Packer::load(&connection).expect("a counter");
    for _ in 0..2 {
        packer.step(&mut connection, last).expect("a step");
    }
    let now = jiff::Timestamp::UNIX_EPOCH;
    deletion::delete(&mut connection, &[DeliveryId(1)], now).expect("deleted");
    while packer.has_work(last) {
        packer.step(&mut connection, last).expect("a step");
    }
    assert!(stored(&connection, 2) < LONG);
    assert_eq!(deliveries::load(&connection, DeliveryId(1)).expect("read"), None);
}

#[test]
fn a_crash_before_the_commit_leaves_the_body_whole() {
    let directory = tempfile::tempdir().expect("a directory");
    let [before, after] = ["before.db", "after.db"].map(|name| directory.path().join(name));
    let log_of = |file: &std::path::Path| file.with_extension("db-wal");
    let mut connection = Connection::open(&before).expect("a file");
    // So small that what is not committed is written to the log nevertheless.
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA cache_size = 4").expect("set");
    schema::make(&mut connection).expect("tables");
    let long = json(3_000_000);
    insert(&connection, std::slice::from_ref(&long));
    let before_it = fs::metadata(log_of(&before)).expect("a log").len();
    connection.execute_batch("BEGIN IMMEDIATE").expect("begun");
    replace(&connection, 1, &noise(2_000_000)).expect("replaced");
    assert!(fs::metadata(log_of(&before)).expect("a log").len() > before_it, "it is written");
    fs::copy(&before, &after).expect("copied");
    fs::copy(log_of(&before), log_of(&after)).expect("copied");
    let crashed = Connection::open(&after).expect("a store");
    assert_eq!(read(&crashed, 1), long);
    connection.execute_batch("ROLLBACK").expect("rolled back");
    assert_eq!(read(&connection, 1), long);
}

#[test]
fn what_is_no_body_any_more_is_an_error() {
    let came = json(100_000);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&came).expect("written");
    let packed = packed.finish().expect("packed");
    assert_eq!(body::plain(&packed, 100_000).expect("a body"), came);
    let mut damaged = packed.clone();
    damaged[packed.len() / 2] ^= 1;
    let cut = &packed[..packed.len() - 4];
    for (stored, size) in [
        (&packed[..], 99_999),
        (&packed, 100_001),
        (&packed, i64::MAX),
        (&damaged, 100_000),
        (cut, 100_000),
    ] {
        assert!(body::plain(stored, size).is_err(), "{} of {size}", stored.len());
    }
    for size in [-1, 0, 7] {
        assert_eq!(body::plain(b"as they", size).expect("a body"), &b"as they"[..]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_body_comes_back_byte_for_byte(
        parts in proptest::collection::vec(
            (proptest::collection::vec(any::<u8>(), 0..40), 0_usize..2 * PART, any::<bool>()),
            0..4,
        ),
    ) {
        let repeated = |(bytes, length, is_noise): (Vec<u8>, usize, bool)| {
            if is_noise { noise(length) } else { bytes.into_iter().cycle().take(length).collect() }
        };
        let body = parts.into_iter().flat_map(repeated).collect::<Vec<_>>();
        let mut connection = store();
        let last = insert(&connection, std::slice::from_ref(&body));
        pack(&mut connection, last);
        let length = stored(&connection, 1);
        prop_assert!(length == body.len() || length <= body.len() / 4 * 3);
        prop_assert_eq!(read(&connection, 1), body);
    }
}
