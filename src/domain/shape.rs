//! What an endpoint answers for a while instead of what it is configured to: to watch what a sender
//! does about it.

use std::sync::Arc;
use std::time::Duration;

use super::endpoint::Answer;
use super::filter::Filter;

/// Another answer of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// What is answered.
    pub reply: Reply,
    /// For how long it stands.
    pub span: Span,
}

/// An answer and how it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The answer.
    pub answer: Answer,
    /// How it is given.
    pub manner: Manner,
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self { answer, manner: Manner::Whole }
    }
}

/// How an answer is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// At once and whole.
    #[default]
    Whole,
    /// The connection is closed without an answer.
    Silent,
    /// The body comes one byte at a time, with this pause before each.
    Drip(Duration),
}

/// For how long another answer stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// For the next delivery alone.
    #[default]
    Next,
    /// Until it is taken back.
    UntilTakenBack,
}

/// Which deliveries wait for the user's answer, and for how long at most.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// Which ones.
    pub filter: Arc<Filter>,
    /// How long each waits before it is answered as it would have been.
    pub budget: Duration,
}
