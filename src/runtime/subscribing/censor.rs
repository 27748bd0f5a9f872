//! Takes out of calls and answers what nobody may read later: what the provider's records mark as
//! secret, and the secrets that went out with this change, wherever they are repeated.

use std::borrow::Cow;

use bytes::Bytes;
use memchr::memmem;

use crate::domain::attempt::{Attempt, Outcome};
use crate::domain::masking::MASK;
use crate::domain::subscription::Rejection;
use crate::providers::api::{Secrets, Subscriptions};

/// A shorter secret protects nothing, and would be found in every text.
const SHORTEST: usize = 4;

/// What is taken out.
#[derive(Clone, Debug)]
pub(super) struct Censor {
    subscriptions: &'static dyn Subscriptions,
    /// Each secret as it is and as JSON writes it.
    secrets: Vec<Vec<u8>>,
}

impl Censor {
    pub(super) fn new(subscriptions: &'static dyn Subscriptions, secrets: &Secrets) -> Self {
        let plain = secrets.values().map(|secret| secret.expose().to_vec());
        let plain = plain.filter(|secret| secret.len() >= SHORTEST).collect::<Vec<_>>();
        let escaped = plain.iter().filter_map(|secret| {
            let text = serde_json::to_string(std::str::from_utf8(secret).ok()?).ok()?;
            Some(text.trim_matches('"').as_bytes().to_vec())
        });
        // The longer one first: it may hold the other one.
        let secrets = escaped.collect::<Vec<_>>().into_iter().chain(plain).collect();
        Self { subscriptions, secrets }
    }

    /// The attempt as it may be kept.
    pub(super) fn attempt(&self, mut attempt: Attempt) -> Attempt {
        attempt.call.request.body = self.body(&attempt.call.request.body);
        match &mut attempt.outcome {
            Outcome::Answered(response) => response.body = self.body(&response.body),
            Outcome::Failed { message, .. } => *message = self.text(message),
        }
        attempt
    }

    /// A body as it may be kept.
    pub(super) fn body(&self, body: &[u8]) -> Bytes {
        self.without_secrets(&self.subscriptions.masked_body(body)).into_owned().into()
    }

    /// What the provider says as it may be shown.
    pub(super) fn text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.without_secrets(text.as_bytes())).into_owned()
    }

    /// What the provider says against a change as it may be shown.
    pub(super) fn rejection(&self, rejection: Rejection) -> Rejection {
        let fields = rejection.fields.into_iter();
        Rejection {
            message: self.text(&rejection.message),
            fields: fields.map(|(key, why)| (key, self.text(&why))).collect(),
        }
    }

    fn without_secrets<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        self.secrets.iter().fold(Cow::Borrowed(bytes), |bytes, secret| {
            if memmem::find(&bytes, secret).is_none() {
                return bytes;
            }
            let mut clean = Vec::new();
            let mut behind = 0;
            for at in memmem::find_iter(&bytes, secret) {
                clean.extend_from_slice(&bytes[behind..at]);
                clean.extend_from_slice(MASK.as_bytes());
                behind = at + secret.len();
            }
            clean.extend_from_slice(&bytes[behind..]);
            Cow::Owned(clean)
        })
    }
}
