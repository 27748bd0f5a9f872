//! Tokens of OAuth 2.0 client credentials: the form that asks for one and the answer that holds it,
//! as RFC 6749 has them (sections 4.4, 5.1 and 5.2).

use std::fmt::Write;
use std::time::Duration;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::{Map, Value};

use crate::domain::attempt::{Call, Response};
use crate::domain::headers::Headers;
use crate::domain::secret::Secret;
use crate::domain::url::Url;

use super::api::Token;
use super::reply::excerpt;

/// All but what the HTML standard leaves as it is in forms. A space is encoded too, which every
/// reader of forms takes.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*');

/// The call that asks for a token with these fields, `grant_type=client_credentials` before them.
/// The client is proven by two of them (`client_secret_post`).
pub(super) fn token_call(url: Url, fields: &[(&str, &[u8])]) -> Call {
    let mut form = "grant_type=client_credentials".to_owned();
    for (name, value) in fields {
        let value = percent_encode(value, FORM);
        write!(form, "&{name}={value}").expect("writing to a string never fails");
    }
    let headers = Headers::from_pairs([
        ("Accept", "application/json"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ]);
    Call::with_body(Method::POST, url, headers, form)
}

/// The token in the answer.
///
/// # Errors
/// When it holds none, with what it says instead.
pub(super) fn token(response: &Response) -> Result<Token, String> {
    let status = response.status.as_u16();
    let answer: Map<String, Value> = serde_json::from_slice(&response.body)
        .map_err(|_not_an_object| format!("answered {status} without a JSON object"))?;
    if !response.status.is_success() || answer.contains_key("error") {
        return Err(failure(status, &answer));
    }
    let kind = answer.get("token_type").and_then(Value::as_str).unwrap_or("bearer");
    if !kind.eq_ignore_ascii_case("bearer") {
        return Err(format!(
            "gave a token of the type {}; only bearer is known here",
            excerpt(kind)
        ));
    }
    let token = answer.get("access_token").and_then(Value::as_str).unwrap_or_default();
    if token.is_empty() {
        return Err(format!("answered {status} without an access_token"));
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("gave a token that cannot stand in a header".to_owned());
    }
    Ok(Token { secret: Secret::new(token), lifetime: answer.get("expires_in").and_then(lifetime) })
}

/// Seconds, also where they stand in a text.
fn lifetime(value: &Value) -> Option<Duration> {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    seconds.map(Duration::from_secs)
}

/// What a failure says: the code and the description of RFC 6749, and of `errorDetails` (Avinode)
/// the same.
fn failure(status: u16, answer: &Map<String, Value>) -> String {
    let details = answer.get("errorDetails").and_then(Value::as_array).into_iter().flatten();
    let said = std::iter::once(said(answer, "error", "error_description"))
        .chain(
            details.filter_map(Value::as_object).map(|detail| said(detail, "code", "description")),
        )
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>();
    if said.is_empty() {
        return format!("answered {status} without a reason");
    }
    format!("answered {status}: {}", excerpt(&said.join("; ")))
}

fn said(object: &Map<String, Value>, code: &str, description: &str) -> String {
    let of = |name| object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    [of(code), of(description)].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests;
