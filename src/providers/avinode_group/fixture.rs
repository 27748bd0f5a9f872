//! What the tests of the API share: an account, and answers.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::StatusCode;

use crate::domain::account::{Account, Bearer, Credentials, Matching};
use crate::domain::attempt::Response;
use crate::domain::event::ProviderId;
use crate::domain::headers::Headers;
use crate::domain::secret::Secret;
use crate::domain::url::{Host, Url};

/// A company in the sandbox, with a token of its own.
pub(super) fn account() -> Account {
    account_of(Bearer::Token(Secret::new("jwt")))
}

pub(super) fn account_of(bearer: Bearer) -> Account {
    Account {
        name: "acme".into(),
        provider: ProviderId::Avinode,
        base_url: Url::parse("https://sandbox.avinode.com/api").unwrap(),
        token_url: None,
        hosts: vec![Host::parse("sandbox.avinode.com").unwrap()],
        paths: BTreeMap::new(),
        credentials: Credentials::AvinodeGroup {
            api_token: Secret::new("00000000-0000-0000-0000-000000000000"),
            bearer,
            api_version: "v1.0".to_owned(),
            product: "AcmeApp-v10.2".to_owned(),
            act_as_account: None,
        },
        matching: Matching::default(),
    }
}

pub(super) fn json(status: u16, body: &str) -> Response {
    answer(status, &[("Content-Type", "application/json")], body)
}

pub(super) fn answer(status: u16, fields: &[(&str, &str)], body: &str) -> Response {
    Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers: Headers::from_pairs(fields.iter().copied()),
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}
