use http::Method;
use serde_json::{Value, json};

use super::Webhooks;
use crate::domain::attempt::Call;
use crate::domain::subscription::{Change, Draft};
use crate::providers::api::{Secrets, Subscriptions};
use crate::providers::channex::fixture::{
    PROPERTY, account, account_without_property, answer, json_answer, record, subscription,
};

const ID: &str = "a9a80000-0000-4000-8000-000000000002";

fn draft() -> Draft {
    Draft {
        target: "https://here.example.test/".to_owned(),
        active: true,
        events: vec!["booking".to_owned()],
        ..Draft::default()
    }
}

fn call(change: &Change) -> Call {
    Webhooks.change(&account(), change, &Secrets::new()).unwrap()
}

fn body(call: &Call) -> Value {
    serde_json::from_slice(&call.request.body).unwrap()
}

#[test]
fn each_change_is_its_documented_request() {
    let of = || Box::new(subscription());
    let one = format!("/api/v1/webhooks/{ID}");
    for (change, method, path, has_body) in [
        (Change::Create(draft()), Method::POST, "/api/v1/webhooks", true),
        (Change::Test(draft()), Method::POST, "/api/v1/webhooks/test", true),
        (Change::Update { of: of(), draft: draft() }, Method::PUT, &one, true),
        (Change::SetActive { of: of(), active: false }, Method::PUT, &one, true),
        (
            Change::Retarget { of: of(), target: "https://b.test/".to_owned() },
            Method::PUT,
            &one,
            true,
        ),
        (Change::Delete { id: ID.to_owned() }, Method::DELETE, &one, false),
    ] {
        let call = call(&change);
        assert_eq!((&call.request.method, call.request.path()), (&method, path), "{change:?}");
        assert_eq!(call.url.authority(), "staging.channex.io");
        let kind = call.request.headers.text("content-type");
        assert_eq!(kind, has_body.then_some("application/json"));
        assert_eq!(!call.request.body.is_empty(), has_body);
    }
}

#[test]
fn switching_and_retargeting_change_nothing_else() {
    let before = record()["attributes"].take();
    let of = || Box::new(subscription());
    let off = body(&call(&Change::SetActive { of: of(), active: false }));
    let moved = Change::Retarget { of: of(), target: "https://b.test/".to_owned() };
    let moved = body(&call(&moved));
    for (written, name, value) in
        [(off, "is_active", json!(false)), (moved, "callback_url", json!("https://b.test/"))]
    {
        let mut expected = before.clone();
        expected.as_object_mut().unwrap().remove("id");
        expected["property_id"] = json!(PROPERTY);
        expected[name] = value;
        assert_eq!(written, json!({ "webhook": expected }));
    }
}

#[test]
fn a_new_webhook_needs_a_property_that_somebody_names() {
    let change = Change::Create(draft());
    let rejection =
        Webhooks.change(&account_without_property(), &change, &Secrets::new()).unwrap_err();
    assert_eq!(rejection.fields[0].0, "property");
}

#[test]
fn a_list_is_read_page_by_page_until_its_total_is_seen() {
    let call = Webhooks.list(&account(), 2);
    assert_eq!(call.url.target(), "/api/v1/webhooks?pagination[page]=2&pagination[limit]=100");
    for (meta, next) in [
        (json!({"page": 1, "limit": 100, "total": 101}), Some(2)),
        (json!({"page": 1, "limit": 100, "total": 100}), None),
        (json!({"page": 3, "limit": 10, "total": 31}), Some(4)),
        (json!({"page": 1, "total": 101}), Some(2)),
        (json!({"page": 1, "limit": 100}), None),
        (json!({"page": 1, "limit": 0, "total": 101}), Some(2)),
        (json!({"page": u64::MAX, "limit": 0, "total": u64::MAX}), None),
        (json!({"page": u32::MAX, "limit": 1, "total": u64::MAX}), None),
        (Value::Null, None),
    ] {
        let answer = json_answer(200, &json!({"data": [record()], "meta": meta}));
        let listing = Webhooks.listing(&answer).unwrap();
        assert_eq!(listing.subscriptions, [subscription()]);
        assert_eq!(listing.next, next, "{meta}");
    }
    let empty = json!({"data": [], "meta": {"page": 1, "limit": 1, "total": 9}});
    assert_eq!(Webhooks.listing(&json_answer(200, &empty)).unwrap().next, None);
}

