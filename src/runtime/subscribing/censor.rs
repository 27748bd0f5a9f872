//! Takes out of calls and answers what nobody may read later: what the provider's records mark as
//! secret, and the secrets that went out with this change, wherever they are repeated.

use bytes::Bytes;

use crate::client;
use crate::domain::attempt::{Attempt, Outcome};
use crate::domain::subscription::Rejection;
use crate::providers::api::{Secrets, Subscriptions};

/// What is taken out.
#[derive(Clone, Debug)]
pub(super) struct Censor {
    subscriptions: &'static dyn Subscriptions,
    sent: client::censor::Censor,
}

impl Censor {
    pub(super) fn new(subscriptions: &'static dyn Subscriptions, secrets: &Secrets) -> Self {
        Self { subscriptions, sent: client::censor::Censor::new(secrets.values().cloned()) }
    }

    /// The attempt as it may be kept.
    pub(super) fn attempt(&self, mut attempt: Attempt) -> Attempt {
        attempt.call.request.body = self.body(&attempt.call.request.body);
        if let Outcome::Answered(response) = &mut attempt.outcome {
            response.body = self.body(&response.body);
        }
        self.sent.attempt(attempt)
    }

    /// A body as it may be kept.
    pub(super) fn body(&self, body: &[u8]) -> Bytes {
        self.sent.bytes(&self.subscriptions.masked_body(body).into())
    }

    /// What the provider says as it may be shown.
    pub(super) fn text(&self, text: &str) -> String {
        self.sent.text(text)
    }

    /// What the provider says against a change as it may be shown.
    pub(super) fn rejection(&self, rejection: Rejection) -> Rejection {
        let fields = rejection.fields.into_iter();
        Rejection {
            message: self.text(&rejection.message),
            fields: fields.map(|(key, why)| (key, self.text(&why))).collect(),
        }
    }
}
