use super::super::tests::view;

#[test]
fn folding_in_a_million_rows_costs_little() {
    // No time is asserted; that a thousand folds end at all in a test is the point.
    let mut view = view("application/json", format!("[{}[1]]", "[1,2],".repeat(250_000)));
    assert_eq!(view.len(), 1_000_005);
    view.fold_all();
    assert_eq!(view.len(), 250_003);
    for position in (1..view.len()).step_by(2_500) {
        view.move_to(position);
        view.toggle_fold();
    }
    assert!(view.len() > 250_003);
    view.unfold_all();
    assert_eq!(view.len(), 1_000_005);
}
