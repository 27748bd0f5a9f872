use super::PREVIOUS_FETCH;
use crate::storage::query_plan;

#[test]
fn no_question_about_attempts_reads_them_all() {
    for (sql, uses) in [
        (
            "SELECT * FROM attempts WHERE delivery = 1 ORDER BY id",
            "attempts_of_delivery (delivery=?)",
        ),
        ("DELETE FROM attempts WHERE delivery = 1", "attempts_of_delivery (delivery=?)"),
        (PREVIOUS_FETCH, "fetches (account=? AND url=? AND rowid<?)"),
    ] {
        let plan = query_plan::of(sql);
        assert!(plan.contains(uses) && !plan.contains("B-TREE"), "{sql}: {plan}");
    }
}
