//! Schemes that sign a message, with a shared key or a private one: follows a [`Recipe`], to verify
//! and to sign.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use super::address::{Origin, UrlForm};
use super::carried::{self, Carried};
use super::clock::Window;
use super::digests;
use super::expectation::Expectation;
use super::place;
use super::proof::{Chosen, Keys};
use super::received::Received;
use super::recipe::{BodyForm, Proof, Recipe, SignatureRule, TimestampSource};
use super::refutation::Refutation;
use super::settings::Settings;
use super::signing::{CannotSign, Signing};
use super::template::{Filling, Part};
use crate::domain::http::Request;
use crate::domain::masking::MASK;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Reason;

/// A recipe with the keys of one endpoint.
#[derive(Clone, Debug)]
pub struct Signature {
    pub(super) name: SchemeName,
    pub(super) recipe: Arc<Recipe>,
    pub(super) keys: Keys,
    /// How far the signed time may lie from the arrival.
    pub(super) window: Window,
    pub(super) origin: Origin,
    pub(super) settings: Settings,
}

impl Signature {
    /// The notes for a request whose signature holds.
    pub(super) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let carried = Carried::read(&self.recipe, self.window, request)?;
        let keys = self.keys.choose(self.recipe.certificate.as_ref(), request)?;
        let mut notes = self.check_requirements(request)?;
        let url = self.url(request, received).ok_or_else(|| {
            let message = "the url is signed, but there is neither a public url nor a Host header";
            Refutation::missing(message)
        })?;
        let filling = Filling {
            timestamp: &carried.timestamp,
            id: &carried.id,
            url: &url,
            ..Filling::of(request, &self.settings)
        };
        notes.extend(self.prove(keys, &carried.signatures, &filling)?);
        let in_digest = digests::check(&self.recipe.digests, &filling, None)?;
        notes.extend(self.uncovered(request, in_digest));
        if let Some(seconds) = carried.seconds {
            self.window.judge(seconds, received.at)?;
            notes.extend(self.window.remark(seconds, received.at));
        }
        Ok(notes)
    }

    /// The signed time in seconds since 1970, if the request carries one that can be read.
    pub(super) fn signed_seconds(&self, request: &Request) -> Option<i64> {
        Carried::read(&self.recipe, Window::default(), request).ok()?.seconds
    }

    /// What the check of this request compares; none if it does not get as far as that.
    pub(super) fn expectation(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Option<Expectation> {
        let Recipe { proof, signature: SignatureRule { encoding, .. }, .. } = &*self.recipe;
        let carried = Carried::read(&self.recipe, Window::default(), request).ok()?;
        let url = self.url(request, received)?;
        let filling = Filling {
            timestamp: &carried.timestamp,
            id: &carried.id,
            url: &url,
            ..Filling::of(request, &self.settings)
        };
        let message = |secret: &[u8]| self.message(&filling, secret, UrlForm::AsIs, BodyForm::AsIs);
        let signatures =
            self.keys.each().into_iter().filter_map(|key| key.sign(*proof, message).ok());
        Some(Expectation {
            message: message(MASK.as_bytes()).ok()?.concat(),
            expected: signatures.map(|signature| encoding.encode(&signature)).collect(),
            received: carried.signatures.iter().map(|sent| encoding.encode(sent)).collect(),
        })
    }

    /// The request with what makes it verify.
    pub(super) fn sign(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Request, CannotSign> {
        let recipe = &*self.recipe;
        self.check_headers(request)?;
        let mut signed = request.clone();
        for rule in &recipe.requires {
            if let Some(expected) = rule.equals.value(&self.settings) {
                carried::put(&rule.place, &mut signed, expected)?;
            }
        }
        let mut time = String::new();
        if let Some(rule) = &recipe.timestamp {
            time = rule.format.write(signing.at);
            if let TimestampSource::Place(place) = &rule.source {
                carried::put(place, &mut signed, time.as_bytes())?;
            }
        }
        let mut id = Vec::new();
        if let Some(place) = &recipe.id {
            if let Some(given) = signing.id {
                carried::put(place, &mut signed, given.as_bytes())?;
            }
            id = place.first(&signed).or(Err(CannotSign::NoId))?.into_owned();
        }
        digests::renew(&recipe.digests, &mut signed, &self.settings)?;
        let signature = {
            let received = Received { at: signing.at, public_url: signing.public_url };
            let url = self.url(&signed, &received).ok_or(CannotSign::NoUrl)?;
            let filling = Filling {
                timestamp: time.as_bytes(),
                id: &id,
                url: &url,
                ..Filling::of(&signed, &self.settings)
            };
            let message =
                |secret: &[u8]| self.message(&filling, secret, UrlForm::AsIs, BodyForm::AsIs);
            self.keys.sign(recipe.proof, message)?
        };
        let value = carried::written(recipe, &signature, &time);
        carried::put(&recipe.signature.place, &mut signed, value.as_bytes())?;
        Ok(signed)
    }

    /// What the signature does not prove about the body, `in_digest` telling whether a digest does.
    fn uncovered(&self, request: &Request, in_digest: bool) -> Option<String> {
        let message = &self.recipe.message;
        if in_digest || request.body.is_empty() {
            None
        } else if !message.covers_body(request) {
            Some("the signature does not cover the body".to_owned())
        } else if message.checksums_body() {
            Some(
                "of the body only a checksum is signed, which other bodies can have too".to_owned(),
            )
        } else {
            None
        }
    }

    /// Compares what has to be so; what the user did not tell is not compared, which is a note.
    fn check_requirements(&self, request: &Request) -> Result<Vec<String>, Refutation> {
        let mut notes = Vec::new();
        for rule in &self.recipe.requires {
            let place = &rule.place;
            let sent = place.first(request)?;
            match rule.equals.value(&self.settings) {
                Some(expected) if *sent == *expected => {}
                Some(_) => {
                    return Err(Refutation::new(
                        rule.reason,
                        format!("{place} is not what it has to be"),
                    ));
                }
                None => {
                    notes.push(format!("{place} was not compared, because it is not configured"));
                }
            }
        }
        Ok(notes)
    }

    /// The notes about which key and which reading of the request the signature holds for.
    fn prove(
        &self,
        keys: Chosen<'_>,
        signatures: &[Vec<u8>],
        filling: &Filling<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let Recipe { proof, urls, bodies, .. } = &*self.recipe;
        for body in bodies {
            for url in urls {
                let is_other = (*body, *url) != (BodyForm::AsIs, UrlForm::AsIs);
                if is_other && !makes_another(filling, *url, *body) {
                    continue;
                }
                let message = |secret: &[u8]| self.message(filling, secret, *url, *body);
                if let Some(key) = keys.proves(*proof, signatures, message)? {
                    return Ok(key.into_iter().chain(reading(filling.url, *url, *body)).collect());
                }
            }
        }
        Err(self.mismatch(keys, signatures))
    }

    /// The message in pieces. They are owned where they are made for this reading only.
    fn message<'a>(
        &'a self,
        filling: &Filling<'a>,
        secret: &[u8],
        url: UrlForm,
        body: BodyForm,
    ) -> Result<Vec<Cow<'a, [u8]>>, Refutation> {
        let template = &self.recipe.message;
        if url == UrlForm::AsIs && body == BodyForm::AsIs && !template.has(&Part::Secret) {
            return template.pieces(filling);
        }
        let url = url.apply(filling.url);
        let body = body.apply(filling.body);
        let pieces = template.pieces(&Filling { url: &url, body: &body, secret, ..*filling })?;
        Ok(pieces.into_iter().map(|piece| Cow::Owned(piece.into_owned())).collect())
    }

    /// The URL to sign; empty where the recipe does not sign it, none where it cannot be told.
    fn url<'a>(&'a self, request: &'a Request, received: &Received<'_>) -> Option<Cow<'a, str>> {
        if !self.recipe.signs_url() {
            return Some(Cow::Borrowed(""));
        }
        self.origin.url(request, received)
    }

    fn check_headers(&self, request: &Request) -> Result<(), CannotSign> {
        for part in self.recipe.message.parts() {
            if let Part::Header(name) = part
                && !matches!(place::only(&request.headers, name), Ok(Some(_)))
            {
                return Err(CannotSign::NoHeader(name.to_owned()));
            }
        }
        Ok(())
    }

    fn mismatch(&self, keys: Chosen<'_>, signatures: &[Vec<u8>]) -> Refutation {
        let Recipe { proof, signature, .. } = &*self.recipe;
        let place = &signature.place;
        let mut message = match (proof.size(), signatures) {
            (Some(size), [sent]) if sent.len() != size => {
                let sent = sent.len();
                format!("the signature in {place} has {sent} bytes, {proof} makes {size}")
            }
            _ => format!("the signature in {place} is not the {proof} of this message"),
        };
        match (proof, keys.len()) {
            (Proof::Signature(_), _) => message.push_str(" by the configured key"),
            (_, 1) => message.push_str(" with the secret"),
            (_, count) => {
                write!(message, " with any of the {count} secrets")
                    .expect("a text takes every text");
            }
        }
        Refutation::new(Reason::SignatureMismatch, message)
    }
}

/// Whether this reading of the request differs from the plain one.
fn makes_another(filling: &Filling<'_>, url: UrlForm, body: BodyForm) -> bool {
    (url != UrlForm::AsIs && url.apply(filling.url) != filling.url)
        || (body != BodyForm::AsIs && !filling.body.is_ascii())
}

/// What to say about a reading of the request that is not the plain one.
fn reading(sent: &str, url: UrlForm, body: BodyForm) -> Option<String> {
    match (url, body) {
        (UrlForm::AsIs, BodyForm::AsIs) => None,
        (UrlForm::AsIs, BodyForm::AsciiEscaped) => {
            Some("the signature covers the body with \\u escapes for all beyond ASCII".to_owned())
        }
        (url, _) => Some(format!("the signature covers the url as {}", url.apply(sent))),
    }
}

#[cfg(test)]
mod tests;
