//! Lines for programs: the NDJSON of the outer contract.
//!
//! The structs here are the contract's shape, key order included. The domain's own types stay free
//! of it. A line is written whole and flushed at once, so that a reader never waits for a buffer.

mod parts;
pub mod attempt;
pub mod request;

use std::borrow::Cow;
use std::io::{self, Write};
use std::net::SocketAddr;

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::delivery::DeliveryId;
use crate::domain::event::{Event, ProviderId};
use crate::domain::headers::{Fidelity, Headers};
use crate::domain::name::{AccountName, EndpointName, SchemeName};
use crate::domain::record::{Answered, Record};
use crate::domain::refusal::Refusal;
use crate::domain::verdict::{Clue, Unchecked, Verdict};
use parts::{BodyPart, headers, time};

/// Writes one line.
///
/// # Errors
/// When the stream takes no more, such as a pipe that nobody reads.
pub fn write_line(out: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    out.write_all(&bytes)
}

/// The listener is ready.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename = "listening")]
pub struct Listening<'a> {
    /// The address to send to.
    pub url: &'a str,
    /// The store's file, or `:memory:`.
    pub store: &'a str,
}

/// The listener has stopped.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename = "stopped")]
pub struct Stopped {
    /// Deliveries captured since it started.
    pub captured: u64,
    /// Requests refused since it started.
    pub refused: u64,
}

/// The command failed; the last line.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename = "error")]
pub struct Failed<'a> {
    /// A word that stays the same for the same cause.
    pub code: &'a str,
    /// What happened.
    pub message: &'a str,
    /// What to do.
    pub hint: Option<&'a str>,
}

/// One finding of `doctor`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename = "check")]
pub struct Checked<'a> {
    /// `ok`, `warning` or `error`.
    pub level: &'a str,
    /// What was checked.
    pub what: &'a str,
    /// What was found.
    pub finding: &'a str,
}

/// What `delete` has done.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename = "deleted")]
pub struct Deleted {
    /// How many deliveries are gone.
    pub gone: u64,
    /// How many stay because they wait for an app or are being replayed.
    pub in_use: u64,
}

/// The line of a request that was not captured.
pub fn refusal(refusal: &Refusal) -> impl Serialize {
    #[derive(Serialize)]
    #[serde(tag = "kind", rename = "refusal")]
    struct Line<'a> {
        at: String,
        peer: SocketAddr,
        status: u16,
        reason: &'static str,
        message: &'a str,
    }
    let Refusal { at, peer, reason, message } = refusal;
    let status = reason.status().as_u16();
    Line { at: time(*at), peer: *peer, status, reason: reason.as_str(), message }
}

/// The line of a delivery. Credentials in its headers are masked unless `reveal`.
pub fn delivery(record: &Record, reveal: bool) -> impl Serialize {
    let Record { id, delivery, inspection, repeat, answered, handshake, first_verdict, annotation } =
        record;
    let request = &delivery.request;
    DeliveryLine {
        id: id.0,
        uid: delivery.uid.to_string(),
        received_at: time(delivery.received_at),
        endpoint: delivery.endpoint.as_str(),
        account: inspection.account.as_ref().map(AccountName::as_str),
        peer: delivery.peer,
        method: request.method.as_str(),
        target: &request.target,
        version: request.version.as_str(),
        headers: headers(&request.headers, reveal),
        headers_exact: are_exact(&request.headers),
        body_size: request.body.len(),
        body_sha256: sha256(&request.body),
        body: BodyPart::of(&request.body),
        provider: inspection.provider.map(ProviderId::as_str),
        event: EventPart::of(&inspection.event, *repeat),
        auth: AuthPart::of(&inspection.verdict),
        first_auth: first_verdict.as_ref().map(AuthPart::of),
        marked: annotation.marked,
        note: annotation.comment.note(),
        tags: annotation.comment.tags(),
        answer: AnswerPart::of(answered),
        handshake: handshake.as_ref().map(|handshake| handshake.scheme.as_str()),
    }
}

/// The line of a delivery from before whose authentication was checked again.
pub fn reinspection(record: &Record) -> impl Serialize {
    #[derive(Serialize)]
    #[serde(tag = "kind", rename = "reinspection")]
    struct Line<'a> {
        id: i64,
        uid: String,
        account: Option<&'a str>,
        auth: AuthPart<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        first_auth: Option<AuthPart<'a>>,
    }
    Line {
        id: record.id.0,
        uid: record.delivery.uid.to_string(),
        account: record.inspection.account.as_ref().map(AccountName::as_str),
        auth: AuthPart::of(&record.inspection.verdict),
        first_auth: record.first_verdict.as_ref().map(AuthPart::of),
    }
}

/// A check that was made again.
#[derive(Clone, Copy, Debug)]
pub struct Verification<'a> {
    /// The delivery; none for a request out of a file.
    pub id: Option<DeliveryId>,
    /// The endpoint whose scheme was taken, if one of the config is meant.
    pub endpoint: Option<&'a EndpointName>,
    /// The time that it was judged by.
    pub at: Timestamp,
    /// What was found, with its clues.
    pub verdict: &'a Verdict,
    /// The known sender that the request looks like.
    pub looks_like: Option<&'a SchemeName>,
}

/// The line of a check that was made again.
pub fn verification<'a>(made: &Verification<'a>) -> impl Serialize + use<'a> {
    #[derive(Serialize)]
    #[serde(tag = "kind", rename = "verification")]
    struct Line<'a> {
        id: Option<i64>,
        endpoint: Option<&'a str>,
        at: String,
        auth: AuthPart<'a>,
        looks_like: Option<&'a str>,
    }
    Line {
        id: made.id.map(|id| id.0),
        endpoint: made.endpoint.map(EndpointName::as_str),
        at: time(made.at),
        auth: AuthPart::of(made.verdict),
        looks_like: made.looks_like.map(SchemeName::as_str),
    }
}

