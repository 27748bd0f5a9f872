use std::time::Instant;

use hookscope::domain::attempt::{Call, Response};
use hookscope::domain::event::ProviderId;
use hookscope::domain::headers::Headers;
use hookscope::domain::secret::Secret;
use hookscope::domain::subscription::{Change, Draft, FieldValue, SecretPlace, Subscription};
use hookscope::providers::api::{Secrets, Subscriptions};
use hookscope::providers::{api, api::Api};
use http::Method;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{API_TOKEN, BEARER, Standin, Telling, refusal};
use crate::standins::exchange::exchange;
use crate::standins::server::Answer;
use crate::support::DEADLINE;

fn spoken() -> &'static dyn Subscriptions {
    avinode().subscriptions().unwrap()
}

fn avinode() -> &'static dyn Api {
    api(ProviderId::Avinode)
}

/// Sends a call as the account that has a token.
fn send(standin: &Standin, mut call: Call) -> Response {
    let credentials = avinode().credentials(&standin.account(), None, Timestamp::UNIX_EPOCH);
    call.request.headers = call.request.headers.with(credentials);
    exchange(&call).unwrap()
}

fn get(standin: &Standin, path: &str) -> Response {
    let url = standin.url().join(path).unwrap();
    send(standin, Call::new(Method::GET, url, Headers::default()))
}

