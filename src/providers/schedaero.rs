//! Schedaero, behind the API of the Avinode Group. The type of a notification is the event's name;
//! an older shape, with an empty address, has a resource's type there instead.
//!
//! <https://developer.avinodegroup.com/docs/schedaero-webhooks>

use crate::domain::delivery::Delivery;
use crate::domain::event::{Event, ProviderId};

use super::about::About;
use super::api::Api;
use super::avinode_group::{self, api::AvinodeGroupApi};
use super::envelope::Envelope;
use super::provider::{Confidence, EventType, Provider};

/// Schedaero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedaero;

/// What the name of every event begins with, in this letter case.
const NAME_PREFIX: &str = "SchedAero";

/// What a resource's type begins with in the older shape.
const TYPE_PREFIX: &str = "schedaero-";

/// The documented events. There are more: the page goes on behind the part that is known.
const EVENTS: &[EventType] = &[
    EventType::new("SchedAeroContacts", "a contact is created or changed").about("contacts", "id"),
    EventType::new("SchedAeroPassengers", "a passenger is put on a flight or changed")
        .about("passengers", "id"),
    EventType::new("SchedAeroLogistics", "a service on a flight leg is created or changed")
        .about("logistics", "id"),
];

impl Provider for Schedaero {
    fn id(&self) -> ProviderId {
        ProviderId::Schedaero
    }

    fn events(&self) -> Vec<&'static EventType> {
        EVENTS.iter().collect()
    }

    fn api(&self) -> &'static dyn Api {
        &AvinodeGroupApi
    }

    fn about(&self, delivery: &Delivery) -> About {
        avinode_group::about(&delivery.request.body)
    }

    fn recognizes(&self, envelope: &Envelope<'_>) -> Confidence {
        let kind = envelope.kind.word().unwrap_or_default();
        let by_type = kind.starts_with(NAME_PREFIX) || kind.starts_with(TYPE_PREFIX);
        if by_type || avinode_group::points_to_schedaero(envelope) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn event(&self, envelope: &Envelope<'_>) -> Event {
        let kind = envelope.kind.word();
        let Some(name) = kind.as_deref().filter(|kind| kind.starts_with(NAME_PREFIX)) else {
            return Event {
                resource: avinode_group::resource(envelope, kind.as_deref()),
                ..Event::default()
            };
        };
        let about = EVENTS.iter().find(|event| event.name == name).and_then(|event| event.resource);
        Event { resource: avinode_group::resource(envelope, about), ..Event::of_kind(name) }
    }
}

#[cfg(test)]
mod tests;