/// A sample of a provider's event.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename = "sample")]
pub struct SampleLine<'a> {
    /// The provider.
    pub provider: &'a str,
    /// The event.
    pub event: &'a str,
    /// The body, as it is sent.
    pub body: &'a str,
}

/// A provider with the events that it documents.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename = "provider")]
pub struct ProviderLine<'a> {
    /// Its name in the config.
    pub name: &'a str,
    /// Which answers it accepts.
    pub accepts: &'a str,
    /// When it tries again.
    pub retries: &'a str,
    /// What else a receiver should know.
    pub notes: &'a [&'a str],
    /// Its events.
    pub events: Vec<EventLine<'a>>,
}

/// An event that a provider documents.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct EventLine<'a> {
    /// Its name in the provider's subscriptions.
    pub name: &'a str,
    /// When it fires.
    pub fires: &'a str,
}

/// A signature scheme.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename = "scheme")]
pub struct SchemeLine<'a> {
    /// Its name in the config.
    pub name: &'a str,
    /// What it checks.
    pub summary: &'a str,
    /// The keys of an `auth` table that it has use for.
    pub keys: &'a [&'a str],
    /// Whether no official source confirms it.
    pub unconfirmed: bool,
    /// Whether questions of its sender are answered.
    pub handshake: bool,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename = "delivery")]
struct DeliveryLine<'a> {
    id: i64,
    uid: String,
    received_at: String,
    endpoint: &'a str,
    account: Option<&'a str>,
    peer: SocketAddr,
    method: &'a str,
    target: &'a str,
    version: &'a str,
    headers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    headers_exact: bool,
    body_size: usize,
    body_sha256: String,
    body: BodyPart<'a>,
    provider: Option<&'a str>,
    event: EventPart<'a>,
    auth: AuthPart<'a>,
    /// Only where the delivery was inspected again with another result.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_auth: Option<AuthPart<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    marked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    answer: AnswerPart,
    #[serde(skip_serializing_if = "Option::is_none")]
    handshake: Option<&'a str>,
}

/// Whether the pairs say what stood on the wire. A value that is not UTF-8 cannot stand in JSON: it
/// has replacement characters there, and `show --part head --format raw` has its bytes.
fn are_exact(headers: &Headers) -> bool {
    headers.fidelity() == Fidelity::Exact
        && headers.iter().all(|field| std::str::from_utf8(&field.value).is_ok())
}

fn sha256(body: &[u8]) -> String {
    use std::fmt::Write as _;

    let digest = ring::digest::digest(&ring::digest::SHA256, body);
    digest.as_ref().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[derive(Serialize)]
struct EventPart<'a> {
    kind: Option<&'a str>,
    candidates: &'a [String],
    resource: Option<&'a str>,
    id: Option<&'a str>,
    href: Option<&'a str>,
    occurred_at: Option<String>,
    repeat: u32,
}

impl<'a> EventPart<'a> {
    fn of(event: &'a Event, repeat: u32) -> Self {
        let resource = event.resource.as_ref();
        Self {
            kind: event.kind.as_deref(),
            candidates: &event.candidates,
            resource: resource.and_then(|resource| resource.kind.as_deref()),
            id: resource.and_then(|resource| resource.id.as_deref()),
            href: resource.and_then(|resource| resource.href.as_deref()),
            occurred_at: event.occurred_at.map(time),
            repeat,
        }
    }
}

#[derive(Serialize)]
struct AuthPart<'a> {
    verdict: &'static str,
    scheme: Option<&'a str>,
    reason: Option<&'static str>,
    message: Option<Cow<'a, str>>,
    clues: Vec<CluePart<'a>>,
}

#[derive(Serialize)]
struct CluePart<'a> {
    code: &'a str,
    message: &'a str,
}

impl<'a> AuthPart<'a> {
    fn of(verdict: &'a Verdict) -> Self {
        let clues: &[Clue] = match verdict {
            Verdict::Refuted { clues, .. } => clues,
            Verdict::Verified { .. } | Verdict::Unchecked { .. } => &[],
        };
        Self {
            verdict: verdict.as_str(),
            scheme: verdict.scheme().map(SchemeName::as_str),
            reason: verdict.reason(),
            message: message(verdict),
            clues: clues.iter().map(|Clue { code, message }| CluePart { code, message }).collect(),
        }
    }
}

/// The verdict in a sentence, where there is something to say.
fn message(verdict: &Verdict) -> Option<Cow<'_, str>> {
    match verdict {
        Verdict::Verified { notes, .. } if notes.is_empty() => None,
        Verdict::Verified { notes, .. } => Some(notes.join("; ").into()),
        Verdict::Refuted { message, .. } => Some(message.into()),
        Verdict::Unchecked { why: Unchecked::NoScheme } => {
            Some("the endpoint has no scheme to check against".into())
        }
        Verdict::Unchecked { why: Unchecked::NoSecret } => {
            Some("the endpoint's scheme has no secret".into())
        }
    }
}

#[derive(Serialize)]
struct AnswerPart {
    status: u16,
    took_ms: Option<f64>,
}

impl AnswerPart {
    fn of(answered: &Answered) -> Self {
        Self {
            status: answered.status.as_u16(),
            took_ms: answered.took.map(|took| took.as_micros() as f64 / 1_000.0),
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
