//! Questions that a sender asks before or between its deliveries, and the answers, as data. The
//! catalog reads them; [`super::challenge`] asks the schemes of an endpoint for the one that fits.
//!
//! What is echoed is in the hands of whoever sends the request. So it is answered as plain text that
//! no browser takes for anything else, or as a JSON string, and nothing is signed for the asking that
//! could be taken for a delivery.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, StatusCode};
use ring::hmac;
use serde_json::{Map, Value};

use super::encoding::equal;
use super::place::Place;
use super::settings::{Expected, Setting, Settings};
use super::template::{Filling, Filter, Template};
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::secret::Secret;

/// More characters than any token has that a sender wants to have signed.
const LONGEST_TOKEN: usize = 256;

/// The header that keeps a browser from taking an answer for anything else than it says.
const NO_SNIFF: &str = "X-Content-Type-Options";

/// The questions of one sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandshakeRules {
    /// The questions in the order in which they are looked for.
    pub challenges: Vec<Challenge>,
    /// The answer to every delivery, if the sender looks at it.
    pub routine: Option<Routine>,
}

impl HandshakeRules {
    /// Whether there is nothing to answer.
    pub(super) fn is_empty(&self) -> bool {
        self.challenges.is_empty() && self.routine.is_none()
    }

    /// The settings that the questions are compared with.
    pub(super) fn settings(&self) -> impl Iterator<Item = Setting> {
        let expected = self.challenges.iter().flat_map(|challenge| {
            let sign = challenge.sign.as_ref().and_then(|(_, expected)| expected.as_ref());
            sign.into_iter().chain(challenge.check.as_ref().map(|(_, expected)| expected))
        });
        expected.filter_map(Expected::setting)
    }
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The method of the question, if it is always the same.
    pub method: Option<Method>,
    /// What the question has, and what it is if that is always the same.
    pub sign: Option<(Place, Option<Expected>)>,
    /// Whether the question has to be verified like a delivery.
    pub verified: bool,
    /// What has to be so; otherwise the answer is 403.
    pub check: Option<(Place, Expected)>,
    /// The answer.
    pub reply: Reply,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub content: Content,
    /// The headers with their values.
    pub headers: Vec<(String, Template)>,
    /// The secret that the question brings.
    pub learn_secret: Option<Template>,
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// None.
    Empty,
    /// Plain text.
    Text(Template),
    /// A JSON object with these members.
    Json(Vec<(String, JsonValue)>),
}

/// A member of a JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonValue {
    /// A string.
    Text(Template),
    /// A number.
    Number(i64),
    /// True or false.
    Truth(bool),
}

/// The answer to every delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Routine {
    /// The status for a verified one; the endpoint's own if there is none.
    pub ok: Option<StatusCode>,
    /// The status for any other.
    pub bad: Option<StatusCode>,
}

/// The questions of one sender, with what answers them.
#[derive(Clone, Debug)]
pub struct Handshakes {
    pub(super) name: SchemeName,
    pub(super) rules: Arc<HandshakeRules>,
    pub(super) settings: Settings,
    /// The key for what the sender wants to have signed.
    pub(super) key: Option<hmac::Key>,
}

/// What is answered to a handshake.
#[derive(Clone, Debug)]
pub struct HandshakeReply {
    /// The scheme whose handshake it is.
    pub scheme: SchemeName,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: Vec<Field>,
    /// The body.
    pub body: Bytes,
    /// A secret that the request brought; to be offered to the user, not to be kept silently.
    pub learnt_secret: Option<Secret>,
    /// Whether every delivery is answered so, and this one need not be a handshake.
    pub routine: bool,
}

impl Handshakes {
    /// The answer to this request, if it asks something. `verified` is what its check found.
    pub(super) fn answer(&self, request: &Request, verified: bool) -> Option<HandshakeReply> {
        let asked = |challenge: &&Challenge| self.asks(challenge, request, verified);
        if let Some(challenge) = self.rules.challenges.iter().find(asked) {
            return self.reply(challenge, request);
        }
        let Routine { ok, bad } = self.rules.routine?;
        let status = if verified { ok? } else { bad? };
        Some(HandshakeReply { routine: true, ..self.bare(status) })
    }

