use std::sync::Arc;

use bytes::Bytes;
use proptest::prelude::*;

use super::shown::{Fold, Value};
use super::{Document, View};
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};

/// A view of a body sent with that content type.
pub(super) fn view(content_type: &str, body: impl Into<Bytes>) -> View {
    View::new(Arc::new(document(content_type, body)))
}

pub(super) fn document(content_type: &str, body: impl Into<Bytes>) -> Document {
    Document::of(&Request {
        method: http::Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Content-Type", content_type)]),
        body: body.into(),
    })
}

/// Every row in sight as a line of plain text.
pub(super) fn drawn(view: &View) -> Vec<String> {
    view.rows(0..usize::MAX).map(|row| line(&row)).collect()
}

fn line(row: &super::shown::Shown<'_>) -> String {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut text = "  ".repeat(row.depth);
    if let Some(name) = &row.name {
        text.push_str(&lossy(name));
        text.push_str(if matches!(row.value, Value::Pair { .. }) { " = " } else { ": " });
    }
    let value = match &row.value {
        Value::Container { brackets: (open, close), members } => match (row.fold, members) {
            (Fold::Folded, Some(members)) => format!("{open}…{close} {members}"),
            (Fold::Folded, None) => format!("{open}…"),
            (Fold::Leaf, Some(_)) => format!("{open}{close}"),
            _ => open.to_string(),
        },
        Value::Close(bracket) => bracket.to_string(),
        Value::String { raw, .. } | Value::Rest(raw) | Value::Number(raw) | Value::Boolean(raw) => {
            lossy(raw)
        }
        Value::Null => "null".to_owned(),
        Value::Pair { text, .. } => lossy(text),
        Value::Text { number, is_rest, text } => {
            format!(
                "{}{}",
                if *is_rest { "…".to_owned() } else { format!("{number}|") },
                lossy(text)
            )
        }
        Value::Hex { offset, bytes } => format!("{offset:04x} {bytes:02x?}"),
        Value::Problem(sentence) => format!("!{sentence}"),
    };
    text.push_str(&value);
    if row.has_comma {
        text.push(',');
    }
    text
}

const TRIP: &str = r#"{"id":1.10,"legs":[{"from":"ZRH"},{"from":"LHR","pax":[1,2]}],"note":null}"#;

#[test]
fn folding_hides_what_is_inside_and_says_how_much() {
    let mut view = view("application/json", TRIP);
    assert_eq!(view.len(), 16);
    view.move_to(2);
    assert!(view.toggle_fold());
    assert_eq!(
        drawn(&view),
        ["{", "  \"id\": 1.10,", "  \"legs\": […] 2,", "  \"note\": null", "}"]
    );
    assert!(view.toggle_fold());
    assert_eq!(view.len(), 16);
}

#[test]
fn an_inner_fold_is_kept_while_an_outer_one_is_folded_and_unfolded() {
    let mut view = view("application/json", TRIP);
    view.move_to(8);
    assert_eq!(view.path_at_cursor(), "$.legs[1].pax");
    view.toggle_fold();
    view.move_to(2);
    view.toggle_fold();
    view.toggle_fold();
    assert_eq!(view.len(), 13);
    assert_eq!(drawn(&view)[8], "      \"pax\": […] 2");
}

#[test]
fn the_closing_bracket_folds_its_container_and_stands_for_it() {
    let mut view = view("application/json", TRIP);
    view.move_to(13);
    assert_eq!(drawn(&view)[13], "  ],");
    assert_eq!(view.path_at_cursor(), "$.legs");
    assert!(view.toggle_fold());
    assert_eq!(view.cursor(), 2);
    assert!(!{
        view.move_to(1);
        view.toggle_fold()
    });
}

#[test]
fn folding_all_leaves_the_outermost_open_and_the_cursor_in_sight() {
    let mut view = view("application/json", TRIP);
    view.move_to(10);
    view.fold_all();
    assert_eq!(view.len(), 5);
    assert_eq!(view.cursor(), 2);
    view.unfold_all();
    assert_eq!((view.len(), view.cursor()), (16, 2));
}

#[test]
fn what_is_in_sight_is_there_after_folding() {
    let whole_fold = |view: &mut View| view.fold_all();
    let one_fold = |view: &mut View| assert!(view.toggle_fold());
    for fold in [&whole_fold as &dyn Fn(&mut View), &one_fold] {
        let mut view = view("application/json", TRIP);
        view.move_to(13);
        view.keep_in_sight(80, 4, false);
        assert_eq!(view.scroll(), 10);
        fold(&mut view);
        assert_eq!((view.len(), view.scroll()), (5, 4));
    }
}

