//! The API of Avionté's Front Office. Webhooks are no part of it: a person makes them.
//!
//! <https://developer.avionte.com/docs/general-guidelines>

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;

use crate::domain::account::{Account, Credentials, Tenant};
use crate::domain::attempt::{Call, Response};
use crate::domain::event::Event;
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::secret::Secret;
use crate::providers::api::{Api, Link, Subscriptions, Token};
use crate::providers::{oauth2, reply};

use super::links::links;
use super::token;

/// The API.
#[derive(Clone, Copy, Debug)]
pub(in crate::providers) struct AvionteApi;

impl Api for AvionteApi {
    fn token_call(&self, account: &Account) -> Option<Call> {
        token::call(account)
    }

    fn token(&self, response: &Response) -> Result<Token, String> {
        oauth2::token(response)
    }

    fn credentials(&self, account: &Account, token: Option<&Secret>, _at: Timestamp) -> Vec<Field> {
        let mut fields = Vec::new();
        if let Some(token) = token {
            fields.push(field("Authorization", [b"Bearer ", token.expose()].concat()));
        }
        if let Credentials::Avionte { api_key, tenant, .. } = &account.credentials {
            fields.push(field("X-api-key", api_key.expose().to_owned()));
            fields.push(match tenant {
                Tenant::Id(id) => field("FrontOfficeTenantId", id.to_string()),
                Tenant::Code(code) => field("Tenant", code.clone()),
            });
        }
        fields.push(field("accept", "application/json"));
        fields
    }

    fn links(&self, account: &Account, request: &Request, event: &Event) -> Vec<Link> {
        links(account, request, event)
    }

    fn remarks(&self, _call: &Call, response: &Response) -> Vec<String> {
        let status = response.status;
        if status.is_success() {
            return Vec::new();
        }
        let mut remarks = vec![format!("Avionté answers {}", reply::in_words(response))];
        remarks.extend(advice(status).map(str::to_owned));
        remarks.extend(reply::redirect(response));
        remarks.extend(reply::retry_after(response));
        remarks
    }

    fn subscriptions(&self) -> Option<&'static dyn Subscriptions> {
        None
    }
}

/// What to do about a status. What a body says then is not documented.
fn advice(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::UNAUTHORIZED => Some(
            "the token or the key is not accepted: check client_id, client_secret and api_key of \
             the account",
        ),
        StatusCode::FORBIDDEN => {
            Some("the token holds, but not for this: check the tenant and the scope of the account")
        }
        StatusCode::NOT_FOUND => Some(
            "Avionté has nothing there for this tenant: it may be removed or merged, or the path \
             in the account's paths is not right",
        ),
        StatusCode::TOO_MANY_REQUESTS => Some(BACK_OFF),
        status if status.is_server_error() => Some(BACK_OFF),
        _ => None,
    }
}

const BACK_OFF: &str = "Avionté asks to wait 5 s, then 10 s, then twice as long each time, and to \
     stop after 5 errors";

fn field(name: &'static str, value: impl Into<Bytes>) -> Field {
    Field { name: Bytes::from_static(name.as_bytes()), value: value.into() }
}

#[cfg(test)]
mod tests;
