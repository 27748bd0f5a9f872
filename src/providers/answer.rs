//! What to answer to a request: what the endpoint is told to, unless its sender asks a question
//! that the endpoint's scheme knows.

use http::{HeaderName, HeaderValue};

use super::route::Route;
use crate::domain::endpoint::Answer;
use crate::domain::handshake::Handshake;
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::verdict::Verdict;
use crate::verify::challenge;

/// The answer to a request whose check came out as `verdict`, and the handshake if it is one.
#[must_use]
pub fn answer(request: &Request, verdict: &Verdict, route: &Route) -> (Answer, Option<Handshake>) {
    let usual = || route.endpoint.answer.clone();
    let is_verified = matches!(verdict, Verdict::Verified { .. });
    let Some(reply) = challenge::answer(request, &route.scheme, is_verified) else {
        return (usual(), None);
    };
    let brings_secret = reply.learnt_secret.is_some();
    let handshake =
        (!reply.routine).then(|| Handshake { scheme: reply.scheme.clone(), brings_secret });
    let answer = Answer {
        status: reply.status,
        headers: reply.headers.iter().filter_map(header).collect(),
        body: reply.body,
        delay: route.endpoint.answer.delay,
    };
    (answer, handshake)
}

fn header(field: &Field) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(&field.name).ok()?;
    Some((name, HeaderValue::from_maybe_shared(field.value.clone()).ok()?))
}
