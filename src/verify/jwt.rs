//! Schemes that prove a delivery with a JSON web token (RFC 7515, RFC 7519): follows a
//! [`JwtRecipe`], to verify and to sign.
//!
//! The algorithm is believed only if it is allowed, and each algorithm has keys of its own kind: a
//! public key is never the secret of an HMAC.

pub mod recipe;
mod token;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::address::Origin;
use super::clock::Window;
use super::credentials::TokenPlace;
use super::digests;
use super::encoding::{Encoding, equal};
use super::json::Pointer;
use super::key::{Key, matched};
use super::public_key::PublicKey;
use super::received::Received;
use super::recipe::DigestSource;
use super::refutation::{Refutation, excerpt};
use super::settings::Settings;
use super::signing::{CannotSign, Signing};
use super::template::{Filling, Part};
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::secret::Secret;
use crate::domain::verdict::Reason;
use recipe::{Algorithm, JwtRecipe};
use token::Token;

/// How long a token that is made here is valid.
const LIFETIME: Duration = Duration::from_secs(300);

/// A recipe with the keys of one endpoint.
#[derive(Clone, Debug)]
pub struct Jwt {
    pub(super) name: SchemeName,
    pub(super) recipe: Arc<JwtRecipe>,
    /// Where the token stands.
    pub(super) place: TokenPlace,
    /// The algorithms that are allowed, at least one; each has a key of its kind.
    pub(super) algorithms: Vec<Algorithm>,
    /// The secrets of HMACs with their keys.
    pub(super) secrets: Vec<Secret>,
    /// The key of signatures.
    pub(super) public_key: Option<PublicKey>,
    /// What `iss` has to be.
    pub(super) issuer: Option<String>,
    /// What `aud` has to be or to have; else what the recipe says.
    pub(super) audience: Option<String>,
    /// How far the times of the token may be off.
    pub(super) leeway: Duration,
    pub(super) origin: Origin,
    pub(super) settings: Settings,
}

