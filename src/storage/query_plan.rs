//! How SQLite would answer a question, for tests that want no table read whole.

use rusqlite::Connection;

use super::schema;

/// The steps in which this is answered in a store that is new.
pub(super) fn of(sql: &str) -> String {
    let mut connection = Connection::open_in_memory().expect("a connection");
    schema::make(&mut connection).expect("tables");
    let mut statement =
        connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("sound SQL");
    let steps = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
    steps.collect::<rusqlite::Result<Vec<_>>>().expect("a plan").join("; ")
}
