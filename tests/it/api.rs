//! How the APIs of providers are spoken: requests and answers on file, in `tests/data/api/PROVIDER`.
//!
//! A case is three files. `NAME.response.http` is an answer of the provider. `NAME.expected.json`
//! has the `operation` that is asked for and the `reading` that is made of the answer.
//! `NAME.request.http` is what goes out, secrets and all, with the whole address in its first line
//! (a draft that is not sent has neither of the two). To add a case, write the operation and the
//! answer, run with `UPDATE=1`, and read what it wrote.

mod accounts;
mod files;

use std::fs;

use bytes::Bytes;
use hookscope::domain::account::Account;
use hookscope::domain::attempt::{Call, Response};
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::secret::Secret;
use hookscope::domain::subscription::{
    Change, Draft, FieldKind, FieldValue, Rejection, SecretPlace,
};
use hookscope::providers::accounts::Accounts;
use hookscope::providers::api::{Api, Link, Secrets, Subscriptions};
use hookscope::providers::route::Route;
use hookscope::providers::{api, inspect};
use hookscope::verify::scheme::Scheme;
use http::Method;
use jiff::Timestamp;
use serde_json::{Value, json};

use accounts::account;
use files::{
    Case, DraftOnFile, Expected, Operation, SubscriptionOnFile, cases, file, response_of, written,
};

/// When everything on file is sent.
const AT: &str = "2026-11-21T10:00:00.123Z";

