use super::Channex;
use crate::domain::event::Event;
use crate::providers::envelope::Envelope;
use crate::providers::fixture::delivery;
use crate::providers::provider::{Confidence, Provider};

fn event(name: &str, payload: &str) -> Event {
    let body = format!(
        r#"{{"event":"{name}","payload":{payload},"property_id":"outer","timestamp":"2026-01-26T14:40:54.310491Z"}}"#
    );
    Channex.event(&Envelope::of(body.as_bytes()))
}

#[test]
fn the_resource_is_told_by_the_member_that_the_event_documents() {
    for (name, payload, expected) in [
        (
            "booking",
            r#"{"booking_id":"b","revision_id":"r"}"#,
            Some(("booking_revision", Some("r"))),
        ),
        ("booking", r#"{"booking_revision_id":"r"}"#, Some(("booking_revision", None))),
        (
            "booking_unmapped_rate",
            r#"{"booking_revision_id":"r"}"#,
            Some(("booking_revision", Some("r"))),
        ),
        ("message", r#"{"id":"m","message_thread_id":"t"}"#, Some(("message_thread", Some("t")))),
        ("review", r#"{"id":"v","property_id":"inner"}"#, Some(("review", Some("v")))),
        (
            "property_removal_warning",
            r#"{"property_id":"inner"}"#,
            Some(("property", Some("outer"))),
        ),
        ("disconnected_channel", r#"{"channel_id":"c"}"#, Some(("channel", Some("c")))),
        ("ari", r#"[{"rate_plan_id":"p"}]"#, Some(("property", Some("outer")))),
        ("ari", "null", Some(("property", Some("outer")))),
        ("review", r#"["id"]"#, Some(("review", None))),
        ("review", r#""{\"id\":\"v\"}""#, Some(("review", None))),
        ("sync_warning", r#"{"channel_id":"c"}"#, None),
        ("something_new", r#"{"id":"x"}"#, None),
    ] {
        let event = event(name, payload);
        assert_eq!(event.kind.as_deref(), Some(name));
        assert_eq!(event.key, None);
        let about = event.resource.as_ref();
        let found = about.map(|about| (about.kind.as_deref().unwrap(), about.id.as_deref()));
        assert_eq!(found, expected, "{name} {payload}");
    }
}

#[test]
fn its_time_is_read_with_any_number_of_digits_and_left_out_when_it_is_none() {
    for (timestamp, expected) in [
        (r#""2021-12-24T00:00:00.0000Z""#, Some("2021-12-24T00:00:00Z")),
        (r#""2026-01-26T14:40:54.310491Z""#, Some("2026-01-26T14:40:54.310491Z")),
        (r#""2026-01-26T14:40:54+02:00""#, Some("2026-01-26T12:40:54Z")),
        (r#""2026-01-26T14:40:54""#, None),
        (r#""soon""#, None),
        ("1680064028", None),
        ("null", None),
    ] {
        let body = format!(r#"{{"event":"ari","timestamp":{timestamp}}}"#);
        let event = Channex.event(&Envelope::of(body.as_bytes()));
        let found = event.occurred_at.map(|at| at.to_string());
        assert_eq!(found.as_deref(), expected, "{timestamp}");
    }
}

#[test]
fn all_three_members_are_needed_to_recognize_it() {
    for (body, expected) in [
        (r#"{"event":"new","property_id":"p","timestamp":"t"}"#, Confidence::Certain),
        (r#"{"event":"ari","property_id":null,"timestamp":"t"}"#, Confidence::No),
        (r#"{"event":"ari","property_id":"p"}"#, Confidence::No),
        (r#"{"event":{},"property_id":"p","timestamp":"t"}"#, Confidence::No),
    ] {
        assert_eq!(Channex.recognizes(&Envelope::of(body.as_bytes())), expected, "{body}");
    }
}

#[test]
fn whose_property_it_is_and_who_changed_it_are_told_beside_the_event() {
    let about = |body| Channex.about(&delivery(body));
    let full = r#"{"event":"booking","payload":{"property_id":"p-2"},"property_id":"p-1","user_id":"u-1","timestamp":"t"}"#;
    let told = [("property", "p-1"), ("in its payload", "p-2"), ("changed by user", "u-1")];
    let full = about(full);
    assert_eq!(full.fields, told.map(|(label, value)| (label, value.to_owned())));
    assert_eq!(full.remarks, [""; 0]);
    let same = r#"{"payload":{"property_id":"p-1"},"property_id":"p-1","user_id":null}"#;
    assert_eq!(about(same).fields, [("property", "p-1".to_owned())]);
    let thin = about(r#"{"event":"ari","property_id":"p-1"}"#);
    assert!(thin.remarks[0].contains("send_data off"), "{thin:?}");
    let other = about("not JSON");
    assert_eq!(
        (other.fields.len(), other.remarks.len()),
        (0, 0),
        "it is none of its notifications"
    );
}
