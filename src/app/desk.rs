//! What is answered otherwise than configured, and what waits for an answer. The listener decides
//! by itself; here stands what it was told and what it has told.
//!
//! Reading order: [`Desk`], [`Held`], then [`sheet`] (the forms in which the user says it).

pub mod sheet;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::domain::delivery::DeliveryId;
use crate::domain::name::EndpointName;
use crate::domain::record::Record;
use crate::domain::shape::{Hold, Shape, Span};

/// What is answered otherwise than configured, and what waits for an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    shapes: Vec<(EndpointName, Shape)>,
    hold: Option<Hold>,
    held: Vec<Held>,
}

/// A delivery whose sender waits for the user's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The delivery.
    pub id: DeliveryId,
    /// Where it arrived.
    pub endpoint: EndpointName,
    /// Its event in one word, else its method and target. Foreign text.
    pub what: String,
    /// When it is answered by itself.
    pub until: Timestamp,
}

impl Held {
    /// How many seconds it waits yet; the last one counts until it is over.
    #[must_use]
    pub fn seconds_left(&self, now: Timestamp) -> i64 {
        let left = self.until.duration_since(now);
        left.as_secs() + i64::from(left.subsec_nanos() > 0)
    }
}

impl Desk {
    /// The answers that are set, the one that was set last at the end.
    #[must_use]
    pub fn shapes(&self) -> &[(EndpointName, Shape)] {
        &self.shapes
    }

    /// The answer that is set for an endpoint.
    #[must_use]
    pub fn shape(&self, endpoint: &EndpointName) -> Option<&Shape> {
        self.shapes.iter().find(|(of, _)| of == endpoint).map(|(_, shape)| shape)
    }

    /// Sets the answer of an endpoint, or takes it back.
    pub fn set_shape(&mut self, endpoint: &EndpointName, shape: Option<Shape>) {
        self.shapes.retain(|(of, _)| of != endpoint);
        self.shapes.extend(shape.map(|shape| (endpoint.clone(), shape)));
    }

    /// A delivery was captured: an answer that stands for the next one is used up by it. One that was
    /// answered before the answer was set shows by its status.
    pub fn answered(&mut self, record: &Record) {
        let is_spent = |(endpoint, shape): &(EndpointName, Shape)| {
            shape.span == Span::Next
                && record.handshake.is_none()
                && record.delivery.endpoint == *endpoint
                && record.answered.status == shape.answer.status
        };
        self.shapes.retain(|shape| !is_spent(shape));
    }

    /// These answers are not set any more.
    pub fn end_shapes(&mut self, over: &[(EndpointName, Shape)]) {
        self.shapes.retain(|shape| !over.contains(shape));
    }

    /// Which deliveries are held; none if none are.
    #[must_use]
    pub fn hold(&self) -> Option<&Hold> {
        self.hold.as_ref()
    }

    /// Holds deliveries from now on, or none any more.
    pub fn set_hold(&mut self, hold: Option<Hold>) {
        self.hold = hold;
    }

    /// The deliveries that wait, the oldest first.
    #[must_use]
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// The delivery that is answered next: the selected one if it waits, else the oldest one.
    #[must_use]
    pub fn next(&self, selected: Option<DeliveryId>) -> Option<&Held> {
        let at_hand = self.held.iter().find(|held| Some(held.id) == selected);
        at_hand.or_else(|| self.held.first())
    }

    /// A delivery waits.
    pub fn wait(&mut self, record: &Record, budget: Duration, now: Timestamp) {
        let budget = SignedDuration::try_from(budget).unwrap_or(SignedDuration::MAX);
        let request = &record.delivery.request;
        let label = record.inspection.event.label();
        self.held.push(Held {
            id: record.id,
            endpoint: record.delivery.endpoint.clone(),
            what: label.unwrap_or_else(|| format!("{} {}", request.method, request.target)),
            until: now.saturating_add(budget).unwrap_or(Timestamp::MAX),
        });
    }

    /// A delivery waits no longer.
    pub fn let_go(&mut self, id: DeliveryId) {
        self.held.retain(|held| held.id != id);
    }

    /// Lets go of what has been answered by itself, though nobody told.
    pub fn expire(&mut self, now: Timestamp) {
        self.held.retain(|held| now < held.until);
    }
}

#[cfg(test)]
mod tests;
