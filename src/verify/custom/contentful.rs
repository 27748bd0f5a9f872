//! Contentful: an HMAC over method, path, the headers that it lists, and body
//! (contentful.com/developers/docs/extensibility/app-framework/request-verification).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;

use crate::domain::headers::Headers;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Reason;
use crate::verify::clock::{TimeFormat, Window};
use crate::verify::encoding::{Encoding, equal};
use crate::verify::key::{Key, matched};
use crate::verify::place;
use crate::verify::received::Received;
use crate::verify::refutation::{Refutation, excerpt};
use crate::verify::signing::{CannotSign, Signing, field};

const SIGNATURE: &str = "x-contentful-signature";
const SIGNED_HEADERS: &str = "x-contentful-signed-headers";
const TIMESTAMP: &str = "x-contentful-timestamp";

/// More headers than any sender signs.
const MOST_HEADERS: usize = 100;

/// What `encodeURI` of JavaScript encodes.
const URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What `querystring.escape` of Node encodes.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*');

/// What an endpoint expects of Contentful.
#[derive(Clone, Debug)]
pub struct Contentful {
    pub(in crate::verify) name: SchemeName,
    /// Any may match; there is at least one.
    pub(in crate::verify) keys: Vec<Key>,
    /// How far the time may lie from the arrival.
    pub(in crate::verify) window: Window,
}

impl Contentful {
    /// The notes for a request whose signature holds.
    pub(in crate::verify) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let headers = &request.headers;
        let needed = |name| {
            place::only(headers, name)?
                .ok_or_else(|| Refutation::missing(format!("the header {name} is missing")))
        };
        let (signature, list) = (needed(SIGNATURE)?, needed(SIGNED_HEADERS)?);
        let timestamp = needed(TIMESTAMP)?;
        let signature = Encoding::Hex.decode(signature).ok_or_else(|| {
            Refutation::malformed(format!("the signature in {SIGNATURE} cannot be read as hex"))
        })?;
        let seconds = TimeFormat::UnixMillis.read(timestamp).ok_or_else(|| {
            let (time, form) = (excerpt(timestamp), TimeFormat::UnixMillis);
            Refutation::malformed(format!("the signed time {time:?} is not {form}"))
        })?;
        let names = names(list)?;
        let lines = signed_lines(headers, &names)?;
        let holds = |key: &&Key| {
            paths(request)
                .iter()
                .any(|path| equal(&signature, tag(key, request, path, &lines).as_ref()))
        };
        let key = self.keys.iter().find(holds).ok_or_else(|| {
            let message = format!("{SIGNATURE} is not the HMAC-SHA-256 of this request");
            Refutation::new(Reason::SignatureMismatch, message)
        })?;
        if !names.contains(&TIMESTAMP) {
            let message = format!("the signature holds, but does not cover {TIMESTAMP}");
            return Err(Refutation::new(Reason::NotCovered, message));
        }
        self.window.judge(seconds, received.at)?;
        Ok(matched(&key.secret, self.keys.len()).into_iter().collect())
    }

    /// The request with header fields that make it verify. They cover the headers that an old
    /// signature covers, and themselves.
    pub(in crate::verify) fn sign(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Request, CannotSign> {
        let unreadable = |refutation: Refutation| CannotSign::Unreadable(refutation.message);
        let headers = &request.headers;
        let old = place::only(headers, SIGNED_HEADERS).map_err(unreadable)?;
        let mut names = old.map(names).transpose().map_err(unreadable)?.unwrap_or_default();
        names.retain(|name| headers.first(name).is_some());
        names.extend([SIGNED_HEADERS, TIMESTAMP]);
        names.sort_unstable();
        names.dedup();
        let headers = headers.with(vec![
            field(SIGNED_HEADERS, names.join(","))?,
            field(TIMESTAMP, TimeFormat::UnixMillis.write(signing.at))?,
        ]);
        let lines = signed_lines(&headers, &names).map_err(unreadable)?;
        let path = &paths(request)[0];
        let tag = tag(&self.keys[0], request, path, &lines);
        let signature = field(SIGNATURE, Encoding::Hex.encode(tag.as_ref()))?;
        Ok(Request { headers: headers.with(vec![signature]), ..request.clone() })
    }
}

/// The names of the signed headers, in order.
fn names(list: &[u8]) -> Result<Vec<&str>, Refutation> {
    let list = std::str::from_utf8(list).unwrap_or_default();
    let names = list.split(',').map(str::trim).collect::<Vec<_>>();
    let valid =
        |name: &&str| !name.is_empty() && !name.bytes().any(|byte| byte.is_ascii_uppercase());
    if names.len() > MOST_HEADERS || !names.iter().all(valid) {
        let message = format!("{SIGNED_HEADERS} is not a list of header names in lower case");
        return Err(Refutation::malformed(message));
    }
    Ok(names)
}

/// The signed headers with their values.
fn signed_lines(headers: &Headers, names: &[&str]) -> Result<Vec<u8>, Refutation> {
    let mut lines = Vec::new();
    for name in names {
        let value = place::only(headers, name)?.ok_or_else(|| {
            let name = excerpt(name.as_bytes());
            Refutation::missing(format!("the header {name}, which is signed, is missing"))
        })?;
        lines.push([name.as_bytes(), b":", value].concat());
    }
    Ok(lines.join(&b";"[..]))
}

/// How the target is signed: as the sender's toolkit encodes it, which escapes a query as a whole,
/// or as its documentation says, just as it is. Both are good.
fn paths(request: &Request) -> [Cow<'_, str>; 2] {
    let target = request.target.as_str();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let encoded = match query {
        "" => Cow::from(utf8_percent_encode(path, URI)),
        query => {
            let query = utf8_percent_encode(query, QUERY).to_string();
            let both = format!("{path}?{query}");
            Cow::Owned(utf8_percent_encode(&both, URI).to_string())
        }
    };
    [encoded, Cow::Borrowed(target)]
}

fn tag(key: &Key, request: &Request, path: &str, lines: &[u8]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(&key.hmac);
    let parts = [request.method.as_str().as_bytes(), path.as_bytes(), lines];
    for part in parts {
        context.update(part);
        context.update(b"\n");
    }
    context.update(&request.body);
    context.sign()
}

#[cfg(test)]
mod tests;
