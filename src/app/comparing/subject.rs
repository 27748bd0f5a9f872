//! What can be compared: a delivery, an attempt, or what the sender of a delivery was answered.

use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;

use crate::app::lines::Line;
use crate::domain::attempt::{Attempt, Outcome, Purpose, Response, Timing, status_text};
use crate::domain::comparison::{Content, Side};
use crate::domain::endpoint::Answer;
use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::http::Request;
use crate::domain::record::Record;

/// Something that can be compared.
#[derive(Clone, Debug)]
pub enum Subject {
    /// What was captured.
    Delivery(Arc<Record>),
    /// What the sender was answered.
    Original(Box<Original>),
    /// What came of an attempt.
    Attempt(Arc<Attempt>),
}

/// What the sender of a delivery was answered, as far as that is known.
#[derive(Clone, Debug)]
pub struct Original {
    status: String,
    at: Timestamp,
    timing: Option<Timing>,
    content: Result<(Headers, Bytes), &'static str>,
    /// Where the content is known from.
    source: Option<&'static str>,
}

const ONLY_STATUS: &str =
    "of what the sender was answered only the status is kept: it is not what is configured now";
const BY_CONFIG: &str =
    "header fields and body of the original answer are those that its endpoint answers now";
const BY_APP: &str = "the original answer came from the app, as it was forwarded";

impl Original {
    /// The store keeps the status alone. What else there was is what the endpoint is configured to
    /// answer, or what the app answered where that is handed back (`usual` is none then), if it has
    /// the same status.
    #[must_use]
    pub fn new<'a>(
        record: &Record,
        usual: Option<&Answer>,
        mut attempts: impl Iterator<Item = &'a Attempt>,
    ) -> Self {
        let answered = &record.answered;
        let of_app = |attempt: &'a Attempt| {
            let response = attempt.response().filter(|_| attempt.purpose == Purpose::Forward)?;
            (response.status == answered.status)
                .then(|| (response.headers.clone(), response.body.clone()))
        };
        let (content, source) = match usual {
            Some(usual) if usual.status == answered.status => {
                (Ok((headers(usual), usual.body.clone())), Some(BY_CONFIG))
            }
            Some(_) => (Err(ONLY_STATUS), None),
            None => match attempts.find_map(of_app) {
                Some(content) => (Ok(content), Some(BY_APP)),
                None => (Err(ONLY_STATUS), None),
            },
        };
        let timing = answered.took.map(|total| Timing { total, ..Timing::default() });
        let at = record.delivery.received_at;
        Self { status: status_text(answered.status), at, timing, content, source }
    }
}

fn headers(answer: &Answer) -> Headers {
    let fields = answer.headers.iter().map(|(name, value)| Field {
        name: Bytes::copy_from_slice(name.as_str().as_bytes()),
        value: Bytes::copy_from_slice(value.as_bytes()),
    });
    Headers::new(fields.collect(), Fidelity::Exact)
}

impl Subject {
    /// Whether they are of the same kind.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Attempt(one), Self::Attempt(other)) => one.purpose == other.purpose,
            (Self::Delivery(_), Self::Delivery(_)) => true,
            _ => false,
        }
    }

    /// What the first lines of both are; none if they are not of the same sort.
    #[must_use]
    pub fn start_with(&self, other: &Self) -> Option<&'static str> {
        match (self, other) {
            (Self::Delivery(_), Self::Delivery(_)) => Some("request"),
            (Self::Delivery(_), _) | (_, Self::Delivery(_)) => None,
            _ => Some("status"),
        }
    }

    /// The message that is compared.
    #[must_use]
    pub fn side(&self) -> Side<'_> {
        match self {
            Self::Delivery(record) => {
                let Request { method, target, headers, body, .. } = &record.delivery.request;
                let content = Ok(Content { headers, body });
                Side { start: format!("{method} {target}"), timing: None, content }
            }
            Self::Original(original) => Side {
                start: original.status.clone(),
                timing: original.timing,
                content: match &original.content {
                    Ok((headers, body)) => Ok(Content { headers, body }),
                    Err(why) => Err(why),
                },
            },
            Self::Attempt(attempt) => {
                let (start, content) = match &attempt.outcome {
                    Outcome::Answered(Response { status, headers, body }) => {
                        (status_text(*status), Ok(Content { headers, body }))
                    }
                    Outcome::Failed { message, .. } => {
                        (message.clone(), Err("one of them is no answer"))
                    }
                };
                Side { start, timing: Some(attempt.timing), content }
            }
        }
    }

    /// What it is, and when it was.
    #[must_use]
    pub fn lines(&self, name: &str) -> Vec<Line> {
        let (what, at, source) = match self {
            Self::Delivery(record) => {
                let event = record.inspection.event.label().unwrap_or_default();
                let what = format!("delivery #{} {event}", record.id);
                (what.trim_end().to_owned(), record.delivery.received_at, None)
            }
            Self::Original(original) => {
                ("the original answer to the sender".to_owned(), original.at, original.source)
            }
            Self::Attempt(attempt) => {
                let (method, url) = (&attempt.call.request.method, &attempt.call.url);
                (format!("{} {method} {url}", attempt.purpose.as_str()), attempt.started_at, None)
            }
        };
        let source = source.map(|source| Line::field("", source));
        let mut lines = vec![Line::field(name, what), Line::time("", at)];
        lines.extend(source);
        lines
    }
}
