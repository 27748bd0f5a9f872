use http::Method;
use serde_json::{Value, json};

use super::super::fixture;
use super::super::record::subscription;
use super::Settings;
use crate::domain::account::Account;
use crate::domain::event::ProviderId;
use crate::domain::secret::Secret;
use crate::domain::subscription::{
    Change, Draft, FieldValue, Rejection, SecretPlace, Subscription,
};
use crate::providers::api::{Secrets, Subscriptions};

const RECORD: &str = r#"{"id":"whs-1","version":2,"targetURI":"https://h.example.test/a","displayName":"one","active":true,"eventTypes":["TripRequest"]}"#;

fn known() -> Subscription {
    subscription(serde_json::from_str::<Value>(RECORD).unwrap().as_object().unwrap())
}

fn draft() -> Draft {
    let of = known();
    Draft { name: of.name, target: of.target, active: true, events: of.events, further: vec![] }
}

fn switching(id: &str) -> Change {
    let of = Box::new(Subscription { id: id.to_owned(), ..known() });
    Change::SetActive { of, active: false }
}

#[test]
fn settings_live_on_the_host_of_avinode_for_schedaero_too() {
    let account = Account { provider: ProviderId::Schedaero, ..fixture::account() };
    let settings = "https://sandbox.avinode.com/api/webhooks/settings";
    let list = Settings.list(&account, 1);
    assert_eq!((list.request.method, list.url.to_string().as_str()), (Method::GET, settings));
    for (change, method, address) in [
        (Change::Create(draft()), Method::POST, settings.to_owned()),
        (switching("whs-1"), Method::PUT, format!("{settings}/whs-1")),
        (switching("a/../b?c"), Method::PUT, format!("{settings}/a%2F..%2Fb%3Fc")),
    ] {
        let call = Settings.change(&account, &change, &Secrets::new()).unwrap();
        assert_eq!((&call.request.method, call.url.to_string()), (&method, address));
        assert_eq!(call.request.headers.text("Content-Type"), Some("application/json"));
        assert!(serde_json::from_slice::<Value>(&call.request.body).unwrap().is_object());
    }
}

#[test]
fn what_cannot_be_done_is_not_sent() {
    let long = "a".repeat(70_000);
    for change in [
        switching(""),
        switching(".."),
        switching(&long),
        Change::Delete { id: "whs-1".to_owned() },
        Change::Test(draft()),
        Change::Create(Draft::default()),
        Change::Retarget { of: Box::new(known()), target: "http://h.example.test".to_owned() },
    ] {
        let rejection = Settings.change(&fixture::account(), &change, &Secrets::new()).unwrap_err();
        assert!(!rejection.message.is_empty(), "{change:?}");
    }
    assert!(!Settings.can_delete() && !Settings.can_test() && Settings.has_name());
}