#[test]
fn a_list_that_is_not_what_is_documented_is_told_as_it_is() {
    let html = [("Content-Type", "text/html")];
    for (answer, expected) in [
        (json_answer(200, &json!({"data": record()})), "without a list in data: 200 OK with JSON"),
        (json_answer(200, &json!([])), "without a list in data"),
        (json_answer(200, &json!({"data": [{"type": "webhook"}]})), "without an id in each"),
        (answer(200, &html, "<p>hello</p>"), "without JSON: 200 OK with text/html: hello"),
        (answer(401, &[], ""), "check api_key"),
        (answer(503, &html, ""), "503"),
    ] {
        let rejection = Webhooks.listing(&answer).unwrap_err();
        assert!(rejection.message.contains(expected), "{}", rejection.message);
        assert!(!rejection.message.contains("s3cret"), "{}", rejection.message);
    }
}

#[test]
fn what_came_of_a_change_is_the_webhook_as_it_is_now() {
    let created = json_answer(201, &json!({"data": record()}));
    let changed = Webhooks.changed(&Change::Create(draft()), &created).unwrap();
    assert_eq!(changed.subscription, Some(subscription()));
    assert_eq!(changed.remarks, Vec::<String>::new());
    let deleted = json_answer(200, &json!({"meta": {"message": "Success"}}));
    let change = Change::Delete { id: ID.to_owned() };
    assert_eq!(Webhooks.changed(&change, &deleted).unwrap().subscription, None);
}

#[test]
fn a_yes_that_cannot_be_read_stays_a_yes_with_a_remark() {
    for (change, answer) in [
        (Change::Create(draft()), json_answer(201, &json!({"data": []}))),
        (Change::Create(draft()), answer(200, &[], "fine")),
        (Change::Test(draft()), json_answer(200, &json!({"status": 200}))),
    ] {
        let changed = Webhooks.changed(&change, &answer).unwrap();
        assert_eq!(changed.subscription, None);
        assert!(changed.remarks[0].starts_with("Channex answers without"), "{changed:?}");
    }
}

#[test]
fn a_test_tells_what_the_endpoint_answered() {
    for (body, expected) in [
        (json!({"status_code": 200, "body": ""}), "your endpoint answered 200 with an empty body"),
        (
            json!({"status_code": 500, "body": "<b>\n no"}),
            "your endpoint answered 500 with: <b> no",
        ),
        (json!({"status_code": 204}), "your endpoint answered 204 with an empty body"),
    ] {
        let changed = Webhooks.changed(&Change::Test(draft()), &json_answer(200, &body)).unwrap();
        assert_eq!(changed.remarks, [expected]);
    }
}

#[test]
fn a_no_comes_with_its_fields_and_with_what_to_do() {
    let details = json!({"errors": {"code": "validation_error", "title": "Validation Error",
        "details": {"callback_url": ["is invalid"]}}});
    let rejection =
        Webhooks.changed(&Change::Create(draft()), &json_answer(422, &details)).unwrap_err();
    assert_eq!(rejection.message, "Channex answers 422: Validation Error");
    assert_eq!(rejection.fields, [("target".to_owned(), "is invalid".to_owned())]);
    for (status, expected) in
        [(401, "check api_key"), (404, "no such webhook"), (429, "pause for a minute")]
    {
        let change = Change::Delete { id: ID.to_owned() };
        let rejection = Webhooks.changed(&change, &answer(status, &[], "")).unwrap_err();
        assert!(rejection.message.contains(expected), "{}", rejection.message);
    }
}
