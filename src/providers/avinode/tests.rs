use super::Avinode;
use crate::domain::event::Event;
use crate::providers::envelope::Envelope;
use crate::providers::fixture::delivery;
use crate::providers::provider::{Confidence, Provider};

const FROM_SELLER: &[&str] = &[
    "TripRequestSellerResponse",
    "TripChatFromSeller",
    "TripRequestSellerResponseMine",
    "TripChatMine",
];
const FROM_BUYER: &[&str] = &["TripChatFromBuyer", "TripChatMine"];
const ANY_MESSAGE: &[&str] = &[
    "TripChatFromBuyer",
    "TripRequestSellerResponse",
    "TripChatFromSeller",
    "TripRequestSellerResponseMine",
    "TripChatMine",
];

fn event(body: &str) -> Event {
    Avinode.event(&Envelope::of(body.as_bytes()))
}

#[test]
fn type_and_id_narrow_the_event_down_as_far_as_the_documents_do() {
    for (kind, id, expected) in [
        ("rfqs", "arfq-1", &["TripRequest", "TripRequestMine"][..]),
        ("rfqs", "A1B2C3", &["TripRequest", "TripRequestMine"]),
        ("tripmsgs", "asellermsg-1", FROM_SELLER),
        ("tripmsgs", "abuyermsg-1", FROM_BUYER),
        ("tripmsgs", "ABUYERMSG-1", ANY_MESSAGE),
        ("tripmsgs", "abuyermsg", ANY_MESSAGE),
        ("tripmsgs", "", ANY_MESSAGE),
        ("emptylegs", "el-1", &["EmptyLegs"]),
        ("leads", "ecl-1", &["ClientLeads"]),
        ("RFQS", "arfq-1", &[]),
        ("trips", "atrip-1", &[]),
        ("", "arfq-1", &[]),
    ] {
        let event = event(&format!(r#"{{"type":"{kind}","id":"{id}"}}"#));
        assert_eq!(event.candidates, expected, "{kind} {id}");
        let exact = if let [only] = expected { Some(*only) } else { None };
        assert_eq!(event.kind.as_deref(), exact, "{kind} {id}");
        assert_eq!(event.key, None);
    }
}

#[test]
fn the_address_is_kept_as_sent_even_where_it_contradicts_the_id() {
    for href in ["https://sandbox.avinode.com/api/rfqs/arfq-2?a=%20#b", "/rfqs/arfq-2", "not a url"]
    {
        let event = event(&format!(r#"{{"type":"rfqs","id":"arfq-1","href":"{href}"}}"#));
        let resource = event.resource.unwrap();
        assert_eq!(resource.href.as_deref(), Some(href));
        assert_eq!(resource.id.as_deref(), Some("arfq-1"));
    }
}

#[test]
fn what_says_nothing_gives_an_empty_event() {
    for body in ["", "{}", "[]", r#"{"type":7,"id":null,"href":""}"#] {
        assert_eq!(event(body), Event::default(), "{body}");
    }
}

#[test]
fn a_subscription_for_both_also_brings_events_of_schedaero() {
    let event = event(r#"{"type":"SchedAeroContacts","id":"contact-1"}"#);
    assert_eq!(event.kind.as_deref(), Some("SchedAeroContacts"));
}

#[test]
fn it_is_recognized_by_type_or_address_and_most_surely_by_the_form_of_the_id() {
    for (body, expected) in [
        (r#"{"type":"leads","id":"ecl-1"}"#, Confidence::Certain),
        (r#"{"type":"leads","id":"el-1"}"#, Confidence::Likely),
        (r#"{"type":"leads"}"#, Confidence::Likely),
        (r#"{"type":"new","href":"https://services.avinode.com/api/new/1"}"#, Confidence::Likely),
        (r#"{"type":"new","href":"https://avinode.com.evil.test/new/1"}"#, Confidence::No),
        (r#"{"type":"new","href":"https://a.avinode.com@evil.test/new/1"}"#, Confidence::No),
        (r#"{"type":"rfqs","href":"https://schedaero.avinode.com/rfqs/1"}"#, Confidence::No),
        (r#"{"id":"arfq-1"}"#, Confidence::No),
    ] {
        assert_eq!(Avinode.recognizes(&Envelope::of(body.as_bytes())), expected, "{body}");
    }
}

#[test]
fn the_trip_is_told_beside_the_event() {
    for (body, expected) in [
        (r#"{"type":"rfqs","id":"arfq-1","tripId":"A1B2C3"}"#, Some(("trip", "A1B2C3"))),
        (r#"{"type":"SchedAeroLogistics","platformTripId":"X9"}"#, Some(("platform trip", "X9"))),
        (r#"{"type":"SchedAeroLogistics","platformTripId":null}"#, None),
        (r#"{"type":"rfqs","tripId":""}"#, None),
    ] {
        let expected = expected.map(|(label, value)| (label, value.to_owned()));
        let fields = Avinode.about(&delivery(body)).fields;
        assert_eq!(fields, expected.into_iter().collect::<Vec<_>>(), "{body}");
    }
}