#[test]
fn a_list_is_read_in_every_form_it_may_come_in() {
    let one = vec![known()];
    for (body, expected) in [
        (format!(r#"{{"meta":{{"errors":[]}},"data":[{RECORD}]}}"#), one.clone()),
        (format!(r#"{{"data":{RECORD}}}"#), one.clone()),
        (format!("[{RECORD}]"), one.clone()),
        (RECORD.to_owned(), one),
        (format!("[{RECORD},{RECORD}]"), vec![known(), known()]),
        (r#"{"meta":{},"data":[]}"#.to_owned(), vec![]),
        (r#"{"meta":{},"data":{}}"#.to_owned(), vec![]),
        (r#"{"meta":{}}"#.to_owned(), vec![]),
        ("[]".to_owned(), vec![]),
    ] {
        let listing = Settings.listing(&fixture::json(200, &body)).unwrap();
        assert_eq!((listing.subscriptions, listing.next), (expected, None), "{body}");
    }
    let nameless = Settings.listing(&fixture::json(200, r#"[{"displayName":"no id"}]"#)).unwrap();
    assert_eq!(nameless.subscriptions[0].id, "", "it is shown, though it cannot be changed");
}

#[test]
fn a_list_that_is_none_says_what_came_instead() {
    let no_list = "the answer is no list of webhook settings, and no record of them";
    for (status, body, expected) in [
        (200, r#"{"data":{"odd":1}}"#, no_list),
        (200, r#"{"data":[1]}"#, no_list),
        (200, r#"{"data":"text"}"#, no_list),
        (200, "7", no_list),
        (200, "", "answered 200 without a body"),
        (200, "<html>", "answered 200 with HTML, not JSON"),
        (200, r#"{"data":["#, "answered 200 with text, not JSON"),
        (
            200,
            r#"{"meta":{"errors":[{"code":"AUTHENTICATION_COMPANY_ACCESS"}]}}"#,
            "answered 200: AUTHENTICATION_COMPANY_ACCESS",
        ),
        (
            302,
            "",
            "answered 302 without a body; it redirects to nowhere; redirects are not followed with \
             credentials",
        ),
        (500, "{}", "answered 500 without a reason"),
        (500, r#"{"data":[]}"#, "answered 500 without a reason"),
    ] {
        let rejection = Settings.listing(&fixture::answer(status, &[], body)).unwrap_err();
        assert_eq!(rejection, Rejection::of_whole(expected), "{body}");
    }
}

#[test]
fn a_change_that_was_made_tells_the_record_if_the_answer_does() {
    let change = Change::Create(draft());
    for (status, body, expected) in [
        (200, format!(r#"{{"meta":{{}},"data":{RECORD}}}"#), Some(known())),
        (201, RECORD.to_owned(), Some(known())),
        (200, format!("[{RECORD}]"), Some(known())),
        (200, format!("[{RECORD},{RECORD}]"), None),
        (200, String::new(), None),
        (204, String::new(), None),
        (200, r#"{"data":{"displayName":"no id"}}"#.to_owned(), None),
        (200, r#"{"meta":{},"data":{}}"#.to_owned(), None),
        (200, r#"{"data":"text"}"#.to_owned(), None),
    ] {
        let changed = Settings.changed(&change, &fixture::json(status, &body)).unwrap();
        assert_eq!(changed.subscription, expected, "{status} {body}");
        assert!(changed.remarks.is_empty(), "{:?}", changed.remarks);
    }
    let soft = r#"{"meta":{"errors":[{"code":"E","path":"eventTypes[0]","title":"unknown"}]}}"#;
    let changed = Settings.changed(&change, &fixture::json(200, soft)).unwrap();
    assert_eq!(changed.remarks, ["soft error E at eventTypes[0]: unknown"]);
}

#[test]
fn a_change_that_is_rejected_tells_why_at_its_fields() {
    let errors = r#"{"meta":{"errors":[{"title":"must be https","code":"ERR","path":"targetURI"},
        {"title":"unknown","path":"eventTypes[0]"},{"title":"and else"}]}}"#;
    for status in [400, 422, 423, 500, 503] {
        let change = Change::Create(draft());
        let rejection = Settings.changed(&change, &fixture::json(status, errors)).unwrap_err();
        assert!(rejection.message.contains(&format!("answered {status}: and else")));
        let fields = [("target", "ERR: must be https"), ("events", "unknown")]
            .map(|(key, problem)| (key.to_owned(), problem.to_owned()));
        assert_eq!(rejection.fields, fields);
    }
    for (status, body, words) in [
        (409, "", "list again and repeat"),
        (500, "<html>", "answered 500 with HTML, not JSON"),
        (200, "<html>", "answered 200 with HTML, not JSON; whether it was done is not known"),
        (404, "", "answered 404 without a body; it is gone"),
        (302, "", "answered 302"),
    ] {
        let answer = fixture::json(status, body);
        let rejection = Settings.changed(&switching("whs-1"), &answer).unwrap_err();
        assert!(rejection.message.contains(words), "{}", rejection.message);
    }
}

#[test]
fn a_secret_that_the_list_did_not_tell_is_named_as_a_doubt() {
    let of = |secret: Value| {
        let mut of = known();
        of.raw.insert("clientIdentifier".to_owned(), json!("login"));
        of.raw.insert("clientSecret".to_owned(), secret);
        Box::new(of)
    };
    let is_doubted = |change: Change| {
        let changed = Settings.changed(&change, &fixture::json(200, RECORD)).unwrap();
        changed.remarks.iter().any(|remark| remark.contains("client secret"))
    };
    let off = |of| Change::SetActive { of, active: false };
    assert!(is_doubted(off(of(json!("********")))));
    assert!(is_doubted(off(of(json!("")))));
    assert!(is_doubted(off(of(json!(null)))));
    assert!(!is_doubted(off(of(json!("s3cret")))));
    assert!(!is_doubted(switching("whs-1")), "no client identifier, no secret");
    let given = vec![("client_secret", FieldValue::Secret(SecretPlace::Endpoint))];
    let draft = Draft { further: given, ..draft() };
    assert!(!is_doubted(Change::Update { of: of(json!("***")), draft }));
}

#[test]
fn a_form_begins_with_the_further_fields_as_they_are_but_for_the_secret() {
    let mut of = known();
    assert_eq!(Settings.further(&of), []);
    of.raw.insert("clientIdentifier".to_owned(), json!("login"));
    of.raw.insert("clientSecret".to_owned(), json!("s3cret"));
    of.raw.insert("clientAuthenticationType".to_owned(), json!("BASIC"));
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let expected = [("client_id", text("login")), ("auth_type", text("BASIC"))];
    assert_eq!(Settings.further(&of), expected);
    let change = Change::Update {
        draft: Draft { further: Settings.further(&of), ..draft() },
        of: Box::new(of.clone()),
    };
    let call = Settings.change(&fixture::account(), &change, &Secrets::new()).unwrap();
    assert_eq!(call.request.body, Value::Object(of.raw).to_string());
}

#[test]
fn secrets_are_masked_in_records_and_in_bodies() {
    let json = r#"{"id":"whs-1","clientIdentifier":"login","clientSecret":"s3cret","deep":[{"token":"t"}]}"#;
    let masked = r#"{"id":"whs-1","clientIdentifier":"login","clientSecret":"***","deep":[{"token":"***"}]}"#;
    let record = serde_json::from_str::<Value>(json).unwrap().as_object().unwrap().clone();
    assert_eq!(Value::Object(Settings.masked(&record)).to_string(), masked);
    assert_eq!(Settings.masked_body(json.as_bytes()), masked.as_bytes());
    let list = format!(r#"{{"data":[{json}]}}"#);
    assert_eq!(
        Settings.masked_body(list.as_bytes()),
        format!(r#"{{"data":[{masked}]}}"#).as_bytes()
    );
    for kept in ["", "<html>", "{\"a\": 1.0}", "{\"clientSecret\":"] {
        assert_eq!(Settings.masked_body(kept.as_bytes()), kept.as_bytes());
    }
}

#[test]
fn the_preview_of_a_secret_shows_what_stands_for_it() {
    let further = vec![("client_secret", FieldValue::Secret(SecretPlace::Endpoint))];
    let change = Change::Create(Draft { further, ..draft() });
    let secrets = Secrets::from([("client_secret", Secret::new("***"))]);
    let call = Settings.change(&fixture::account(), &change, &secrets).unwrap();
    let body = serde_json::from_slice::<Value>(&call.request.body).unwrap();
    assert_eq!(body["clientSecret"], "***");
}
