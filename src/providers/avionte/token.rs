//! The token of Avionté: OAuth 2.0 client credentials.
//!
//! <https://developer.avionte.com/docs/step-2-obtain-your-access-token>

use crate::domain::account::{Account, Credentials};
use crate::domain::attempt::Call;
use crate::domain::headers::Field;
use crate::domain::url::{Url, UrlError};
use crate::providers::oauth2;

/// The call that asks for a token.
pub(super) fn call(account: &Account) -> Option<Call> {
    let Credentials::Avionte { api_key, client_id, client_secret, scope, .. } =
        &account.credentials
    else {
        return None;
    };
    let url = account.token_url.clone().or_else(|| beside(&account.base_url).ok())?;
    let mut call = oauth2::token_call(
        url,
        &[
            ("client_id", client_id.as_bytes()),
            ("client_secret", client_secret.expose()),
            ("scope", scope.as_bytes()),
        ],
    );
    let key = Field { name: "X-api-key".into(), value: api_key.expose().to_owned().into() };
    call.request.headers = call.request.headers.with(vec![key]);
    Some(call)
}

/// The token's address on the host of the API, which for `https://api.avionte.com/front-office/v1`
/// is the one that is documented. Of other environments none is documented.
fn beside(base: &Url) -> Result<Url, UrlError> {
    let scheme = if base.is_https() { "https" } else { "http" };
    Url::parse(&format!("{scheme}://{}/authorize/token", base.authority()))
}

#[cfg(test)]
mod tests;
