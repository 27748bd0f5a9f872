//! The token of Avionté: OAuth 2.0 client credentials.
//!
//! <https://developer.avionte.com/docs/step-2-obtain-your-access-token>

use std::time::Duration;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::Value;

use crate::domain::account::{Account, Credentials};
use crate::domain::attempt::{Call, Response};
use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::secret::Secret;
use crate::domain::url::{Url, UrlError};
use crate::providers::api::Token;
use crate::providers::reply;

/// All but what stands for itself in a form.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The call that asks for a token.
pub(super) fn call(account: &Account) -> Option<Call> {
    let Credentials::Avionte { api_key, client_id, client_secret, scope, .. } =
        &account.credentials
    else {
        return None;
    };
    let form = [
        ("grant_type", &b"client_credentials"[..]),
        ("client_id", client_id.as_bytes()),
        ("client_secret", client_secret.expose()),
        ("scope", scope.as_bytes()),
    ];
    let pairs = form.map(|(name, value)| format!("{name}={}", percent_encode(value, RESERVED)));
    let key = Field { name: "X-api-key".into(), value: api_key.expose().to_owned().into() };
    let mut fields = vec![key];
    fields.extend(
        Headers::from_pairs([
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("accept", "application/json"),
        ])
        .iter()
        .cloned(),
    );
    let url = account.token_url.clone().or_else(|| beside(&account.base_url).ok())?;
    let headers = Headers::new(fields, Fidelity::Exact);
    Some(Call::with_body(Method::POST, url, headers, pairs.join("&")))
}

/// The token's address on the host of the API, which for `https://api.avionte.com/front-office/v1`
/// is the one that is documented. Of other environments none is documented.
fn beside(base: &Url) -> Result<Url, UrlError> {
    let scheme = if base.is_https() { "https" } else { "http" };
    Url::parse(&format!("{scheme}://{}/authorize/token", base.authority()))
}

/// The token in an answer.
///
/// The text of a refusal holds nothing of the answer but its status and an error code that RFC 6749
/// (5.2) knows: servers are known to repeat what they were sent.
pub(super) fn read(response: &Response) -> Result<Token, String> {
    let body = reply::json(response).unwrap_or_default();
    let status = response.status;
    if !status.is_success() {
        let code = body.get("error").and_then(Value::as_str).and_then(in_words);
        let reason = code.unwrap_or("check client_id, client_secret, api_key and scope");
        return Err(format!("Avionté's token endpoint answers {status}: {reason}"));
    }
    let token = body.get("access_token").and_then(Value::as_str).filter(|it| !it.is_empty());
    let token = token
        .ok_or_else(|| format!("Avionté's token endpoint answers {status} without access_token"))?;
    Ok(Token { secret: Secret::new(token), lifetime: body.get("expires_in").and_then(lifetime) })
}

/// Seconds, written as a number or as a text.
fn lifetime(seconds: &Value) -> Option<Duration> {
    let seconds = seconds.as_u64().or_else(|| seconds.as_str()?.parse().ok())?;
    Some(Duration::from_secs(seconds))
}

fn in_words(code: &str) -> Option<&'static str> {
    Some(match code {
        "invalid_client" => "invalid_client, client_id or client_secret is not accepted",
        "invalid_scope" => "invalid_scope, the scope of the account is not granted",
        "invalid_grant" => "invalid_grant, the credentials of the account are not accepted",
        "unauthorized_client" => "unauthorized_client, the client may not ask for a token",
        "unsupported_grant_type" => "unsupported_grant_type, client credentials are not taken",
        "invalid_request" => "invalid_request, the endpoint expects other fields",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
