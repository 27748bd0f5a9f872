//! What the API requires of a request.

use std::collections::BTreeSet;

use hookscope::domain::http::Request;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{API_TOKEN, refusal};
use crate::standins::server::Answer;

/// Whether every header is there and holds. A missing one is a 400 that names it, a token that does
/// not hold a 401 that names its header.
pub(super) fn headers(request: &Request, tokens: &BTreeSet<String>) -> Result<(), Answer> {
    let of = |name| {
        let value = request.headers.text(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| refusal(400, "ERR_INPUT_MISSING", name, None))
    };
    let wrong = |status, name| refusal(status, "ERR_INPUT_GENERIC_INVALID", name, None);
    if of("X-Avinode-ApiToken")? != API_TOKEN {
        return Err(wrong(401, "X-Avinode-ApiToken"));
    }
    let token = of("Authorization")?.strip_prefix("Bearer ");
    if !token.is_some_and(|token| tokens.contains(token)) {
        return Err(wrong(401, "Authorization"));
    }
    if of("X-Avinode-SentTimestamp")?.parse::<Timestamp>().is_err() {
        return Err(wrong(400, "X-Avinode-SentTimestamp"));
    }
    if !["v1.0", "v1"].contains(&of("X-Avinode-ApiVersion")?) {
        return Err(wrong(400, "X-Avinode-ApiVersion"));
    }
    of("X-Avinode-Product")?;
    if of("Accept")? != "application/json" {
        return Err(wrong(400, "Accept"));
    }
    if !request.body.is_empty() && request.media_type() != Some("application/json") {
        return Err(wrong(400, "Content-Type"));
    }
    Ok(())
}

/// The settings in the body, with what is required and in the types of the documents.
pub(super) fn settings(request: &Request) -> Result<Map<String, Value>, Answer> {
    let Ok(Value::Object(record)) = serde_json::from_slice(&request.body) else {
        return Err(refusal(400, "ERR_INPUT_GENERIC_INVALID", "body", None));
    };
    for member in ["targetURI", "displayName"] {
        let text = record.get(member).and_then(Value::as_str);
        if text.unwrap_or_default().is_empty() {
            return Err(refusal(400, "ERR_INPUT_MISSING", "is required", Some(member)));
        }
    }
    let wrong = record.iter().find(|(member, value)| !is_of_its_type(member, value));
    match wrong {
        Some((member, _)) => {
            Err(refusal(422, "ERR_INPUT_GENERIC_INVALID", "is wrong", Some(member)))
        }
        None => Ok(record),
    }
}

/// Members that are not documented may be anything.
fn is_of_its_type(member: &str, value: &Value) -> bool {
    match member {
        "version" => value.as_i64().is_some_and(|version| i32::try_from(version).is_ok()),
        "active" => value.is_boolean(),
        "eventTypes" => value.as_array().is_some_and(|all| all.iter().all(Value::is_string)),
        "targetURI" => is_target(value),
        "id" | "displayName" | "clientIdentifier" | "clientSecret" | "clientAuthenticationType" => {
            value.is_string()
        }
        _ => true,
    }
}

/// The documents require https; a test's own listener may be without.
fn is_target(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.starts_with("https://") || text.starts_with("http://127.0.0.1:")
}
