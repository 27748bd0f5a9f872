//! Schemes that sign with a shared key: follows a [`Recipe`], to verify and to sign.

use std::borrow::Cow;
use std::sync::Arc;

use ring::hmac;

use super::address;
use super::carried::{self, Carried};
use super::clock::Window;
use super::encoding::equal;
use super::key::{Key, matched};
use super::place;
use super::received::Received;
use super::recipe::{Recipe, TimestampSource};
use super::refutation::Refutation;
use super::signing::{CannotSign, Signing, field};
use super::template::{Filling, Part};
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Reason;

/// A recipe with the keys of one endpoint.
#[derive(Clone, Debug)]
pub struct Mac {
    pub(super) name: SchemeName,
    pub(super) recipe: Arc<Recipe>,
    /// Any may match; there is at least one.
    pub(super) keys: Vec<Key>,
    /// How far the signed time may lie from the arrival.
    pub(super) window: Window,
    /// The URL typed at the provider, where the recipe signs it.
    pub(super) url: Option<String>,
}

impl Mac {
    /// The notes for a request whose signature holds.
    pub(super) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let Carried { signatures, timestamp, seconds, id } = Carried::read(&self.recipe, request)?;
        for name in self.recipe.message.headers() {
            place::only(&request.headers, name)?.ok_or_else(|| {
                Refutation::missing(format!("the header {name}, which is signed, is missing"))
            })?;
        }
        let url = self.signed_url(request, received).ok_or_else(|| {
            let message = "the url is signed, but there is neither a public url nor a Host header";
            Refutation::missing(message)
        })?;
        let filling = Filling { request, timestamp, id, url: &url };
        let holds = |key: &&Key| {
            let tag = self.tag(key, &filling);
            signatures.iter().any(|signature| equal(signature, tag.as_ref()))
        };
        let key = self.keys.iter().find(holds).ok_or_else(|| self.mismatch(&signatures))?;
        if let Some(seconds) = seconds {
            self.window.judge(seconds, received.at)?;
        }
        Ok(self.notes(key))
    }

    /// The header fields that make the request verify.
    pub(super) fn sign(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Vec<Field>, CannotSign> {
        for name in self.recipe.message.headers() {
            if !matches!(place::only(&request.headers, name), Ok(Some(_))) {
                return Err(CannotSign::NoHeader(name.to_owned()));
            }
        }
        let mut fields = Vec::new();
        let mut time = String::new();
        if let Some(rule) = &self.recipe.timestamp {
            time = rule.format.write(signing.at);
            if let TimestampSource::Header(place) = &rule.source {
                fields.push(field(&place.name(), time.as_str())?);
            }
        }
        let id = match (&self.recipe.id, signing.id) {
            (None, _) => &b""[..],
            (Some(place), Some(id)) => {
                fields.push(field(&place.name(), id)?);
                id.as_bytes()
            }
            (Some(place), None) => place.first(&request.headers).or(Err(CannotSign::NoId))?,
        };
        let received = Received { at: signing.at, public_url: signing.public_url };
        let url = self.signed_url(request, &received).ok_or(CannotSign::NoUrl)?;
        let filling = Filling { request, timestamp: time.as_bytes(), id, url: &url };
        let tag = self.tag(&self.keys[0], &filling);
        let value = carried::write(&self.recipe, tag.as_ref(), &time);
        fields.push(field(&self.recipe.signature.place.name(), value)?);
        Ok(fields)
    }

    fn tag(&self, key: &Key, filling: &Filling<'_>) -> hmac::Tag {
        let mut context = self.recipe.hash.hmac(&key.bytes);
        for piece in self.recipe.message.pieces(filling) {
            context.update(piece);
        }
        context.sign()
    }

    /// The URL to sign; empty where the recipe does not sign it, none where it cannot be told.
    fn signed_url<'a>(
        &'a self,
        request: &'a Request,
        received: &Received<'_>,
    ) -> Option<Cow<'a, str>> {
        if !self.recipe.message.has(&Part::Url) {
            return Some(Cow::Borrowed(""));
        }
        address::signed_url(request, received, self.url.as_deref())
    }

    fn mismatch(&self, signatures: &[Vec<u8>]) -> Refutation {
        let Recipe { hash, signature, .. } = &*self.recipe;
        let place = &signature.place;
        let size = hash.size();
        let message = match (signatures, self.keys.len()) {
            ([sent], _) if sent.len() != size => {
                let sent = sent.len();
                format!("the signature in {place} has {sent} bytes, HMAC-{hash} makes {size}")
            }
            (_, 1) => format!("{place} is not the HMAC-{hash} of this message with the secret"),
            (_, keys) => format!(
                "{place} is not the HMAC-{hash} of this message with any of the {keys} secrets"
            ),
        };
        Refutation::new(Reason::SignatureMismatch, message)
    }

    fn notes(&self, key: &Key) -> Vec<String> {
        let uncovered = (!self.recipe.message.has(&Part::Body))
            .then(|| "the signature does not cover the body".to_owned());
        matched(&key.secret, self.keys.len()).into_iter().chain(uncovered).collect()
    }
}

#[cfg(test)]
mod tests;
