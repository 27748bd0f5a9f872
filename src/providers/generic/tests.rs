use bytes::Bytes;

use super::event;
use crate::domain::event::Event;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::providers::envelope::Envelope;

fn told(headers: &[(&str, &str)], body: &str) -> Event {
    let request = Request {
        method: http::Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs(headers.iter().copied()),
        body: Bytes::copy_from_slice(body.as_bytes()),
    };
    event(&Envelope::of(&request.body), &request)
}

#[test]
fn a_header_names_the_event_before_the_body_does() {
    let long = "x".repeat(200);
    for (headers, body, expected) in [
        (&[("x-github-event", "push")][..], r#"{"type":"a"}"#, Some("push")),
        (&[("X-GitHub-Event", "")], r#"{"type":"a"}"#, Some("a")),
        (&[("X-GitHub-Event", &long)], r#"{"type":"a"}"#, Some("a")),
        (&[("X-Shopify-Topic", "orders/create")], "", Some("orders/create")),
        (&[], r#"{"type":"a","event":"b","event_type":"c"}"#, Some("c")),
        (&[], r#"{"type":"a","event":"b"}"#, Some("b")),
        (&[], r#"{"type":"a","event":{"type":"b"}}"#, Some("a")),
        (&[], r#"{"type":["a"]}"#, None),
        (&[], "type=a", None),
    ] {
        let event = told(headers, body);
        assert_eq!(event.kind.as_deref(), expected, "{headers:?} {body}");
        assert_eq!(event.candidates.first(), event.kind.as_ref());
    }
    assert_eq!(told(&[], &format!(r#"{{"type":"{long}"}}"#)), Event::default());
}

#[test]
fn only_an_id_that_is_new_for_each_event_is_taken_for_its_key() {
    for (headers, body, expected) in [
        (&[("webhook-id", "msg_1")][..], "", Some("msg_1")),
        (&[("Svix-Id", "msg_2")], "", Some("msg_2")),
        (&[("X-GitHub-Delivery", "d-1")], "{}", Some("d-1")),
        (&[("Idempotency-Key", "k-1"), ("X-Gitlab-Event-UUID", "u")], "{}", Some("k-1")),
        (&[("X-Gitlab-Event-UUID", "u"), ("X-Gitlab-Webhook-UUID", "w")], "{}", None),
        (&[("X-Request-Id", "r")], "{}", None),
        (&[], r#"{"object":"event","id":"evt_1"}"#, Some("evt_1")),
        (&[], r#"{"object":"event","id":7}"#, None),
        (&[], r#"{"object":"charge","id":"ch_1"}"#, None),
        (&[], r#"{"id":"1"}"#, None),
    ] {
        assert_eq!(told(headers, body).key.as_deref(), expected, "{headers:?} {body}");
    }
}
