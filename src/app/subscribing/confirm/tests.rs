use serde_json::json;

use super::{Confirm, Preview, json_view};
use crate::app::command::Command;
use crate::app::fixtures::account;
use crate::app::subscribing::api_of;
use crate::domain::event::ProviderId;
use crate::domain::subscription::{Change, Draft, FieldValue, SecretPlace};

#[test]
fn a_preview_has_every_secret_masked() {
    let account = account("hotel", ProviderId::Channex);
    let further = vec![
        ("secret", FieldValue::Secret(SecretPlace::Env("HOTEL_SECRET".to_owned()))),
        ("headers", FieldValue::Json(json!({"Authorization": "Basic aHVzaA=="}))),
    ];
    let draft = Draft {
        target: "https://dev.example.test/".to_owned(),
        events: vec!["booking".to_owned()],
        further,
        ..Draft::default()
    };
    let preview = Preview::of(api_of(&account).unwrap(), &account, &Change::Create(draft)).unwrap();
    assert_eq!(preview.line, "POST https://api.example.test/v1/webhooks");
    let mut body = preview.body.clone();
    let mut text = String::new();
    for row in 0..body.len() {
        body.move_to(row);
        text += &body.value_at_cursor();
    }
    assert!(!text.contains("aHVzaA") && text.contains("***"), "{text}");
}

#[test]
fn what_is_said_makes_room_before_the_body_moves_and_comes_back_after_it() {
    let body = json_view(r#"{"a": 1, "b": 2, "c": 3}"#);
    let preview = Some(Preview { line: "PUT https://example.test/".to_owned(), body });
    let mut question = Confirm::new(String::new(), "says".to_owned(), preview, Command::Quit);
    let mut at = |rows, most_hidden| {
        question.move_by(rows, most_hidden);
        (question.hidden(), question.preview.as_ref().map_or(0, |preview| preview.body.cursor()))
    };
    assert_eq!(at(1, 3), (1, 0));
    assert_eq!(at(4, 3), (3, 2));
    assert_eq!(at(-3, 3), (2, 0));
    assert_eq!(at(isize::MAX, 3), (3, 4));
    assert_eq!(at(isize::MIN, 3), (0, 0));
    assert_eq!(at(1, 0), (0, 1), "all of it has room");
}
