//! A delivery: one HTTP request captured at an endpoint. A fact, it never changes.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::http::Request;
use super::name::EndpointName;

/// The number of a delivery within its store; it counts up from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeliveryId(pub i64);

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Unique everywhere (UUID v7).
    pub uid: Uuid,
    /// When the head had arrived.
    pub received_at: Timestamp,
    /// How long reading the body took.
    pub reading: Duration,
    /// The other end of the connection.
    pub peer: SocketAddr,
    /// The endpoint that it arrived at.
    pub endpoint: EndpointName,
    /// What was sent.
    pub request: Request,
}