#[test]
fn the_cursor_stays_within_the_document_and_in_sight() {
    let mut view = view("text/plain", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9");
    let mut check = |moving: &dyn Fn(&mut View), height, place| {
        moving(&mut view);
        view.keep_in_sight(80, height, false);
        assert_eq!((view.cursor(), view.scroll()), place);
    };
    check(&|view| view.move_by(-1), 4, (0, 0));
    check(&|view| view.move_by(5), 4, (5, 2));
    check(&|view| view.to_bottom(), 4, (9, 6));
    check(&|view| view.move_by(1), 4, (9, 6));
    check(&|view| view.move_by(-2), 4, (7, 6));
    check(&|view| view.move_by(-3), 4, (4, 4));
    check(&|view| view.move_by(-1), 100, (3, 0));
    check(&|view| view.move_by(3), 0, (6, 6));
    check(&|view| view.to_top(), 4, (0, 0));
}

#[test]
fn wrapped_rows_above_the_cursor_do_not_push_it_out_of_sight() {
    let long = "x".repeat(100);
    let mut view = view("text/plain", format!("{long}\n{long}\n{long}\nlast"));
    view.to_bottom();
    view.keep_in_sight(50, 8, true);
    assert_eq!(view.scroll(), 1, "a third row of three lines would leave no room for the last one");
    view.keep_in_sight(50, 8, false);
    assert_eq!(view.scroll(), 0);
}

#[test]
fn a_string_too_long_for_a_row_is_folded_at_first_and_goes_on_below() {
    let text = "é".repeat(1200);
    let mut view = view("application/json", format!("{{\"a\":\"{text}\",\"b\":1}}"));
    assert_eq!(view.len(), 4);
    view.move_to(1);
    assert!(view.toggle_fold());
    let rows = drawn(&view);
    assert_eq!(rows.len(), 6);
    assert!(rows[1].starts_with("  \"a\": \"éé") && !rows[1].ends_with(','));
    assert!(rows[3].ends_with("éé\",") && !rows.concat().contains('\u{fffd}'));
    view.move_to(3);
    assert_eq!((view.path_at_cursor().as_str(), view.value_at_cursor()), ("$.a", text));
}

#[test]
fn an_empty_body_has_nothing_and_nothing_can_go_wrong() {
    let mut view = view("application/json", "");
    view.move_by(3);
    view.to_bottom();
    view.keep_in_sight(0, 0, true);
    view.fold_all();
    assert!(view.is_empty() && drawn(&view).is_empty());
    assert!(!view.toggle_fold() && !view.search("a") && !view.next_match());
    assert_eq!((view.path_at_cursor(), view.value_at_cursor()), (String::new(), String::new()));
}

#[test]
fn searching_opens_what_hides_the_match_and_goes_round() {
    let mut view = view("application/json", TRIP);
    view.fold_all();
    assert!(view.search("lhr"));
    assert_eq!(view.path_at_cursor(), "$.legs[1].from");
    assert!(view.next_match());
    assert_eq!(view.path_at_cursor(), "$.legs[1].from", "the only match is found again");
    assert!(view.search("from"));
    assert!(view.next_match());
    assert_eq!(view.path_at_cursor(), "$.legs[0].from");
    assert!(view.previous_match());
    assert_eq!(view.path_at_cursor(), "$.legs[1].from");
    assert!(!view.search("From"), "an upper-case letter asks for the exact case");
    assert_eq!(view.searched(), Some("From"));
    assert!(!view.search(""));
    assert_eq!(view.searched(), None);
}

/// JSON texts of any shape.
pub(super) fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i32>().prop_map(|value| value.to_string()),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|values| format!("[{}]", values.join(" , "))),
            prop::collection::vec((any::<String>(), inner), 0..6).prop_map(|members| {
                let member = |(key, value): (String, String)| {
                    format!("{}: {value}", serde_json::to_string(&key).unwrap())
                };
                format!("{{{}}}", members.into_iter().map(member).collect::<Vec<_>>().join(",\n"))
            }),
        ]
    })
}

proptest! {
    /// The law of folds, against the plain way to do it: walk every row and skip what is folded.
    #[test]
    fn what_is_in_sight_is_what_no_folded_row_hides(
        text in json(),
        presses in prop::collection::vec(any::<prop::sample::Index>(), 1..20),
    ) {
        let mut view = view("application/json", format!("[{text},{text}]"));
        let mut folded = vec![false; view.document().len()];
        for press in presses {
            let position = press.index(view.len());
            view.move_to(position);
            prop_assert_eq!(view.cursor(), position);
            if view.toggle_fold() {
                let row = view.cursor;
                folded[row] = !folded[row];
            }
            let rows = &view.document().rows;
            let mut expected = Vec::new();
            let mut row = 0;
            while row < rows.len() {
                expected.push(row);
                row = if folded[row] { rows[row].next as usize } else { row + 1 };
            }
            let actual = view.rows(0..usize::MAX).map(|row| row.row).collect::<Vec<_>>();
            prop_assert_eq!(view.len(), expected.len());
            prop_assert_eq!(actual, expected);
        }
    }

    #[test]
    fn no_body_and_no_key_press_breaks_a_view(
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..300),
            json().prop_map(String::into_bytes),
            Just(TRIP.into()),
        ],
        kind in prop::sample::select(vec!["application/json", "text/plain", "application/x-www-form-urlencoded", ""]),
        presses in prop::collection::vec(0..10u8, 0..30),
    ) {
        let mut view = view(kind, body);
        for press in presses {
            match press {
                0 => view.move_by(3),
                1 => view.move_by(-2),
                2 => view.to_bottom(),
                3 => view.fold_all(),
                4 => view.unfold_all(),
                5 => view.keep_in_sight(20, 5, true),
                6 => drop(view.search("a")),
                7 => drop(view.next_match()),
                8 => drop(view.previous_match()),
                _ => drop(view.toggle_fold()),
            }
            prop_assert!(view.is_empty() || view.cursor() < view.len());
            prop_assert!(view.is_empty() || view.scroll() < view.len());
            view.keep_in_sight(40, 5, press % 2 == 0);
            prop_assert!(view.scroll() <= view.cursor() && view.cursor() < view.scroll() + 5);
            let _ = (view.path_at_cursor(), view.pointer_at_cursor(), view.value_at_cursor());
        }
        prop_assert_eq!(drawn(&view).len(), view.len());
    }
}
