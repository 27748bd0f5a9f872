use hookscope::domain::account::Account;
use hookscope::domain::attempt::{Call, Response};
use hookscope::domain::headers::Headers;
use hookscope::domain::secret::Secret;
use hookscope::domain::subscription::{Change, Draft, FieldValue, SecretPlace, Subscription};
use hookscope::domain::url::Url;
use hookscope::providers::api;
use hookscope::providers::api::{Secrets, Subscriptions};
use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Channex;
use crate::standins::exchange::exchange;
use crate::standins::server::{Answer, Server};

const KEY: &str = "channex-key";
const PROPERTY: &str = "90955555-0000-4000-8000-000000000001";
const OTHER: &str = "90955555-0000-4000-8000-000000000002";

fn spoken(account: &Account) -> &'static dyn Subscriptions {
    api(account.provider).subscriptions().unwrap()
}

fn send(account: &Account, mut call: Call) -> Response {
    let fields = api(account.provider).credentials(account, None, Timestamp::UNIX_EPOCH);
    call.request.headers = call.request.headers.with(fields);
    exchange(&call).unwrap()
}

fn read(account: &Account, path: &str) -> Response {
    let url = account.base_url.join(path).unwrap();
    send(account, Call::new(Method::GET, url, Headers::default()))
}

fn change(account: &Account, change: &Change) -> Response {
    let secrets = Secrets::from([("secret", Secret::new("s3cret"))]);
    send(account, spoken(account).change(account, change, &secrets).unwrap())
}

fn created(account: &Account, draft: Draft) -> Subscription {
    let make = Change::Create(draft);
    let response = change(account, &make);
    assert_eq!(response.status, StatusCode::CREATED);
    spoken(account).changed(&make, &response).unwrap().subscription.unwrap()
}

fn draft(target: &Url, events: &[&str]) -> Draft {
    Draft {
        target: target.to_string(),
        active: true,
        events: events.iter().map(|event| (*event).to_owned()).collect(),
        ..Draft::default()
    }
}

