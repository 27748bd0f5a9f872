//! One connection that the program made outward: when, to whom, what for, and what came of it. It
//! holds nothing of what was said.

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;

use super::attempt::{AttemptError, Purpose};

/// A connection that was made, or tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Egress {
    /// When it began.
    pub at: Timestamp,
    /// The host and, if it is not the usual one, the port.
    pub host: String,
    /// What it was for.
    pub aim: Aim,
    /// How it ended.
    pub ending: Ending,
    /// It went over a connection that was open already.
    pub reused: bool,
    /// How long it took.
    pub took: Duration,
    /// The bytes of HTTP that went out; what TLS and TCP add is not counted.
    pub sent: u64,
    /// The bytes of HTTP that came back.
    pub received: u64,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aim {
    /// An attempt.
    Attempt(Purpose),
    /// A token that a provider wants to see before it answers.
    Token,
    /// Whether anybody is there. Nothing is asked.
    Probe,
}

impl Aim {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attempt(purpose) => purpose.as_str(),
            Self::Token => "token",
            Self::Probe => "probe",
        }
    }
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// With an answer.
    Answered(StatusCode),
    /// It could be made, which was all that was wanted.
    Connected,
    /// Without an answer.
    Failed(AttemptError),
    /// Nobody waited for it any more.
    GivenUp,
}

impl Ending {
    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Answered(status) => status.as_str(),
            Self::Connected => "connected",
            Self::Failed(error) => error.as_str(),
            Self::GivenUp => "given up",
        }
    }
}

/// What a ledger of them has to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The connections, in the order in which they ended.
    pub all: Vec<Egress>,
    /// How many before them were forgotten, because they were too many at once.
    pub forgotten: u64,
}