#[test]
fn every_operation_on_file_goes_out_and_is_read_as_its_files_expect() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let response = fs::read_to_string(file(&case.stem, "response.http")).ok();
        let response = response.as_deref().map(response_of);
        let (request, reading) = run(&case, response.as_ref());
        let expected = Expected { operation: case.expected.operation, reading };
        let expected = serde_json::to_string_pretty(&expected).unwrap() + "\n";
        for (ending, found) in [("request.http", request), ("expected.json", Some(expected))] {
            let path = file(&case.stem, ending);
            if let (true, Some(found)) = (update, &found) {
                fs::write(&path, found).unwrap();
            }
            let on_file = fs::read_to_string(&path).ok();
            if on_file != found {
                let found = found.unwrap_or_else(|| "nothing".to_owned());
                wrong.push(format!("{} expects otherwise, found:\n{found}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE=1 rewrites what is expected", wrong.join("\n"));
}

/// What goes out, and what is read of the answer.
fn run(case: &Case, response: Option<&Response>) -> (Option<String>, Value) {
    let api = api(case.provider);
    let is_token = matches!(case.operation, Operation::Token {});
    let account = account(case.provider, is_token);
    let answer = || response.unwrap_or_else(|| panic!("{}: no answer", case.stem.display()));
    if is_token {
        let call = api.token_call(&account).expect("the credentials are those of a client");
        return (Some(written(&call)), token_reading(api, answer()));
    }
    if let Operation::Fetch { body, link } = &case.operation {
        let links = links(api, &account, body);
        let reading = links.iter().map(link_reading).collect::<Vec<_>>();
        let Ok(url) = links[*link].url.clone() else {
            return (None, json!({ "links": reading }));
        };
        let call = Call::new(Method::GET, url, Headers::default());
        let remarks = api.remarks(&call, answer());
        let reading = json!({ "links": reading, "remarks": remarks });
        return (Some(written(&proven(api, &account, call))), reading);
    }
    let spoken = api.subscriptions().expect("the operation is about subscriptions");
    if let Operation::List { page } = case.operation {
        let call = spoken.list(&account, page);
        let remarks = api.remarks(&call, answer());
        let mut reading = list_reading(spoken, answer());
        reading["remarks"] = json!(remarks);
        return (Some(written(&proven(api, &account, call))), reading);
    }
    let (change, secrets) = change(spoken, &case.operation);
    match spoken.change(&account, &change, &secrets) {
        Ok(call) => {
            let reading = change_reading(spoken, &change, answer());
            (Some(written(&proven(api, &account, call))), reading)
        }
        Err(rejection) => (None, rejection_reading(rejection)),
    }
}

fn token_reading(api: &dyn Api, response: &Response) -> Value {
    match api.token(response) {
        Ok(token) => {
            let text = String::from_utf8_lossy(token.secret.expose()).into_owned();
            json!({ "token": text, "lifetime": token.lifetime.map(|lifetime| lifetime.as_secs()) })
        }
        Err(problem) => json!({ "problem": problem }),
    }
}

fn links(api: &dyn Api, account: &Account, body: &Value) -> Vec<Link> {
    let request = Request {
        method: Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::default(),
        body: Bytes::from(body.to_string()),
    };
    let endpoint = Endpoint { provider: Some(account.provider), ..Endpoint::any_path(None) };
    let route = Route { endpoint, scheme: Scheme::Open };
    let event = inspect(&request, Timestamp::UNIX_EPOCH, &route, &Accounts::default()).event;
    api.links(account, &request, &event)
}

fn link_reading(link: &Link) -> Value {
    match &link.url {
        Ok(url) => json!({ "label": link.label, "url": url.to_string() }),
        Err(reason) => json!({ "label": link.label, "reason": reason }),
    }
}

fn list_reading(spoken: &dyn Subscriptions, response: &Response) -> Value {
    match spoken.listing(response) {
        Ok(listing) => {
            let listed = listing.subscriptions.into_iter().map(SubscriptionOnFile::from);
            json!({ "subscriptions": listed.collect::<Vec<_>>(), "next": listing.next })
        }
        Err(rejection) => rejection_reading(rejection),
    }
}

fn change_reading(spoken: &dyn Subscriptions, change: &Change, response: &Response) -> Value {
    match spoken.changed(change, response) {
        Ok(changed) => {
            let subscription = changed.subscription.map(SubscriptionOnFile::from);
            json!({ "subscription": subscription, "remarks": changed.remarks })
        }
        Err(rejection) => rejection_reading(rejection),
    }
}

fn rejection_reading(Rejection { message, fields }: Rejection) -> Value {
    json!({ "rejection": { "message": message, "fields": fields } })
}

fn change(spoken: &dyn Subscriptions, operation: &Operation) -> (Change, Secrets) {
    let mut secrets = Secrets::new();
    let mut draft = |draft: &DraftOnFile| {
        let further = draft.further.iter().map(|(key, value)| {
            let field = spoken.fields().iter().find(|field| field.key == key);
            let field = field.unwrap_or_else(|| panic!("there is no field {key}"));
            let text = || value.as_str().expect("the value is a text").to_owned();
            let value = match field.kind {
                FieldKind::Text => FieldValue::Text(text()),
                FieldKind::Flag => FieldValue::Flag(value.as_bool().expect("it is yes or no")),
                FieldKind::Json => FieldValue::Json(value.clone()),
                FieldKind::Secret => {
                    secrets.insert(field.key, Secret::new(text()));
                    FieldValue::Secret(SecretPlace::Endpoint)
                }
            };
            (field.key, value)
        });
        Draft {
            further: further.collect(),
            name: draft.name.clone(),
            target: draft.target.clone(),
            active: draft.active,
            events: draft.events.clone(),
        }
    };
    let change = match operation {
        Operation::Create(of) => Change::Create(draft(of)),
        Operation::Test(of) => Change::Test(draft(of)),
        Operation::Update { of, draft: to } => Change::Update { of: of.known(), draft: draft(to) },
        Operation::SetActive { of, active } => {
            Change::SetActive { of: of.known(), active: *active }
        }
        Operation::Retarget { of, target } => {
            Change::Retarget { of: of.known(), target: target.clone() }
        }
        Operation::Delete { id } => Change::Delete { id: id.clone() },
        Operation::Token {} | Operation::Fetch { .. } | Operation::List { .. } => {
            panic!("it changes nothing")
        }
    };
    (change, secrets)
}

/// The call with what proves the account.
fn proven(api: &dyn Api, account: &Account, mut call: Call) -> Call {
    let token = api.token_call(account).map(|_| Secret::new("a-fetched-token"));
    let credentials = api.credentials(account, token.as_ref(), AT.parse().unwrap());
    call.request.headers = call.request.headers.with(credentials);
    call
}
