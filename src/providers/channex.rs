//! Channex.io. The event's name is in the body; its data is there only for subscriptions with
//! `send_data`, and for `ari` it is a list.
//!
//! <https://docs.channex.io/api-v.1-documentation/webhook-collection>

mod event_mask;
mod fields;
mod links;
mod masked;
mod refused;
mod remarks;
mod webhook;
mod webhooks;
mod api;

use crate::domain::delivery::Delivery;
use crate::domain::event::{Event, ProviderId, Resource};

use api::ChannexApi;

use super::about::{About, known};
use super::api::Api;
use super::envelope::Envelope;
use super::members::{Member, members};
use super::provider::{Confidence, EventType, Provider};

/// Channex.io.
#[derive(Clone, Copy, Debug)]
pub(super) struct Channex;

/// The documented events. `id_member` stands in `payload`; where no sample with data is documented
/// it is the one of the sibling events.
const EVENTS: &[EventType] = &[
    EventType::new("ari", "availability, a rate or a restriction changed")
        .about("property", PROPERTY_ID),
    EventType::new("booking", "a booking has a new revision of any status")
        .about("booking_revision", "revision_id"),
    EventType::new("booking_new", "a booking is new").about("booking_revision", "revision_id"),
    EventType::new("booking_modification", "a booking is modified")
        .about("booking_revision", "revision_id"),
    EventType::new("booking_cancellation", "a booking is cancelled")
        .about("booking_revision", "revision_id"),
    EventType::new("booking_unmapped_room", "a booking's room is not mapped")
        .about("booking_revision", "booking_revision_id"),
    EventType::new("booking_unmapped_rate", "a booking's room is mapped, its rate is not")
        .about("booking_revision", "booking_revision_id"),
    EventType::new("non_acked_booking", "a revision is not acknowledged after 30 minutes")
        .about("booking_revision", "booking_revision_id"),
    EventType::new("message", "a guest wrote in the chat")
        .about("message_thread", "message_thread_id"),
    EventType::new("sync_error", "syncing with a channel failed").about("channel", "channel_id"),
    EventType::new("sync_warning", "a channel reported an error that is not critical"),
    EventType::new("rate_error", "a channel reported an error about rates"),
    EventType::new("reservation_request", "Airbnb: a guest asks for a reservation")
        .about_some("booking_revision"),
    EventType::new("alteration_request", "Airbnb: a guest asks to alter a reservation"),
    EventType::new("accepted_reservation", "Airbnb: a reservation request is accepted"),
    EventType::new("declined_reservation", "Airbnb: a reservation request is declined"),
    EventType::new("inquiry", "Airbnb: a guest inquires; only with the Messages app")
        .about("message_thread", "message_thread_id"),
    EventType::new("review", "a review is new").about("review", "id"),
    EventType::new("updated_review", "a review changed").about("review", "id"),
    EventType::new("new_channel", "a channel is created").about("channel", "channel_id"),
    EventType::new("updated_channel", "a channel changed").about("channel", "channel_id"),
    EventType::new("disconnect_channel", "a channel is disconnected")
        .about("channel", "channel_id"),
    EventType::new("disconnect_listing", "Airbnb: a listing is disconnected"),
    EventType::new("activate_channel", "a channel is switched on").about("channel", "channel_id"),
    EventType::new("deactivate_channel", "a channel is switched off")
        .about("channel", "channel_id"),
    EventType::new("channel_removal_warning", "an inactive channel is removed in 7 days or in 1")
        .about("channel", "channel_id"),
    EventType::new("property_removal_warning", "a property is removed in 30, 7 days or in 1")
        .about("property", PROPERTY_ID),
    EventType::new(
        "message_thread_booking_assigned",
        "a thread older than its booking is linked to it",
    )
    .about("message_thread", "message_thread_id"),
];

const NO_DATA: &str = "it came without data: its subscription has send_data off";

/// Where every notification has its property, with data or without.
const PROPERTY_ID: &str = "property_id";

impl Provider for Channex {
    fn id(&self) -> ProviderId {
        ProviderId::Channex
    }

    fn events(&self) -> Vec<&'static EventType> {
        EVENTS.iter().collect()
    }

    fn api(&self) -> &'static dyn Api {
        &ChannexApi
    }

    fn about(&self, delivery: &Delivery) -> About {
        let body = &delivery.request.body;
        let names = ["event", "payload", PROPERTY_ID, "user_id"];
        let [event, payload, outer, user] = members(body, names);
        let [inner] = members(payload.json(), [PROPERTY_ID]);
        let inner = if inner == outer { Member::default() } else { inner };
        let fields = [("property", outer), ("in its payload", inner), ("changed by user", user)];
        let is_thin = event.is_given() && !payload.is_given();
        let remarks = is_thin.then(|| NO_DATA.to_owned()).into_iter().collect();
        About { fields: known(fields), remarks, ..About::default() }
    }

    fn recognizes(&self, envelope: &Envelope<'_>) -> Confidence {
        let beside = [envelope.property_id, envelope.timestamp];
        if envelope.event.word().is_some() && beside.into_iter().all(Member::is_given) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn event(&self, envelope: &Envelope<'_>) -> Event {
        let name = envelope.event.word();
        let documented = name.as_deref().and_then(documented);
        Event {
            resource: documented.and_then(|event| resource(envelope, event)),
            occurred_at: envelope.timestamp(),
            ..name.as_deref().map(Event::of_kind).unwrap_or_default()
        }
    }
}

/// The documented event of that name.
fn documented(name: &str) -> Option<&'static EventType> {
    // The page of 2025 has the longer name.
    let name = if name == "disconnected_channel" { "disconnect_channel" } else { name };
    EVENTS.iter().find(|event| event.name == name)
}

fn resource(envelope: &Envelope<'_>, event: &EventType) -> Option<Resource> {
    let id = match event.id_member {
        Some(PROPERTY_ID) => envelope.property_id,
        _ => event.id_in(envelope.payload.json()),
    };
    event.resource_with(id)
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
