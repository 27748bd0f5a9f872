//! What Avinode Marketplace and Schedaero share: the shape of a notification, and one API.
//!
//! Reading order: [`answers`] (the envelope and what a status means), [`links`] (what can be read
//! about a notification), [`remarks`], [`record`] (the settings of a webhook and changes to them),
//! [`settings`] (the calls for them), [`api`]. Quotes, chats and trips are not spoken: nothing here
//! does more at the provider than reading and webhook settings.

mod answers;
mod links;
mod remarks;
mod record;
mod settings;
pub(super) mod api;
#[cfg(test)]
mod fixture;

use std::borrow::Cow;

use http::Uri;

use crate::domain::event::Resource;

use super::about::{About, known};
use super::envelope::Envelope;
use super::members::members;

/// The resource that a notification points to. Its address is kept as sent: the documents forbid to
/// build it from the id, and their own samples have the two differ.
pub(super) fn resource(envelope: &Envelope<'_>, kind: Option<&str>) -> Option<Resource> {
    let kind = kind.map(str::to_owned);
    let id = envelope.id.id().map(Cow::into_owned);
    let href = envelope.href.text().map(Cow::into_owned);
    let told = kind.is_some() || id.is_some() || href.is_some();
    told.then_some(Resource { kind, id, href })
}

/// What else its notifications are known to carry: some carry a trip.
pub(super) fn about(body: &[u8]) -> About {
    let [trip, platform_trip] = members(body, ["tripId", "platformTripId"]);
    let fields = [("trip", trip), ("platform trip", platform_trip)];
    About { fields: known(fields), ..About::default() }
}

/// Whether the notification points to a host of Schedaero.
pub(super) fn points_to_schedaero(envelope: &Envelope<'_>) -> bool {
    points_to(envelope, "schedaero.avinode.com")
}

/// Whether the notification points to a host of the group, be it of Avinode or of Schedaero.
pub(super) fn points_to_group(envelope: &Envelope<'_>) -> bool {
    points_to(envelope, ".avinode.com")
}

fn points_to(envelope: &Envelope<'_>, host_end: &str) -> bool {
    let href = envelope.href.text().and_then(|href| href.parse::<Uri>().ok());
    let host = href.as_ref().and_then(Uri::host).unwrap_or_default();
    host.to_ascii_lowercase().ends_with(host_end)
}
