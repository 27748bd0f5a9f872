use rusqlite::Connection;

use super::PREVIOUS_FETCH;
use crate::storage::schema;

#[test]
fn no_question_about_attempts_reads_them_all() {
    let mut connection = Connection::open_in_memory().expect("a connection");
    schema::make(&mut connection).expect("tables");
    let plan = |sql: &str| {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let mut statement = connection.prepare(&sql).expect("sound SQL");
        let steps = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
        steps.collect::<rusqlite::Result<Vec<_>>>().expect("a plan").join("; ")
    };
    for (sql, uses) in [
        (
            "SELECT * FROM attempts WHERE delivery = 1 ORDER BY id",
            "attempts_of_delivery (delivery=?)",
        ),
        ("DELETE FROM attempts WHERE delivery = 1", "attempts_of_delivery (delivery=?)"),
        (PREVIOUS_FETCH, "fetches (account=? AND url=? AND rowid<?)"),
    ] {
        let plan = plan(sql);
        assert!(plan.contains(uses) && !plan.contains("B-TREE"), "{sql}: {plan}");
    }
}
