//! The errors of Channex: an object, not JSON:API's list, whose `details` are a list of sentences or
//! an object with sentences for each field.
//!
//! <https://docs.channex.io/api-v.1-documentation/api-reference>

use http::StatusCode;
use serde_json::{Map, Value};

use crate::domain::attempt::Response;
use crate::domain::subscription::Rejection;
use crate::providers::reply;

use super::fields::key_of;

/// No more fields than these are told; the answer itself has all.
const MOST_FIELDS: usize = 20;

/// An answer that says no.
#[derive(Debug)]
pub(super) struct Refused {
    /// What it says as a whole.
    pub(super) message: String,
    /// What it says about single fields, by their names at Channex.
    pub(super) fields: Vec<(String, String)>,
}

impl Refused {
    /// Reads an answer; none if it does not say no.
    pub(super) fn by(response: &Response) -> Option<Self> {
        let body = reply::json(response);
        let errors = body.as_ref().and_then(|body| body.get("errors")).filter(|it| !is_void(it));
        match errors {
            Some(Value::Object(errors)) => Some(Self::of(response.status, errors)),
            Some(other) => Some(Self::bare(format!(
                "Channex answers {}: {}",
                response.status,
                reply::excerpt(&other.to_string())
            ))),
            None if response.status.is_success() => None,
            None => Some(Self::bare(format!("Channex answers {}", reply::in_words(response)))),
        }
    }

    fn bare(message: String) -> Self {
        Self { message, fields: Vec::new() }
    }

    fn of(status: StatusCode, errors: &Map<String, Value>) -> Self {
        let word = |name| errors.get(name).and_then(Value::as_str);
        let mut message = format!("Channex answers {}", status.as_u16());
        if let Some(text) = word("title").or_else(|| word("code")) {
            message = format!("{message}: {}", reply::excerpt(text));
        }
        let mut fields = Vec::new();
        match errors.get("details") {
            Some(Value::Object(details)) => {
                let said = |(key, said): (&String, _)| (reply::excerpt(key), sentences(said));
                fields = details.iter().take(MOST_FIELDS).map(said).collect();
            }
            Some(Value::Null) | None => {}
            Some(details) => message = format!("{message}: {}", sentences(details)),
        }
        Self { message, fields }
    }

    /// The same for a form: each field under its key there, and unknown ones told as a whole.
    pub(super) fn into_rejection(self) -> Rejection {
        let mut rejection = Rejection::of_whole(self.message);
        for (name, said) in self.fields {
            match key_of(&name) {
                Some(key) => rejection.fields.push((key.to_owned(), said)),
                None => rejection.message = format!("{}; {name}: {said}", rejection.message),
            }
        }
        rejection
    }

    /// The same in one sentence.
    pub(super) fn into_sentence(self) -> String {
        self.fields
            .into_iter()
            .fold(self.message, |all, (name, said)| format!("{all}; {name}: {said}"))
    }
}

/// Whether it says nothing.
fn is_void(errors: &Value) -> bool {
    match errors {
        Value::Null => true,
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// A sentence, or several of them as one.
fn sentences(value: &Value) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let all = match value {
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join("; "),
        other => text(other),
    };
    reply::excerpt(&all)
}

#[cfg(test)]
mod tests;
