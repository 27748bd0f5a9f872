//! A stand-in for Avionté, written from its documents: the token endpoint, and the one resource
//! whose path is documented. What an error's body holds is not documented, so its are empty.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use hookscope::domain::account::{Account, Credentials, Matching, Tenant};
use hookscope::domain::event::ProviderId;
use hookscope::domain::http::Request;
use hookscope::domain::secret::Secret;
use hookscope::domain::url::{Host, Url};
use http::Method;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::server::{Answer, Server, locked};

/// What it knows a company by.
pub(crate) const API_KEY: &str = "avionte-api-key";
pub(crate) const CLIENT: &str = "avionte-client";
pub(crate) const CLIENT_SECRET: &str = "avionte&secret=";
pub(crate) const TENANT: i64 = 1042;
pub(crate) const TENANT_CODE: &str = "acme";
/// The scope that is documented for the Front Office.
pub(crate) const SCOPE: &str = "avionte.aero.compasintegrationservice";

/// A running stand-in.
#[derive(Debug)]
pub(crate) struct Avionte {
    server: Server,
    world: Arc<Mutex<World>>,
}

#[derive(Debug, Default)]
struct World {
    /// How many tokens were given; the last one holds.
    tokens: usize,
    has_expired: bool,
    talents: BTreeMap<String, Value>,
    /// Given in place of what the documents say, one for each request.
    answers: VecDeque<Answer>,
}

impl Avionte {
    pub(crate) fn start() -> Self {
        let world = Arc::<Mutex<World>>::default();
        let handled = world.clone();
        let server = Server::start(move |request| answer(&mut locked(&handled), request));
        Self { server, world }
    }

    /// The account that it lets in.
    pub(crate) fn account(&self, name: &str) -> Account {
        let base_url = self.base_url();
        Account {
            name: name.into(),
            provider: ProviderId::Avionte,
            token_url: None,
            hosts: vec![Host::parse(base_url.authority()).expect("it is a host")],
            base_url,
            paths: BTreeMap::new(),
            credentials: Credentials::Avionte {
                api_key: Secret::new(API_KEY),
                client_id: CLIENT.to_owned(),
                client_secret: Secret::new(CLIENT_SECRET),
                scope: SCOPE.to_owned(),
                tenant: Tenant::Id(TENANT),
            },
            matching: Matching { tenant_id: Some(TENANT.to_string()), ..Matching::default() },
        }
    }

    /// Where its API begins.
    pub(crate) fn base_url(&self) -> Url {
        self.server.url().join("/front-office/v1").expect("it is an address")
    }

    /// Every request so far, as it came.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.server.requests()
    }

    /// The next request is answered with this, whatever it is.
    pub(crate) fn answer_next(&self, answer: Answer) {
        locked(&self.world).answers.push_back(answer);
    }

    /// The token that was given last does not hold any more.
    pub(crate) fn expire_token(&self) {
        locked(&self.world).has_expired = true;
    }

    pub(crate) fn put_talent(&self, id: &str, talent: Value) {
        locked(&self.world).talents.insert(id.to_owned(), talent);
    }
}

fn answer(world: &mut World, request: &Request) -> Answer {
    if let Some(answer) = world.answers.pop_front() {
        return answer;
    }
    if request.headers.text("x-api-key") != Some(API_KEY) {
        return Answer::new(401, &[], "");
    }
    match (&request.method, request.path()) {
        (&Method::POST, "/authorize/token") => token(world, request),
        (&Method::GET, path) => match path.strip_prefix("/front-office/v1/talent/") {
            Some(id) => talent(world, request, id),
            None => Answer::new(404, &[], ""),
        },
        _ => Answer::new(405, &[], ""),
    }
}

/// The form, its fields in any order and none beside them.
fn token(world: &mut World, request: &Request) -> Answer {
    if !request.is_form() {
        return Answer::new(415, &[], "");
    }
    let body = String::from_utf8_lossy(&request.body);
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut form = body
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect::<Vec<_>>();
    form.sort();
    let expected = [
        ("client_id", CLIENT),
        ("client_secret", CLIENT_SECRET),
        ("grant_type", "client_credentials"),
        ("scope", SCOPE),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    if form != expected {
        return Answer::json(400, &json!({"error": "invalid_client"}));
    }
    world.tokens += 1;
    world.has_expired = false;
    let token = format!("token-{}", world.tokens);
    Answer::json(200, &json!({"access_token": token, "token_type": "Bearer", "expires_in": 3600}))
}

fn talent(world: &World, request: &Request, id: &str) -> Answer {
    let bearer = format!("Bearer token-{}", world.tokens);
    let holds = world.tokens > 0 && !world.has_expired;
    if !holds || request.headers.text("authorization") != Some(&bearer) {
        return Answer::new(401, &[], "");
    }
    let tenant = request.headers.text("frontofficetenantid");
    let code = request.headers.text("tenant");
    let is_known = match (tenant, code) {
        (Some(tenant), None) => tenant == TENANT.to_string(),
        (None, Some(code)) => code == TENANT_CODE,
        _ => false,
    };
    if !is_known || request.headers.text("accept") != Some("application/json") {
        return Answer::new(400, &[], "");
    }
    match world.talents.get(id) {
        Some(talent) => Answer::json(200, talent),
        None => Answer::new(404, &[], ""),
    }
}

#[cfg(test)]
mod tests;
