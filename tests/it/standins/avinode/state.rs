//! What the stand-in knows: settings, tokens, and how it is to behave.

use std::collections::{BTreeMap, BTreeSet};

use hookscope::domain::http::Request;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::{BEARER, CLIENT, envelope, not_found, refusal};
use crate::standins::server::Answer;

/// What a list tells of secrets, which is not documented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Telling {
    /// They stand there as they were sent.
    #[default]
    Whole,
    /// Stars stand for them.
    Masked,
    /// They are left out.
    Nothing,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) settings: Vec<Map<String, Value>>,
    pub(super) telling: Telling,
    pub(super) resources: BTreeMap<String, Value>,
    pub(super) answer: Option<Answer>,
    pub(super) token_answer: Option<Answer>,
    pub(super) tokens: BTreeSet<String>,
    made: u64,
    given: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            settings: Vec::new(),
            telling: Telling::default(),
            resources: BTreeMap::new(),
            answer: None,
            token_answer: None,
            tokens: BTreeSet::from([BEARER.to_owned()]),
            made: 0,
            given: 0,
        }
    }
}

impl State {
    /// Keeps a new record under an id of its own, which counts up for as long as the stand-in runs.
    pub(super) fn add(&mut self, mut record: Map<String, Value>) -> String {
        self.made += 1;
        let id = format!("whs-{}", self.made);
        record.insert("id".to_owned(), json!(id));
        record.insert("version".to_owned(), json!(1));
        record.entry("active").or_insert(json!(true));
        self.settings.push(record);
        id
    }

    pub(super) fn change(&mut self, id: &str, member: &str, value: Value) {
        let record = self.settings.iter_mut().find(|record| record["id"] == id);
        let record = record.expect("a test changes what is there");
        record.insert(member.to_owned(), value);
        count_up(record);
    }

    pub(super) fn list(&self) -> Answer {
        envelope(self.settings.iter().map(|record| self.told(record)).collect::<Vec<_>>())
    }

    pub(super) fn create(&mut self, record: Map<String, Value>) -> Answer {
        self.add(record);
        envelope(self.told(&self.settings[self.settings.len() - 1]))
    }

    pub(super) fn update(
        &mut self,
        id: &str,
        mut record: Map<String, Value>,
    ) -> Result<Answer, Answer> {
        let id = percent_decode_str(id).decode_utf8_lossy();
        let place = self.settings.iter().position(|known| known["id"] == *id);
        let known = &mut self.settings[place.ok_or_else(not_found)?];
        if record.get("id").is_some_and(|sent| *sent != known["id"]) {
            return Err(refusal(422, "ERR_INPUT_GENERIC_INVALID", "is another's", Some("id")));
        }
        if record.get("version").is_some_and(|sent| *sent != known["version"]) {
            return Err(refusal(409, "ERR_INPUT_GENERIC_INVALID", "is stale", Some("version")));
        }
        record.insert("id".to_owned(), known["id"].clone());
        record.insert("version".to_owned(), known["version"].clone());
        *known = record;
        count_up(known);
        let known = known.clone();
        Ok(envelope(self.told(&known)))
    }

    /// A token, for the form of the documents by `client_secret_post`.
    pub(super) fn token(&mut self, request: &Request) -> Result<Answer, Answer> {
        let is_json = request.headers.text("accept") == Some("application/json");
        let body = String::from_utf8_lossy(&request.body);
        let field = |name: &str| {
            let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
            let value = pairs.clone().find(|(known, _)| *known == name).map(|(_, value)| value);
            percent_decode_str(value.unwrap_or_default()).decode_utf8_lossy().into_owned()
        };
        if !request.is_form() || !is_json || request.method != http::Method::POST {
            return Err(no_token(400, "invalid_request"));
        }
        if field("grant_type") != "client_credentials" {
            return Err(no_token(400, "unsupported_grant_type"));
        }
        if (field("client_id").as_str(), field("client_secret").as_str()) != CLIENT {
            return Err(no_token(401, "invalid_client"));
        }
        self.given += 1;
        let token = format!("avinode-fetched-token-{}", self.given);
        self.tokens.insert(token.clone());
        let answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 1800 });
        Ok(Answer::json(200, &answer))
    }

    fn told(&self, record: &Map<String, Value>) -> Value {
        let mut told = record.clone();
        match (self.telling, told.get_mut("clientSecret")) {
            (Telling::Masked, Some(secret)) => *secret = json!("********"),
            (Telling::Nothing, Some(_)) => {
                told.shift_remove("clientSecret");
            }
            (Telling::Whole, _) | (_, None) => {}
        }
        Value::Object(told)
    }
}

fn count_up(record: &mut Map<String, Value>) {
    let version = record["version"].as_i64().expect("a version counts") + 1;
    record.insert("version".to_owned(), json!(version));
}

/// The shape of failures at the token endpoint.
fn no_token(status: u16, error: &str) -> Answer {
    let details =
        json!([{ "code": format!("{error}_client_secret_post"), "description": "wrong" }]);
    let body = json!({ "error": error, "error_description": "no token", "errorDetails": details });
    Answer::json(status, &body)
}
