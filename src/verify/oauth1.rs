//! OAuth 1.0a (RFC 5849) with the body hash of its extension: verifies and signs.
//!
//! It does not remember nonces: whether one was used before is a question about all deliveries.
//!
//! Reading order: [`OAuth1`] here, then `sent` and `parameters` (what a request says), `percent`
//! and [`algorithm`].

pub mod algorithm;
mod percent;
mod parameters;
mod sent;

use super::address;
use super::clock::Window;
use super::encoding::{Encoding, equal};
use super::hash::Hash;
use super::key::matched;
use super::received::Received;
use super::refutation::{Refutation, excerpt};
use super::signing::{CannotSign, Signing, field};
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::secret::Secret;
use crate::domain::verdict::Reason;
use algorithm::Algorithm;
use parameters::Parameters;
use percent::encode;
use sent::Sent;

/// What an endpoint expects of OAuth 1.0a.
#[derive(Clone, Debug)]
pub struct OAuth1 {
    pub(super) name: SchemeName,
    /// The consumer key.
    pub(super) key: String,
    /// The consumer secrets, of which any may match; there is at least one.
    pub(super) secrets: Vec<Secret>,
    /// The token; empty if none is used.
    pub(super) token: Secret,
    /// The secret that belongs to the token; empty if none is used.
    pub(super) token_secret: Secret,
    /// The methods that are allowed, at least one; signing takes the first.
    pub(super) algorithms: Vec<Algorithm>,
    /// How far the timestamp may lie from the arrival.
    pub(super) window: Window,
    /// The URL typed at the provider, if it is another than the public URL and the path.
    pub(super) url: Option<String>,
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
        let secret = match algorithm.hash() {
            None => self.check_plaintext(sent.signature)?,
            Some(hash) => {
                let base = self.base_string(request, received, &parameters).ok_or_else(|| {
                    let message =
                        "the url is signed, but neither a public url nor the Host header names it";
                    Refutation::missing(message)
                })?;
                self.check_hmac(hash, sent.signature, &base)?
            }
        };
        if let Some(sent) = &sent.body_hash {
            check_body_hash(request, algorithm, sent)?;
        }
        if let Some(seconds) = sent.seconds {
            self.window.judge(seconds, received.at)?;
        }
        let uncovered = uncovered(request, algorithm, sent.body_hash.as_deref());
        Ok(matched(secret, self.secrets.len()).into_iter().chain(uncovered).collect())
    }

    /// The header field that makes the request verify. Parameters that an old header has beside
    /// those of the protocol are kept, and a body hash is made anew where there was one.
    pub(super) fn sign(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Field, CannotSign> {
        let unreadable = |refutation: Refutation| CannotSign::Unreadable(refutation.message);
        let mut parameters = Parameters::outside_header(request).map_err(unreadable)?;
        if parameters.has_protocol() {
            return Err(CannotSign::ParametersElsewhere);
        }
        // An old header that cannot be read has nothing worth keeping.
        let old = Parameters::in_header(request).unwrap_or_default();
        let hashes_body = matches!(old.once("oauth_body_hash"), Ok(Some(_)));
        let algorithm = self.algorithms[0];
        let time = signing.at.as_second().to_string();
        let mut own = old.without_protocol();
        own.push("oauth_consumer_key", self.key.as_bytes());
        if !self.token.expose().is_empty() {
            own.push("oauth_token", self.token.expose());
        }
        own.push("oauth_signature_method", algorithm.as_str().as_bytes());
        own.push("oauth_timestamp", time.as_bytes());
        own.push("oauth_nonce", signing.nonce.as_bytes());
        own.push("oauth_version", b"1.0");
        let body_hash = Encoding::Base64.encode(Hash::Sha1.digest(&request.body).as_ref());
        if hashes_body && !request.is_form() {
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
        field("Authorization", own.to_header())
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
        let sent = Encoding::Base64
            .decode(sent)
            .ok_or_else(|| Refutation::malformed("oauth_signature cannot be read as base64"))?;
        let holds =
            |secret: &&Secret| equal(&sent, hash.mac(&self.key_text(secret), base).as_ref());
        self.secrets.iter().find(holds).ok_or_else(|| {
            let message = format!("oauth_signature is not the HMAC-{hash} of the base string");
            Refutation::new(Reason::SignatureMismatch, message)
        })
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
        let url = address::signed_url(request, received, self.url.as_deref())?;
        let uri = address::base_uri(&url)?;
        let method = request.method.as_str().to_ascii_uppercase();
        let normalized = parameters.normalized();
        let (uri, normalized) = (encode(uri.as_bytes()), encode(normalized.as_bytes()));
        Some(format!("{method}&{uri}&{normalized}").into_bytes())
    }
}

/// `oauth_body_hash` is SHA-1 in the extension's text and in oauthlib whatever the method is; other
/// senders take the hash of the method. Both are good.
fn check_body_hash(request: &Request, algorithm: Algorithm, sent: &[u8]) -> Result<(), Refutation> {
    let good = [Some(Hash::Sha1), algorithm.hash()]
        .into_iter()
        .flatten()
        .any(|hash| equal(sent, hash.digest(&request.body).as_ref()));
    if good {
        return Ok(());
    }
    let message = "the signature holds, but oauth_body_hash is not the digest of this body";
    Err(Refutation::new(Reason::DigestMismatch, message))
}

fn uncovered(request: &Request, algorithm: Algorithm, body_hash: Option<&[u8]>) -> Option<String> {
    let note = match algorithm.hash() {
        None => "PLAINTEXT covers nothing of the request, neither body nor url",
        Some(_) if body_hash.is_none() && !request.is_form() && !request.body.is_empty() => {
            "the body is not covered: it is not a form and there is no oauth_body_hash"
        }
        Some(_) => return None,
    };
    Some(note.to_owned())
}

#[cfg(test)]
mod tests;
