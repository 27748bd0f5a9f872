use serde_json::{Value, json};

use super::links;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::providers::channex::Channex;
use crate::providers::channex::fixture::account;
use crate::providers::envelope::Envelope;
use crate::providers::provider::Provider;

const BASE: &str = "https://staging.channex.io/api/v1";
const FEED: &str = "/booking_revisions/feed?filter[property_id]=p&order[inserted_at]=asc";
const NO_DATA: &str = "sent without data (send_data is off), so its id is not known";

/// The links of a notification: each label with its path, or with the reason in place of one.
fn read(body: &Value) -> Vec<(String, Result<String, String>)> {
    let request = Request {
        method: http::Method::POST,
        target: "/channex".to_owned(),
        version: Version::Http11,
        headers: Headers::default(),
        body: body.to_string().into(),
    };
    let event = Channex.event(&Envelope::of(&request.body));
    let path = |url: String| url.strip_prefix(BASE).unwrap().to_owned();
    links(&account(), &request, &event)
        .into_iter()
        .map(|link| (link.label, link.url.map(|url| path(url.to_string()))))
        .collect()
}

fn of(event: &str, payload: &Value) -> Vec<(String, Result<String, String>)> {
    read(&json!({"event": event, "payload": payload, "property_id": "p", "timestamp": "t"}))
}

fn paths(links: Vec<(String, Result<String, String>)>) -> Vec<String> {
    links.into_iter().map(|(_, path)| path.unwrap()).collect()
}

#[test]
fn an_event_with_data_gives_what_it_is_about_and_the_documented_follow_ups() {
    let booking = json!({"booking_id": "b", "revision_id": "r"});
    let unmapped = json!({"booking_id": "b", "booking_revision_id": "r"});
    let revision = || vec!["/booking_revisions/r", "/bookings/b", FEED];
    let thread = vec!["/message_threads/t", "/message_threads/t/messages"];
    let both = [&thread[..], &["/bookings/b/messages"]].concat();
    for (event, payload, expected) in [
        ("booking", &booking, revision()),
        ("booking_new", &booking, revision()),
        ("booking_modification", &booking, revision()),
        ("booking_cancellation", &booking, revision()),
        ("booking_unmapped_room", &unmapped, revision()),
        ("booking_unmapped_rate", &unmapped, revision()),
        ("non_acked_booking", &unmapped, revision()),
        ("message", &json!({"id": "m", "booking_id": "b", "message_thread_id": "t"}), both.clone()),
        ("inquiry", &json!({"message_thread_id": "t"}), thread.clone()),
        (
            "message_thread_booking_assigned",
            &json!({"booking_id": "b", "message_thread_id": "t"}),
            both,
        ),
        ("review", &json!({"id": "v"}), vec!["/reviews/v"]),
        ("updated_review", &json!({"id": "v"}), vec!["/reviews/v"]),
    ] {
        assert_eq!(paths(of(event, payload)), expected, "{event}");
    }
}

#[test]
fn ari_is_read_over_the_days_of_its_rows() {
    let filter = "filter[property_id]=p&filter[date][gte]=2026-01-30&filter[date][lte]=2026-02-01";
    let restrictions = "filter[restrictions]=availability,rate,min_stay_arrival,min_stay_through,\
         min_stay,closed_to_arrival,closed_to_departure,stop_sell,max_stay,availability_offset,\
         max_availability";
    let rows = json!([
        {"date": "2026-02-01"}, {"date": "2026-01-30"}, {"date": "2026-13-01"}, {"date": "&x=y"}, {},
        7, {"date": "2026-01-31"},
    ]);
    assert_eq!(
        paths(of("ari", &rows)),
        [format!("/restrictions?{filter}&{restrictions}"), format!("/availability?{filter}")]
    );
    for (payload, reason) in [
        (json!([]), "the payload has no date"),
        (json!({"date": "2026-01-30"}), "the payload has no date"),
        (Value::Null, "sent without data (send_data is off), so its dates are not known"),
    ] {
        for (_, path) in of("ari", &payload) {
            assert_eq!(path.unwrap_err(), reason);
        }
    }
}

#[test]
fn without_data_only_the_feed_of_bookings_can_be_read() {
    let bare = |event: &str| read(&json!({"event": event, "property_id": "p", "timestamp": "t"}));
    let feed = ("booking revisions not acknowledged yet".to_owned(), Ok(FEED.to_owned()));
    for event in ["booking", "booking_unmapped_rate", "non_acked_booking"] {
        assert_eq!(bare(event), std::slice::from_ref(&feed), "{event}");
    }
    for (event, label) in
        [("message", "message thread"), ("inquiry", "message thread"), ("review", "review")]
    {
        assert_eq!(bare(event), [(label.to_owned(), Err(NO_DATA.to_owned()))], "{event}");
    }
}

#[test]
fn where_the_documents_name_nothing_to_read_the_link_says_so() {
    for event in ["sync_error", "new_channel", "reservation_request", "something_new"] {
        let reason = format!("the documents name nothing to read for {event}");
        assert_eq!(of(event, &json!({"id": "x"})), [("resource".to_owned(), Err(reason))]);
    }
    let nameless = read(&json!({"property_id": "p"}));
    let reason = "the body names no event of Channex".to_owned();
    assert_eq!(nameless, [("resource".to_owned(), Err(reason))]);
}

#[test]
fn an_id_cannot_leave_its_place_in_the_address() {
    let steps = of("booking", &json!({"revision_id": "../webhooks?x=#", "booking_id": ".."}));
    let [(_, revision), (_, booking), _] = &steps[..] else { panic!("{steps:?}") };
    assert_eq!(revision.as_deref(), Ok("/booking_revisions/..%2Fwebhooks%3Fx%3D%23"));
    assert_eq!(booking.as_deref().unwrap_err(), "the id \"..\" cannot stand in an address");
    let property = read(&json!({"event": "booking", "property_id": "p&order[x]=y"}));
    assert_eq!(
        paths(property),
        ["/booking_revisions/feed?filter[property_id]=p%26order%5Bx%5D%3Dy&order[inserted_at]=asc"]
    );
}

#[test]
fn what_a_payload_lacks_is_named() {
    for (payload, reason) in [
        (json!({"booking_id": "b"}), "the payload has no revision_id and no booking_revision_id"),
        (json!([1]), "the payload has no revision_id and no booking_revision_id"),
        (json!("r"), "the payload has no revision_id and no booking_revision_id"),
    ] {
        let links = of("booking", &payload);
        assert_eq!(links[0].1.as_ref().unwrap_err(), reason);
    }
    let nowhere = read(&json!({"event": "booking"}));
    assert_eq!(nowhere[0].1.as_ref().unwrap_err(), "the notification has no property_id");
}
