//! What a provider has to tell so that its deliveries are understood.

use std::borrow::Cow;
use std::fmt;

use crate::domain::delivery::Delivery;
use crate::domain::event::{Event, ProviderId, Resource};

use super::about::About;
use super::api::Api;
use super::envelope::Envelope;
use super::members::{Member, members};

/// A provider that hookscope knows by its documents. What these leave open stays open: nothing is
/// guessed into an event.
pub trait Provider: fmt::Debug + Sync {
    /// Its id.
    fn id(&self) -> ProviderId;

    /// The events that it documents, in the order of its documents.
    fn events(&self) -> Vec<&'static EventType>;

    /// How its API is spoken.
    fn api(&self) -> &'static dyn Api;

    /// How surely this is one of its notifications.
    fn recognizes(&self, envelope: &Envelope<'_>) -> Confidence;

    /// What else a reader of the delivery should know. Beside the capture path, but pure all the same.
    fn about(&self, delivery: &Delivery) -> About;

    /// What the notification reports. Called too for what the provider does not recognize, when the
    /// endpoint is known to be its own; then most of the event stays empty.
    fn event(&self, envelope: &Envelope<'_>) -> Event;
}

/// How surely a notification is a provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It lacks what all of the provider's notifications have.
    No,
    /// It has a word of the provider that others may use as well.
    Likely,
    /// It has what only this provider is known to send.
    Certain,
}

/// An event that a provider documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventType {
    /// Its name in the provider's subscriptions.
    pub name: &'static str,
    /// When it fires.
    pub fires: &'static str,
    /// What kind of thing it is about; none where the documents do not tell.
    pub resource: Option<&'static str>,
    /// The member that holds the thing's id; where it stands is the provider's matter. None where
    /// the documents do not tell.
    pub id_member: Option<&'static str>,
}

impl EventType {
    /// An event of which nothing more is documented.
    #[must_use]
    pub const fn new(name: &'static str, fires: &'static str) -> Self {
        Self { name, fires, resource: None, id_member: None }
    }

    /// The event is about a thing of this kind, whose id stands in this member.
    #[must_use]
    pub const fn about(self, resource: &'static str, id_member: &'static str) -> Self {
        Self { resource: Some(resource), id_member: Some(id_member), ..self }
    }

    /// The event is about a thing of this kind; where its id stands is not documented.
    #[must_use]
    pub const fn about_some(self, resource: &'static str) -> Self {
        Self { resource: Some(resource), ..self }
    }

    /// The member that holds the thing's id, taken from the object where the provider has it.
    #[must_use]
    pub fn id_in<'a>(&self, object: &'a [u8]) -> Member<'a> {
        let Some(name) = self.id_member else { return Member::default() };
        let [id] = members(object, [name]);
        id
    }

    /// The thing that it is about. An id that cannot be read leaves the kind.
    #[must_use]
    pub fn resource_with(&self, id: Member<'_>) -> Option<Resource> {
        let kind = self.resource?.to_owned();
        Some(Resource { kind: Some(kind), id: id.id().map(Cow::into_owned), href: None })
    }
}
