//! An endpoint: a path of ours that receives, and what it answers.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use super::event::ProviderId;
use super::forwarding::{ForwardTarget, Forwarding};
use super::name::{AccountName, EndpointName};
use super::record::Record;
use super::url::Url;

/// A path of ours that receives deliveries.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Its name in the config; `default` where none is configured.
    pub name: EndpointName,
    /// The paths it receives.
    pub path: PathPattern,
    /// The provider that sends here; else it is recognized from each request.
    pub provider: Option<ProviderId>,
    /// The account whose deliveries arrive here.
    pub account: Option<AccountName>,
    /// What stands before a request's target as senders see it (`https://hooks.example.test`).
    /// Signatures over the URL need it.
    pub public_url: Option<String>,
    /// What is answered to a stored delivery.
    pub answer: Answer,
    /// What is handed on as it arrives.
    pub forwarding: Forwarding,
    /// Set if the app that a delivery is handed on to, the first one, answers its sender.
    pub answered_by_app: Option<AppAnswers>,
}

impl Endpoint {
    /// The endpoint that receives every path, for a listener without configured ones.
    #[must_use]
    pub fn any_path(public_url: Option<String>) -> Self {
        Self {
            name: EndpointName::from("default"),
            path: PathPattern::Any,
            provider: None,
            account: None,
            public_url,
            answer: Answer::default(),
            forwarding: Forwarding::default(),
            answered_by_app: None,
        }
    }

    /// The target that is asked for the answer to a delivery, if one is.
    #[must_use]
    pub fn asks<'a>(&'a self, record: &'a Record) -> Option<&'a ForwardTarget> {
        self.answered_by_app.as_ref().and_then(|_| self.forwarding.targets_of(record).next())
    }

    /// Whether a delivery stands in line for this address. One that the app is asked about does not:
    /// its sender learns whether it was taken, and tries again if not.
    #[must_use]
    pub fn queues(&self, record: &Record, to: &Url) -> bool {
        let is_asked = self.asks(record).is_some_and(|target| target.to == *to);
        !is_asked && self.forwarding.targets_of(record).any(|target| target.to == *to)
    }
}

/// How the app answers senders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppAnswers {
    /// How long it has for each.
    pub within: Duration,
    /// What is answered if it does not.
    pub otherwise: Answer,
}

impl Default for AppAnswers {
    fn default() -> Self {
        // So that the sender tries again.
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self { within: Duration::from_secs(10), otherwise: Answer { status, ..Answer::default() } }
    }
}

/// What an endpoint answers once a delivery is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status; 200 unless configured.
    pub status: StatusCode,
    /// Further header fields.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body; empty unless configured.
    pub body: Bytes,
    /// How long to wait before answering, so that a sender's time-outs can be watched.
    pub delay: Duration,
}

/// Fields that follow from the answer itself: a second word about them would break the connection.
const MADE_BY_THE_LISTENER: &[&str] = &["content-length", "transfer-encoding", "connection"];

impl Answer {
    /// Reads a further header field.
    ///
    /// # Errors
    /// When it is none that an answer may have, in a sentence.
    pub fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
        let known = name.parse::<HeaderName>().ok();
        let name = known.ok_or_else(|| format!("{name:?} is not the name of a header"))?;
        if MADE_BY_THE_LISTENER.contains(&name.as_str()) {
            return Err(format!("the header {name} follows from the answer and cannot be set"));
        }
        let value = HeaderValue::from_bytes(value.as_bytes()).ok();
        let value = value.ok_or_else(|| format!("the header {name} has a control character"))?;
        Ok((name, value))
    }
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            status: StatusCode::OK,
            headers: Vec::new(),
            body: Bytes::new(),
            delay: Duration::ZERO,
        }
    }
}

/// The paths that an endpoint receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPattern {
    /// Every path.
    Any,
    /// Segment by segment; `rest` allows further segments behind them.
    Segments {
        /// What each segment has to be.
        segments: Vec<Segment>,
        /// Whether the pattern ends in `/*`.
        rest: bool,
    },
}

