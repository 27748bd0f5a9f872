use super::Schedaero;
use crate::domain::event::{Event, Resource};
use crate::providers::envelope::Envelope;
use crate::providers::provider::{Confidence, Provider};

fn event(body: &str) -> Event {
    Schedaero.event(&Envelope::of(body.as_bytes()))
}

#[test]
fn the_type_is_the_name_of_the_event_in_the_letter_case_of_the_documents() {
    let resource = |kind: Option<&str>| Resource {
        kind: kind.map(str::to_owned),
        id: Some("1".to_owned()),
        href: None,
    };
    for (kind, expected, about) in [
        ("SchedAeroPassengers", Some("SchedAeroPassengers"), Some("passengers")),
        ("SchedAeroQuotes", Some("SchedAeroQuotes"), None),
        ("SchedaeroPassengers", None, Some("SchedaeroPassengers")),
        ("schedaero-trip", None, Some("schedaero-trip")),
    ] {
        let event = event(&format!(r#"{{"type":"{kind}","id":"1","href":""}}"#));
        assert_eq!(event.kind.as_deref(), expected, "{kind}");
        assert_eq!(event.candidates.first().map(String::as_str), expected, "{kind}");
        assert_eq!(event.resource, Some(resource(about)), "{kind}");
    }
}

#[test]
fn either_shape_and_the_host_of_the_address_are_recognized() {
    for (body, expected) in [
        (r#"{"type":"SchedAeroAnything"}"#, Confidence::Certain),
        (r#"{"type":"schedaero-crew"}"#, Confidence::Certain),
        (r#"{"href":"https://sandbox-schedaero.avinode.com/api/x/1"}"#, Confidence::Certain),
        (r#"{"href":"https://Schedaero.Avinode.com:443/api/x/1"}"#, Confidence::Certain),
        (r#"{"href":"https://schedaero.avinode.com.evil.test/x"}"#, Confidence::No),
        (r#"{"href":"schedaero.avinode.com/x y"}"#, Confidence::No),
        (r#"{"type":"schedaero"}"#, Confidence::No),
        ("{}", Confidence::No),
    ] {
        assert_eq!(Schedaero.recognizes(&Envelope::of(body.as_bytes())), expected, "{body}");
    }
}
