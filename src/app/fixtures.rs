//! Values for the unit tests of this folder.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use super::attempted::OpenedAttempt;
use super::document::Document;
use super::message::Opened;
use super::session::Session;
use crate::domain::account::{Account, Credentials, Matching, Tenant};
use crate::domain::annotation::Annotation;
use crate::domain::attempt::{Attempt, AttemptId, Call, Outcome, Purpose, Response, Timing};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::endpoint::Endpoint;
use crate::domain::event::{Event, ProviderId};
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::domain::inspection::Inspection;
use crate::domain::keep::Keep;
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::record::{Answered, Record};
use crate::domain::secret::Secret;
use crate::domain::url::Url;
use crate::domain::verdict::{Unchecked, Verdict};
use crate::providers::accounts::Accounts;

/// A moment.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

/// A delivery whose target tells its number.
pub(crate) fn record(id: i64) -> Record {
    let request = Request {
        method: http::Method::POST,
        target: format!("/hooks/{id}?x=1"),
        version: Version::Http11,
        headers: Headers::from_pairs([
            ("Host", "127.0.0.1:4000"),
            ("Authorization", "Bearer s3cret"),
            ("Content-Type", "application/json"),
        ]),
        body: Bytes::from(format!("{{\"id\":{id},\"name\":\"row {id}\"}}")),
    };
    Record {
        id: DeliveryId(id),
        delivery: Delivery {
            uid: Uuid::nil(),
            received_at: at(id),
            reading: Duration::from_micros(40),
            peer: SocketAddr::from(([127, 0, 0, 1], 50_000)),
            endpoint: EndpointName::from("default"),
            request,
        },
        inspection: Inspection {
            provider: None,
            account: None,
            event: Event::default(),
            verdict: Verdict::Unchecked { why: Unchecked::NoScheme },
        },
        repeat: 1,
        answered: Answered { status: StatusCode::OK, took: None },
        handshake: None,
        first_verdict: None,
        annotation: Annotation::default(),
    }
}

/// The same as the runtime would load it.
pub(crate) fn opened(record: Record) -> Opened {
    let document = Arc::new(Document::of(&record.delivery.request));
    Opened { record: Arc::new(record), document, evidence: Arc::default(), about: Arc::default() }
}

/// An account at Channex or Avionté.
pub(crate) fn account(name: &str, provider: ProviderId) -> Account {
    let secret = || Secret::new("hush-hush");
    let credentials = match provider {
        ProviderId::Avionte => Credentials::Avionte {
            api_key: secret(),
            client_id: "client".to_owned(),
            client_secret: secret(),
            scope: "scope".to_owned(),
            tenant: Tenant::Code("TEMPS".to_owned()),
        },
        _ => Credentials::Channex { api_key: secret(), property: Some("p-1".to_owned()) },
    };
    Account {
        name: AccountName::from(name),
        provider,
        base_url: Url::parse("https://api.example.test/v1").unwrap(),
        token_url: None,
        hosts: Vec::new(),
        paths: std::collections::BTreeMap::new(),
        credentials,
        matching: Matching::default(),
    }
}

/// A session that listens.
pub(crate) fn session() -> Session {
    Session {
        listening: Some("http://127.0.0.1:4000".to_owned()),
        public_url: None,
        endpoints: vec![Endpoint::any_path(None)],
        accounts: Accounts::default(),
        store: "hookscope.db".to_owned(),
        keep: Keep::default(),
        zone: TimeZone::UTC,
        first_run: None,
    }
}

/// A fetch about a delivery, answered with this JSON.
pub(crate) fn fetched(delivery: i64, status: u16, body: &str) -> Attempt {
    let url = Url::parse(&format!("https://a.test/{delivery}")).unwrap();
    Attempt {
        delivery: Some(DeliveryId(delivery)),
        account: Some("acme".into()),
        purpose: Purpose::Fetch,
        call: Call::new(http::Method::GET, url, Headers::default()),
        started_at: at(0),
        timing: Timing { total: Duration::from_millis(120), ..Timing::default() },
        outcome: Outcome::Answered(Response {
            status: StatusCode::from_u16(status).unwrap(),
            headers: Headers::from_pairs([
                ("Content-Type", "application/json"),
                ("X-Rate-Limit-Remaining", "41"),
                ("Set-Cookie", "s3cret"),
            ]),
            body: Bytes::copy_from_slice(body.as_bytes()),
        }),
    }
}

/// The same as the runtime would make it ready, as the attempt of that number.
pub(crate) fn opened_attempt(id: i64, attempt: Attempt) -> OpenedAttempt {
    OpenedAttempt::of(Some(AttemptId(id)), Arc::new(attempt), None, None)
}
