//! A request that we did not capture, and why. The user always learns that something knocked.

use std::fmt;
use std::net::SocketAddr;

use http::StatusCode;
use jiff::Timestamp;

/// A request that was not captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// When it was refused.
    pub at: Timestamp,
    /// The other end of the connection.
    pub peer: SocketAddr,
    /// Why.
    pub reason: RefusalReason,
    /// Why, in a sentence with the figures of this case.
    pub message: String,
}

/// Why a request was not captured: the closed list of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalReason {
    /// The body is longer than the limit.
    BodyTooLarge,
    /// The head is longer than the limit or has too many fields.
    HeadTooLarge,
    /// Head or body did not arrive in time.
    TooSlow,
    /// The connection ended before the request did.
    CutOff,
    /// It is not HTTP as the standard has it.
    Malformed,
    /// No endpoint has this path.
    NoEndpoint,
    /// All connections are in use.
    Overloaded,
    /// The store could not commit it.
    StoreFailed,
}

impl RefusalReason {
    /// Every reason, in the order of the contract.
    pub const ALL: [Self; 8] = [
        Self::BodyTooLarge,
        Self::HeadTooLarge,
        Self::TooSlow,
        Self::CutOff,
        Self::Malformed,
        Self::NoEndpoint,
        Self::Overloaded,
        Self::StoreFailed,
    ];

    /// The word in output and filter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BodyTooLarge => "body_too_large",
            Self::HeadTooLarge => "head_too_large",
            Self::TooSlow => "too_slow",
            Self::CutOff => "cut_off",
            Self::Malformed => "malformed",
            Self::NoEndpoint => "no_endpoint",
            Self::Overloaded => "overloaded",
            Self::StoreFailed => "store_failed",
        }
    }

    /// The status that is answered, as far as the connection still takes one.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::HeadTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::CutOff | Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NoEndpoint => StatusCode::NOT_FOUND,
            Self::Overloaded | Self::StoreFailed => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl fmt::Display for RefusalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
