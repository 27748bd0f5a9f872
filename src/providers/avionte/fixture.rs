//! What the tests of the API share: an account and answers.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::StatusCode;

use crate::domain::account::{Account, Credentials, Matching, Tenant};
use crate::domain::attempt::Response;
use crate::domain::event::ProviderId;
use crate::domain::headers::Headers;
use crate::domain::secret::Secret;
use crate::domain::url::{Host, Url};

pub(super) fn account() -> Account {
    account_of(Tenant::Id(6))
}

pub(super) fn account_of(tenant: Tenant) -> Account {
    Account {
        name: "acme".into(),
        provider: ProviderId::Avionte,
        base_url: Url::parse("https://api.avionte.com/front-office/v1").unwrap(),
        token_url: None,
        hosts: vec![Host::parse("api.avionte.com").unwrap()],
        paths: BTreeMap::new(),
        credentials: Credentials::Avionte {
            api_key: Secret::new("key"),
            client_id: "client".to_owned(),
            client_secret: Secret::new("s&cret"),
            scope: "avionte.aero.compasintegrationservice".to_owned(),
            tenant,
        },
        matching: Matching::default(),
    }
}

pub(super) fn answer(status: u16, fields: &[(&str, &str)], body: &str) -> Response {
    Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers: Headers::from_pairs(fields.iter().copied()),
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}
