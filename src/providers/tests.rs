use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;

use super::accounts::Accounts;
use super::fixture::request;
use super::route::Route;
use super::{PROVIDERS, inspect};
use crate::domain::endpoint::Endpoint;
use crate::domain::event::ProviderId;
use crate::domain::headers::Headers;
use crate::domain::http::Request;
use crate::domain::inspection::Inspection;
use crate::verify::scheme::Scheme;

fn inspection(configured: Option<ProviderId>, body: impl Into<Bytes>) -> Inspection {
    let headers = Headers::from_pairs([("webhook-id", "msg_1")]);
    let request = Request { headers, ..request("/", body) };
    let endpoint = Endpoint { provider: configured, ..Endpoint::any_path(None) };
    let route = Route { endpoint, scheme: Scheme::Open };
    inspect(&request, Timestamp::UNIX_EPOCH, &route, &Accounts::default())
}

#[test]
fn every_known_id_has_its_provider_and_no_event_is_listed_twice() {
    let listed = PROVIDERS.iter().map(|provider| provider.id()).collect::<Vec<_>>();
    assert_eq!(listed, ProviderId::ALL);
    for (provider, documented) in PROVIDERS.iter().zip([9, 3, 28, 28]) {
        let mut names = provider.events().iter().map(|event| event.name).collect::<Vec<_>>();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), documented, "{}", provider.id());
        assert_eq!(provider.events().len(), documented, "{}", provider.id());
    }
}

#[test]
fn the_provider_of_the_endpoint_wins_over_what_the_body_looks_like() {
    let channex = r#"{"event":"ari","property_id":"p","timestamp":"t"}"#;
    for (configured, body, provider, kind) in [
        (None, channex, Some(ProviderId::Channex), Some("ari")),
        (Some(ProviderId::Channex), channex, Some(ProviderId::Channex), Some("ari")),
        (Some(ProviderId::Avionte), channex, Some(ProviderId::Avionte), None),
        (Some(ProviderId::Channex), r#"{"event":"ari"}"#, Some(ProviderId::Channex), Some("ari")),
        (Some(ProviderId::Avinode), "hello", Some(ProviderId::Avinode), None),
        (None, r#"{"event":"ari"}"#, None, Some("ari")),
        (None, "hello", None, None),
    ] {
        let found = inspection(configured, body);
        assert_eq!((found.provider, found.event.kind.as_deref()), (provider, kind), "{body}");
    }
}

#[test]
fn the_surest_provider_is_taken() {
    let both = r#"{"type":"leads","EventName":"a","TenantId":1}"#;
    assert_eq!(inspection(None, both).provider, Some(ProviderId::Avionte));
}

#[test]
fn headers_that_anyone_may_send_give_no_key_to_a_known_provider() {
    assert_eq!(inspection(None, r#"{"type":"rfqs","id":"arfq-1"}"#).event.key, None);
    assert_eq!(inspection(None, r#"{"type":"other"}"#).event.key.as_deref(), Some("msg_1"));
}

#[test]
fn deep_nesting_is_inspected_wherever_it_stands() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let quoted = serde_json::to_string(&format!(r#"{{"Id":{deep}}}"#)).unwrap();
    for (body, provider) in [
        (format!(r#"{{"type":"rfqs","more":{deep}}}"#), Some(ProviderId::Avinode)),
        (format!(r#"{{"type":{deep}}}"#), None),
        (
            format!(
                r#"{{"event":"review","payload":{{"id":{deep}}},"property_id":1,"timestamp":2}}"#
            ),
            Some(ProviderId::Channex),
        ),
        (
            format!(r#"{{"EventName":"talent_saved","TenantId":1,"Resource":{quoted}}}"#),
            Some(ProviderId::Avionte),
        ),
        (deep, None),
    ] {
        assert_eq!(inspection(None, body).provider, provider);
    }
}

/// Bodies of the words that the rules look at, put together in any way.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let words = r#"{ } [ ] : , " \ null 1 \u00fc "{\"Id\":1}" "type": "id": "href": "event":
        "payload": "property_id": "timestamp": "EventName": "Resource": "TenantId": "rfqs"
        "SchedAero" "booking" "talent_created" "https://schedaero.avinode.com""#;
    let pieces = prop::sample::select(words.split_whitespace().collect::<Vec<_>>());
    prop_oneof![
        any::<Vec<u8>>(),
        prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat().into_bytes()),
    ]
}

proptest! {
    #[test]
    fn any_body_is_inspected_the_same_way_each_time(
        body in bodies(),
        configured in prop::option::of(prop::sample::select(&ProviderId::ALL[..])),
    ) {
        let found = inspection(configured, body.clone());
        prop_assert!(configured.is_none() || found.provider == configured);
        prop_assert_eq!(found.event.kind.is_some(), found.event.candidates.len() == 1);
        prop_assert_eq!(found, inspection(configured, body));
    }
}
