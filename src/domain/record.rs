//! A delivery with what belongs to it, as the store keeps it, and one row of a list.

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;

use super::annotation::Annotation;
use super::delivery::{Delivery, DeliveryId};
use super::event::ProviderId;
use super::handshake::Handshake;
use super::inspection::Inspection;
use super::name::{AccountName, EndpointName};
use super::sameness::sameness;
use super::verdict::{Standing, Verdict};

/// A delivery, what we concluded from it and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number in the store.
    pub id: DeliveryId,
    /// The fact.
    pub delivery: Delivery,
    /// The findings.
    pub inspection: Inspection,
    /// It is the n-th delivery of the same event at this endpoint; 1 is the first.
    pub repeat: u32,
    /// What was answered.
    pub answered: Answered,
    /// Set if it was answered as a handshake.
    pub handshake: Option<Handshake>,
    /// The first verdict, if the delivery was inspected again with another result.
    pub first_verdict: Option<Verdict>,
    /// What the user says of it.
    pub annotation: Annotation,
}

/// What was answered to a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The status.
    pub status: StatusCode,
    /// From the arrival of the head to the answer. None while the store does not know it yet: it
    /// is written with the commit after the one that stored the delivery.
    pub took: Option<Duration>,
}

/// One row of a list: what is shown without opening the delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its number in the store.
    pub id: DeliveryId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The endpoint.
    pub endpoint: EndpointName,
    /// The account, if known.
    pub account: Option<AccountName>,
    /// The method.
    pub method: http::Method,
    /// The request target.
    pub target: String,
    /// The provider, if known.
    pub provider: Option<ProviderId>,
    /// The event in one word ([`super::event::Event::label`]).
    pub event: Option<String>,
    /// The id of the resource that it is about.
    pub resource: Option<String>,
    /// The verdict at a glance.
    pub standing: Standing,
    /// The status that was answered.
    pub status: StatusCode,
    /// Bytes of the body.
    pub size: u64,
    /// It is the n-th delivery of the same event.
    pub repeat: u32,
    /// Equal for deliveries of the same event at the same endpoint.
    pub sameness: i64,
}

impl Record {
    /// The row that stands for this record in a list.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let Delivery { received_at, endpoint, request, .. } = &self.delivery;
        let Inspection { provider, account, event, verdict } = &self.inspection;
        Summary {
            id: self.id,
            received_at: *received_at,
            endpoint: endpoint.clone(),
            account: account.clone(),
            method: request.method.clone(),
            target: request.target.clone(),
            provider: *provider,
            event: event.label(),
            resource: event.resource.as_ref().and_then(|resource| resource.id.clone()),
            standing: verdict.standing(),
            status: self.answered.status,
            size: request.body.len() as u64,
            repeat: self.repeat,
            sameness: sameness(&self.delivery, &self.inspection),
        }
    }
}
