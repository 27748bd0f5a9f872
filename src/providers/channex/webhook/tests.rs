use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Model, further};
use crate::domain::masking::MASK;
use crate::domain::secret::Secret;
use crate::domain::subscription::{Draft, FieldValue, Rejection, SecretPlace};
use crate::providers::api::Secrets;
use crate::providers::channex::fixture::{PROPERTY, record, subscription};
use crate::providers::channex::masked;

fn draft(further: Vec<(&'static str, FieldValue)>) -> Draft {
    Draft {
        target: "https://here.example.test/channex".to_owned(),
        active: true,
        events: vec!["*".to_owned()],
        further,
        ..Draft::default()
    }
}

fn secrets() -> Secrets {
    BTreeMap::from([("secret", Secret::new("n3w"))])
}

fn secret() -> (&'static str, FieldValue) {
    ("secret", FieldValue::Secret(SecretPlace::Env("SECRET".to_owned())))
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn created(draft: &Draft) -> Result<Value, Rejection> {
    written(Model::default(), draft, Some(PROPERTY))
}

fn written(model: Model, draft: &Draft, property: Option<&str>) -> Result<Value, Rejection> {
    let body = model.with(draft, property, &secrets())?.into_body();
    Ok(serde_json::from_slice::<Value>(&body).unwrap()["webhook"].take())
}

#[test]
fn a_record_becomes_a_subscription_and_what_it_lacks_stays_empty() {
    let read = subscription();
    assert_eq!(read.id, "a9a80000-0000-4000-8000-000000000002");
    assert_eq!((read.name.as_str(), read.active), ("", true));
    assert_eq!(read.target, "https://hooks.example.test/channex");
    assert_eq!(read.events, ["booking", "ari:rate:*:*"]);
    assert_eq!(Value::Object(read.raw), record());

    let older = json!({"type": "webhook", "attributes": {"id": "w", "is_active": "yes"}});
    let read = super::subscription(&older).unwrap();
    assert_eq!((read.id.as_str(), read.target.as_str(), read.active), ("w", "", false));
    for nameless in [json!({"attributes": {}}), json!({"id": 7}), json!([]), Value::Null] {
        assert_eq!(super::subscription(&nameless), None);
    }
}

#[test]
fn a_new_webhook_says_whether_it_sends_and_for_whom_and_leaves_the_rest_to_channex() {
    let expected = json!({
        "callback_url": "https://here.example.test/channex",
        "event_mask": "*",
        "property_id": PROPERTY,
        "is_active": true,
    });
    assert_eq!(created(&draft(vec![])).unwrap(), expected);
}

#[test]
fn the_further_fields_of_a_new_webhook_are_written_under_their_names_at_channex() {
    let full = draft(vec![
        ("property", text("q")),
        ("send_data", FieldValue::Flag(true)),
        ("headers", FieldValue::Json(json!({"X-A": "a", "x-hook": "old"}))),
        ("secret_header", text("X-Hook")),
        secret(),
        ("params", FieldValue::Json(json!({"from": "channex"}))),
        ("protected", FieldValue::Flag(false)),
    ]);
    let expected = json!({
        "callback_url": "https://here.example.test/channex",
        "event_mask": "*",
        "property_id": "q",
        "request_params": {"from": "channex"},
        "headers": {"X-A": "a", "X-Hook": "n3w"},
        "is_active": true,
        "send_data": true,
        "protected": false,
    });
    assert_eq!(created(&full).unwrap(), expected);

    let global = draft(vec![("global", FieldValue::Flag(true)), ("property", text("q")), secret()]);
    let written = created(&global).unwrap();
    assert_eq!(written["is_global"], true);
    assert_eq!(written["property_id"], Value::Null);
    assert_eq!(written["headers"], json!({"X-Channex-Webhook-Secret": "n3w"}));
}

#[test]
fn what_a_draft_does_not_change_goes_back_as_it_came() {
    let read = subscription();
    let mut same = record()["attributes"].take();
    same.as_object_mut().unwrap().remove("id");
    same["property_id"] = json!(PROPERTY);
    let unchanged = Draft {
        target: read.target.clone(),
        active: read.active,
        events: read.events.clone(),
        ..Draft::default()
    };
    assert_eq!(written(Model::of(&read), &unchanged, None).unwrap(), same);
    let with_all = Draft { further: further(&read), ..unchanged };
    assert_eq!(written(Model::of(&read), &with_all, None).unwrap(), same);

    let mut bare = read;
    bare.raw["attributes"]["headers"] = Value::Null;
    let kept = Draft { further: further(&bare), ..with_all };
    same["headers"] = Value::Null;
    assert_eq!(written(Model::of(&bare), &kept, None).unwrap(), same);
}

#[test]
fn what_a_form_shows_masked_stays_as_it_is_at_channex() {
    let read = subscription();
    let mut shown = read.clone();
    shown.raw = masked::record(&read.raw);
    let fields = further(&shown);
    assert!(fields.contains(&("params", FieldValue::Json(json!({"from": MASK})))));
    let written = written(Model::of(&read), &draft(fields), None).unwrap();
    assert_eq!(
        written["headers"],
        json!({"X-Channex-Webhook-Secret": "s3cret", "X-Kind": "channex"})
    );
    assert_eq!(written["request_params"], json!({"from": "channex"}));
}

#[test]
fn a_mask_never_goes_out_as_a_value() {
    let read = subscription();
    let mut forgotten = read.clone();
    forgotten.raw = masked::record(&read.raw);
    let rejection = Model::of(&forgotten).unmasked().unwrap_err();
    assert_eq!(rejection.fields[0].0, "params");
    let masked_headers = ("headers", FieldValue::Json(json!({"X-New": MASK})));
    for model in [Model::default(), Model::of(&read)] {
        let rejection = written(model, &draft(vec![masked_headers.clone()]), Some(PROPERTY));
        assert_eq!(rejection.unwrap_err().fields[0].0, "headers");
    }
    // The preview of a new secret is no such value.
    let preview = BTreeMap::from([("secret", Secret::new(MASK))]);
    let body = Model::default().with(&draft(vec![secret()]), Some(PROPERTY), &preview).unwrap();
    assert!(String::from_utf8(body.into_body()).unwrap().contains(MASK));
}

#[test]
fn a_target_that_channex_had_can_be_given_back_to_it() {
    for target in ["https://user:word@a.test/#x", "https://a.test/#x", "http://user@a.test/"] {
        Model::default().set_target(target).unwrap();
    }
    let mut odd = subscription();
    odd.raw["attributes"]["callback_url"] = json!("ftp://a.test");
    Model::of(&odd).set_target("ftp://a.test").unwrap();
    assert_eq!(Model::default().set_target("ftp://a.test").unwrap_err().fields[0].0, "target");
}

#[test]
fn what_channex_requires_is_asked_for_at_its_field() {
    let not_global = ("global", FieldValue::Flag(false));
    for (draft, key) in [
        (Draft { target: String::new(), ..draft(vec![]) }, "target"),
        (Draft { target: "/channex".to_owned(), ..draft(vec![]) }, "target"),
        (Draft { events: vec![], ..draft(vec![]) }, "events"),
        (Draft { events: vec![" ;".to_owned()], ..draft(vec![]) }, "events"),
        (draft(vec![not_global, ("property", text(""))]), "property"),
        (draft(vec![("headers", FieldValue::Json(json!(["X-A: b"])))]), "headers"),
        (draft(vec![("headers", FieldValue::Json(json!({"X-A": 1})))]), "headers"),
        (draft(vec![("params", FieldValue::Json(json!("a=b")))]), "params"),
        (draft(vec![secret(), ("secret_header", text("no name"))]), "secret_header"),
    ] {
        let rejection = written(Model::default(), &draft, None);
        // Without an account's property that is asked for too, but later.
        let rejection = if key == "property" { rejection } else { created(&draft) };
        assert_eq!(rejection.unwrap_err().fields[0].0, key, "{draft:?}");
    }
    for value in ["a\r\nX-B: c", "\u{1}", "é"] {
        let secrets = BTreeMap::from([("secret", Secret::new(value))]);
        let rejection = Model::default().with(&draft(vec![secret()]), Some(PROPERTY), &secrets);
        assert_eq!(rejection.unwrap_err().fields[0].0, "secret", "{value:?}");
    }
    let unread = Model::default().with(&draft(vec![secret()]), Some(PROPERTY), &Secrets::new());
    assert_eq!(unread.unwrap_err().fields[0].0, "secret");
}
