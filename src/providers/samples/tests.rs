use jiff::Timestamp;

use super::{Content, SAMPLES, named, of};
use crate::domain::endpoint::Endpoint;
use crate::domain::event::ProviderId;
use crate::providers::accounts::Accounts;
use crate::providers::route::Route;
use crate::providers::{PROVIDERS, inspect};
use crate::verify::scheme::Scheme;

fn event_of(body: &str) -> (Option<ProviderId>, Vec<String>) {
    let sample = of(ProviderId::Avinode).next().unwrap();
    let request = crate::domain::http::Request {
        body: body.to_owned().into(),
        ..sample.request(Content::Whole, "/", "h")
    };
    let route = Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open };
    let found = inspect(&request, Timestamp::UNIX_EPOCH, &route, &Accounts::default());
    (found.provider, found.event.candidates)
}

#[test]
fn every_documented_event_has_a_sample_that_is_understood_as_it() {
    for provider in PROVIDERS {
        for event in provider.events() {
            let sample = named(provider.id(), event.name);
            let sample = sample.unwrap_or_else(|| panic!("{} has no sample", event.name));
            for content in [Content::Whole, Content::WithoutData] {
                let (found, candidates) = event_of(&sample.body(content));
                assert_eq!(found, Some(provider.id()), "{}", event.name);
                assert!(candidates.contains(&event.name.to_owned()), "{}", event.name);
            }
        }
    }
}

#[test]
fn no_sample_is_there_twice_and_each_is_one_line_of_json() {
    for (at, sample) in SAMPLES.iter().enumerate() {
        let same = |other: &&super::Sample| {
            (other.provider, other.event) == (sample.provider, sample.event)
        };
        assert_eq!(SAMPLES.iter().position(|other| same(&other)), Some(at));
        let body = sample.body(Content::Whole);
        assert!(serde_json::from_str::<serde_json::Value>(&body).is_ok(), "{}", sample.event);
        assert!(!body.contains('\n'), "{}", sample.event);
    }
}

#[test]
fn channex_leaves_its_data_out_on_demand_and_nobody_else_does() {
    let booking = named(ProviderId::Channex, "BOOKING").unwrap();
    assert!(booking.body(Content::Whole).contains("revision_id"));
    let without = booking.body(Content::WithoutData);
    assert!(!without.contains("payload"), "{without}");
    assert!(without.starts_with(r#"{"event":"booking","property_id":"#), "{without}");
    assert!(booking.data_is_documented());
    assert!(!named(ProviderId::Channex, "rate_error").unwrap().data_is_documented());
    let trip = named(ProviderId::Avinode, "TripRequest").unwrap();
    assert_eq!(trip.body(Content::WithoutData), trip.body(Content::Whole));
    assert!(!trip.can_leave_data() && trip.data_is_documented());
}
