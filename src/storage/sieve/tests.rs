use rusqlite::Connection;

use super::{LEARNT, Sieve};

/// A key like a digest.
fn key(number: usize) -> i64 {
    (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).cast_signed()
}

fn table(count: usize) -> Connection {
    let connection = Connection::open_in_memory().expect("a connection");
    let make = "CREATE TABLE repeats (sameness INTEGER PRIMARY KEY, count INTEGER)";
    connection.execute_batch(make).expect("a table");
    let mut insert = connection.prepare("INSERT INTO repeats VALUES (?, 1)").expect("a table");
    for number in 0..count {
        insert.execute([key(number)]).expect("another key");
    }
    drop(insert);
    connection
}

#[test]
fn until_all_keys_are_learnt_it_lets_everything_through() {
    let connection = table(3 * LEARNT);
    let mut sieve = Sieve::default();
    for _ in 0..3 {
        assert!(sieve.may_hold(key(9_999_999)));
        sieve.learn_some(&connection).expect("a table");
    }
    sieve.learn_some(&connection).expect("a table");
    assert!(!sieve.may_hold(key(9_999_999)));
    assert!(
        (0..3 * LEARNT).all(|number| sieve.may_hold(key(number))),
        "it keeps no known key back"
    );
}

#[test]
fn what_the_table_gets_later_is_let_through_and_little_else() {
    let mut sieve = Sieve::default();
    sieve.learn_some(&table(0)).expect("a table");
    for number in 0..100_000 {
        sieve.insert(key(number));
    }
    assert!((0..100_000).all(|number| sieve.may_hold(key(number))));
    let in_vain = (100_000..200_000).filter(|number| sieve.may_hold(key(*number))).count();
    assert!(in_vain < 1_000, "{in_vain} of 100,000");
}
