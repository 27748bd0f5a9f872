//! Avinode Marketplace. Its notifications carry the type of a resource and no event's name, and
//! several events share a type: most can only be narrowed down.
//!
//! <https://developer.avinodegroup.com/docs/avinode-webhooks>

use crate::domain::delivery::Delivery;
use crate::domain::event::{Event, ProviderId};

use super::about::About;
use super::api::Api;
use super::avinode_group::{self, api::AvinodeGroupApi};
use super::envelope::Envelope;
use super::provider::{Confidence, EventType, Provider};
use super::schedaero::Schedaero;

/// Avinode Marketplace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Avinode;

/// An event with what its ids begin with.
struct Row {
    event: EventType,
    prefixes: &'static [&'static str],
}

const SELLER: &[&str] = &["asellermsg-"];
const BUYER: &[&str] = &["abuyermsg-"];
const EITHER: &[&str] = &["asellermsg-", "abuyermsg-"];
const RFQ: &[&str] = &["arfq-"];

#[rustfmt::skip]
const EVENTS: &[Row] = &[
    row("TripRequest", "a buyer's request is new, changed or cancelled", "rfqs", RFQ),
    row("TripChatFromBuyer", "a buyer wrote in the chat", "tripmsgs", BUYER),
    row("TripRequestSellerResponse", "a seller quoted or declined", "tripmsgs", SELLER),
    row("TripChatFromSeller", "a seller wrote in the chat", "tripmsgs", SELLER),
    row("TripRequestMine", "a colleague sent or cancelled a request", "rfqs", RFQ),
    row("TripRequestSellerResponseMine", "a colleague quoted or declined", "tripmsgs", SELLER),
    row("TripChatMine", "a colleague wrote in the chat, as seller or as buyer", "tripmsgs", EITHER),
    row("EmptyLegs", "a watched empty leg is published, changed or unpublished", "emptylegs", &["el-"]),
    row("ClientLeads", "a client's lead arrives", "leads", &["ecl-"]),
];

const fn row(
    name: &'static str,
    fires: &'static str,
    resource: &'static str,
    prefixes: &'static [&'static str],
) -> Row {
    Row { event: EventType::new(name, fires).about(resource, "id"), prefixes }
}

impl Row {
    fn has_prefix_of(&self, id: &str) -> bool {
        self.prefixes.iter().any(|prefix| id.starts_with(prefix))
    }
}

impl Provider for Avinode {
    fn id(&self) -> ProviderId {
        ProviderId::Avinode
    }

    fn events(&self) -> Vec<&'static EventType> {
        EVENTS.iter().map(|row| &row.event).collect()
    }

    fn api(&self) -> &'static dyn Api {
        &AvinodeGroupApi
    }

    fn about(&self, delivery: &Delivery) -> About {
        avinode_group::about(&delivery.request.body)
    }

    fn recognizes(&self, envelope: &Envelope<'_>) -> Confidence {
        let kind = envelope.kind.word().unwrap_or_default();
        let id = envelope.id.id().unwrap_or_default();
        if avinode_group::points_to_schedaero(envelope) {
            Confidence::No
        } else if of_type(&kind).any(|row| row.has_prefix_of(&id)) {
            Confidence::Certain
        } else if of_type(&kind).next().is_some() || avinode_group::points_to_group(envelope) {
            // New types may come at any time; their address still tells.
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn event(&self, envelope: &Envelope<'_>) -> Event {
        // One subscription may ask for events of both, as their settings stand in one API.
        if Schedaero.recognizes(envelope) == Confidence::Certain {
            return Schedaero.event(envelope);
        }
        let kind = envelope.kind.word();
        let id = envelope.id.id().unwrap_or_default();
        let candidates = candidates(kind.as_deref().unwrap_or_default(), &id);
        let kind_told = if let [only] = &candidates[..] { Some(only.clone()) } else { None };
        Event {
            kind: kind_told,
            candidates,
            resource: avinode_group::resource(envelope, kind.as_deref()),
            ..Event::default()
        }
    }
}

fn of_type(kind: &str) -> impl Iterator<Item = &'static Row> {
    EVENTS.iter().filter(move |row| row.event.resource == Some(kind))
}

/// The events that a notification of this type about this id may report. An id of a form that the
/// documents do not have rules nothing out.
fn candidates(kind: &str, id: &str) -> Vec<String> {
    let id_tells = of_type(kind).any(|row| row.has_prefix_of(id));
    of_type(kind)
        .filter(|row| !id_tells || row.has_prefix_of(id))
        .map(|row| row.event.name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests;
