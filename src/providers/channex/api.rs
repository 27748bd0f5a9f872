//! The API of Channex.
//!
//! <https://docs.channex.io/api-v.1-documentation/api-reference>

use bytes::Bytes;
use jiff::Timestamp;

use crate::domain::account::{Account, Credentials};
use crate::domain::attempt::{Call, Response};
use crate::domain::event::Event;
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::secret::Secret;
use crate::providers::api::{Api, Link, Subscriptions, Token};

use super::links::links;
use super::remarks::remarks;
use super::webhooks::Webhooks;

/// The API.
#[derive(Clone, Copy, Debug)]
pub(in crate::providers) struct ChannexApi;

impl Api for ChannexApi {
    fn token_call(&self, _account: &Account) -> Option<Call> {
        None
    }

    fn token(&self, _response: &Response) -> Result<Token, String> {
        Err("Channex has no tokens, its key is sent as it is".to_owned())
    }

    fn credentials(
        &self,
        account: &Account,
        _token: Option<&Secret>,
        _at: Timestamp,
    ) -> Vec<Field> {
        let field =
            |name: &'static str, value| Field { name: Bytes::from_static(name.as_bytes()), value };
        let accept = field("Accept", Bytes::from_static(b"application/json"));
        let Credentials::Channex { api_key, .. } = &account.credentials else {
            return vec![accept];
        };
        vec![field("user-api-key", Bytes::copy_from_slice(api_key.expose())), accept]
    }

    fn links(&self, account: &Account, request: &Request, event: &Event) -> Vec<Link> {
        links(account, request, event)
    }

    fn remarks(&self, call: &Call, response: &Response) -> Vec<String> {
        remarks(call, response)
    }

    fn subscriptions(&self) -> Option<&'static dyn Subscriptions> {
        Some(&Webhooks)
    }
}
