//! An attempt: one outward request of ours with what came of it.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use jiff::Timestamp;

use super::delivery::DeliveryId;
use super::headers::Headers;
use super::http::{Request, Version};
use super::masking;
use super::name::AccountName;
use super::url::Url;

/// The number of an attempt within its store; it counts up from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId(pub i64);

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A request that is about to go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Where it goes.
    pub url: Url,
    /// What goes out. Its target is that of the URL.
    pub request: Request,
    /// No certificate is checked, so anybody may be at the other end.
    pub insecure: bool,
    /// The body is that of the delivery that it is about, byte for byte.
    pub repeats_body: bool,
}

impl Call {
    /// A call that goes out as the client is set up to.
    #[must_use]
    pub fn of(url: Url, request: Request) -> Self {
        Self { url, request, insecure: false, repeats_body: false }
    }

    /// A call without a body.
    #[must_use]
    pub fn new(method: Method, url: Url, headers: Headers) -> Self {
        Self::with_body(method, url, headers, Bytes::new())
    }

    /// A call with a body.
    #[must_use]
    pub fn with_body(method: Method, url: Url, headers: Headers, body: impl Into<Bytes>) -> Self {
        let target = url.target().to_owned();
        let version = Version::Http11;
        Self::of(url, Request { method, target, version, headers, body: body.into() })
    }

    /// The same with the credentials in its header fields masked.
    #[must_use]
    pub fn masked(mut self) -> Self {
        masking::mask(&mut self.request.headers);
        self
    }
}

/// An outward request with what came of it. Credentials in it are masked before it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The delivery that it is about, if it is about one.
    pub delivery: Option<DeliveryId>,
    /// The account whose credentials went with it, if any did.
    pub account: Option<AccountName>,
    /// What it was for.
    pub purpose: Purpose,
    /// What went out.
    pub call: Call,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took.
    pub timing: Timing,
    /// What came of it.
    pub outcome: Outcome,
}

impl Attempt {
    /// The same with the credentials in its header fields masked, those of the answer included.
    #[must_use]
    pub fn masked(self) -> Self {
        let outcome = match self.outcome {
            Outcome::Answered(mut response) => {
                masking::mask(&mut response.headers);
                Outcome::Answered(response)
            }
            failed @ Outcome::Failed { .. } => failed,
        };
        Self { call: self.call.masked(), outcome, ..self }
    }

    /// The answer, if there was one.
    #[must_use]
    pub fn response(&self) -> Option<&Response> {
        match &self.outcome {
            Outcome::Answered(response) => Some(response),
            Outcome::Failed { .. } => None,
        }
    }

    /// What came of it, in a sentence: `200 OK in 120 ms`, or why there was no answer and what to
    /// do.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.outcome {
            Outcome::Answered(Response { status, .. }) => {
                format!("{} in {}", status_text(*status), duration_text(self.timing.total))
            }
            Outcome::Failed { message, .. } => message.clone(),
        }
    }

    /// What came of it, in a word: the status, or why there was no answer.
    #[must_use]
    pub fn word(&self) -> &str {
        match &self.outcome {
            Outcome::Answered(response) => response.status.as_str(),
            Outcome::Failed { error, .. } => error.as_str(),
        }
    }

    /// Whether it was answered with success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.response().is_some_and(|response| response.status.is_success())
    }
}

impl Timing {
    /// The parts that were reached, in words.
    #[must_use]
    pub fn text(&self) -> String {
        let total = format!("{} in all", duration_text(self.total));
        let connect = self.connect.map(|took| format!("connected in {}", duration_text(took)));
        let first = self.first_byte.map(|took| format!("answered after {}", duration_text(took)));
        connect.into_iter().chain(first).chain([total]).collect::<Vec<_>>().join(", ")
    }
}

/// A status with its reason where there is a usual one: `200 OK`.
#[must_use]
pub fn status_text(status: StatusCode) -> String {
    let words = [Some(status.as_str()), status.canonical_reason()];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How long something took, to as many digits as anybody reads: `0.8 ms`, `120 ms`, `1.2 s`.
#[must_use]
pub fn duration_text(duration: Duration) -> String {
    match duration.as_secs_f64() {
        seconds if seconds < 0.01 => format!("{:.1} ms", seconds * 1_000.0),
        seconds if seconds < 1.0 => format!("{:.0} ms", seconds * 1_000.0),
        seconds => format!("{seconds:.1} s"),
    }
}

/// How long the parts of an attempt took. What was not reached is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Until the connection was ready, TLS included; none where one was reused.
    pub connect: Option<Duration>,
    /// From the start until the head of the answer.
    pub first_byte: Option<Duration>,
    /// From the start to the end.
    pub total: Duration,
}

/// What an attempt is for. The words are those of the outer contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A captured delivery is sent to a target again.
    Replay,
    /// A resource is read from the provider.
    Fetch,
    /// A delivery is handed on as it arrives.
    Forward,
    /// A sample is sent.
    Trigger,
    /// Subscriptions are listed or changed.
    Subscription,
    /// Something is looked at without changing it.
    Check,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 6] =
        [Self::Replay, Self::Fetch, Self::Forward, Self::Trigger, Self::Subscription, Self::Check];

    /// The word in output and store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Replay => "replay",
            Self::Fetch => "fetch",
            Self::Forward => "forward",
            Self::Trigger => "trigger",
            Self::Subscription => "subscription",
            Self::Check => "check",
        }
    }

    /// The purpose of that word.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == word)
    }
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other side answered, whatever it said.
    Answered(Response),
    /// There was no answer.
    Failed {
        /// Why, in a word of the contract.
        error: AttemptError,
        /// Why and what to do, in a sentence.
        message: String,
    },
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The header fields.
    pub headers: Headers,
    /// The body, transfer and content coding undone.
    pub body: Bytes,
}

/// Why there was no answer: the closed list of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttemptError {
    /// Nothing listens there.
    Refused,
    /// It took too long.
    Timeout,
    /// No trusted connection could be made.
    Tls,
    /// The name has no address.
    Dns,
    /// The connection ended before the answer did.
    Reset,
    /// The account's credentials do not go to this host.
    HostNotAllowed,
    /// Outward connections are switched off.
    Offline,
    /// The answer is longer than what is taken.
    TooLarge,
    /// The answer is not HTTP, or not what it should be.
    Malformed,
}

impl AttemptError {
    /// Every error, in the order of the contract.
    pub const ALL: [Self; 9] = [
        Self::Refused,
        Self::Timeout,
        Self::Tls,
        Self::Dns,
        Self::Reset,
        Self::HostNotAllowed,
        Self::Offline,
        Self::TooLarge,
        Self::Malformed,
    ];

    /// The word in output and store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Timeout => "timeout",
            Self::Tls => "tls",
            Self::Dns => "dns",
            Self::Reset => "reset",
            Self::HostNotAllowed => "host_not_allowed",
            Self::Offline => "offline",
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
        }
    }

    /// The error of that word.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|error| error.as_str() == word)
    }
}

#[cfg(test)]
mod tests;