impl Jwt {
    /// The notes for a request whose token holds.
    pub(super) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let sent = self.place.read(request)?;
        let token = Token::read(&sent)?;
        let algorithm = self.algorithm(&token.header)?;
        let mut notes = Vec::from_iter(self.check_signature(algorithm, &token)?);
        let url = if self.recipe.signs_url() { self.origin.url(request, received) } else { None };
        let filling = Filling {
            url: url.as_deref().unwrap_or_default(),
            ..Filling::of(request, &self.settings)
        };
        let covers_body = digests::check(&self.recipe.digests, &filling, Some(&token.claims))?;
        self.check_claims(&token.claims, &filling)?;
        notes.extend(self.check_times(&token.claims, received.at)?);
        if !covers_body && !request.body.is_empty() {
            notes.push("the token does not cover the body".to_owned());
        }
        Ok(notes)
    }

    /// The request with a token that makes it verify.
    pub(super) fn sign(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Request, CannotSign> {
        let hmac = |algorithm: &Algorithm| match algorithm {
            Algorithm::Hs(hash) => Some((algorithm.as_str(), *hash)),
            Algorithm::Public(_) => None,
        };
        let (name, hash) = self.algorithms.iter().find_map(hmac).ok_or(CannotSign::NoPrivateKey)?;
        let secret = self.secrets.first().ok_or(CannotSign::NoSecret)?;
        let key = Key::read(&self.recipe.key, hash, secret).ok_or(CannotSign::NoSecret)?;
        let claims = Value::Object(self.claims(request, signing)?).to_string();
        let encode = |text: &str| Encoding::Base64Url.encode(text.as_bytes());
        let header = format!("{{\"alg\":\"{name}\",\"typ\":\"JWT\"}}");
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let tag = ring::hmac::sign(&key.hmac, signed.as_bytes());
        let token = format!("{signed}.{}", Encoding::Base64Url.encode(tag.as_ref()));
        self.place.write(request, token.as_bytes())
    }

    /// The times before and from which the token is not good, in seconds since 1970, as far as it can
    /// be read.
    pub(super) fn times(&self, request: &Request) -> (Option<i64>, Option<i64>) {
        let Ok(sent) = self.place.read(request) else { return (None, None) };
        let Ok(token) = Token::read(&sent) else { return (None, None) };
        let time = |name| token::seconds(&token.claims, name).ok().flatten();
        (time("nbf"), time("exp"))
    }

    /// The value of a claim, if the request has a token that can be read and carries it.
    pub(super) fn claim(&self, request: &Request, claim: &Pointer) -> Option<Vec<u8>> {
        let sent = self.place.read(request).ok()?;
        let token = Token::read(&sent).ok()?;
        Some(claim.text(&token.claims).ok()??.into_owned())
    }

    /// The algorithm that the header names, if it is allowed.
    fn algorithm(&self, header: &[u8]) -> Result<Algorithm, Refutation> {
        let unsupported = |message: String| Refutation::new(Reason::UnsupportedAlgorithm, message);
        if token::member(header, "crit")?.is_some() {
            let message = "the token's header has crit, which asks for an extension";
            return Err(unsupported(message.to_owned()));
        }
        let name = token::text(header, "alg")?
            .ok_or_else(|| Refutation::malformed("the token's header has no alg"))?;
        let known = Algorithm::from_name(&name);
        known.filter(|algorithm| self.algorithms.contains(algorithm)).ok_or_else(|| {
            let allowed = self.algorithms.iter().map(|algorithm| algorithm.as_str());
            let allowed = allowed.collect::<Vec<_>>().join(", ");
            let name = excerpt(name.as_bytes());
            unsupported(format!("the token's algorithm is {name:?}; allowed are {allowed}"))
        })
    }

    /// A note which of several secrets made the signature.
    fn check_signature(
        &self,
        algorithm: Algorithm,
        token: &Token<'_>,
    ) -> Result<Option<String>, Refutation> {
        let mismatch = |with: &str| {
            let message =
                format!("the token's signature is not one of {} {with}", algorithm.as_str());
            Refutation::new(Reason::SignatureMismatch, message)
        };
        match algorithm {
            Algorithm::Hs(hash) => {
                let holds = |secret: &&Secret| {
                    Key::read(&self.recipe.key, hash, secret).is_some_and(|key| {
                        let tag = ring::hmac::sign(&key.hmac, token.signed);
                        equal(tag.as_ref(), &token.signature)
                    })
                };
                let secret = self.secrets.iter().find(holds);
                let secret = secret.ok_or_else(|| mismatch("with any configured secret"))?;
                Ok(matched(secret, self.secrets.len()))
            }
            Algorithm::Public(algorithm) => {
                let holds = |key: &PublicKey| key.verify(algorithm, token.signed, &token.signature);
                if self.public_key.as_ref().is_some_and(holds) {
                    return Ok(None);
                }
                Err(mismatch("by the configured key"))
            }
        }
    }

    fn check_claims(&self, claims: &[u8], filling: &Filling<'_>) -> Result<(), Refutation> {
        let wrong = |message: String| Refutation::new(Reason::ClaimMismatch, message);
        for name in &self.recipe.required {
            if token::member(claims, name)?.is_none() {
                return Err(wrong(format!("the signature holds, but the claim {name} is missing")));
            }
        }
        if let Some(issuer) = &self.issuer
            && token::text(claims, "iss")?.as_ref() != Some(issuer)
        {
            return Err(wrong(format!("the signature holds, but the claim iss is not {issuer:?}")));
        }
        if let Some(audience) = self.audience(filling)? {
            let sent = Pointer::member("aud")
                .texts(claims)
                .map_err(|why| token::unreadable("aud", why))?;
            if !sent.iter().any(|sent| *sent == audience) {
                let sent = sent.join(", ");
                let sent = excerpt(sent.as_bytes());
                return Err(wrong(format!(
                    "the signature holds, but the claim aud is {sent:?} and not {audience:?}"
                )));
            }
        }
        Ok(())
    }

    /// A note if the token is valid for ever.
    fn check_times(&self, claims: &[u8], at: Timestamp) -> Result<Option<String>, Refutation> {
        let leeway = Some(self.leeway);
        if let Some(not_before) = token::seconds(claims, "nbf")? {
            let window = Window { back: None, ahead: leeway };
            window.judge(not_before, at).map_err(|refutation| {
                let Refutation { reason, message } = refutation;
                Refutation::new(reason, format!("{message} (claim nbf)"))
            })?;
        }
        let Some(expires) = token::seconds(claims, "exp")? else {
            return Ok(Some("the token has no exp and never expires".to_owned()));
        };
        let limit = expires.saturating_add(self.leeway.as_secs().try_into().unwrap_or(i64::MAX));
        if at.as_second() >= limit {
            let ago = at.as_second().saturating_sub(expires);
            let message =
                format!("the signature holds, but the token expired {ago} s before the arrival");
            return Err(Refutation::new(Reason::Stale, message));
        }
        Ok(None)
    }

    /// What `aud` has to be, if that is known.
    fn audience(&self, filling: &Filling<'_>) -> Result<Option<String>, Refutation> {
        match (&self.audience, &self.recipe.audience) {
            (Some(audience), _) => Ok(Some(audience.clone())),
            (None, Some(template)) if template.has(&Part::Url) && filling.url.is_empty() => {
                let message =
                    "the claim aud is the url, but there is neither a public url nor a Host header";
                Err(Refutation::missing(message))
            }
            (None, Some(template)) => {
                Ok(Some(String::from_utf8_lossy(&template.fill(filling)?).into_owned()))
            }
            (None, None) => Ok(None),
        }
    }

    /// The claims of a token for this request.
    fn claims(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Map<String, Value>, CannotSign> {
        let unreadable = |refutation: Refutation| CannotSign::Unreadable(refutation.message);
        let received = Received { at: signing.at, public_url: signing.public_url };
        let url = if self.recipe.signs_url() {
            self.origin.url(request, &received).ok_or(CannotSign::NoUrl)?
        } else {
            "".into()
        };
        let filling = Filling { url: &url, ..Filling::of(request, &self.settings) };
        let now = signing.at.as_second();
        let mut claims = Map::new();
        for name in &self.recipe.required {
            claims.insert(name.clone(), Value::from(""));
        }
        if let Some(issuer) = &self.issuer {
            claims.insert("iss".to_owned(), issuer.as_str().into());
        }
        if let Some(audience) = self.audience(&filling).map_err(unreadable)? {
            claims.insert("aud".to_owned(), audience.into());
        }
        claims.insert("iat".to_owned(), now.into());
        claims.insert("nbf".to_owned(), now.into());
        claims.insert("exp".to_owned(), (now + LIFETIME.as_secs().cast_signed()).into());
        claims.insert("jti".to_owned(), signing.nonce.into());
        for rule in &self.recipe.digests {
            if let DigestSource::Claim(claim) = &rule.from
                && !(rule.absent_if_empty && request.body.is_empty())
            {
                let digest = digests::made(rule, &filling).map_err(unreadable)?;
                claims.insert(claim.name().to_owned(), digest.into());
            }
        }
        Ok(claims)
    }
}

#[cfg(test)]
mod tests;
