//! The API of the Avinode Group: Avinode Marketplace and Schedaero.
//!
//! <https://developer.avinodegroup.com/docs/api-basics>,
//! <https://developer.avinodegroup.com/docs/oauth-management>

use bytes::Bytes;
use jiff::Timestamp;

use super::links::links;
use super::remarks::remarks;
use super::settings::Settings;
use crate::domain::account::{Account, Bearer, Credentials};
use crate::domain::attempt::{Call, Response};
use crate::domain::event::Event;
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::secret::Secret;
use crate::providers::api::{Api, Link, Subscriptions, Token};
use crate::providers::oauth2;

/// The API.
#[derive(Clone, Copy, Debug)]
pub(in crate::providers) struct AvinodeGroupApi;

impl Api for AvinodeGroupApi {
    /// `client_secret_post`, one of the three documented ways. How long the token is to hold is left
    /// to the provider (30 minutes by its documents).
    fn token_call(&self, account: &Account) -> Option<Call> {
        let Credentials::AvinodeGroup { bearer: Bearer::Client { id, secret }, .. } =
            &account.credentials
        else {
            return None;
        };
        let documented = || account.base_url.join("/oauth/token").ok();
        let url = account.token_url.clone().or_else(documented)?;
        let fields = [("client_id", id.as_bytes()), ("client_secret", secret.expose())];
        Some(oauth2::token_call(url, &fields))
    }

    /// What a good answer looks like is not documented: RFC 6749 is assumed.
    fn token(&self, response: &Response) -> Result<Token, String> {
        oauth2::token(response)
    }

    /// The documents list the headers in this letter case. That the API version is required and
    /// that the time is UTC and within 5 minutes of the server's is known from third parties only;
    /// so are its milliseconds.
    fn credentials(&self, account: &Account, token: Option<&Secret>, at: Timestamp) -> Vec<Field> {
        let Credentials::AvinodeGroup { api_token, bearer, api_version, product, act_as_account } =
            &account.credentials
        else {
            return Vec::new();
        };
        let token = match bearer {
            Bearer::Token(token) => Some(token),
            Bearer::Client { .. } => token,
        };
        let authorization = token.map(|token| [b"Bearer ", token.expose()].concat());
        let sent = at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        let fields = [
            ("X-Avinode-ApiToken", Some(api_token.expose().to_vec())),
            ("Authorization", authorization),
            ("X-Avinode-SentTimestamp", Some(sent.into_bytes())),
            ("X-Avinode-ApiVersion", Some(api_version.clone().into_bytes())),
            ("X-Avinode-Product", Some(product.clone().into_bytes())),
            ("X-Avinode-ActAsAccount", act_as_account.clone().map(String::into_bytes)),
            ("Accept", Some(b"application/json".to_vec())),
            ("Accept-Encoding", Some(b"gzip".to_vec())),
        ];
        let given = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        given
            .map(|(name, value)| Field {
                name: Bytes::from_static(name.as_bytes()),
                value: value.into(),
            })
            .collect()
    }

    fn links(&self, account: &Account, request: &Request, event: &Event) -> Vec<Link> {
        links(account, request, event)
    }

    fn remarks(&self, call: &Call, response: &Response) -> Vec<String> {
        remarks(call, response)
    }

    fn subscriptions(&self) -> Option<&'static dyn Subscriptions> {
        Some(&Settings)
    }
}

#[cfg(test)]
mod tests;