    fn asks(&self, challenge: &Challenge, request: &Request, verified: bool) -> bool {
        let Challenge { method, sign, verified: has_to_be_verified, .. } = challenge;
        let has_sign = sign.as_ref().is_none_or(|(place, expected)| {
            let Ok(Some(sent)) = place.find(request) else { return false };
            let expected = expected.as_ref().map(|expected| expected.value(&self.settings));
            expected.is_none_or(|expected| expected == Some(&*sent))
        });
        method.as_ref().is_none_or(|method| *method == request.method)
            && (verified || !has_to_be_verified)
            && has_sign
    }

    fn reply(&self, challenge: &Challenge, request: &Request) -> Option<HandshakeReply> {
        if let Some((place, expected)) = &challenge.check {
            let expected = expected.value(&self.settings)?;
            let sent = place.find(request).ok()?;
            if !sent.is_some_and(|sent| equal(&sent, expected)) {
                return Some(self.bare(StatusCode::FORBIDDEN));
            }
        }
        let Reply { status, content, headers, learn_secret } = &challenge.reply;
        let mut reply = self.bare(*status);
        match content {
            Content::Empty => {}
            Content::Text(template) => {
                reply.body = self.fill(template, request)?.into();
                reply.headers.push(field("Content-Type", "text/plain; charset=utf-8")?);
            }
            Content::Json(members) => {
                let member = |(name, value): &(String, JsonValue)| {
                    Some((name.clone(), self.json(value, request)?))
                };
                let object = members.iter().map(member).collect::<Option<Map<_, _>>>()?;
                reply.body = Value::Object(object).to_string().into();
                reply.headers.push(field("Content-Type", "application/json")?);
            }
        }
        reply.headers.push(field(NO_SNIFF, "nosniff")?);
        // The recipe may name this one too.
        let is_other = |(name, _): &&(String, Template)| !name.eq_ignore_ascii_case(NO_SNIFF);
        for (name, value) in headers.iter().filter(is_other) {
            reply.headers.push(field(name, self.fill(value, request)?)?);
        }
        if let Some(template) = learn_secret {
            reply.learnt_secret = Some(Secret::new(self.fill(template, request)?));
        }
        Some(reply)
    }

    fn json(&self, value: &JsonValue, request: &Request) -> Option<Value> {
        Some(match value {
            JsonValue::Text(template) => {
                String::from_utf8(self.fill(template, request)?).ok()?.into()
            }
            JsonValue::Number(number) => (*number).into(),
            JsonValue::Truth(truth) => (*truth).into(),
        })
    }

    /// The text; none if something of it is not there, or would be signed that is no mere token.
    fn fill(&self, template: &Template, request: &Request) -> Option<Vec<u8>> {
        let mut filling = Filling::of(request, &self.settings);
        if template.filters_by(Filter::Hmac) {
            filling.hmac = Some(self.key.as_ref()?);
            let is_token = |sent: &[u8]| {
                sent.len() <= LONGEST_TOKEN && sent.iter().all(|byte| is_token(*byte))
            };
            let brought = template.brought(&filling).ok()?;
            if !brought.iter().all(|sent| is_token(sent)) {
                return None;
            }
        }
        let filled = template.fill(&filling).ok()?;
        (!filled.is_empty()).then_some(filled)
    }

    fn bare(&self, status: StatusCode) -> HandshakeReply {
        HandshakeReply {
            scheme: self.name.clone(),
            status,
            headers: Vec::new(),
            body: Bytes::new(),
            learnt_secret: None,
            routine: false,
        }
    }
}

/// The characters of base64 in both alphabets, and of words and numbers. No JSON, no form and no
/// text with a colon is made of them alone.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_+/=.".contains(&byte)
}

fn field(name: &str, value: impl Into<Bytes>) -> Option<Field> {
    let value = value.into();
    http::HeaderValue::from_bytes(&value).ok()?;
    Some(Field { name: name.to_owned().into(), value })
}
