use rusqlite::Connection;
use tokio::sync::oneshot;

use super::reply;

const ENDLESS: &str = "
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers)
    SELECT max(n) FROM numbers";

#[test]
fn a_read_that_nobody_waits_for_is_skipped() {
    let mut connection = Connection::open_in_memory().expect("a connection");
    let (answer, waiting) = oneshot::channel::<Result<i64, _>>();
    drop(waiting);
    reply(&mut connection, answer, |_| panic!("this read was given up"));
}

#[test]
fn a_read_is_broken_off_when_its_caller_gives_up_and_the_next_one_works() {
    let mut connection = Connection::open_in_memory().expect("a connection");
    let (answer, waiting) = oneshot::channel();
    reply(&mut connection, answer, |connection| {
        drop(waiting);
        let ends = connection.query_row(ENDLESS, [], |row| row.get::<_, i64>(0));
        assert!(ends.is_err(), "an endless search has ended: {ends:?}");
        ends
    });

    let (answer, mut waiting) = oneshot::channel();
    reply(&mut connection, answer, |connection| {
        connection.query_row("SELECT 42", [], |row| row.get::<_, i64>(0))
    });
    assert_eq!(waiting.try_recv().expect("an answer").expect("a number"), 42);
}
