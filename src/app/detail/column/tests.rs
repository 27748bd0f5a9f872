use std::sync::Arc;

use proptest::prelude::*;

use super::Column;
use crate::app::document::Document;
use crate::app::fixtures::fetched;
use crate::app::lines::Line;
use crate::app::search::{Needle, Step};

/// Two lines, and five rows of JSON below them.
fn column() -> Column {
    let attempt = fetched(1, 200, r#"{"name":"one","inner":{"name":"two"}}"#);
    let document = Document::of_response(attempt.response().unwrap());
    let facts = vec![Line::headline("name"), Line::field("Content-Type", "application/json")];
    Column::new(facts, Arc::new(document))
}

#[test]
fn lines_and_rows_are_one_column() {
    let mut column = column();
    assert_eq!((column.len(), column.cursor()), (8, 0));
    let places = (0..9).map(|_| {
        let place = (column.cursor(), column.path(), column.is_in_body());
        column.move_by(1);
        place
    });
    let places = places.collect::<Vec<_>>();
    let paths = places.iter().map(|(_, path, _)| path.as_str()).collect::<Vec<_>>();
    assert_eq!(
        paths,
        ["", "Content-Type", "$", "$.name", "$.inner", "$.inner.name", "$.inner", "$", "$"]
    );
    assert!(!places[1].2);
    assert_eq!(places[2], (2, "$".to_owned(), true));
    assert_eq!(places[8].0, 7, "it stops at the end");
    column.move_by(-6);
    assert_eq!((column.cursor(), column.value().as_str()), (1, "application/json"));
    assert!(column.body_at_cursor().is_none(), "a line cannot be folded");
    column.move_by(3);
    column.move_by(-isize::MAX);
    assert_eq!(column.cursor(), 0);
}

#[test]
fn folding_keeps_the_lines_and_the_cursor() {
    let mut column = column();
    column.move_by(5);
    column.body_at_cursor().unwrap().fold_all();
    assert_eq!((column.len(), column.cursor(), column.path().as_str()), (6, 4, "$.inner"));
    column.move_by(1);
    assert_eq!((column.cursor(), column.path().as_str()), (5, "$"));
}

#[test]
fn a_search_goes_through_lines_and_rows_and_round_the_ends() {
    let mut column = column();
    let name = Needle::new("name");
    let mut go = |step| (column.search(&name, step), column.cursor());
    assert_eq!(go(Step::Here), (true, 0));
    assert_eq!(go(Step::Next), (true, 3));
    assert_eq!(go(Step::Next), (true, 5));
    assert_eq!(go(Step::Next), (true, 0));
    assert_eq!(go(Step::Previous), (true, 5));
    assert_eq!(go(Step::Previous), (true, 3));
    assert_eq!(go(Step::Previous), (true, 0));
    assert_eq!(go(Step::Next), (true, 3));
    assert!(!column.search(&Needle::new("nowhere"), Step::Here));
    assert_eq!(column.cursor(), 3);
    assert!(column.search(&Needle::new("json"), Step::Here));
    assert_eq!(column.cursor(), 1, "round the end to the lines");
    assert!(column.search(&Needle::new("two"), Step::Previous));
    assert_eq!(column.cursor(), 5);
}

#[test]
fn an_answer_without_a_body_is_lines_alone() {
    let mut column = Column::new(vec![Line::Blank], Arc::new(Document::empty()));
    column.move_by(5);
    assert_eq!((column.cursor(), column.len(), column.path().as_str()), (0, 1, ""));
    assert!(!column.search(&Needle::new("x"), Step::Here));
}

proptest! {
    #[test]
    fn the_cursor_is_kept_in_sight(
        moves in prop::collection::vec(-9_isize..9, 0..20),
        width in 8_u16..40,
        height in 1_u16..12,
        wrap in any::<bool>(),
    ) {
        let mut column = column();
        for rows in moves {
            column.move_by(rows);
            if rows == 3 && let Some(view) = column.body_at_cursor() {
                view.toggle_fold();
            }
            column.keep_in_sight(width, height, wrap);
            prop_assert!(column.cursor() < column.len());
            let above = column.cursor() - column.scroll();
            let taken = column.heights(column.scroll(), width, wrap).take(above + 1).sum::<usize>();
            prop_assert!(above == 0 || taken <= usize::from(height));
        }
    }
}
