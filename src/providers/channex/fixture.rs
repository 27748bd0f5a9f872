//! What the tests of the API share: an account, answers, a webhook.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Value, json};

use crate::domain::account::{Account, Credentials, Matching};
use crate::domain::attempt::Response;
use crate::domain::event::ProviderId;
use crate::domain::headers::Headers;
use crate::domain::secret::Secret;
use crate::domain::subscription::Subscription;
use crate::domain::url::{Host, Url};

/// The property of the account.
pub(super) const PROPERTY: &str = "90955555-0000-4000-8000-000000000001";

pub(super) fn account() -> Account {
    Account {
        name: "acme".into(),
        provider: ProviderId::Channex,
        base_url: Url::parse("https://staging.channex.io/api/v1").unwrap(),
        token_url: None,
        hosts: vec![Host::parse("staging.channex.io").unwrap()],
        paths: BTreeMap::new(),
        credentials: Credentials::Channex {
            api_key: Secret::new("key"),
            property: Some(PROPERTY.to_owned()),
        },
        matching: Matching::default(),
    }
}

/// An account that names no property.
pub(super) fn account_without_property() -> Account {
    let credentials = Credentials::Channex { api_key: Secret::new("key"), property: None };
    Account { credentials, ..account() }
}

/// A webhook as a list has it, with attributes and relationships that nobody knows.
pub(super) fn record() -> Value {
    json!({
        "type": "webhook",
        "id": "a9a80000-0000-4000-8000-000000000002",
        "attributes": {
            "id": "a9a80000-0000-4000-8000-000000000002",
            "callback_url": "https://hooks.example.test/channex",
            "event_mask": "booking; ari:rate:*:*",
            "request_params": {"from": "channex"},
            "headers": {"X-Channex-Webhook-Secret": "s3cret", "X-Kind": "channex"},
            "is_active": true,
            "send_data": true,
            "protected": false,
            "is_global": false,
            "retention": {"days": 7},
        },
        "relationships": {
            "organization": {"data": {"type": "organization", "id": "o"}},
            "property": {"data": {"type": "property", "id": PROPERTY}},
        },
    })
}

pub(super) fn subscription() -> Subscription {
    super::webhook::subscription(&record()).unwrap()
}

pub(super) fn json_answer(status: u16, body: &Value) -> Response {
    answer(status, &[("Content-Type", "application/json")], &body.to_string())
}

pub(super) fn answer(status: u16, fields: &[(&str, &str)], body: &str) -> Response {
    Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers: Headers::from_pairs(fields.iter().copied()),
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}
