//! How a call ends without an answer.

use std::fmt;

use crate::domain::attempt::{AttemptError, Outcome};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The word of the contract.
    pub error: AttemptError,
    /// What happened and what to do, in a sentence.
    pub message: String,
}

impl Failure {
    /// A failure of that kind.
    #[must_use]
    pub fn new(error: AttemptError, message: impl Into<String>) -> Self {
        Self { error, message: message.into() }
    }
}

impl From<Failure> for Outcome {
    fn from(Failure { error, message }: Failure) -> Self {
        Self::Failed { error, message }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
