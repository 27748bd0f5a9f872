use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use jiff::Timestamp;

use super::Entry;
use crate::domain::delivery::Delivery;
use crate::domain::event::{Event, ProviderId, Resource};
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::domain::inspection::Inspection;
use crate::domain::name::EndpointName;
use crate::domain::verdict::{Unchecked, Verdict};
use crate::storage::captured::Captured;

/// A delivery to `/hook` of the endpoint `default`.
pub(in crate::storage) fn captured(body: &str) -> Box<Captured> {
    let request = Request {
        method: Method::POST,
        target: "/hook?attempt=1".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Host", "localhost")]),
        body: Bytes::copy_from_slice(body.as_bytes()),
    };
    let delivery = Delivery {
        uid: uuid::Uuid::nil(),
        received_at: Timestamp::UNIX_EPOCH,
        reading: Duration::ZERO,
        peer: ([127, 0, 0, 1], 50412).into(),
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

fn with(body: &str, change: impl FnOnce(&mut Captured)) -> i64 {
    let mut captured = captured(body);
    change(&mut captured);
    Entry::new(captured).sameness
}

#[test]
fn without_a_key_the_same_event_is_the_same_request_to_the_same_endpoint() {
    let first = with("{}", |_| {});
    assert_eq!(first, with("{}", |it| it.delivery.request.target = "/hook?attempt=2".into()));
    assert_eq!(first, with("{}", |it| it.delivery.request.headers = Headers::default()));
    for other in [
        with("{ }", |_| {}),
        with("{}", |it| it.delivery.endpoint = EndpointName::from("other")),
        with("{}", |it| it.delivery.request.method = Method::PUT),
        with("{}", |it| it.delivery.request.target = "/hook2".into()),
        with("{}", |it| it.inspection.event.key = Some("{}".into())),
    ] {
        assert_ne!(first, other);
    }
}

#[test]
fn with_a_key_the_same_event_has_the_same_key_of_the_same_provider() {
    let keyed = |key: &str, body: &str, provider| {
        with(body, |it| {
            it.inspection.event.key = Some(key.into());
            it.inspection.provider = provider;
        })
    };
    let first = keyed("k1", "{\"attempt\":1}", Some(ProviderId::Avionte));
    assert_eq!(first, keyed("k1", "{\"attempt\":2}", Some(ProviderId::Avionte)));
    assert_ne!(first, keyed("k2", "{\"attempt\":1}", Some(ProviderId::Avionte)));
    assert_ne!(first, keyed("k1", "{\"attempt\":1}", None));
    let of_kind = |kind: &str| {
        with("{}", |it| {
            it.inspection.event = Event { key: Some("k1".into()), ..Event::of_kind(kind) };
        })
    };
    assert_ne!(of_kind("talent_created"), of_kind("talent_saved"), "an id may be shared by events");
}

#[test]
fn what_the_store_cannot_tell_apart_is_made_equal_before_it_is_stored() {
    let mut given = captured("{}");
    let nanoseconds = Timestamp::from_nanosecond(1_234_567).expect("in range");
    given.delivery.received_at = nanoseconds;
    given.delivery.reading = Duration::from_nanos(7_654_321);
    given.inspection.event.occurred_at = Some(nanoseconds);
    given.inspection.event.resource = Some(Resource::default());
    let kept = Entry::new(given).captured;
    let microseconds = Timestamp::from_microsecond(1_234).expect("in range");
    assert_eq!(kept.delivery.received_at, microseconds);
    assert_eq!(kept.delivery.reading, Duration::from_micros(7_654));
    assert_eq!(kept.inspection.event.occurred_at, Some(microseconds));
    assert_eq!(kept.inspection.event.resource, None);
}