fn json_of(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn a_webhook_lives_from_creation_to_removal_and_an_update_leaves_nothing_behind() {
    let standin = Channex::start();
    let account = standin.organization("acme", KEY, PROPERTY);
    let here = Url::parse("https://hooks.example.test/channex").unwrap();
    let further = vec![
        ("send_data", FieldValue::Flag(true)),
        ("headers", FieldValue::Json(json!({"X-Kind": "channex"}))),
        ("secret", FieldValue::Secret(SecretPlace::Endpoint)),
    ];
    let made = created(&account, Draft { further, ..draft(&here, &["booking", "ari:rate:*:*"]) });
    standin.change_webhooks(KEY, |records| records[0]["attributes"]["retention"] = json!(7));
    let listed = |page| {
        let response = send(&account, spoken(&account).list(&account, page));
        spoken(&account).listing(&response).unwrap()
    };
    let [of] = &listed(1).subscriptions[..] else { panic!("one is listed") };
    assert_eq!(of.id, made.id);

    let target = "https://elsewhere.example.test/".to_owned();
    let moved = Change::Retarget { of: Box::new(of.clone()), target };
    let response = change(&account, &moved);
    let moved = spoken(&account).changed(&moved, &response).unwrap().subscription.unwrap();
    assert_eq!(moved.target, "https://elsewhere.example.test/");
    let mut expected = of.raw.clone();
    expected["attributes"]["callback_url"] = json!("https://elsewhere.example.test/");
    assert_eq!(standin.webhooks(KEY), [Value::Object(expected)]);

    let removal = Change::Delete { id: made.id };
    assert_eq!(change(&account, &removal).status, StatusCode::OK);
    assert_eq!(change(&account, &removal).status, StatusCode::NOT_FOUND);
    assert!(listed(1).subscriptions.is_empty());
}

#[test]
fn a_list_of_250_comes_in_three_pages() {
    let standin = Channex::start();
    let account = standin.organization("acme", KEY, PROPERTY);
    let here = Url::parse("https://hooks.example.test/").unwrap();
    created(&account, draft(&here, &["*"]));
    standin.change_webhooks(KEY, |records| {
        for count in 1..250 {
            let mut record = records[0].clone();
            record["id"] = json!(format!("of somebody {count}"));
            records.push(record);
        }
    });
    let mut seen = Vec::new();
    let mut page = Some(1);
    while let Some(number) = page {
        let response = send(&account, spoken(&account).list(&account, number));
        let listing = spoken(&account).listing(&response).unwrap();
        seen.push(listing.subscriptions.len());
        page = listing.next;
    }
    assert_eq!(seen, [100, 100, 50]);
    let usual = json_of(&read(&account, "/webhooks"));
    assert_eq!(usual["data"].as_array().unwrap().len(), 10);
}

#[test]
fn what_is_not_documented_is_refused() {
    let standin = Channex::start();
    let account = standin.organization("acme", KEY, PROPERTY);
    let url = || account.base_url.join("/webhooks").unwrap();
    let kind = [("Content-Type", "application/json")];
    let post = |body: &Value| {
        Call::with_body(Method::POST, url(), Headers::from_pairs(kind), body.to_string())
    };
    let full =
        json!({"callback_url": "https://a.test", "event_mask": "*", "property_id": PROPERTY});
    let with = |name: &str, value: Value| {
        let mut model = full.clone();
        model[name] = value;
        post(&json!({ "webhook": model }))
    };
    for (call, status, said) in [
        (post(&full), 400, "webhook is required"),
        (post(&json!({"webhook": {}})), 422, "can't be blank"),
        (with("callback_url", json!("/here")), 422, "callback_url"),
        (with("event_mask", json!("booking,message")), 422, "event_mask"),
        (with("event_mask", json!("ari:rate")), 422, "event_mask"),
        (with("property_id", json!(OTHER)), 422, "property_id"),
        (with("property_id", Value::Null), 422, "property_id"),
        (with("headers", json!({"a": 1})), 422, "headers"),
        (with("is_active", json!("yes")), 422, "is_active"),
        (with("shoe_size", json!(46)), 422, "shoe_size"),
        (
            Call::with_body(Method::POST, url(), Headers::default(), full.to_string()),
            400,
            "Content-Type",
        ),
        (
            Call::new(
                Method::GET,
                account.base_url.join("/webhooks?pagination[limit]=101").unwrap(),
                Headers::default(),
            ),
            400,
            "at most 100",
        ),
    ] {
        let answer = send(&account, call);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status.as_u16(), status, "{text}");
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
    assert!(standin.webhooks(KEY).is_empty());
    let stranger =
        Headers::from_pairs([("user-api-key", "nobody's"), ("Accept", "application/json")]);
    let answer = exchange(&Call::new(Method::GET, url(), stranger)).unwrap();
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    standin.refuse_next();
    assert_eq!(read(&account, "/webhooks").status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(read(&account, "/webhooks").status, StatusCode::OK);
}

#[test]
fn a_test_really_calls_the_endpoint_with_headers_and_parameters() {
    let standin = Channex::start();
    let account = standin.organization("acme", KEY, PROPERTY);
    let endpoint = Server::start(|_| Answer::new(202, &[], "thank you"));
    let further = vec![
        ("secret", FieldValue::Secret(SecretPlace::Endpoint)),
        ("params", FieldValue::Json(json!({"from": "a b"}))),
    ];
    let target = endpoint.url().join("/hooks?x=1").unwrap();
    let test = Change::Test(Draft { further, ..draft(&target, &["*"]) });
    let changed = spoken(&account).changed(&test, &change(&account, &test)).unwrap();
    assert_eq!(changed.remarks, ["your endpoint answered 202 with: thank you"]);
    let requests = endpoint.requests();
    assert_eq!(requests[0].target, "/hooks?x=1&from=a%20b");
    assert_eq!(requests[0].headers.text("x-channex-webhook-secret"), Some("s3cret"));
    assert!(standin.webhooks(KEY).is_empty());
}

#[test]
fn an_event_calls_who_asks_for_it_and_a_global_webhook_only_in_place_of_one_for_the_property() {
    let standin = Channex::start();
    let account = standin.organization("acme", KEY, PROPERTY);
    let rival = standin.organization("rival", "another key", OTHER);
    let endpoint = Server::start(|_| Answer::new(200, &[], ""));
    let at = |path: &str| endpoint.url().join(path).unwrap();
    let of = |further, path, events: &[&str]| Draft { further, ..draft(&at(path), events) };
    created(&account, of(vec![("send_data", FieldValue::Flag(true))], "/own", &["booking"]));
    created(&account, of(vec![("global", FieldValue::Flag(true))], "/global", &["*"]));
    created(&account, Draft { active: false, ..draft(&at("/off"), &["*"]) });
    created(&rival, draft(&at("/rival"), &["*"]));
    let data = json!({"booking_id": "b", "revision_id": "r"});
    for (event, path, with_data) in [("booking", "/own", true), ("review", "/global", false)] {
        let delivered = standin.happens(event, PROPERTY, &data, "2026-01-26T14:40:54.310491Z");
        let statuses = delivered.iter().map(|call| call.status).collect::<Vec<_>>();
        assert_eq!(statuses, [Some(StatusCode::OK)], "{delivered:?}");
        assert!(standin.webhooks(KEY).iter().any(|record| record["id"] == delivered[0].webhook));
        let request = endpoint.requests().pop().unwrap();
        assert_eq!(request.path(), path);
        let body = serde_json::from_slice::<Value>(&request.body).unwrap();
        assert_eq!(body.get("payload"), with_data.then_some(&data));
        assert_eq!((&body["event"], &body["property_id"]), (&json!(event), &json!(PROPERTY)));
    }
}

#[test]
fn what_is_put_can_be_read_by_its_own_organization_and_reading_acknowledges_nothing() {
    let standin = Channex::start();
    let account = standin.organization("acme", KEY, PROPERTY);
    let rival = standin.organization("rival", "another key", OTHER);
    let revision = |id: &str, at: &str| {
        let attributes = json!({"property_id": PROPERTY, "inserted_at": at});
        json!({"type": "booking_revision", "id": id, "attributes": attributes})
    };
    standin.put(KEY, "/booking_revisions/r1", revision("r1", "2026-01-02T00:00:00"));
    standin.put(KEY, "/booking_revisions/r2", revision("r2", "2026-01-01T00:00:00"));
    assert_eq!(json_of(&read(&account, "/booking_revisions/r1"))["data"]["id"], "r1");
    assert_eq!(read(&rival, "/booking_revisions/r1").status, StatusCode::NOT_FOUND);
    let feed =
        format!("/booking_revisions/feed?filter[property_id]={PROPERTY}&order[inserted_at]=asc");
    let ids = || {
        let feed = json_of(&read(&account, &feed));
        let ids = feed["data"].as_array().unwrap().iter().map(|it| it["id"].to_string());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ids(), ["\"r2\"", "\"r1\""]);
    assert_eq!(standin.acknowledged(KEY), Vec::<String>::new());
    assert!(standin.requests().iter().all(|request| request.method == Method::GET));
    let url = account.base_url.join("/booking_revisions/r2/ack").unwrap();
    send(&account, Call::new(Method::POST, url, Headers::default()));
    assert_eq!(ids(), ["\"r1\""]);
    assert_eq!(standin.acknowledged(KEY), ["r2"]);
}

#[test]
fn prices_are_read_only_with_all_of_their_filters() {
    let standin = Channex::start();
    let account = standin.organization("acme", KEY, PROPERTY);
    let dates = "filter[date][gte]=2026-01-30&filter[date][lte]=2026-02-01";
    for (path, status) in [
        (format!("/restrictions?filter[property_id]={PROPERTY}&{dates}"), 400),
        (format!("/restrictions?{dates}&filter[restrictions]=rate"), 400),
        (format!("/restrictions?filter[property_id]={PROPERTY}&filter[restrictions]=rate"), 400),
        (
            format!(
                "/restrictions?filter[property_id]={PROPERTY}&{dates}&filter[restrictions]=rate"
            ),
            200,
        ),
        (format!("/availability?filter[property_id]={PROPERTY}&{dates}"), 200),
        (format!("/availability?filter[property_id]={OTHER}&{dates}"), 403),
    ] {
        assert_eq!(read(&account, &path).status.as_u16(), status, "{path}");
    }
}
