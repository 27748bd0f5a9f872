use proptest::prelude::*;
use serde_json::{Value, json};

use super::{ChangeAt, ChangeKind, Changes, MOST, by_id, changes, each, id};

#[test]
fn each_change_is_told_with_its_place() {
    let cases = [
        (json!({"a": 1}), json!({"a": 1}), ""),
        (json!({"a": 1}), json!({"a": 2}), "changed /a 1 → 2"),
        (json!({"a": 1}), json!({"b": 1}), "removed /a 1; added /b 1"),
        (json!({"a/b": {"~": 1}}), json!({"a/b": {"~": null}}), "changed /a~1b/~0 1 → null"),
        (json!([1, 2]), json!([1, 3, 4]), "changed /1 2 → 3; added /2 4"),
        (json!([1, 2, 3]), json!([1]), "removed /1 2; removed /2 3"),
        (json!({"a": [1]}), json!({"a": {"0": 1}}), r#"changed /a [1] → {"0":1}"#),
        (json!(1), json!("1"), r#"changed  1 → "1""#),
        (json!({"x": 1, "y": 2}), json!({"y": 2, "x": 1}), ""),
        // By id: what moved did not change, what went is told by its old place.
        (json!([{"id": 1, "n": "a"}, {"id": 2}]), json!([{"id": 2}, {"id": 1, "n": "a"}]), ""),
        (
            json!([{"id": "a", "n": 1}, {"id": "b"}]),
            json!([{"id": "c"}, {"id": "a", "n": 2}]),
            r#"changed /1/n 1 → 2; removed /1 {"id":"b"}; added /0 {"id":"c"}"#,
        ),
        // What is long enough to be told from others has moved, if it was there once.
        (
            json!({"old": "a-long-id", "x": 1}),
            json!({"new": {"ref": "a-long-id"}, "x": 1}),
            r#"removed /old "a-long-id"; added /new {"ref":"a-long-id"}"#,
        ),
        (
            json!({"trip": {"leg": {"from": "VIE"}}}),
            json!({"trip": {}, "leg": {"from": "VIE"}}),
            r#"moved /leg from /trip/leg: {"from":"VIE"}"#,
        ),
        (
            json!({"a": "a-long-text", "b": 5, "c": "short"}),
            json!({"A": "a-long-text", "B": 5, "C": "short"}),
            "removed /b 5; removed /c \"short\"; moved /A from /a: \"a-long-text\"; added /B 5; \
             added /C \"short\"",
        ),
        (
            json!({"a": [1], "b": [1]}),
            json!({"c": [1]}),
            "removed /a [1]; removed /b [1]; added /c [1]",
        ),
        (json!({"a": {}}), json!({"b": {}}), "removed /a {}; added /b {}"),
        // Without an id of their own, by place.
        (json!([{"id": 1}, {"id": 1}]), json!([{"id": 1}, {"id": 2}]), "changed /1/id 1 → 2"),
        (
            json!([{"id": 1}, 5]),
            json!([5, {"id": 1}]),
            r#"changed /0 {"id":1} → 5; changed /1 5 → {"id":1}"#,
        ),
    ];
    for (before, after, expected) in cases {
        let found = changes(&before, &after).found;
        let told = found
            .iter()
            .map(|at| format!("{} {} {}", at.kind.as_str(), at.pointer, at.kind.text(100)));
        assert_eq!(told.collect::<Vec<_>>().join("; "), expected, "{before} {after}");
    }
}

#[test]
fn a_number_changes_with_any_digit_and_not_with_the_way_it_is_written() {
    for (before, after, is_changed) in [
        ("1.50", "1.5", false),
        ("100.0", "1E2", false),
        ("1", "1.0", true),
        ("1444444444400000007173733806442603486", "1444444444400000007173733806442603487", true),
    ] {
        let [before, after] = [before, after].map(|text| serde_json::from_str(text).unwrap());
        assert_eq!(changes(&before, &after).found.len() == 1, is_changed, "{before} {after}");
    }
}

#[test]
fn more_changes_than_anybody_reads_are_counted() {
    let numbers = |from: usize| Value::from((from..from + MOST + 7).collect::<Vec<_>>());
    let changes = changes(&numbers(0), &numbers(1));
    assert_eq!((changes.found.len(), changes.more), (MOST, 7));
    assert_eq!(changes.summary(), "1000 changed, and 7 more");
}

#[test]
fn the_summary_counts_each_kind() {
    let changes = |before, after| changes(&before, &after).summary();
    assert_eq!(changes(json!([1]), json!([1])), "nothing changed");
    assert_eq!(
        changes(json!({"a": 1, "b": 1, "c": 1}), json!({"a": 2, "b": 2, "d": 1})),
        "2 changed, 1 added, 1 removed"
    );
}

/// The changes with each move as what it was before it was told as one, in an order of their own.
fn apart(changes: Changes) -> Vec<String> {
    let apart = changes.found.into_iter().flat_map(|at| match at.kind {
        ChangeKind::Moved { from, value } => vec![
            ChangeAt { pointer: from, kind: ChangeKind::Removed(value.clone()) },
            ChangeAt { pointer: at.pointer, kind: ChangeKind::Added(value) },
        ],
        kind => vec![ChangeAt { pointer: at.pointer, kind }],
    });
    let mut apart = apart.map(|at| format!("{at:?}")).collect::<Vec<_>>();
    apart.sort();
    apart
}

/// Puts a value at the place that a pointer names, or takes away what is there.
fn put(document: &mut Value, pointer: &str, value: Option<Value>) {
    let Some((container, name)) = pointer.rsplit_once('/') else {
        *document = value.expect("a whole document is never removed");
        return;
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    let members = document.pointer_mut(container).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => members.insert(name, value),
        None => members.remove(&name),
    };
}

/// A document of objects with few names and few values, so that much of it moves.
fn objects() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::from("a-long-text")),
        Just(Value::from("another-text")),
        Just(json!(["an", "array"])),
        (0..2_i64).prop_map(Value::from),
    ];
    let members = |inner| prop::collection::vec(("[abcd~/]", inner), 0..4);
    let object = |members: Vec<(String, Value)>| Value::Object(members.into_iter().collect());
    leaf.prop_recursive(3, 20, 4, move |inner| members(inner).prop_map(object))
}

