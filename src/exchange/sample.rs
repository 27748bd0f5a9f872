//! What the tests of exchange share: records of any request.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use proptest::prelude::*;

use super::imported::Imported;
use crate::domain::annotation::Annotation;
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::endpoint::Endpoint;
use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::record::{Answered, Record};
use crate::providers;
use crate::providers::accounts::Accounts;
use crate::providers::route::Route;
use crate::verify::fixture;
use crate::verify::scheme::Scheme;

/// A record of this request, as it arrived in November 2026.
pub(super) fn record(request: Request) -> Record {
    let received_at = "2026-11-21T10:00:00.123Z".parse().unwrap();
    let route = Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open };
    Record {
        id: DeliveryId(42),
        inspection: providers::inspect(&request, received_at, &route, &Accounts::default()),
        delivery: Delivery {
            uid: uuid::uuid!("01928c5e-0000-7000-8000-000000000000"),
            received_at,
            reading: Duration::ZERO,
            peer: "127.0.0.1:50412".parse().unwrap(),
            endpoint: "default".into(),
            request,
        },
        repeat: 1,
        answered: Answered { status: StatusCode::ACCEPTED, took: None },
        handshake: None,
        first_verdict: None,
        annotation: Annotation::default(),
    }
}

/// What a file that loses nothing gives back of the record.
pub(super) fn whole(record: &Record) -> Imported {
    let delivery = &record.delivery;
    Imported {
        request: delivery.request.clone(),
        received_at: Some(delivery.received_at),
        uid: Some(delivery.uid),
        endpoint: Some(delivery.endpoint.clone()),
        peer: Some(delivery.peer),
        status: Some(record.answered.status),
        annotation: record.annotation.clone(),
        notes: Vec::new(),
    }
}

pub(super) fn request(line: &str, headers: &[(&str, &str)], body: &[u8]) -> Request {
    fixture::request(line, headers, Bytes::copy_from_slice(body))
}

/// Any request that can have been captured.
pub(super) fn any_request() -> impl Strategy<Value = Request> {
    let bytes = prop::collection::vec(prop_oneof![0x21_u8..0x7f, 0x80_u8..=0xff], 0..9);
    let value = prop_oneof![
        "[!-~]([ -~]{0,20}[!-~])?".prop_map(String::into_bytes),
        "[ü-žא-ת]{1,9}".prop_map(String::into_bytes),
        bytes,
    ];
    let value = value.prop_map(Bytes::from);
    let name = prop_oneof!["[A-Za-z][A-Za-z0-9-]{0,12}", Just("Content-Length".to_owned())];
    let field = (name, value).prop_map(|(name, value)| Field { name: name.into(), value });
    let fidelity = prop_oneof![Just(Fidelity::Exact), Just(Fidelity::Normalized)];
    let body = prop_oneof![
        any::<Vec<u8>>(),
        any::<String>().prop_map(String::into_bytes),
        Just(b"###\nGET / HTTP/1.1\n\n### x\n# hookscope {}\n".to_vec()),
        Just(b"@/etc/passwd".to_vec()),
        "[ '\"\\\\$`\n%!]{1,20}".prop_map(String::into_bytes),
    ];
    let method = prop_oneof![
        Just(Method::POST),
        Just(Method::GET),
        Just(Method::HEAD),
        // Tokens may look like a comment, a mark or a command (RFC 9110, section 5.6.2).
        "[A-Z]{1,9}|#{1,4}|#[a-z]{1,3}|curl|printf"
            .prop_map(|name| Method::from_bytes(name.as_bytes()).unwrap())
    ];
    let version = prop_oneof![Just(Version::Http10), Just(Version::Http11), Just(Version::Http2)];
    let target = "/[!-~&&[^#]]{0,20}(\\?[!-~&&[^#]]{0,20})?";
    (method, target, version, prop::collection::vec(field, 0..6), fidelity, body).prop_map(
        |(method, target, version, fields, fidelity, body)| Request {
            method,
            target,
            version,
            headers: Headers::new(fields, fidelity),
            body: body.into(),
        },
    )
}
