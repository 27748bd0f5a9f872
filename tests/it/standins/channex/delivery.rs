//! The stand-in delivers: to every active webhook whose mask has the event, to a global one only
//! where the property has none of its own.

use hookscope::domain::attempt::{Call, Response};
use hookscope::domain::headers::Headers;
use hookscope::domain::url::Url;
use http::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::Channex;
use crate::standins::exchange::exchange;
use crate::standins::server::locked;

/// The documented events.
pub(super) const EVENTS: [&str; 28] = [
    "ari",
    "booking",
    "booking_new",
    "booking_modification",
    "booking_cancellation",
    "booking_unmapped_room",
    "booking_unmapped_rate",
    "non_acked_booking",
    "message",
    "sync_error",
    "sync_warning",
    "rate_error",
    "reservation_request",
    "alteration_request",
    "accepted_reservation",
    "declined_reservation",
    "inquiry",
    "review",
    "updated_review",
    "new_channel",
    "updated_channel",
    "disconnect_channel",
    "disconnect_listing",
    "activate_channel",
    "deactivate_channel",
    "channel_removal_warning",
    "property_removal_warning",
    "message_thread_booking_assigned",
];

/// What came of one call of a webhook.
#[derive(Debug)]
pub(crate) struct Delivered {
    /// The id of the webhook.
    pub(crate) webhook: String,
    /// What the endpoint answered; none if it went away without an answer.
    pub(crate) status: Option<StatusCode>,
}

impl Channex {
    /// Something happens at a property: every webhook that asks for it is called, one after the
    /// other.
    pub(crate) fn happens(
        &self,
        event: &str,
        property: &str,
        payload: &Value,
        timestamp: &str,
    ) -> Vec<Delivered> {
        let called = {
            let world = locked(&self.world);
            let of_property =
                world.organizations.values().find(|it| it.properties.contains(property));
            of_property.map(|it| asking(&it.webhooks, event, property)).unwrap_or_default()
        };
        let deliver = |record: &Value| {
            let attributes = record["attributes"].as_object().expect("a record has attributes");
            let mut body = json!({ "event": event });
            if attributes["send_data"] == true {
                body["payload"] = payload.clone();
            }
            body["property_id"] = json!(property);
            body["user_id"] = Value::Null;
            body["timestamp"] = json!(timestamp);
            let webhook = record["id"].as_str().unwrap_or_default().to_owned();
            Delivered { webhook, status: call(attributes, &body).map(|it| it.status) }
        };
        called.iter().map(deliver).collect()
    }
}

/// The webhooks that are called for an event of a property.
fn asking(webhooks: &[Value], event: &str, property: &str) -> Vec<Value> {
    let asks = |record: &&Value| {
        let mask = record["attributes"]["event_mask"].as_str().unwrap_or_default();
        let has = |word: &str| word == "*" || word.split(':').next() == Some(event);
        record["attributes"]["is_active"] == true && mask.split(';').any(has)
    };
    let own = |record: &&Value| record["relationships"]["property"]["data"]["id"] == property;
    let global = |record: &&Value| record["attributes"]["is_global"] == true;
    let owned = webhooks.iter().filter(asks).filter(own).cloned().collect::<Vec<_>>();
    if owned.is_empty() {
        webhooks.iter().filter(asks).filter(global).cloned().collect()
    } else {
        owned
    }
}

/// Calls a webhook: its parameters behind the query, its headers beside those of JSON.
pub(super) fn call(attributes: &Map<String, Value>, body: &Value) -> Option<Response> {
    let texts = |name: &str| {
        let texts = attributes.get(name).and_then(Value::as_object).into_iter().flatten();
        texts.map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
    };
    let mut target = attributes["callback_url"].as_str().unwrap_or_default().to_owned();
    for (name, value) in texts("request_params") {
        let joint = if target.contains('?') { '&' } else { '?' };
        target = format!("{target}{joint}{}={}", encoded(name), encoded(value));
    }
    let url = Url::parse(&target).expect("what is written is checked");
    let own = [("Content-Type", "application/json")];
    let headers = Headers::from_pairs(own.into_iter().chain(texts("headers")));
    exchange(&Call::with_body(Method::POST, url, headers, body.to_string()))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