#[test]
fn a_long_value_is_cut_off_between_two_characters() {
    let added = ChangeKind::Added(json!("日本語"));
    for (most, expected) in [(0, "…"), (1, "\"…"), (3, "\"…"), (4, "\"日…"), (11, "\"日本語\"")]
    {
        assert_eq!(added.text(most), expected, "{most}");
    }
}

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..4_i64).prop_map(Value::from),
        "[a~/]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let member = prop_oneof![3 => "[ab~/]", 1 => Just("id".to_owned())];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((member, inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The document with objects that have ids of their own in the order of these.
fn normal(value: &Value) -> Value {
    match value {
        Value::Array(elements) => {
            let mut elements = elements.iter().map(normal).collect::<Vec<_>>();
            if by_id(&elements).is_some() {
                elements.sort_by_key(|element| id(element).map(ToString::to_string));
            }
            Value::Array(elements)
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), normal(value)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn a_document_has_not_changed_from_itself(document in document()) {
        prop_assert!(changes(&document, &document).is_empty());
    }

    #[test]
    fn what_is_told_is_found_at_its_place(before in document(), after in document()) {
        let changes = changes(&before, &after);
        for at in &changes.found {
            match &at.kind {
                ChangeKind::Added(value) => {
                    prop_assert_eq!(after.pointer(&at.pointer), Some(value));
                }
                ChangeKind::Removed(value) => {
                    prop_assert_eq!(before.pointer(&at.pointer), Some(value));
                }
                ChangeKind::Moved { from, value } => {
                    prop_assert_eq!(after.pointer(&at.pointer), Some(value));
                    prop_assert_eq!(before.pointer(from), Some(value));
                }
                ChangeKind::Same(_) => prop_assert!(false, "{at:?}"),
                ChangeKind::Changed { from, to } => {
                    prop_assert_ne!(from, to);
                    prop_assert_eq!(after.pointer(&at.pointer), Some(to));
                }
            }
        }
    }

    #[test]
    fn a_move_is_something_that_was_removed_and_is_added_and_nothing_else_is_lost(
        before in prop_oneof![objects(), document()],
        after in prop_oneof![objects(), document()],
    ) {
        prop_assert_eq!(apart(changes(&before, &after)), apart(each(&before, &after, false)));
    }

    #[test]
    fn what_is_told_makes_the_new_document_of_the_old_one(before in objects(), after in objects()) {
        let mut made = before.clone();
        for ChangeAt { pointer, kind } in changes(&before, &after).found {
            let value = match kind {
                ChangeKind::Removed(_) => None,
                ChangeKind::Added(value) | ChangeKind::Changed { to: value, .. } => Some(value),
                ChangeKind::Moved { from, .. } => {
                    let value = made.pointer(&from).cloned();
                    prop_assert!(value.is_some(), "nothing at {from}");
                    put(&mut made, &from, None);
                    value
                }
                ChangeKind::Same(_) => continue,
            };
            put(&mut made, &pointer, value);
        }
        prop_assert_eq!(made, after);
    }

    #[test]
    fn nothing_is_told_of_documents_that_differ_in_nothing_but_the_order_of_objects_with_ids(
        before in document(),
        after in document(),
    ) {
        let same = normal(&before) == normal(&after);
        prop_assert_eq!(changes(&before, &after).is_empty(), same);
        prop_assert!(changes(&before, &normal(&before)).is_empty());
    }
}