/// One segment of a path pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// These very characters, percent-encoding included.
    Literal(String),
    /// `{name}`: anything but an empty segment.
    Named(String),
}

/// Why a text is not a path pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// It does not begin with `/`.
    NoLeadingSlash,
    /// `*` stands somewhere else than as the last segment.
    MisplacedStar,
    /// A segment has braces that do not enclose it, or nothing within them.
    BadBraces,
    /// It holds `?` or `#`: a pattern is a path, not a URL.
    NotAPath,
}

impl PatternError {
    /// What is wrong and what to do, for people.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::NoLeadingSlash => "a path begins with /",
            Self::MisplacedStar => "* may only be the last segment, as in /hooks/*",
            Self::BadBraces => "a named segment is written {name}, alone between two slashes",
            Self::NotAPath => "a path has no ? and no #",
        }
    }
}

impl PathPattern {
    /// Reads an exact path, a prefix ending in `/*`, or a path with `{name}` segments.
    ///
    /// # Errors
    /// When the text is none of these.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let path = text.strip_prefix('/').ok_or(PatternError::NoLeadingSlash)?;
        if path.contains(['?', '#']) {
            return Err(PatternError::NotAPath);
        }
        let mut segments = path.split('/').collect::<Vec<_>>();
        let rest = segments.last() == Some(&"*");
        if rest {
            segments.pop();
        }
        let segments = segments.into_iter().map(segment).collect::<Result<Vec<_>, _>>()?;
        if rest && segments.is_empty() {
            return Ok(Self::Any);
        }
        Ok(Self::Segments { segments, rest })
    }

    /// Whether a request for this path belongs here. `/hooks/*` takes `/hooks` too.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let Self::Segments { segments, rest } = self else { return true };
        let mut given = path.strip_prefix('/').unwrap_or(path).split('/');
        for segment in segments {
            match (segment, given.next()) {
                (Segment::Literal(literal), Some(text)) if literal == text => {}
                (Segment::Named(_), Some(text)) if !text.is_empty() => {}
                _ => return false,
            }
        }
        *rest || given.next().is_none()
    }

    /// The path that a sender can be given, the shortest one; none where a segment may be anything.
    #[must_use]
    pub fn fixed(&self) -> Option<String> {
        let Self::Segments { segments, .. } = self else { return Some("/".to_owned()) };
        let literals = segments.iter().map(|segment| match segment {
            Segment::Literal(text) => Some(text),
            Segment::Named(_) => None,
        });
        let literals = literals.collect::<Option<Vec<_>>>()?;
        Some(literals.into_iter().fold(String::new(), |path, text| path + "/" + text))
    }

    /// What stands in the path where the pattern has named segments, with their names; of a path
    /// that does not belong here as far as it goes.
    pub fn named<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let segments = match self {
            Self::Any => &[][..],
            Self::Segments { segments, .. } => segments,
        };
        let given = path.strip_prefix('/').unwrap_or(path).split('/');
        segments.iter().zip(given).filter_map(|(segment, text)| match segment {
            Segment::Literal(_) => None,
            Segment::Named(name) => Some((name.as_str(), text)),
        })
    }

    /// A path that belongs here, to show how one looks: named segments stand as their name.
    #[must_use]
    pub fn example(&self) -> String {
        let Self::Segments { segments, rest } = self else { return "/hello".to_owned() };
        let names = segments.iter().map(|segment| match segment {
            Segment::Literal(text) | Segment::Named(text) => text.as_str(),
        });
        names.chain(rest.then_some("hello")).fold(String::new(), |path, name| path + "/" + name)
    }
}

fn segment(text: &str) -> Result<Segment, PatternError> {
    if text.contains('*') {
        return Err(PatternError::MisplacedStar);
    }
    if !text.contains(['{', '}']) {
        return Ok(Segment::Literal(text.to_owned()));
    }
    let name = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    match name {
        Some(name) if !name.is_empty() && !name.contains(['{', '}']) => {
            Ok(Segment::Named(name.to_owned()))
        }
        _ => Err(PatternError::BadBraces),
    }
}

#[cfg(test)]
mod tests;
