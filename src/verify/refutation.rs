//! Why one scheme does not hold for one request.

use crate::domain::verdict::Reason;

/// A failed check: a reason of the contract's list and a sentence for people. The sentence never
/// repeats what could be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refutation {
    /// Why, as a word.
    pub(super) reason: Reason,
    /// Why, as a sentence.
    pub(super) message: String,
}

impl Refutation {
    pub(super) fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into() }
    }

    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self::new(Reason::MissingCredential, message)
    }

    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(Reason::MalformedCredential, message)
    }

    /// How far the check came before it failed. Of several schemes, the one that came farthest is
    /// most likely the one that the sender meant.
    pub(super) fn progress(&self) -> u8 {
        match self.reason {
            Reason::MissingCredential => 0,
            Reason::MalformedCredential => 1,
            Reason::UnknownKey | Reason::UntrustedCertificate => 2,
            Reason::UnsupportedAlgorithm => 3,
            Reason::WrongCredential | Reason::SignatureMismatch => 4,
            Reason::DigestMismatch => 5,
            Reason::ClaimMismatch | Reason::NotCovered => 6,
            Reason::Stale | Reason::InFuture => 7,
            Reason::Reused => 8,
        }
    }
}

/// The beginning of something that was sent and is no secret, for a message.
pub(super) fn excerpt(sent: &[u8]) -> String {
    const LONGEST: usize = 60;
    let text = String::from_utf8_lossy(&sent[..sent.len().min(4 * LONGEST)]);
    if text.chars().count() <= LONGEST {
        return text.into_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
