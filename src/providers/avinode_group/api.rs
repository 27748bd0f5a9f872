//! The API of the Avinode Group: Avinode Marketplace and Schedaero.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::attempt::{Call, Response};
use crate::domain::event::Event;
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::secret::Secret;
use crate::providers::api::{Api, Link, Subscriptions, Token};

/// The API.
#[derive(Clone, Copy, Debug)]
pub(in crate::providers) struct AvinodeGroupApi;

impl Api for AvinodeGroupApi {
    fn token_call(&self, _account: &Account) -> Option<Call> {
        todo!()
    }

    fn token(&self, _response: &Response) -> Result<Token, String> {
        todo!()
    }

    fn credentials(
        &self,
        _account: &Account,
        _token: Option<&Secret>,
        _at: Timestamp,
    ) -> Vec<Field> {
        todo!()
    }

    fn links(&self, _account: &Account, _request: &Request, _event: &Event) -> Vec<Link> {
        todo!()
    }

    fn remarks(&self, _call: &Call, _response: &Response) -> Vec<String> {
        todo!()
    }

    fn subscriptions(&self) -> Option<&'static dyn Subscriptions> {
        todo!()
    }
}
