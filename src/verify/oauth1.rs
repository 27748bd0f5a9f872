//! OAuth 1.0a (RFC 5849) with the body hash of its extension: verifies and signs.
//!
//! It does not remember nonces: whether one was used before is a question about all deliveries.
//!
//! Reading order: [`OAuth1`] here, then `sent` and `parameters` (what a request says), `coverage`,
//! `place` (for signing), `percent` and [`algorithm`].

pub mod algorithm;
mod percent;
pub(super) mod parameters;
mod sent;
mod coverage;
mod place;

use super::address::{self, Origin};
use super::clock::Window;
use super::encoding::{Encoding, equal};
use super::expectation::Expectation;
use super::hash::Hash;
use super::key::matched;
use super::public_key::{PublicKey, SignatureAlgorithm};
use super::received::Received;
use super::refutation::{Refutation, excerpt};
use super::signing::{CannotSign, Signing};
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::secret::Secret;
use crate::domain::verdict::Reason;
use algorithm::{Algorithm, Proof};
use parameters::Parameters;
use percent::encode;
use place::Place;
use sent::Sent;

const UNKNOWN_URL: &str =
    "the url is signed, but neither a public url nor the Host header names it";

/// What an endpoint expects of OAuth 1.0a.
#[derive(Clone, Debug)]
pub struct OAuth1 {
    pub(super) name: SchemeName,
    /// The consumer key.
    pub(super) key: String,
    /// The consumer secrets, of which any may match; there is at least one where a method needs one.
    pub(super) secrets: Vec<Secret>,
    /// The consumer's public key; there is one where a method needs one.
    pub(super) public_key: Option<PublicKey>,
    /// The token; empty if none is used.
    pub(super) token: Secret,
    /// The secret that belongs to the token; empty if none is used.
    pub(super) token_secret: Secret,
    /// The methods that are allowed, at least one; signing takes the first that needs no private key.
    pub(super) algorithms: Vec<Algorithm>,
    /// How far the timestamp may lie from the arrival.
    pub(super) window: Window,
    /// Whether the signature has to cover the body.
    pub(super) require_body_hash: bool,
    /// Where the URL as the sender knows it comes from.
    pub(super) origin: Origin,
}