fn body(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

fn change(standin: &Standin, change: &Change) -> Result<Option<Subscription>, String> {
    let secrets = Secrets::from([("client_secret", Secret::new("s3cret"))]);
    let call = spoken().change(&standin.account(), change, &secrets).unwrap();
    let changed = spoken().changed(change, &send(standin, call));
    changed.map(|changed| changed.subscription).map_err(|rejection| rejection.message)
}

fn list(standin: &Standin) -> Vec<Subscription> {
    let answer = send(standin, spoken().list(&standin.account(), 1));
    spoken().listing(&answer).unwrap().subscriptions
}

fn draft() -> Draft {
    Draft {
        name: "inspector".to_owned(),
        target: "https://hooks.example.test/avinode/acme".to_owned(),
        active: true,
        events: vec!["TripRequest".to_owned()],
        further: vec![
            ("client_id", FieldValue::Text("acme".to_owned())),
            ("client_secret", FieldValue::Secret(SecretPlace::Endpoint)),
        ],
    }
}

#[test]
fn a_webhook_lives_from_its_creation_through_every_change() {
    let standin = Standin::start();
    let made = change(&standin, &Change::Create(draft())).unwrap().unwrap();
    assert_eq!((made.id.as_str(), &made.raw["version"]), ("whs-1", &json!(1)));
    assert_eq!(list(&standin), std::slice::from_ref(&made));
    let of = Box::new(made.clone());
    let renamed = Draft { name: "renamed".to_owned(), ..draft() };
    let renamed = change(&standin, &Change::Update { of, draft: renamed }).unwrap().unwrap();
    assert_eq!((renamed.name.as_str(), &renamed.raw["version"]), ("renamed", &json!(2)));
    let stale = Change::SetActive { of: Box::new(made), active: false };
    assert!(change(&standin, &stale).unwrap_err().starts_with("answered 409"));
    let off = Change::SetActive { of: Box::new(renamed), active: false };
    let off = change(&standin, &off).unwrap().unwrap();
    let target = "https://tunnel.example.test/".to_owned();
    let moved = Change::Retarget { of: Box::new(off), target };
    let moved = change(&standin, &moved).unwrap().unwrap();
    let expected = json!([{
        "targetURI": "https://tunnel.example.test/", "displayName": "renamed", "active": false,
        "clientIdentifier": "acme", "clientSecret": "s3cret", "clientAuthenticationType": "BASIC",
        "eventTypes": ["TripRequest"], "id": "whs-1", "version": 4,
    }]);
    assert_eq!(json!(standin.settings()), expected);
    standin.rebuild();
    assert_eq!(list(&standin), []);
    let gone = Change::SetActive { of: Box::new(moved), active: true };
    assert!(change(&standin, &gone).unwrap_err().starts_with("answered 404: NOT_FOUND"));
}

#[test]
fn what_somebody_else_does_there_is_seen_and_sent_back() {
    let standin = Standin::start();
    let record = json!({ "targetURI": "https://a.example.test", "displayName": "theirs",
        "clientIdentifier": "a", "clientSecret": "their-secret", "odd": [1] });
    let id = standin.seed(&record);
    for (telling, told) in [
        (Telling::Whole, Some("their-secret")),
        (Telling::Masked, Some("********")),
        (Telling::Nothing, None),
    ] {
        standin.tell_secrets(telling);
        let listed = list(&standin).remove(0);
        assert_eq!(listed.raw.get("clientSecret").and_then(Value::as_str), told);
        assert_eq!((&listed.id, &listed.raw["odd"]), (&id, &json!([1])));
    }
    standin.change(&id, "displayName", json!("still theirs"));
    let listed = list(&standin).remove(0);
    assert_eq!((listed.name.as_str(), &listed.raw["version"]), ("still theirs", &json!(2)));
}

#[test]
fn a_call_lacking_any_of_the_required_headers_is_refused_by_its_name() {
    let standin = Standin::start();
    let call = spoken().list(&standin.account(), 1);
    let fields = avinode().credentials(&standin.account(), None, Timestamp::UNIX_EPOCH);
    let asked = |fields| {
        let mut call = call.clone();
        call.request.headers = call.request.headers.with(fields);
        exchange(&call).unwrap()
    };
    assert_eq!(asked(fields.clone()).status, 200);
    for field in fields.iter().filter(|field| !field.is("Accept-Encoding")) {
        let name = std::str::from_utf8(&field.name).unwrap();
        let rest = fields.iter().filter(|other| *other != field).cloned().collect();
        let refused = asked(rest);
        assert_eq!(refused.status, 400, "{name}");
        let error = &body(&refused)["meta"]["errors"][0];
        assert_eq!((&error["code"], &error["title"]), (&json!("ERR_INPUT_MISSING"), &json!(name)));
        let mut wrong = fields.clone();
        let place = wrong.iter().position(|other| other == field).unwrap();
        wrong[place].value = "wrong".into();
        let expected = match name {
            "X-Avinode-ApiToken" | "Authorization" => 401,
            "X-Avinode-Product" => 200,
            _ => 400,
        };
        assert_eq!(asked(wrong).status.as_u16(), expected, "{name}");
    }
    let first = &standin.requests()[0].headers;
    assert_eq!(first.text("X-Avinode-ApiToken"), Some(API_TOKEN));
    assert_eq!(first.text("Authorization"), Some(format!("Bearer {BEARER}").as_str()));
}

#[test]
fn settings_of_the_wrong_shape_are_refused_at_their_member() {
    let standin = Standin::start();
    let post = |body: &str| {
        let url = standin.url().join("/webhooks/settings").unwrap();
        let headers = Headers::from_pairs([("Content-Type", "application/json")]);
        send(&standin, Call::with_body(Method::POST, url, headers, body.to_owned()))
    };
    for (body_sent, status, path) in [
        ("[]", 400, None),
        ("{", 400, None),
        ("{}", 400, Some("targetURI")),
        (r#"{"targetURI":"https://a"}"#, 400, Some("displayName")),
        (r#"{"targetURI":"http://a.test","displayName":"a"}"#, 422, Some("targetURI")),
        (r#"{"targetURI":"https://a","displayName":"a","active":1}"#, 422, Some("active")),
        (
            r#"{"targetURI":"https://a","displayName":"a","eventTypes":[1]}"#,
            422,
            Some("eventTypes"),
        ),
        (
            r#"{"targetURI":"https://a","displayName":"a","version":3000000000}"#,
            422,
            Some("version"),
        ),
        (r#"{"targetURI":"https://a","displayName":"a","unknown":1}"#, 200, None),
    ] {
        let answer = post(body_sent);
        let told = body(&answer)["meta"]["errors"][0]["path"].clone();
        assert_eq!((answer.status.as_u16(), told.as_str()), (status, path), "{body_sent}");
    }
}

#[test]
fn a_client_gets_tokens_until_they_expire() {
    let standin = Standin::start();
    let account = standin.client_account();
    let token = || {
        let call = avinode().token_call(&account).unwrap();
        avinode().token(&exchange(&call).unwrap())
    };
    let listed = |token: &Secret| {
        let mut call = spoken().list(&account, 1);
        let credentials = avinode().credentials(&account, Some(token), Timestamp::UNIX_EPOCH);
        call.request.headers = call.request.headers.with(credentials);
        exchange(&call).unwrap().status.as_u16()
    };
    let first = token().unwrap();
    assert_eq!(first.lifetime.map(|lifetime| lifetime.as_secs()), Some(1800));
    assert_eq!(listed(&first.secret), 200);
    standin.expire_tokens();
    assert_eq!(listed(&first.secret), 401);
    assert_eq!(listed(&token().unwrap().secret), 200);
    standin.set_token_answer(Answer::html(503));
    assert_eq!(token().unwrap_err(), "answered 503 without a JSON object");
    standin.set_token_answer(None);
    let mut wrong = avinode().token_call(&account).unwrap();
    wrong.request.body = "grant_type=client_credentials&client_id=a&client_secret=b".into();
    let refused = avinode().token(&exchange(&wrong).unwrap()).unwrap_err();
    assert!(refused.starts_with("answered 401: invalid_client: "), "{refused}");
}

#[test]
fn resources_of_every_documented_kind_can_be_read() {
    let standin = Standin::start();
    for (path, id) in [
        ("/rfqs/arfq-1", Some("arfq-1")),
        ("/tripmsgs/asellermsg-1", Some("asellermsg-1")),
        ("/tripmsgs/abuyermsg-1", Some("abuyermsg-1")),
        ("/emptylegs/el-1", Some("el-1")),
        ("/leads/ecl-1", Some("ecl-1")),
        ("/contacts/people/contact-1", Some("contact-1")),
        ("/passengers/schedaero-passenger-1-1", Some("schedaero-passenger-1-1")),
        ("/logistics/s-1", Some("s-1")),
        ("/rfqs/el-1", None),
        ("/quotes/1", None),
    ] {
        let answer = get(&standin, path);
        assert_eq!(body(&answer)["data"]["id"].as_str(), id, "{path}");
        assert_eq!(answer.status.as_u16(), if id.is_some() { 200 } else { 404 }, "{path}");
    }
    let rfq = get(&standin, "/rfqs/arfq-1");
    assert_eq!(body(&rfq)["data"]["href"], format!("{}/rfqs/arfq-1", standin.url()));
    let of_trip = body(&get(&standin, "/rfqs/A1B2C3"));
    assert_eq!(of_trip["data"][1]["tripId"], "A1B2C3");
    standin.set_resource("/emptylegs/el-1", Value::Null);
    assert_eq!(get(&standin, "/emptylegs/el-1").status, 404);
    standin.set_resource("/rfqs/arfq-1", json!({ "id": "arfq-1", "canceled": true }));
    assert_eq!(body(&get(&standin, "/rfqs/arfq-1"))["data"]["canceled"], true);
    let url = standin.url().join("/tripmsgs/asellerlift-1/submitQuote").unwrap();
    let posted = send(&standin, Call::new(Method::POST, url, Headers::default()));
    assert_eq!(posted.status, 405, "nothing that changes anything is there but settings");
}

#[test]
fn it_misbehaves_as_it_is_told() {
    let standin = Standin::start();
    let rate = [("X-Rate-Limit-Reset", "60")];
    for (answer, status) in [
        (Answer::html(500), 500),
        (Answer::redirect("https://sandbox.avinode.com.evil.test/"), 302),
        (refusal(403, "AUTHENTICATION_COMPANY_ACCESS", "no access", None), 403),
        (Answer::new(429, &[], "").with(&rate), 429),
        (Answer::json(200, &json!({ "data": 7 })), 200),
    ] {
        standin.set_answer(answer);
        assert_eq!(get(&standin, "/rfqs/arfq-1").status, status);
    }
    standin.set_answer(Answer::Long(1 << 20));
    assert_eq!(get(&standin, "/rfqs/arfq-1").body.len(), 1 << 20);
    standin.set_answer(Answer::Raw(Vec::new()));
    let mut call = spoken().list(&standin.account(), 1);
    let credentials = avinode().credentials(&standin.account(), None, Timestamp::UNIX_EPOCH);
    call.request.headers = call.request.headers.with(credentials);
    assert_eq!(exchange(&call), None);
    standin.set_answer(Answer::Never);
    let before = standin.requests().len();
    let (began, waiting) = (Instant::now(), std::thread::spawn(move || exchange(&call)));
    while standin.requests().len() == before {
        assert!(began.elapsed() < DEADLINE, "the request does not arrive");
        std::thread::yield_now();
    }
    drop(standin);
    assert_eq!(waiting.join().unwrap(), None, "its end ends who waits");
}
