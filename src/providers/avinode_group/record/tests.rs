use proptest::prelude::*;
use serde_json::{Value, json};

use super::{FIELDS, Record, created, field_of, retargeted, subscription, switched, updated};
use crate::domain::secret::Secret;
use crate::domain::subscription::{Draft, FieldValue, Rejection, SecretPlace, Subscription};
use crate::domain::url::UrlError;
use crate::providers::api::Secrets;

fn record(json: Value) -> Record {
    match json {
        Value::Object(record) => record,
        other => panic!("{other} is no record"),
    }
}

/// A record with all that is documented and more.
fn known() -> Subscription {
    subscription(&record(json!({
        "version": 7, "id": "whs-1", "odd": {"a": [1, null]},
        "targetURI": "https://hooks.example.test/a", "displayName": "inspector", "active": true,
        "clientIdentifier": "login", "clientSecret": "********",
        "clientAuthenticationType": "BASIC", "eventTypes": ["TripRequest", "New"],
    })))
}

fn draft() -> Draft {
    Draft {
        name: "inspector".to_owned(),
        target: "https://hooks.example.test/a".to_owned(),
        active: true,
        events: vec!["TripRequest".to_owned(), "New".to_owned()],
        further: Vec::new(),
    }
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn secrets() -> Secrets {
    Secrets::from([("client_secret", Secret::new("s3cret"))])
}

fn place() -> FieldValue {
    FieldValue::Secret(SecretPlace::Env("S".to_owned()))
}

fn as_text(record: Record) -> String {
    Value::Object(record).to_string()
}

#[test]
fn a_new_record_has_the_members_of_the_documents() {
    let further = vec![("client_id", text("login")), ("client_secret", place())];
    let draft = Draft { further, ..draft() };
    let made = created(&draft, &secrets()).unwrap();
    let expected = r#"{"targetURI":"https://hooks.example.test/a","displayName":"inspector","active":true,"eventTypes":["TripRequest","New"],"clientIdentifier":"login","clientSecret":"s3cret","clientAuthenticationType":"BASIC"}"#;
    assert_eq!(as_text(made), expected);
}

#[test]
fn how_avinode_authenticates_itself_is_assumed_only_where_nothing_is_said() {
    let of = |further| created(&Draft { further, ..draft() }, &Secrets::new()).unwrap();
    let kind = |record: &Record| record.get("clientAuthenticationType").cloned();
    assert_eq!(kind(&of(vec![])), None);
    assert_eq!(kind(&of(vec![("client_id", text(""))])), None);
    assert_eq!(kind(&of(vec![("client_id", text("a"))])), Some(json!("BASIC")));
    assert_eq!(
        kind(&of(vec![("client_id", text("a")), ("auth_type", text(""))])),
        Some(json!("BASIC"))
    );
    let named = of(vec![("client_id", text("a")), ("auth_type", text("OAuth"))]);
    assert_eq!(kind(&named), Some(json!("OAuth")));
    let mut lacking = known();
    lacking.raw.shift_remove("clientAuthenticationType");
    let renamed = Draft { further: vec![("client_id", text("other"))], ..draft() };
    assert_eq!(kind(&updated(&lacking, &renamed, &Secrets::new()).unwrap()), None);
}

#[test]
fn an_update_changes_what_it_is_about_and_sends_all_else_back_in_its_order() {
    let of = known();
    let whole = as_text(of.raw.clone());
    assert_eq!(as_text(updated(&of, &draft(), &Secrets::new()).unwrap()), whole);
    let changed = Draft {
        name: "other".to_owned(),
        active: false,
        events: vec![],
        further: vec![("client_id", text("")), ("auth_type", text("OAuth"))],
        ..draft()
    };
    let expected = whole
        .replace("inspector", "other")
        .replace(r#""active":true"#, r#""active":false"#)
        .replace("login", "")
        .replace("BASIC", "OAuth")
        .replace(r#"["TripRequest","New"]"#, "[]");
    assert_eq!(as_text(updated(&of, &changed, &Secrets::new()).unwrap()), expected);
    let secret = whole.replace("********", "s3cret");
    let further = vec![("client_secret", place())];
    assert_eq!(as_text(updated(&of, &Draft { further, ..draft() }, &secrets()).unwrap()), secret);
    let off = whole.replace(r#""active":true"#, r#""active":false"#);
    assert_eq!(as_text(switched(&of, false, &Secrets::new()).unwrap()), off);
    let target = "https://elsewhere.example.test/b";
    let moved = whole.replace("https://hooks.example.test/a", target);
    assert_eq!(as_text(retargeted(&of, target, &Secrets::new()).unwrap()), moved);
    let with_secret = moved.replace("********", "s3cret");
    assert_eq!(as_text(retargeted(&of, target, &secrets()).unwrap()), with_secret);
}

#[test]
fn members_of_another_shape_than_documented_go_back_as_they_came() {
    let odd = record(json!({
        "id": 12, "displayName": "inspector", "targetURI": "https://hooks.example.test/a",
        "active": "yes", "eventTypes": {"TripRequest": true}, "clientIdentifier": null,
    }));
    let of = subscription(&odd);
    assert_eq!((of.id.as_str(), of.active, of.events.len()), ("12", true, 0));
    let same = Draft { events: vec![], ..draft() };
    assert_eq!(updated(&of, &same, &Secrets::new()).unwrap(), odd);
}

#[test]
fn an_incomplete_draft_is_sent_back_with_what_is_wrong_about_each_field() {
    let wrong = |draft: Draft, secrets: &Secrets| {
        let Rejection { fields, .. } = created(&draft, secrets).unwrap_err();
        fields.into_iter().map(|(key, problem)| format!("{key} {problem}")).collect::<Vec<_>>()
    };
    let further = vec![
        ("client_id", FieldValue::Flag(true)),
        ("client_secret", place()),
        ("auth_type", FieldValue::Json(json!({}))),
        ("other", text("a")),
    ];
    let all = Draft { name: " ".to_owned(), target: "/a".to_owned(), further, ..draft() };
    assert_eq!(
        wrong(all, &Secrets::new()),
        [
            "name is required",
            "target is relative: it names no host",
            "client_id has to be a text",
            "client_secret its value was not found",
            "auth_type has to be a text",
            "other is no field of this provider",
        ],
    );
    let further = vec![("client_secret", text("in the clear"))];
    let clear = Draft { further, ..draft() };
    assert_eq!(
        wrong(clear, &secrets()),
        ["client_secret has to be given by the place it comes from"],
    );
    let binary = Secrets::from([("client_secret", Secret::new([0xff]))]);
    let further = vec![("client_secret", place())];
    let binary = wrong(Draft { further, ..draft() }, &binary);
    assert_eq!(binary, ["client_secret is not UTF-8, which a text of JSON has to be"]);
}

#[test]
fn a_target_is_https_unless_it_is_on_this_machine() {
    let no_https = Err("has to begin with https: Avinode delivers over nothing else".to_owned());
    for (target, expected) in [
        ("https://hooks.example.test/a", Ok(())),
        ("https://user:pw@hooks.example.test/a#b", Ok(())),
        ("http://user:pw@hooks.example.test/a", Err(UrlError::UserInfo.message().to_owned())),
        ("http://127.0.0.1:4000/a", Ok(())),
        ("http://[::1]/", Ok(())),
        ("http://localhost/", Ok(())),
        ("http://hooks.example.test/a", no_https.clone()),
        ("http://localhost.evil.test/", no_https),
        ("", Err("is empty".to_owned())),
        ("ftp://hooks.example.test", Err("is neither http nor https".to_owned())),
    ] {
        let made = created(&Draft { target: target.to_owned(), ..draft() }, &Secrets::new());
        let found = made.map(|_| ()).map_err(|rejection| rejection.fields[0].1.clone());
        assert_eq!(found, expected, "{target}");
        let moved = retargeted(&known(), target, &Secrets::new());
        let found = moved.map(|_| ()).map_err(|rejection| rejection.fields[0].1.clone());
        assert_eq!(found, expected, "{target}");
    }
}

#[test]
fn a_path_means_the_field_that_is_sent_there() {
    for (path, key) in [
        ("displayName", Some("name")),
        ("targetURI", Some("target")),
        ("active", Some("active")),
        ("eventTypes", Some("events")),
        ("eventTypes[3]", Some("events")),
        ("clientIdentifier", Some("client_id")),
        ("clientSecret", Some("client_secret")),
        ("clientAuthenticationType", Some("auth_type")),
        ("settings.displayName", None),
        ("displayname", None),
        ("", None),
    ] {
        assert_eq!(field_of(path), key, "{path}");
    }
    for field in FIELDS {
        assert!(["client_id", "client_secret", "auth_type"].contains(&field.key));
        assert!(!field.help.ends_with('.'), "{}", field.help);
    }
}

proptest! {
    #[test]
    fn whatever_a_record_holds_switching_it_changes_only_whether_it_is_active(
        members in prop::collection::vec(("[a-zA-Z]{1,8}", -9_i64..9), 0..8),
        active: bool,
    ) {
        let raw = members.into_iter().map(|(name, value)| (name, json!(value))).collect::<Record>();
        let of = subscription(&raw);
        let mut record = switched(&of, active, &Secrets::new()).unwrap();
        prop_assert_eq!(record.get("active"), Some(&json!(active)));
        match raw.get("active") {
            Some(was) => record.insert("active".to_owned(), was.clone()),
            None => record.shift_remove("active"),
        };
        prop_assert_eq!(as_text(record), as_text(raw));
    }
}
