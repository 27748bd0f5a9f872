//! From a captured delivery and a plan to the call that goes out. Pure: time and fresh ids come in.
//!
//! What was captured is kept: method, target, order, letter case and repeats of the header fields,
//! and the body byte for byte. Made new are only the fields that belong to one connection
//! (RFC 9110, section 7.6.1), `Host` and `Content-Length`.

use bytes::Bytes;
use jiff::Timestamp;

use crate::domain::attempt::Call;
use crate::domain::delivery::Delivery;
use crate::domain::edit::{EditError, edited};
use crate::domain::headers::{Field, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::plan::{Changes, HeaderChange, Plan, Proof};
use crate::domain::url::{Url, UrlError};
use crate::providers::route::Route;
use crate::verify;
use crate::verify::signing::{CannotSign, Signing};

/// Tells the receiver which delivery it is; also keeps a replay from being replayed in a circle.
pub const MARK: &str = "hookscope-delivery";

/// Fields that belong to the connection that brought the request, not to the request. `Expect` is
/// among them because nobody waits for the interim answer.
const OF_THE_CONNECTION: &[&str] = &[
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "upgrade",
    "expect",
];

/// Why a delivery cannot be sent as planned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotReplay {
    /// Target and delivery do not make an address.
    #[error("the address {0}")]
    Url(#[from] UrlError),
    /// A change cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A header cannot be sent.
    #[error("{0:?} cannot be the name or value of a header")]
    Header(String),
    /// It is to be signed by an endpoint that there is not.
    #[error("the endpoint that signs is not configured any more")]
    NoEndpoint,
    /// It cannot be signed.
    #[error("it cannot be signed: {0}")]
    Signing(#[from] CannotSign),
}

/// Texts that were not used before, for what is signed afresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fresh<'a> {
    /// For the scheme's nonce: another one for each request.
    pub nonce: &'a str,
    /// For the id of the event, where the scheme signs one: the same for each try to deliver it.
    pub id: &'a str,
}

impl<'a> From<&'a str> for Fresh<'a> {
    fn from(text: &'a str) -> Self {
        Self { nonce: text, id: text }
    }
}

/// The call that sends a delivery as planned. `route` is the endpoint that signs, if it is to be
/// signed afresh.
///
/// # Errors
/// When the plan cannot be carried out for this delivery.
pub fn call<'a>(
    delivery: &Delivery,
    plan: &Plan,
    route: Option<&Route>,
    at: Timestamp,
    fresh: impl Into<Fresh<'a>>,
) -> Result<Call, CannotReplay> {
    let captured = &delivery.request;
    let url = plan.url_of(captured)?;
    let body = body(&captured.body, &plan.changes)?;
    let mut headers = of_this_connection(&captured.headers, &url);
    if plan.marked {
        let value = delivery.uid.to_string().into();
        headers.set(Field { name: Bytes::from_static(MARK.as_bytes()), value });
    }
    for change in &plan.changes.headers {
        make(change, &mut headers)?;
    }
    tell_length(&mut headers, &body);
    let (method, target) = (captured.method.clone(), url.target().to_owned());
    let request = Request { method, target, version: Version::Http11, headers, body };
    let mut call = match &plan.proof {
        Proof::AsCaptured => Call::of(url, request),
        Proof::Afresh { keeps_id, .. } => {
            let route = route.ok_or(CannotReplay::NoEndpoint)?;
            let origin = url.origin();
            let public_url = route.endpoint.public_url.as_deref().unwrap_or(&origin);
            let fresh = fresh.into();
            let id = (!keeps_id).then_some(fresh.id);
            let signing = Signing { at, nonce: fresh.nonce, id, public_url: Some(public_url) };
            let mut request = verify::signed(&request, &signing, &route.scheme)?;
            let url = url.with_target(&request.target)?;
            tell_length(&mut request.headers, &request.body);
            Call::of(url, request)
        }
    };
    call.repeats_body = is_shared(&call.request.body, &captured.body);
    Ok(call)
}

/// Whether both are the same bytes in memory, so that nothing was made anew.
fn is_shared(body: &Bytes, captured: &Bytes) -> bool {
    body.as_ptr() == captured.as_ptr() && body.len() == captured.len()
}

fn body(captured: &Bytes, changes: &Changes) -> Result<Bytes, EditError> {
    let body = changes.body.as_ref().unwrap_or(captured);
    if changes.edits.is_empty() {
        Ok(body.clone())
    } else {
        Ok(edited(body, &changes.edits)?.into())
    }
}

/// The fields without those of the connection that brought them; `Host` is that of the target.
fn of_this_connection(captured: &Headers, url: &Url) -> Headers {
    let named = captured.all("connection").filter_map(|value| std::str::from_utf8(value).ok());
    let named = named.flat_map(|names| names.split(',')).map(str::trim).collect::<Vec<_>>();
    let is_dropped = |field: &Field| {
        OF_THE_CONNECTION.iter().any(|name| field.is(name))
            || named.iter().any(|name| !is_kept_though_named(name) && field.is(name))
    };
    let mut headers = captured.clone();
    headers.retain(|field| !is_dropped(field));
    let name = captured
        .iter()
        .find(|field| field.is("host"))
        .map_or_else(|| Bytes::from_static(b"Host"), |field| field.name.clone());
    let host = Field { name, value: Bytes::copy_from_slice(url.authority().as_bytes()) };
    if headers.first("host").is_some() {
        headers.set(host);
    } else {
        headers.insert(0, host);
    }
    headers
}

/// Some senders list `close` or what must stay; naming these does not make them go.
fn is_kept_though_named(name: &str) -> bool {
    name.is_empty()
        || ["host", "content-length", "content-type", "authorization"]
            .iter()
            .any(|kept| name.eq_ignore_ascii_case(kept))
}

/// Tells the length of the body, where it stood, in place of whatever told it before.
fn tell_length(headers: &mut Headers, body: &Bytes) {
    let is_told = |field: &Field| field.is("content-length") || field.is("transfer-encoding");
    let place = headers.iter().position(is_told);
    if place.is_none() && body.is_empty() {
        return;
    }
    let first = headers.iter().find(|field| is_told(field));
    let name = first.filter(|field| field.is("content-length")).map(|field| field.name.clone());
    let name = name.unwrap_or_else(|| Bytes::from_static(b"Content-Length"));
    headers.retain(|field| !is_told(field));
    let place = place.unwrap_or(headers.len());
    headers.insert(place, Field { name, value: body.len().to_string().into() });
}

fn make(change: &HeaderChange, headers: &mut Headers) -> Result<(), CannotReplay> {
    match change {
        HeaderChange::Set { name, value } => headers.set(field(name, value)?),
        HeaderChange::Remove { name } => headers.retain(|field| !field.is(name)),
        HeaderChange::All(pairs) => {
            let fields = pairs.iter().map(|(name, value)| field(name, value));
            *headers = Headers::new(fields.collect::<Result<_, _>>()?, headers.fidelity());
        }
    }
    Ok(())
}

fn field(name: &str, value: &str) -> Result<Field, CannotReplay> {
    let sound = http::HeaderName::from_bytes(name.as_bytes()).is_ok()
        && http::HeaderValue::from_str(value).is_ok();
    if !sound {
        return Err(CannotReplay::Header(format!("{name}: {value}")));
    }
    Ok(Field { name: name.to_owned().into(), value: value.to_owned().into() })
}

#[cfg(test)]
mod tests;
