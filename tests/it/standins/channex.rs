//! A stand-in for Channex, written from its documents: two keys are two organizations, each with
//! its own properties, webhooks and bookings. What it is not told by the documents it refuses.

mod delivery;
mod reading;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use hookscope::domain::account::{Account, Credentials, Matching};
use hookscope::domain::event::ProviderId;
use hookscope::domain::http::Request;
use hookscope::domain::secret::Secret;
use hookscope::domain::url::Host;
use http::Method;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::server::{Answer, Server, locked};

/// A running stand-in.
#[derive(Debug)]
pub(crate) struct Channex {
    server: Server,
    world: Arc<Mutex<World>>,
}

/// All that it knows.
#[derive(Debug, Default)]
struct World {
    /// By the key that it is known by.
    organizations: BTreeMap<String, Organization>,
    /// Given in place of what the documents say, one for each request.
    answers: VecDeque<Answer>,
    /// How many webhooks there ever were; their ids are made of it.
    made: u32,
}

#[derive(Debug, Default)]
struct Organization {
    properties: BTreeSet<String>,
    /// Records as a list has them, in the order in which they were made.
    webhooks: Vec<Value>,
    /// What can be read, by the path behind the base.
    resources: BTreeMap<String, Value>,
    acknowledged: BTreeSet<String>,
}

impl Channex {
    /// A stand-in without organizations.
    pub(crate) fn start() -> Self {
        let world = Arc::<Mutex<World>>::default();
        let handled = world.clone();
        let server = Server::start(move |request| answer(&handled, request));
        Self { server, world }
    }

    /// An organization with this key and this property, and the account that speaks for it.
    pub(crate) fn organization(&self, name: &str, key: &str, property: &str) -> Account {
        let properties = BTreeSet::from([property.to_owned()]);
        let organization = Organization { properties, ..Organization::default() };
        locked(&self.world).organizations.insert(key.to_owned(), organization);
        let base_url = self.server.url().join("/api/v1").expect("it is an address");
        Account {
            name: name.into(),
            provider: ProviderId::Channex,
            token_url: None,
            hosts: vec![Host::parse(base_url.authority()).expect("it is a host")],
            base_url,
            paths: BTreeMap::new(),
            credentials: Credentials::Channex {
                api_key: Secret::new(key),
                property: Some(property.to_owned()),
            },
            matching: Matching { property_id: Some(property.to_owned()), ..Matching::default() },
        }
    }

    /// Every request so far, as it came.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.server.requests()
    }

    /// The next request is answered with this, whatever it is.
    pub(crate) fn answer_next(&self, answer: Answer) {
        locked(&self.world).answers.push_back(answer);
    }

    /// The next request is one too many.
    pub(crate) fn refuse_next(&self) {
        self.answer_next(error(429, "http_too_many_requests", "Too Many Requests"));
    }

    /// The webhooks of an organization, as a list has them.
    pub(crate) fn webhooks(&self, key: &str) -> Vec<Value> {
        locked(&self.world).organizations[key].webhooks.clone()
    }

    /// Somebody else changes the webhooks of an organization.
    pub(crate) fn change_webhooks(&self, key: &str, change: impl FnOnce(&mut Vec<Value>)) {
        let mut world = locked(&self.world);
        change(&mut world.organizations.get_mut(key).expect("it is known").webhooks);
    }

    /// What is read at a path behind the base (`/bookings/ID`).
    pub(crate) fn put(&self, key: &str, path: &str, record: Value) {
        let mut world = locked(&self.world);
        let organization = world.organizations.get_mut(key).expect("it is known");
        organization.resources.insert(path.to_owned(), record);
    }

    /// The revisions that somebody acknowledged.
    pub(crate) fn acknowledged(&self, key: &str) -> Vec<String> {
        locked(&self.world).organizations[key].acknowledged.iter().cloned().collect()
    }
}

/// A request, taken apart.
struct Asked<'a> {
    method: &'a Method,
    /// Behind the base.
    path: &'a str,
    query: Vec<(String, String)>,
    body: &'a [u8],
}

impl Asked<'_> {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn answer(world: &Mutex<World>, request: &Request) -> Answer {
    if let Some(answer) = locked(world).answers.pop_front() {
        return answer;
    }
    let Some(path) = request.path().strip_prefix("/api/v1") else {
        return Answer::html(404);
    };
    let Some(key) = key(world, request) else {
        return error(401, "unauthorized", "Unauthorized");
    };
    if let Some(complaint) = complaint(request) {
        return bad_request(&complaint);
    }
    let asked = Asked { method: &request.method, path, query: query(request), body: &request.body };
    match path.strip_prefix("/webhooks") {
        Some(rest) => webhooks::answer(world, &key, &asked, rest),
        None => reading::answer(&mut locked(world), &key, &asked),
    }
}

/// The key of the organization that asks.
fn key(world: &Mutex<World>, request: &Request) -> Option<String> {
    let mut keys = request.headers.all("user-api-key");
    let (Some(key), None) = (keys.next(), keys.next()) else { return None };
    let key = std::str::from_utf8(key).ok()?;
    locked(world).organizations.contains_key(key).then(|| key.to_owned())
}

/// What is wrong with the head of a request.
fn complaint(request: &Request) -> Option<String> {
    if request.headers.text("accept") != Some("application/json") {
        return Some("Accept has to be application/json".to_owned());
    }
    let kind = request.headers.text("content-type");
    let expected = (!request.body.is_empty()).then_some("application/json");
    (kind != expected).then(|| format!("Content-Type is {kind:?} and has to be {expected:?}"))
}

fn query(request: &Request) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = request.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn error(status: u16, code: &str, title: &str) -> Answer {
    Answer::json(status, &json!({"errors": {"code": code, "title": title}}))
}

/// `details` are a list here.
fn bad_request(detail: &str) -> Answer {
    let errors = json!({"code": "bad_request", "title": "Bad Request", "details": [detail]});
    Answer::json(400, &json!({ "errors": errors }))
}

/// `details` are an object here.
fn invalid(details: &BTreeMap<String, Vec<String>>) -> Answer {
    let errors =
        json!({"code": "validation_error", "title": "Validation Error", "details": details});
    Answer::json(422, &json!({ "errors": errors }))
}

fn success() -> Answer {
    Answer::json(200, &json!({"meta": {"message": "Success"}}))
}

#[cfg(test)]
mod tests;
