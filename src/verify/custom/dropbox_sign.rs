//! Dropbox Sign: a hash in the JSON that a form's field `json` holds, over the time and the type of
//! the event (developers.hellosign.com, "Events walkthrough").

use std::borrow::Cow;

use ring::hmac;
use serde::Deserialize;

use super::multipart;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Reason;
use crate::verify::clock::{TimeFormat, Window};
use crate::verify::encoding::{Encoding, equal};
use crate::verify::key::{Key, matched};
use crate::verify::pairs;
use crate::verify::received::Received;
use crate::verify::refutation::{Refutation, excerpt};
use crate::verify::signing::CannotSign;

/// The field that holds the event.
const FIELD: &str = "json";

const UNCOVERED: &str =
    "covered are only the time and the type of the event, nothing of what it is about";

/// What an endpoint expects of Dropbox Sign.
#[derive(Clone, Debug)]
pub struct DropboxSign {
    pub(in crate::verify) name: SchemeName,
    /// The API keys, of which any may match; there is at least one.
    pub(in crate::verify) keys: Vec<Key>,
    /// How far the time of the event may lie from the arrival.
    pub(in crate::verify) window: Window,
}

#[derive(Debug, Deserialize)]
struct Callback<'a> {
    #[serde(borrow)]
    event: Event<'a>,
}

#[derive(Debug, Deserialize)]
struct Event<'a> {
    #[serde(borrow, rename = "event_time")]
    time: Cow<'a, str>,
    #[serde(borrow, rename = "event_type")]
    kind: Cow<'a, str>,
    #[serde(borrow, rename = "event_hash")]
    hash: Option<Cow<'a, str>>,
}

impl DropboxSign {
    /// The notes for a request whose hash holds.
    pub(in crate::verify) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let json = json(request)?;
        let event = read(&json)?;
        let hash = Encoding::Hex
            .decode(event.hash()?.as_bytes())
            .ok_or_else(|| Refutation::malformed("event_hash cannot be read as hex"))?;
        let seconds = TimeFormat::Unix.read(event.time.as_bytes()).ok_or_else(|| {
            let (time, form) = (excerpt(event.time.as_bytes()), TimeFormat::Unix);
            Refutation::malformed(format!("event_time {time:?} is not {form}"))
        })?;
        let holds = |key: &&Key| equal(&hash, event.mac(key).as_ref());
        let key = self.keys.iter().find(holds).ok_or_else(|| {
            let message = "event_hash is not the HMAC-SHA-256 of event_time and event_type";
            Refutation::new(Reason::SignatureMismatch, message)
        })?;
        self.window.judge(seconds, received.at)?;
        let matched = matched(&key.secret, self.keys.len());
        Ok(matched.into_iter().chain([UNCOVERED.to_owned()]).collect())
    }

    /// The request with the hash that its time and type ask for, in the place of the old one.
    pub(in crate::verify) fn sign(&self, request: &Request) -> Result<Request, CannotSign> {
        let unreadable = |refutation: Refutation| CannotSign::Unreadable(refutation.message);
        let json = json(request).map_err(unreadable)?;
        let event = read(&json).map_err(unreadable)?;
        let hash = Encoding::Hex.encode(event.mac(&self.keys[0]).as_ref());
        let old = event.hash().map_err(unreadable)?.as_bytes();
        // Neither the name nor hex digits are ever escaped in a form.
        let member = memchr::memmem::find(&request.body, b"event_hash").unwrap_or_default();
        let place = memchr::memmem::find(&request.body[member..], old)
            .filter(|_| !old.is_empty())
            .map(|at| member + at)
            .ok_or_else(|| CannotSign::NoPlace("event_hash".to_owned()))?;
        let (before, after) = (&request.body[..place], &request.body[place + old.len()..]);
        let body = [before, hash.as_bytes(), after].concat();
        Ok(Request { body: body.into(), ..request.clone() })
    }
}

/// The text of the field, of a form of either kind.
fn json(request: &Request) -> Result<Cow<'_, [u8]>, Refutation> {
    let field = if request.is_form() {
        pairs::values(&request.body, FIELD).next()
    } else {
        let content_type = request.headers.text("content-type").unwrap_or_default();
        multipart::part(content_type, &request.body, FIELD).map(Cow::Borrowed)
    };
    field.ok_or_else(|| Refutation::missing(format!("the body is not a form with a field {FIELD}")))
}

fn read(json: &[u8]) -> Result<Event<'_>, Refutation> {
    let callback = serde_json::from_slice::<Callback<'_>>(json).map_err(|error| {
        let problem = excerpt(error.to_string().as_bytes());
        let message = format!("the field {FIELD} is not an event of Dropbox Sign: {problem}");
        if error.is_data() { Refutation::malformed(message) } else { Refutation::missing(message) }
    })?;
    Ok(callback.event)
}

impl Event<'_> {
    fn hash(&self) -> Result<&str, Refutation> {
        let hash = self.hash.as_deref();
        hash.ok_or_else(|| Refutation::missing("the event has no member event_hash"))
    }

    fn mac(&self, key: &Key) -> hmac::Tag {
        let message = [self.time.as_bytes(), self.kind.as_bytes()].concat();
        hmac::sign(&key.hmac, &message)
    }
}

#[cfg(test)]
mod tests;
