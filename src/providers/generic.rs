//! Anyone else: what well-known headers and members of the body tell without knowing the sender.

use std::borrow::Cow;

use crate::domain::event::Event;
use crate::domain::http::Request;

use super::envelope::Envelope;
use super::members::{Member, WORD_LIMIT};

/// Headers that name the event.
const KIND_HEADERS: &[&str] = &[
    "X-GitHub-Event",
    "X-Gitlab-Event",
    "X-Gitea-Event",
    "X-Event-Key",
    "X-Shopify-Topic",
    "Twitch-Eventsub-Subscription-Type",
    "ce-type",
];

/// Headers whose value is new for each event and the same for its retries. GitLab's
/// `X-Gitlab-Event-UUID` is not among them: events that cause each other share it.
const KEY_HEADERS: &[&str] = &[
    "webhook-id",
    "svix-id",
    "X-GitHub-Delivery",
    "X-Shopify-Webhook-Id",
    "Twitch-Eventsub-Message-Id",
    "Idempotency-Key",
];

/// What a request reports whose sender is not one of the known providers.
pub(super) fn event(envelope: &Envelope<'_>, request: &Request) -> Event {
    let kind = header(request, KIND_HEADERS).map(Cow::Borrowed).or_else(|| named_in(envelope));
    let key = header(request, KEY_HEADERS).map(Cow::Borrowed).or_else(|| own_id(envelope));
    Event {
        key: key.map(Cow::into_owned),
        occurred_at: envelope.timestamp(),
        ..kind.as_deref().map(Event::of_kind).unwrap_or_default()
    }
}

/// The first of these headers that holds a short text.
fn header<'r>(request: &'r Request, names: &[&str]) -> Option<&'r str> {
    names
        .iter()
        .filter_map(|name| request.headers.text(name))
        .find(|value| !value.is_empty() && value.len() <= WORD_LIMIT)
}

/// The event's name in the body: by the member that is the least likely to mean something else.
fn named_in<'a>(envelope: &Envelope<'a>) -> Option<Cow<'a, str>> {
    [envelope.event_type, envelope.event, envelope.kind].into_iter().find_map(Member::word)
}

/// The id of a body that says of itself that it is an event, as Stripe's do.
fn own_id<'a>(envelope: &Envelope<'a>) -> Option<Cow<'a, str>> {
    let is_event = envelope.object.word().as_deref() == Some("event");
    if is_event { envelope.id.word() } else { None }
}

#[cfg(test)]
mod tests;
