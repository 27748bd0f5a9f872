//! HTTP message signatures (RFC 9421) with digests of the body (RFC 9530): verifies and signs.
//!
//! Only requests are checked, so that what a signature says of another message is refused; trailers
//! are not kept. The algorithm that a request names never overrides that of the key. It does not
//! remember nonces.
//!
//! Reading order: [`HttpSignatures`] here, then `sent` (what a request says) with `fields`,
//! `component` (what can be covered), `key`, `digest`, `coverage` and `writing`.

mod fields;
pub(in crate::verify) mod component;
mod digest;
pub(in crate::verify) mod coverage;
pub(in crate::verify) mod key;
mod sent;
mod writing;

use std::collections::BTreeMap;

use sfv::{BareItem, InnerList};

use super::address::Origin;
use super::clock::Window;
use super::encoding::Encoding;
use super::expectation::Expectation;
use super::received::Received;
use super::refutation::{Refutation, excerpt};
use super::signing::{CannotSign, Signing, field};
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Reason;
use component::{Component, Message};
use coverage::Required;
use key::Key;
use sent::{Parameters, Sent, signatures};
use writing::Statement;

/// The label of a signature that is made from nothing.
const LABEL: &str = "sig1";

/// What an endpoint expects of HTTP message signatures.
#[derive(Clone, Debug)]
pub struct HttpSignatures {
    pub(super) name: SchemeName,
    /// The keys by their ids; there is at least one.
    pub(super) keys: BTreeMap<String, Key>,
    /// What has to be covered.
    pub(super) required: Required,
    /// The application that a signature has to be meant for, if it matters.
    pub(super) tag: Option<String>,
    /// How far the creation may lie from the arrival.
    pub(super) window: Window,
    /// Whether the creation has to be told.
    pub(super) require_created: bool,
    /// Where the URL as the sender knows it comes from.
    pub(super) origin: Origin,
}

