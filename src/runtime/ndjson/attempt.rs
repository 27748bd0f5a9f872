//! The line of an outward request.

use std::borrow::Cow;

use serde::Serialize;

use super::parts::{BodyPart, headers, time};
use crate::domain::attempt::{Attempt, AttemptError, AttemptId, Outcome};
use crate::domain::name::AccountName;

#[derive(Serialize)]
#[serde(tag = "kind", rename = "attempt")]
struct Line<'a> {
    id: Option<i64>,
    delivery: Option<i64>,
    purpose: &'static str,
    url: String,
    status: Option<u16>,
    took_ms: f64,
    error: Option<&'static str>,
    response: Option<ResponsePart<'a>>,
    at: String,
    account: Option<&'a str>,
    method: &'a str,
    /// Why there was no answer, for people.
    message: Option<&'a str>,
    /// No certificate was checked; left out where one was.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    insecure: bool,
}

#[derive(Serialize)]
struct ResponsePart<'a> {
    headers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    body: BodyPart<'a>,
}

/// The line of an attempt; one that could not be stored has no id. Credentials in the headers of the
/// answer are masked unless `reveal`.
pub fn line(id: Option<AttemptId>, attempt: &Attempt, reveal: bool) -> impl Serialize {
    let response = attempt.response();
    let failure = match &attempt.outcome {
        Outcome::Answered(_) => None,
        Outcome::Failed { error, message } => Some((*error, message.as_str())),
    };
    Line {
        id: id.map(|id| id.0),
        delivery: attempt.delivery.map(|delivery| delivery.0),
        purpose: attempt.purpose.as_str(),
        url: attempt.call.url.to_string(),
        status: response.map(|response| response.status.as_u16()),
        took_ms: attempt.timing.total.as_micros() as f64 / 1_000.0,
        error: failure.map(|(error, _)| AttemptError::as_str(error)),
        response: response.map(|response| ResponsePart {
            headers: headers(&response.headers, reveal),
            body: BodyPart::of(&response.body),
        }),
        at: time(attempt.started_at),
        account: attempt.account.as_ref().map(AccountName::as_str),
        method: attempt.call.request.method.as_str(),
        message: failure.map(|(_, message)| message),
        insecure: attempt.call.insecure,
    }
}

#[cfg(test)]
mod tests;
