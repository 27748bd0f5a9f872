//! Deliveries for tests: one plain kind, and any kind.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use hookscope::domain::annotation::{Annotation, Comment};
use hookscope::domain::delivery::Delivery;
use hookscope::domain::event::{Event, ProviderId, Resource};
use hookscope::domain::handshake::Handshake;
use hookscope::domain::headers::{Fidelity, Field, Headers};
use hookscope::domain::http::{Request, Version};
use hookscope::domain::inspection::Inspection;
use hookscope::domain::name::{AccountName, EndpointName, SchemeName};
use hookscope::domain::verdict::{Clue, Reason, Unchecked, Verdict};
use hookscope::storage::Captured;
use http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

/// The time that relative filters count from.
pub(super) fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().expect("a time")
}

/// A plain delivery with this body.
pub(super) fn captured(body: &str) -> Box<Captured> {
    let request = Request {
        method: Method::POST,
        target: "/hook".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Host", "localhost"), ("Content-Type", "text/plain")]),
        body: Bytes::copy_from_slice(body.as_bytes()),
    };
    let delivery = Delivery {
        uid: Uuid::nil(),
        received_at: Timestamp::from_microsecond(Timestamp::now().as_microsecond())
            .expect("in range"),
        reading: Duration::from_micros(17),
        peer: SocketAddr::from(([127, 0, 0, 1], 50412)),
        endpoint: EndpointName::from("default"),
        request,
    };
    let verdict = Verdict::Unchecked { why: Unchecked::NoScheme };
    let inspection = Inspection { provider: None, account: None, event: Event::default(), verdict };
    Box::new(Captured {
        delivery,
        inspection,
        status: StatusCode::OK,
        nonce: None,
        handshake: None,
    })
}

pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&["abc", "ABC x", "a b", "e-1", "booking_new", "k1", ""][..])
            .prop_map(str::to_owned),
        any::<String>(),
    ]
}

pub(super) fn headers() -> impl Strategy<Value = Headers> {
    let value = any::<u8>().prop_filter("a line end", |byte| !b"\r\n\0".contains(byte));
    let field = ("[A-Za-z][A-Za-z0-9-]{0,12}", vec(value, 0..30))
        .prop_map(|(name, value)| Field { name: Bytes::from(name), value: Bytes::from(value) });
    let fidelity = select(&[Fidelity::Exact, Fidelity::Normalized][..]);
    (vec(field, 0..8), fidelity).prop_map(|(fields, fidelity)| Headers::new(fields, fidelity))
}

fn body() -> impl Strategy<Value = Bytes> {
    let json = (select(&["\"abc\"", "1", "\"1\"", "\"a b\"", "[1]"][..]), text()).prop_map(
        |(id, text)| {
            format!(
                r#"{{"id":{id},"list":["abc",{id}],"inner":"{{\"id\":1}}","text":{}}}"#,
                serde_json::Value::from(text)
            )
        },
    );
    prop_oneof![
        json.prop_map(Bytes::from),
        text().prop_map(Bytes::from),
        vec(any::<u8>(), 0..20_000).prop_map(Bytes::from),
    ]
}

pub(super) fn request() -> impl Strategy<Value = Request> {
    let method = select(&["POST", "GET", "PURGE", "post", "X-!"][..])
        .prop_map(|name| Method::from_bytes(name.as_bytes()).expect("a token"));
    let version = select(&[Version::Http10, Version::Http11, Version::Http2][..]);
    let target = prop_oneof![Just("/hook/abc?x=%41".to_owned()), any::<String>()];
    (method, target, version, headers(), body()).prop_map(
        |(method, target, version, headers, body)| Request {
            method,
            target,
            version,
            headers,
            body,
        },
    )
}

pub(super) fn time() -> impl Strategy<Value = Timestamp> {
    (0_i64..40_000_000_000).prop_map(|back| now() - SignedDuration::from_micros(back))
}

fn delivery() -> impl Strategy<Value = Delivery> {
    let peer = (any::<IpAddr>(), any::<u16>()).prop_map(SocketAddr::from);
    let endpoint = select(&["acme", "default", "Ünï"][..]).prop_map(EndpointName::from);
    let reading = (0_u64..1 << 40).prop_map(Duration::from_micros);
    let uid = any::<[u8; 16]>().prop_map(Uuid::from_bytes);
    (uid, time(), reading, peer, endpoint, request()).prop_map(
        |(uid, received_at, reading, peer, endpoint, request)| Delivery {
            uid,
            received_at,
            reading,
            peer,
            endpoint,
            request,
        },
    )
}

fn event() -> impl Strategy<Value = Event> {
    let kind =
        || select(&["booking_new", "Trip", "other", "", "a,\"b\n"][..]).prop_map(str::to_owned);
    let resource = (option::of(text()), option::of(text()), option::of(text()))
        .prop_map(|(kind, id, href)| Resource { kind, id, href })
        .prop_filter("nothing known", |resource| *resource != Resource::default());
    let (kinds, candidates) = (option::of(kind()), vec(kind(), 0..3));
    (kinds, candidates, option::of(resource), option::of(text()), option::of(time())).prop_map(
        |(kind, candidates, resource, key, occurred_at)| Event {
            kind,
            candidates,
            resource,
            key,
            occurred_at,
        },
    )
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let scheme = || select(&["oauth1", "github"][..]).prop_map(SchemeName::from);
    let clue = (text(), text()).prop_map(|(code, message)| Clue { code, message });
    prop_oneof![
        (scheme(), vec(text(), 0..3))
            .prop_map(|(scheme, notes)| Verdict::Verified { scheme, notes }),
        (scheme(), select(Reason::ALL), text(), vec(clue, 0..3)).prop_map(
            |(scheme, reason, message, clues)| Verdict::Refuted { scheme, reason, message, clues }
        ),
        select(Unchecked::ALL).prop_map(|why| Verdict::Unchecked { why }),
    ]
}

/// Whatever a user says of a delivery.
pub(super) fn any_annotation() -> impl Strategy<Value = Annotation> {
    let tags = vec(select(&["bug", "ask", "later"][..]), 0..3);
    (any::<bool>(), text(), tags)
        .prop_map(|(marked, note, tags)| Annotation { marked, comment: Comment::new(&note, tags) })
}

/// Any delivery that can arrive, in words that the filters of the tests know.
pub(super) fn any_captured() -> impl Strategy<Value = Captured> {
    let provider = option::of(select(&ProviderId::ALL[..]));
    let account = option::of(select(&["one", "TWO"][..]).prop_map(AccountName::from));
    let inspection =
        (provider, account, event(), verdict()).prop_map(|(provider, account, event, verdict)| {
            Inspection { provider, account, event, verdict }
        });
    let status = prop_oneof![Just(200), Just(503), 100_u16..1_000]
        .prop_map(|code| StatusCode::from_u16(code).expect("three digits"));
    let handshake = option::of(
        any::<bool>().prop_map(|brings_secret| Handshake { scheme: "asana".into(), brings_secret }),
    );
    (delivery(), inspection, status, handshake).prop_map(
        |(delivery, inspection, status, handshake)| Captured {
            delivery,
            inspection,
            status,
            nonce: None,
            handshake,
        },
    )
}
