//! A plan: what is to be replayed, where to, and how. The replay sheet and the command line make
//! the same one.

use std::time::Duration;

use bytes::Bytes;

use super::delivery::DeliveryId;
use super::edit::Edit;
use super::event::ProviderId;
use super::http::Request;
use super::name::EndpointName;
use super::url::{Url, UrlError};

/// What is to be replayed and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The deliveries, in the order in which they are sent.
    pub deliveries: Vec<DeliveryId>,
    /// Where to. Without a path of its own, each delivery's whole target is kept; with one, the
    /// delivery's query is added where it has none.
    pub target: Url,
    /// What proves them.
    pub proof: Proof,
    /// What is different from what was captured.
    pub changes: Changes,
    /// How often each delivery is sent; at least 1.
    pub times: u32,
    /// How many are under way at once; at least 1. With 1 they arrive in order.
    pub parallel: u32,
    /// When the next one goes out.
    pub pace: Pace,
    /// Tries again after a failure, at the times at which this provider would.
    pub retry_like: Option<ProviderId>,
    /// Whether `hookscope-delivery: <uid>` is added.
    pub marked: bool,
}

impl Plan {
    /// A plan that sends deliveries as they were captured, once each, one after the other.
    #[must_use]
    pub fn verbatim(deliveries: Vec<DeliveryId>, target: Url) -> Self {
        Self {
            deliveries,
            target,
            proof: Proof::AsCaptured,
            changes: Changes::default(),
            times: 1,
            parallel: 1,
            pace: Pace::AtOnce,
            retry_like: None,
            marked: true,
        }
    }

    /// Where a delivery goes. A target with a path is used as it stands, and gets the delivery's
    /// query if it has none; one without keeps the delivery's whole target.
    ///
    /// # Errors
    /// When what comes out is not an address.
    pub fn url_of(&self, captured: &Request) -> Result<Url, UrlError> {
        let target = &self.target;
        if target.target() == "/" && !target.names_a_path() {
            let query = captured.query().map(|query| format!("?{query}")).unwrap_or_default();
            return target.with_target(&format!("{}{query}", captured.path()));
        }
        match captured.query() {
            Some(query) if !target.target().contains('?') => {
                target.with_target(&format!("{}?{query}", target.target()))
            }
            _ => Ok(target.clone()),
        }
    }

    /// How many requests go out, retries not counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.deliveries.len() as u64 * u64::from(self.times)
    }
}

/// What proves a replayed delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Whatever it came with.
    AsCaptured,
    /// It is signed again, now.
    Afresh {
        /// The endpoint whose scheme signs; else the one that the delivery arrived at.
        by: Option<EndpointName>,
        /// Keeps the id that it came with, where the scheme signs one; else it gets a new one.
        keeps_id: bool,
    },
}

/// What is different from what was captured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Another body.
    pub body: Option<Bytes>,
    /// Single values of a JSON body, set after the body.
    pub edits: Vec<Edit>,
    /// Header fields, in the order in which they are changed.
    pub headers: Vec<HeaderChange>,
}

impl Changes {
    /// Whether nothing is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A change to the header fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderChange {
    /// This value in place of every one of that name; last where there was none.
    Set {
        /// The name, in the letter case to send.
        name: String,
        /// The value.
        value: String,
    },
    /// No field of that name.
    Remove {
        /// The name; letter case does not matter.
        name: String,
    },
    /// These fields in place of all.
    All(Vec<(String, String)>),
}

/// When the next delivery of a plan goes out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// As soon as one of those under way has ended.
    #[default]
    AtOnce,
    /// Not before so long after the one before it began.
    Gap(Duration),
    /// At the intervals at which they arrived.
    Original,
}