impl HttpSignatures {
    /// The notes for a request of which a signature holds. One by a key that is not known is no
    /// mistake: others may be meant by it.
    pub(super) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let url = self.origin.url(request, received);
        let message = Message { request, url: url.as_deref() };
        let signatures = signatures(&request.headers)?;
        let mut most_telling: Option<Refutation> = None;
        for sent in &signatures {
            let Some((id, key)) = self.key_of(sent) else { continue };
            match self.check_one(sent, key, message, received) {
                Ok(uncovered) => {
                    let several = self.keys.len() > 1 || signatures.len() > 1;
                    let label = &sent.label;
                    let which =
                        several.then(|| format!("the signature {label} by the key {id} holds"));
                    return Ok(which.into_iter().chain(uncovered).collect());
                }
                Err(refutation) => {
                    let before = most_telling.as_ref().map(Refutation::progress);
                    if before.is_none_or(|before| refutation.progress() > before) {
                        most_telling = Some(refutation);
                    }
                }
            }
        }
        Err(most_telling.unwrap_or_else(|| unknown_key(&signatures)))
    }

    /// The request with header fields that make it verify. A signature that was there before is made
    /// anew: it covers the same components and has the same parameters.
    pub(super) fn sign(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Request, CannotSign> {
        let signatures = signatures(&request.headers).unwrap_or_default();
        let old = signatures.iter().find_map(|sent| {
            let own = self.key_of(sent).filter(|(_, key)| key.can_sign())?;
            Some((own, sent))
        });
        let (label, (id, key), input) = if let Some((own, sent)) = old {
            (sent.label.as_str(), own, sent.input.clone())
        } else {
            let mut keys = self.keys.iter().filter(|(_, key)| key.can_sign());
            let (id, key) = keys.next().ok_or(CannotSign::NoPrivateKey)?;
            (LABEL, (id.as_str(), key), self.input(request))
        };
        let unreadable = |refutation: Refutation| CannotSign::Unreadable(refutation.message);
        let tag = self.tag.as_deref();
        let statement = Statement { key_id: id, tag, again: old.is_some() };
        let sent = Sent::unsigned(label, writing::dated(input, &statement, signing)?);
        let components = sent.components().map_err(unreadable)?;

        let mut request = request.clone();
        if components.iter().any(Component::is_digest) {
            let digest = digest::write(&request.headers, &request.body);
            request.headers = request.headers.with(vec![field("Content-Digest", digest)?]);
        }
        let received = Received { at: signing.at, public_url: signing.public_url };
        let url = self.origin.url(&request, &received);
        let message = Message { request: &request, url: url.as_deref() };
        let base = base(&components, &sent.input, message).map_err(unreadable)?;
        let signature = BareItem::ByteSequence(key.sign(&base)?);
        let input = field("Signature-Input", writing::member(label, sent.input.into()))?;
        let signature = field("Signature", writing::member(label, signature.into()))?;
        Ok(Request { headers: request.headers.with(vec![input, signature]), ..request })
    }

    /// When the first signature by a known key says that it was created, in seconds since 1970.
    pub(super) fn created(&self, request: &Request) -> Option<i64> {
        let signatures = signatures(&request.headers).ok()?;
        let sent = signatures.iter().find(|sent| self.key_of(sent).is_some())?;
        sent.parameters().ok()?.created
    }

    /// What the check of the first signature by a known key compares; none if it does not get as far
    /// as that.
    pub(super) fn expectation(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Option<Expectation> {
        let url = self.origin.url(request, received);
        let message = Message { request, url: url.as_deref() };
        let signatures = signatures(&request.headers).ok()?;
        let mut known = signatures.iter().filter_map(|sent| Some((sent, self.key_of(sent)?)));
        let (sent, (_, key)) = known.next()?;
        let base = base(&sent.components().ok()?, &sent.input, message).ok()?;
        let written = |bytes: &[u8]| Encoding::Base64.encode(bytes);
        Some(Expectation {
            expected: key.sign(&base).ok().iter().map(|made| written(made)).collect(),
            received: sent.signature().ok().map(written).into_iter().collect(),
            message: base,
        })
    }

    /// What has to be new in every request: the nonce of the signature that holds, if it has one.
    pub(super) fn nonce(&self, request: &Request, received: &Received<'_>) -> Option<Vec<u8>> {
        let (id, sent) = self.holding(request, received)?;
        let nonce = sent.parameters().ok()?.nonce?;
        Some([id.as_bytes(), b"\n", nonce.as_bytes()].concat())
    }

    /// The id of the key whose signature holds.
    pub(super) fn key_id(&self, request: &Request, received: &Received<'_>) -> Option<&str> {
        self.holding(request, received).map(|(id, _)| id)
    }

    /// The first signature that holds, with the id of its key.
    fn holding(&self, request: &Request, received: &Received<'_>) -> Option<(&str, Sent)> {
        let url = self.origin.url(request, received);
        let message = Message { request, url: url.as_deref() };
        signatures(&request.headers).ok()?.into_iter().find_map(|sent| {
            let (id, key) = self.key_of(&sent)?;
            self.check_one(&sent, key, message, received).is_ok().then_some((id, sent))
        })
    }

    /// The key of a signature. One that names none is by the only one that there is.
    fn key_of<'s>(&'s self, sent: &Sent) -> Option<(&'s str, &'s Key)> {
        let (id, key) = match sent.key_id() {
            Some(id) => self.keys.get_key_value(id)?,
            None if self.keys.len() == 1 => self.keys.first_key_value()?,
            None => return None,
        };
        Some((id, key))
    }

    fn check_one(
        &self,
        sent: &Sent,
        key: &Key,
        message: Message<'_>,
        received: &Received<'_>,
    ) -> Result<Option<String>, Refutation> {
        let parameters = sent.parameters()?;
        let components = sent.components()?;
        let signature = sent.signature()?;
        if let Some(named) = parameters.algorithm.filter(|named| *named != key.algorithm) {
            let (named, own) = (excerpt(named.as_bytes()), key.algorithm);
            let message = format!("alg is {named:?}, the algorithm of the key is {own}");
            return Err(Refutation::new(Reason::UnsupportedAlgorithm, message));
        }
        key.check(&base(&components, &sent.input, message)?, signature)?;
        let digests = digest::check(message.request)?;
        coverage::check(message.request, &components, digests, &self.required)?;
        self.check_tag(&parameters)?;
        self.check_time(&parameters, received)?;
        Ok(coverage::uncovered(message.request, &components, digests))
    }

    fn check_tag(&self, parameters: &Parameters<'_>) -> Result<(), Refutation> {
        let Some(tag) = self.tag.as_deref().filter(|tag| parameters.tag != Some(*tag)) else {
            return Ok(());
        };
        let sent = match parameters.tag {
            Some(sent) => format!("tag is {:?}", excerpt(sent.as_bytes())),
            None => "there is no tag".to_owned(),
        };
        let message = format!("the signature holds, but {sent}, the configured one is {tag:?}");
        Err(Refutation::new(Reason::ClaimMismatch, message))
    }

    fn check_time(
        &self,
        parameters: &Parameters<'_>,
        received: &Received<'_>,
    ) -> Result<(), Refutation> {
        match parameters.created {
            Some(created) => self.window.judge(created, received.at)?,
            None if self.require_created => {
                let message = "the signature holds, but does not tell when it was created";
                return Err(Refutation::new(Reason::NotCovered, message));
            }
            None => {}
        }
        let arrived = received.at.as_second();
        match parameters.expires.map(|expires| arrived.saturating_sub(expires)) {
            Some(late) if late > 0 => {
                let message =
                    format!("the signature holds, but expired {late} s before the arrival");
                Err(Refutation::new(Reason::Stale, message))
            }
            _ => Ok(()),
        }
    }

    /// What is signed of a request that was not signed before: all that matters of it.
    fn input(&self, request: &Request) -> InnerList {
        let url = Component::parse("@target-uri").expect("a test reads this name");
        let mut components = vec![url];
        let usual = Required::usual();
        for component in usual.of(request).chain(self.required.of(request)) {
            if !components.contains(component) {
                components.push(component.clone());
            }
        }
        InnerList::new(components.iter().map(|component| component.item().clone()).collect())
    }
}

/// The signature base (RFC 9421 section 2.5).
fn base(
    components: &[Component],
    input: &InnerList,
    message: Message<'_>,
) -> Result<Vec<u8>, Refutation> {
    let mut base = Vec::new();
    for component in components {
        base.extend_from_slice(component.id().as_bytes());
        base.extend_from_slice(b": ");
        base.extend_from_slice(&component.value(message)?);
        base.push(b'\n');
    }
    base.extend_from_slice(b"\"@signature-params\": ");
    base.extend_from_slice(writing::list(input).as_bytes());
    Ok(base)
}

/// The refutation of signatures of which none is by a key that is known.
fn unknown_key(signatures: &[Sent]) -> Refutation {
    let ids = signatures.iter().map(|sent| match sent.key_id() {
        Some(id) => format!("{:?}", excerpt(id.as_bytes())),
        None => "none".to_owned(),
    });
    let ids = ids.collect::<Vec<_>>().join(", ");
    let message = format!("no signature is by a configured key; keyid is {ids}");
    Refutation::new(Reason::UnknownKey, message)
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
