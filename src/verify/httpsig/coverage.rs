//! What a signature covers, against what has to be covered.

use super::component::{Component, Form, Kind};
use super::digest;
use crate::domain::http::Request;
use crate::domain::verdict::Reason;
use crate::verify::refutation::Refutation;

/// What has to be covered.
#[derive(Clone, Debug)]
pub(in crate::verify) struct Required {
    /// Of every request.
    always: Vec<Component>,
    /// Of a request that has a body.
    with_body: Vec<Component>,
}

impl Required {
    /// The method and, if there is one, the body.
    pub(in crate::verify) fn usual() -> Self {
        let named = |name| Component::parse(name).expect("a test reads these names");
        Self { always: vec![named("@method")], with_body: vec![named(digest::HEADER)] }
    }

    /// These, whatever the request is.
    pub(in crate::verify) fn these(components: Vec<Component>) -> Self {
        Self { always: components, with_body: Vec::new() }
    }

    /// The components for this request.
    pub(in crate::verify) fn of(&self, request: &Request) -> impl Iterator<Item = &Component> {
        let with_body = if request.body.is_empty() { &[][..] } else { &self.with_body };
        self.always.iter().chain(with_body)
    }
}

/// Refuses what does not cover all that it has to. `digests` is whether Content-Digest has a digest
/// that was checked.
pub(in crate::verify) fn check(
    request: &Request,
    covered: &[Component],
    digests: bool,
    required: &Required,
) -> Result<(), Refutation> {
    for component in required.of(request) {
        let is_digest = component.is_digest();
        if !covered.iter().any(|own| covers(own.kind(), component.kind())) {
            let id = component.id();
            let mut message = format!("the signature holds, but does not cover {id}");
            if is_digest && request.headers.first("digest").is_some() {
                message.push_str("; the older header Digest does not stand for it");
            }
            return Err(Refutation::new(Reason::NotCovered, message));
        }
        if is_digest && !digests {
            let message = "the signature holds, but Content-Digest has neither sha-256 nor sha-512, \
                           so that it does not cover the body";
            return Err(Refutation::new(Reason::NotCovered, message));
        }
    }
    Ok(())
}

/// What is not covered, for a note.
pub(in crate::verify) fn uncovered(
    request: &Request,
    covered: &[Component],
    digests: bool,
) -> Option<String> {
    let has = |kind: &Kind| covered.iter().any(|own| covers(own.kind(), kind));
    let body = digests && has(&Kind::Field(digest::HEADER.to_owned(), Form::Combined));
    let missing = [
        ("the body", !body && !request.body.is_empty()),
        ("the method", !has(&Kind::Method)),
        ("the host", !has(&Kind::Authority)),
        ("the path", !has(&Kind::Path)),
        ("the query", !has(&Kind::Query) && request.query().is_some()),
    ];
    let names = missing.iter().filter_map(|(name, missing)| missing.then_some(*name));
    let names = names.collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| format!("the signature does not cover {names}"))
}

/// Whether the first says at least what the second says.
fn covers(own: &Kind, other: &Kind) -> bool {
    use Kind::{Authority, Field, Path, Query, QueryParam, RequestTarget, Scheme, TargetUri};
    own == other
        || match (own, other) {
            (TargetUri, Scheme | Authority | Path | Query | QueryParam(_))
            | (RequestTarget, Path | Query | QueryParam(_))
            | (Query, QueryParam(_)) => true,
            (Field(own, Form::Strict | Form::Bytes), Field(other, Form::Combined)) => own == other,
            _ => false,
        }
}

#[cfg(test)]
mod tests;
