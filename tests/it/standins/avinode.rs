//! The API of the Avinode Group: headers are checked as documented, settings are kept in memory,
//! resources have the documented shapes.
//!
//! What the documents leave open is chosen here: a change answers 200 with the record in the usual
//! envelope, an update replaces the record whole, a version that is not the present one is a 409,
//! a value of the wrong type is a 422 with its path.

mod checks;
mod resources;
mod state;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use hookscope::domain::account::{Account, Bearer, Credentials, Matching};
use hookscope::domain::event::ProviderId;
use hookscope::domain::http::Request;
use hookscope::domain::secret::Secret;
use hookscope::domain::url::{Host, Url};
use http::Method;
use serde_json::{Value, json};

use super::server::{Answer, Server, locked};
use state::State;
pub(crate) use state::Telling;

/// The application's token that it takes.
pub(crate) const API_TOKEN: &str = "a1b2c3d4-0000-4000-8000-000000000001";

/// The company's token that it takes; further ones are given to the client.
pub(crate) const BEARER: &str = "avinode-bearer-token";

/// The client that it gives tokens to.
pub(crate) const CLIENT: (&str, &str) = ("acme-connection", "acme&connection=secret");

/// The stand-in. It ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Standin {
    server: Server,
    state: Arc<Mutex<State>>,
}

impl Standin {
    pub(crate) fn start() -> Self {
        let state = Arc::<Mutex<State>>::default();
        let known = state.clone();
        let server = Server::start(move |request| answer(&mut locked(&known), request));
        Self { server, state }
    }

    /// Where the API begins.
    pub(crate) fn url(&self) -> Url {
        self.server.url().join("/api").unwrap()
    }

    /// An account with the token of a connection.
    pub(crate) fn account(&self) -> Account {
        self.account_of(Bearer::Token(Secret::new(BEARER)))
    }

    /// An account that has to ask for its tokens.
    pub(crate) fn client_account(&self) -> Account {
        let (id, secret) = CLIENT;
        self.account_of(Bearer::Client { id: id.to_owned(), secret: Secret::new(secret) })
    }

    fn account_of(&self, bearer: Bearer) -> Account {
        let base_url = self.url();
        Account {
            name: "acme".into(),
            provider: ProviderId::Avinode,
            token_url: None,
            hosts: vec![Host::parse(base_url.authority()).unwrap()],
            base_url,
            paths: BTreeMap::new(),
            credentials: Credentials::AvinodeGroup {
                api_token: Secret::new(API_TOKEN),
                bearer,
                api_version: "v1.0".to_owned(),
                product: "hookscope-v0.1.0".to_owned(),
                act_as_account: None,
            },
            matching: Matching::default(),
        }
    }

    /// Every request so far, as it came.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.server.requests()
    }

    /// The settings as they stand there, secrets and all.
    pub(crate) fn settings(&self) -> Vec<Value> {
        locked(&self.state).settings.iter().cloned().map(Value::Object).collect()
    }

    /// Somebody else makes a webhook there; gives its id.
    pub(crate) fn seed(&self, record: &Value) -> String {
        let record = record.as_object().expect("settings are an object").clone();
        locked(&self.state).add(record)
    }

    /// Somebody else changes a webhook there.
    pub(crate) fn change(&self, id: &str, member: &str, value: Value) {
        locked(&self.state).change(id, member, value);
    }

    /// Everything is gone, as after the weekly rebuild of the sandbox.
    pub(crate) fn rebuild(&self) {
        let mut state = locked(&self.state);
        state.settings.clear();
        state.resources.clear();
    }

    /// What a list tells of secrets.
    pub(crate) fn tell_secrets(&self, telling: Telling) {
        locked(&self.state).telling = telling;
    }

    /// The resource at this path (`/rfqs/arfq-1`) from now on; null is a 404.
    pub(crate) fn set_resource(&self, path: &str, data: Value) {
        locked(&self.state).resources.insert(path.to_owned(), data);
    }

    /// The answer to every call with good credentials from now on; none: the proper one.
    pub(crate) fn set_answer(&self, answer: impl Into<Option<Answer>>) {
        locked(&self.state).answer = answer.into();
    }

    /// The answer to who asks for a token from now on; none: the proper one.
    pub(crate) fn set_token_answer(&self, answer: impl Into<Option<Answer>>) {
        locked(&self.state).token_answer = answer.into();
    }

    /// No token holds any more that a client was given so far.
    pub(crate) fn expire_tokens(&self) {
        locked(&self.state).tokens.retain(|token| token == BEARER);
    }
}

/// An answer as the documents have it for errors.
pub(crate) fn refusal(status: u16, code: &str, title: &str, path: Option<&str>) -> Answer {
    let mut error = json!({ "title": title, "code": code });
    if let Some(path) = path {
        error["path"] = json!(path);
    }
    Answer::json(status, &json!({ "meta": { "errors": [error], "warnings": [], "infos": [] } }))
}

/// An answer with these data.
fn envelope(data: impl Into<Value>) -> Answer {
    let meta = json!({ "errors": [], "warnings": [], "infos": [] });
    Answer::json(200, &json!({ "meta": meta, "data": data.into() }))
}

fn not_found() -> Answer {
    refusal(404, "NOT_FOUND", "??? No message available ???", None)
}

fn answer(state: &mut State, request: &Request) -> Answer {
    let Some(path) = request.path().strip_prefix("/api") else { return not_found() };
    if path == "/oauth/token" {
        let forced = state.token_answer.clone();
        return forced.unwrap_or_else(|| state.token(request).unwrap_or_else(|refusal| refusal));
    }
    let checked = checks::headers(request, &state.tokens);
    let forced = checked.and_then(|()| state.answer.clone().map_or(Ok(()), Err));
    forced.and_then(|()| proper(state, path, request)).unwrap_or_else(|refusal| refusal)
}

/// The answer that the documents lead to expect.
fn proper(state: &mut State, path: &str, request: &Request) -> Result<Answer, Answer> {
    let settings = path.strip_prefix("/webhooks/settings");
    let id = settings.and_then(|rest| rest.strip_prefix('/')).filter(|id| !id.contains('/'));
    match (&request.method, settings, id) {
        (&Method::GET, Some(""), _) => Ok(state.list()),
        (&Method::POST, Some(""), _) => Ok(state.create(checks::settings(request)?)),
        (&Method::PUT, _, Some(id)) => state.update(id, checks::settings(request)?),
        (&Method::GET, None, _) => match state.resources.get(path) {
            Some(Value::Null) => Err(not_found()),
            Some(data) => Ok(envelope(data.clone())),
            None => {
                let host = request.headers.text("host").unwrap_or_default();
                let href = format!("http://{host}{}", request.path());
                resources::at(path, &href).map(envelope).ok_or_else(not_found)
            }
        },
        _ => Err(Answer::new(405, &[], "")),
    }
}

#[cfg(test)]
mod tests;