impl OAuth1 {
    /// The notes for a request whose signature holds.
    pub(super) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let parameters = Parameters::of(request)?;
        if !parameters.has_protocol() {
            let message = "there are no OAuth parameters in Authorization header, query or form";
            return Err(Refutation::missing(message));
        }
        let sent = Sent::read(request, &parameters)?;
        self.check_names(&sent)?;
        let algorithm = self.check_algorithm(sent.method)?;
        let secret = match algorithm.proof() {
            Proof::Secrets => Some(self.check_plaintext(sent.signature)?),
            Proof::Hmac(hash) => {
                let base = self.received_base_string(request, received, &parameters)?;
                Some(self.check_hmac(hash, &sent.decoded_signature()?, &base)?)
            }
            Proof::Rsa(algorithm) => {
                let base = self.received_base_string(request, received, &parameters)?;
                self.check_rsa(algorithm, &sent.decoded_signature()?, &base)?;
                None
            }
        };
        coverage::check_body_hash(request, algorithm, &sent, self.require_body_hash)?;
        if let Some(seconds) = sent.seconds {
            self.window.judge(seconds, received.at)?;
        }
        let loose = parameters.is_loose("oauth_signature").then(|| {
            "oauth_signature is not percent-encoded as it should be, which others may refuse"
                .to_owned()
        });
        let notes = secret.and_then(|secret| matched(secret, self.secrets.len()));
        let uncovered = coverage::uncovered(request, algorithm, &sent);
        Ok(notes.into_iter().chain(loose).chain(uncovered).collect())
    }

    /// What has to be new in every request: the nonce, with the consumer, the token and the time that
    /// it belongs to.
    pub(super) fn nonce(&self, request: &Request) -> Option<Vec<u8>> {
        let parameters = Parameters::of(request).ok()?;
        let once = |name| parameters.once(name).ok().flatten();
        let nonce = once("oauth_nonce")?;
        let time = once("oauth_timestamp").unwrap_or_default();
        let token = once("oauth_token").unwrap_or_default();
        let parts = [self.key.as_bytes(), token, time, nonce];
        Some(parts.map(|part| encode(part).to_string()).join("&").into_bytes())
    }

    /// The timestamp, if the request carries one that can be read.
    pub(super) fn signed_seconds(request: &Request) -> Option<i64> {
        let parameters = Parameters::of(request).ok()?;
        Sent::read(request, &parameters).ok()?.seconds
    }

    /// What the check of this request compares; none if it does not get as far as that, or if the
    /// signature is the secrets themselves.
    pub(super) fn expectation(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Option<Expectation> {
        let parameters = Parameters::of(request).ok()?;
        let sent = Sent::read(request, &parameters).ok()?;
        let method = self.check_algorithm(sent.method).ok()?;
        let message = self.base_string(request, received, &parameters)?;
        let mac = |hash: Hash, secret| hash.mac(&self.key_text(secret), &message);
        let expected = match method.proof() {
            Proof::Secrets => return None,
            Proof::Hmac(hash) => self
                .secrets
                .iter()
                .map(|secret| Encoding::Base64.encode(mac(hash, secret).as_ref()))
                .collect(),
            Proof::Rsa(_) => Vec::new(),
        };
        let received = vec![Encoding::Base64.encode(&sent.decoded_signature().ok()?)];
        Some(Expectation { message, expected, received })
    }

    /// The request as it verifies, with the parameters at the place where they were before. What an
    /// old header has beside those of the protocol is kept, and a body hash is made anew where there
    /// was one.
    pub(super) fn signed(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Request, CannotSign> {
        let unreadable = |refutation: Refutation| CannotSign::Unreadable(refutation.message);
        let (place, unsigned) = (Place::of(request), place::without(request));
        let mut parameters = Parameters::outside_header(&unsigned).map_err(unreadable)?;
        let algorithm = self.algorithms.iter().copied();
        let algorithm = algorithm
            .into_iter()
            .find(|algorithm| !matches!(algorithm.proof(), Proof::Rsa(_)))
            .ok_or(CannotSign::NoPrivateKey)?;
        let time = signing.at.as_second().to_string();
        let body_hash = Encoding::Base64.encode(Hash::Sha1.digest(&request.body).as_ref());
        // An old header that cannot be read has nothing worth keeping.
        let mut own = Parameters::in_header(request).unwrap_or_default().without_protocol();
        own.push("oauth_consumer_key", self.key.as_bytes());
        if !self.token.expose().is_empty() {
            own.push("oauth_token", self.token.expose());
        }
        own.push("oauth_signature_method", algorithm.as_str().as_bytes());
        own.push("oauth_timestamp", time.as_bytes());
        own.push("oauth_nonce", signing.nonce.as_bytes());
        own.push("oauth_version", b"1.0");
        if self.hashes_body(request) {
            own.push("oauth_body_hash", body_hash.as_bytes());
        }
        parameters.extend(&own);
        let key = self.key_text(&self.secrets[0]);
        let signature = match algorithm.hash() {
            None => key.expose().to_vec(),
            Some(hash) => {
                let received = Received { at: signing.at, public_url: signing.public_url };
                let base =
                    self.base_string(request, &received, &parameters).ok_or(CannotSign::NoUrl)?;
                Encoding::Base64.encode(hash.mac(&key, &base).as_ref()).into_bytes()
            }
        };
        own.push("oauth_signature", &signature);
        place.write(unsigned.clone(), &own, Parameters::realm(request))
    }

    fn hashes_body(&self, request: &Request) -> bool {
        let old = Parameters::of(request).unwrap_or_default();
        let hashed = self.require_body_hash || matches!(old.once("oauth_body_hash"), Ok(Some(_)));
        hashed && !request.is_form()
    }

    fn check_names(&self, sent: &Sent<'_>) -> Result<(), Refutation> {
        if !equal(sent.key, self.key.as_bytes()) {
            let (sent, own) = (excerpt(sent.key), &self.key);
            let message = format!("oauth_consumer_key is {sent:?}, the configured key is {own:?}");
            return Err(Refutation::new(Reason::UnknownKey, message));
        }
        if equal(sent.token, self.token.expose()) {
            Ok(())
        } else if sent.token.is_empty() {
            Err(Refutation::malformed("oauth_token is missing"))
        } else if self.token.expose().is_empty() {
            let message =
                "oauth_token names a token, but none is configured; add token and token_secret";
            Err(Refutation::new(Reason::UnknownKey, message))
        } else {
            Err(Refutation::new(Reason::UnknownKey, "oauth_token is not the configured one"))
        }
    }

    fn check_algorithm(&self, sent: &[u8]) -> Result<Algorithm, Refutation> {
        let allowed = self.algorithms.iter().find(|own| *own.as_str().as_bytes() == *sent);
        allowed.copied().ok_or_else(|| {
            let names = self.algorithms.iter().map(|own| own.as_str()).collect::<Vec<_>>();
            let (sent, allowed) = (excerpt(sent), names.join(" and "));
            let message = format!("oauth_signature_method is {sent:?}, allowed is {allowed}");
            Refutation::new(Reason::UnsupportedAlgorithm, message)
        })
    }

    fn check_plaintext(&self, sent: &[u8]) -> Result<&Secret, Refutation> {
        let same = |secret: &&Secret| equal(sent, self.key_text(secret).expose());
        self.secrets.iter().find(same).ok_or_else(|| {
            let message = "oauth_signature is not the configured secrets";
            Refutation::new(Reason::WrongCredential, message)
        })
    }

    fn check_hmac(&self, hash: Hash, sent: &[u8], base: &[u8]) -> Result<&Secret, Refutation> {
        let holds = |secret: &&Secret| equal(sent, hash.mac(&self.key_text(secret), base).as_ref());
        self.secrets.iter().find(holds).ok_or_else(|| {
            let message = format!("oauth_signature is not the HMAC-{hash} of the base string");
            Refutation::new(Reason::SignatureMismatch, message)
        })
    }

    fn check_rsa(
        &self,
        algorithm: SignatureAlgorithm,
        sent: &[u8],
        base: &[u8],
    ) -> Result<(), Refutation> {
        if self.public_key.as_ref().is_some_and(|key| key.verify(algorithm, base, sent)) {
            return Ok(());
        }
        let message = format!(
            "oauth_signature is not that of the base string by {algorithm} and the public key"
        );
        Err(Refutation::new(Reason::SignatureMismatch, message))
    }

    fn received_base_string(
        &self,
        request: &Request,
        received: &Received<'_>,
        parameters: &Parameters<'_>,
    ) -> Result<Vec<u8>, Refutation> {
        self.base_string(request, received, parameters)
            .ok_or_else(|| Refutation::missing(UNKNOWN_URL))
    }

    /// The key of the HMAC, which is also the signature of PLAINTEXT (RFC 5849 section 3.4.2).
    fn key_text(&self, secret: &Secret) -> Secret {
        Secret::new(format!("{}&{}", encode(secret.expose()), encode(self.token_secret.expose())))
    }

    /// The signature base string (RFC 5849 section 3.4.1); none if the URL cannot be told.
    fn base_string(
        &self,
        request: &Request,
        received: &Received<'_>,
        parameters: &Parameters<'_>,
    ) -> Option<Vec<u8>> {
        let url = self.origin.url(request, received)?;
        let uri = address::base_uri(&url)?;
        let method = request.method.as_str().to_ascii_uppercase();
        let normalized = parameters.normalized();
        let (uri, normalized) = (encode(uri.as_bytes()), encode(normalized.as_bytes()));
        Some(format!("{method}&{uri}&{normalized}").into_bytes())
    }
}

#[cfg(test)]
mod tests;
