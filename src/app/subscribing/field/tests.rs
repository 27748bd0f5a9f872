use serde_json::json;

use super::{Field, Input};
use crate::app::editor::Block;
use crate::domain::subscription::{FieldKind, FieldValue, FormField, SecretPlace};

fn further(kind: FieldKind, value: Option<&FieldValue>) -> Field {
    Field::further(&FormField { key: "key", label: "key", kind, help: "" }, value)
}

#[test]
fn what_was_never_given_stays_as_it_is() {
    for kind in [FieldKind::Text, FieldKind::Flag, FieldKind::Json, FieldKind::Secret] {
        assert_eq!(further(kind, None).value(), Ok(None), "{kind:?}");
    }
}

#[test]
fn what_was_given_goes_back_also_when_it_is_emptied() {
    let text = FieldValue::Text("abc".to_owned());
    let flag = FieldValue::Flag(true);
    let object = FieldValue::Json(json!({"X-Secret": "***"}));
    let secret = FieldValue::Secret(SecretPlace::Endpoint);
    for (kind, value) in [
        (FieldKind::Text, text),
        (FieldKind::Flag, flag),
        (FieldKind::Json, object),
        (FieldKind::Secret, secret),
    ] {
        assert_eq!(further(kind, Some(&value)).value(), Ok(Some(value)), "{kind:?}");
    }
    let mut emptied = further(FieldKind::Json, Some(&FieldValue::Json(json!({"a": "b"}))));
    emptied.input = Input::Json(Block::new(""));
    assert_eq!(emptied.value(), Ok(Some(FieldValue::Json(json!({})))));
    let mut switched = further(FieldKind::Flag, None);
    switched.turn(true);
    switched.turn(true);
    assert_eq!(switched.value(), Ok(Some(FieldValue::Flag(false))), "it was touched");
}

#[test]
fn only_an_object_of_texts_is_taken_and_a_mistake_says_where() {
    for (text, mistake) in [
        ("{\"a\": }", Some("not JSON: expected value at line 1 column 7")),
        ("[1]", Some("it has to be an object of texts, such as {\"name\": \"value\"}")),
        ("{\"a\": 1}", Some("it has to be an object of texts, such as {\"name\": \"value\"}")),
        ("{\"a\": \"1\"}", None),
        (" \n", None),
    ] {
        let mut field = further(FieldKind::Json, None);
        field.input = Input::Json(Block::new(text));
        assert_eq!(field.value().err().as_deref(), mistake, "{text}");
    }
}

#[test]
fn a_mistake_is_gone_as_soon_as_something_else_is_typed() {
    let mut field = further(FieldKind::Text, None);
    field.mistake = Some("wrong".to_owned());
    assert!(!field.paste(""));
    assert!(field.mistake.is_some());
    assert!(field.paste("x"));
    assert_eq!(field.mistake, None);
}
