//! Takes out of a delivery what must not be shared, and signs what is left.
//!
//! Credentials, known secrets and personal data are replaced by stand-ins: the same value has the
//! same one throughout an export, so that what belongs together still does. What was found in one
//! place is looked for everywhere else in the same request. Everything else stays as it is, byte for
//! byte.
//!
//! It knows names and forms and cannot know everything: free text is searched for e-mail addresses,
//! phone numbers and what is known from elsewhere, names of people in it are not recognized.
//!
//! Reading order: [`Redactor`] here, [`names`] (what must not be shared), [`scan`] (what is found in
//! texts), [`encoded`] (how encoded ones part), [`stand_ins`], [`pen`] (one value), then [`json`], [`headers`] and [`multipart`].

mod names;
mod scan;
mod encoded;
mod stand_ins;
mod pen;
mod json;
mod multipart;
mod headers;

use bytes::Bytes;

use super::fixture::Shared;
use crate::domain::annotation::{Annotation, Comment};
use crate::domain::body::looks_like_json;
use crate::domain::delivery::Delivery;
use crate::domain::headers::{Field, Headers};
use crate::domain::http::Request;
use crate::domain::record::Record;
use crate::domain::secret::Secret;
use crate::providers;
use crate::providers::accounts::Accounts;
use crate::providers::route::Route;
use crate::verify;
use crate::verify::signing::{CannotSign, Signing};
use pen::Pen;
use scan::Literals;
use stand_ins::StandIns;

/// The longest known secret that is looked for, in bytes; longer ones are keys in PEM.
const LONGEST_SECRET: usize = 4_096;

/// Redacts the deliveries of one export.
#[derive(Debug, Default)]
pub struct Redactor {
    stand_ins: StandIns,
    known: Vec<Secret>,
}

/// A delivery that can be shared.
#[derive(Clone, Debug)]
pub struct Redacted {
    /// The delivery. Findings are those about what it is now.
    pub record: Record,
    /// Why it could not be signed afresh.
    pub unsigned: Option<CannotSign>,
    /// Whether the body could not be looked into and was taken out whole.
    pub is_opaque: bool,
}

impl Redactor {
    /// Knows these secrets, and replaces them wherever they stand.
    #[must_use]
    pub fn new(known: Vec<Secret>) -> Self {
        Self { stand_ins: StandIns::default(), known }
    }

    /// The delivery with stand-ins, signed by what its endpoint has in a shared file. `route` is the
    /// endpoint without its scheme.
    pub fn redacted(
        &mut self,
        record: &Record,
        route: &Route,
        shared: Option<&Shared>,
    ) -> Redacted {
        let delivery = &record.delivery;
        let (request, is_opaque) = self.request(&delivery.request);
        let route = shared.map_or(route, |shared| &shared.route);
        let signed = shared.map(|shared| signed(&request, delivery, &shared.route));
        let (request, unsigned) = match signed {
            None => (request, None),
            Some(Ok(signed)) => (signed, None),
            Some(Err(why)) => (request, Some(why)),
        };
        let request = with_length(request);
        let inspection =
            providers::inspect(&request, delivery.received_at, route, &Accounts::default());
        // The address of a sender may be that of a person.
        let peer = ([0, 0, 0, 0], 0).into();
        let delivery = Delivery { peer, request, ..delivery.clone() };
        // What the user wrote about it is not for others.
        let annotation =
            Annotation { comment: Comment::default(), marked: record.annotation.marked };
        let record =
            Record { delivery, inspection, first_verdict: None, annotation, ..record.clone() };
        Redacted { record, unsigned, is_opaque }
    }

    /// The request with stand-ins, and whether its body was taken out whole.
    fn request(&mut self, request: &Request) -> (Request, bool) {
        let mut literals = Literals::default();
        let known =
            self.known.iter().map(Secret::expose).filter(|text| text.len() <= LONGEST_SECRET);
        for secret in known.filter_map(|secret| std::str::from_utf8(secret).ok()) {
            literals.add(secret.trim(), false);
        }
        let mut pen =
            Pen { stand_ins: &mut self.stand_ins, literals: &mut literals, has_learnt: false };
        let rewritten = rewritten(request, &mut pen);
        // What was learnt late may stand in what was rewritten before.
        if std::mem::take(&mut pen.has_learnt) {
            self::rewritten(request, &mut pen)
        } else {
            rewritten
        }
    }
}

fn rewritten(request: &Request, pen: &mut Pen<'_>) -> (Request, bool) {
    let (body, is_opaque) = match body(request, pen) {
        Body::Same => (request.body.clone(), false),
        Body::New(text) => (Bytes::from(text), false),
        Body::Opaque(text) => (Bytes::from(text), true),
    };
    let mut headers = headers::rewritten(&request.headers, body != request.body, pen);
    if is_opaque {
        let fields = headers.iter().filter(|field| !field.is("content-encoding")).cloned();
        headers = Headers::new(fields.collect(), headers.fidelity());
    }
    let target = target(&request.target, pen);
    let request = Request { target, headers, body, ..request.clone() };
    (request, is_opaque)
}

fn target(target: &str, pen: &mut Pen<'_>) -> String {
    let (path, query) = match pen.read(target).halves('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let path = pen.path(path).unwrap_or_else(|| path.to_owned());
    match query {
        Some(query) => {
            format!("{path}?{}", pen.pairs(query, json::value).unwrap_or_else(|| query.to_owned()))
        }
        None => path,
    }
}

enum Body {
    Same,
    New(String),
    /// It could not be looked into.
    Opaque(String),
}

fn body(request: &Request, pen: &mut Pen<'_>) -> Body {
    let Ok(text) = std::str::from_utf8(&request.body) else {
        let text = String::from_utf8_lossy(&request.body);
        return Body::Opaque(pen.stand_ins.text(&text).to_owned());
    };
    let boundary = request.headers.text("content-type").and_then(multipart::boundary);
    let new = if let Some(boundary) = boundary {
        Some(multipart::rewritten(text, &boundary, pen))
    } else if looks_like_json(&request.body) {
        let new = json::rewritten(text, pen);
        if json::is_container(text) {
            new
        } else {
            // Between what looks like JSON there may be text.
            pen.text(new.as_deref().unwrap_or(text)).or(new)
        }
    } else if request.is_form() {
        pen.pairs(text, json::value)
    } else {
        pen.text(text)
    };
    new.map_or(Body::Same, Body::New)
}

/// The request as the scheme signs it. One that signs an id has that of the request, or the
/// delivery's.
fn signed(request: &Request, delivery: &Delivery, route: &Route) -> Result<Request, CannotSign> {
    let uid = delivery.uid.to_string();
    let public_url = route.endpoint.public_url.as_deref();
    let signing = Signing { at: delivery.received_at, nonce: &uid, id: None, public_url };
    match verify::signed(request, &signing, &route.scheme) {
        Err(CannotSign::NoId) => {
            let signing = Signing { id: Some(&uid), ..signing };
            verify::signed(request, &signing, &route.scheme)
        }
        signed => signed,
    }
}

/// The request with the length of its body where it tells one.
fn with_length(request: Request) -> Request {
    let length = Bytes::from(request.body.len().to_string());
    let fields = request.headers.iter().map(|field| {
        let is_length = field.is("content-length");
        let value = if is_length { &length } else { &field.value };
        Field { name: field.name.clone(), value: value.clone() }
    });
    let headers = Headers::new(fields.collect(), request.headers.fidelity());
    Request { headers, ..request }
}

#[cfg(test)]
mod tests;
