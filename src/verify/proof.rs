//! The keys of one endpoint, and the one step of a check in which something is proven.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use ring::hmac;

use super::address;
use super::encoding::equal;
use super::hash::Hash;
use super::key::{Key, matched};
use super::public_key::{PublicKey, SignatureAlgorithm};
use super::recipe::{CertificateRule, Proof};
use super::refutation::{Refutation, excerpt};
use super::signing::CannotSign;
use super::signing_key::SigningKey;
use crate::domain::http::Request;
use crate::domain::verdict::Reason;

/// Checking a public-key signature costs a hundred times what an HMAC does, so that nobody may send
/// thousands of them.
const MOST_SIGNATURES: usize = 16;

/// A message in pieces.
pub(super) type Pieces<'a> = Vec<Cow<'a, [u8]>>;

/// What an endpoint proves signatures with.
#[derive(Clone, Debug)]
pub(super) enum Keys {
    /// Shared ones, of which any may match; at least one.
    Shared(Vec<Key>),
    /// The sender's public key.
    Public(PublicKey),
    /// The sender's private key, for signing, and the public key of it.
    Private(Arc<SigningKey>, PublicKey),
    /// What the certificates hold that a request may name, by their addresses.
    Certificates(BTreeMap<String, PublicKey>),
}

/// The keys that count for one request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Chosen<'a> {
    Shared(&'a [Key]),
    Public(&'a PublicKey),
}

impl Keys {
    /// The keys that count for this request: with certificates, the one that it names.
    pub(super) fn choose(
        &self,
        rule: Option<&CertificateRule>,
        request: &Request,
    ) -> Result<Chosen<'_>, Refutation> {
        match (self, rule) {
            (Self::Shared(keys), _) => Ok(Chosen::Shared(keys)),
            (Self::Public(key) | Self::Private(_, key), _) => Ok(Chosen::Public(key)),
            (Self::Certificates(known), Some(rule)) => {
                certificate(known, rule, request).map(Chosen::Public)
            }
            (Self::Certificates(_), None) => {
                Err(Refutation::new(Reason::UnknownKey, "the request names no certificate"))
            }
        }
    }

    /// Each key by itself.
    pub(super) fn each(&self) -> Vec<Self> {
        match self {
            Self::Shared(keys) => keys.iter().map(|key| Self::Shared(vec![key.clone()])).collect(),
            other => vec![other.clone()],
        }
    }

    /// The key for the HMACs of handshakes.
    pub(super) fn hmac(&self) -> Option<&hmac::Key> {
        match self {
            Self::Shared(keys) => keys.first().map(|key| &key.hmac),
            _ => None,
        }
    }

    /// The signature of a message that may hold the secret.
    pub(super) fn sign<'a>(
        &self,
        proof: Proof,
        message: impl Fn(&[u8]) -> Result<Pieces<'a>, Refutation>,
    ) -> Result<Vec<u8>, CannotSign> {
        let unreadable = |refutation: Refutation| CannotSign::Unreadable(refutation.message);
        match (self, proof) {
            (Self::Shared(keys), Proof::Mac(_)) => {
                let pieces = message(keys[0].bytes.expose()).map_err(unreadable)?;
                Ok(mac(&keys[0], &pieces).as_ref().to_vec())
            }
            (Self::Shared(keys), Proof::Digest(hash)) => {
                Ok(digest(hash, &message(keys[0].bytes.expose()).map_err(unreadable)?))
            }
            (Self::Private(key, _), Proof::Signature(SignatureAlgorithm::Ed25519)) => {
                Ok(key.sign(&message(b"").map_err(unreadable)?.concat()))
            }
            _ => Err(CannotSign::NoPrivateKey),
        }
    }
}

impl Chosen<'_> {
    /// Whether one of the keys made one of these signatures, with what there is to tell about which.
    pub(super) fn proves<'a>(
        &self,
        proof: Proof,
        signatures: &[Vec<u8>],
        message: impl Fn(&[u8]) -> Result<Pieces<'a>, Refutation>,
    ) -> Result<Option<Vec<String>>, Refutation> {
        match (self, proof) {
            (Self::Shared(keys), Proof::Mac(_) | Proof::Digest(_)) => {
                if signatures.iter().all(|sent| Some(sent.len()) != proof.size()) {
                    return Ok(None);
                }
                for key in *keys {
                    let pieces = message(key.bytes.expose())?;
                    let holds = |made: &[u8]| signatures.iter().any(|sent| equal(sent, made));
                    let is_it = match proof {
                        Proof::Digest(hash) => holds(&digest(hash, &pieces)),
                        _ => holds(mac(key, &pieces).as_ref()),
                    };
                    if is_it {
                        return Ok(Some(Vec::from_iter(matched(&key.secret, keys.len()))));
                    }
                }
                Ok(None)
            }
            (Self::Public(key), Proof::Signature(algorithm)) => {
                if signatures.len() > MOST_SIGNATURES {
                    let message = format!("there are more than {MOST_SIGNATURES} signatures");
                    return Err(Refutation::malformed(message));
                }
                let message = message(b"")?.concat();
                let holds = |sent: &Vec<u8>| key.verify(algorithm, &message, sent);
                Ok(signatures.iter().any(holds).then(Vec::new))
            }
            _ => Ok(None),
        }
    }

    /// How many keys were tried.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Shared(keys) => keys.len(),
            Self::Public(_) => 1,
        }
    }
}

fn mac(key: &Key, pieces: &Pieces<'_>) -> hmac::Tag {
    let mut context = hmac::Context::with_key(&key.hmac);
    for piece in pieces {
        context.update(piece);
    }
    context.sign()
}

fn digest(hash: Hash, pieces: &Pieces<'_>) -> Vec<u8> {
    let mut context = hash.digesting();
    for piece in pieces {
        context.update(piece);
    }
    context.finish().as_ref().to_vec()
}

fn certificate<'k>(
    known: &'k BTreeMap<String, PublicKey>,
    rule: &CertificateRule,
    request: &Request,
) -> Result<&'k PublicKey, Refutation> {
    let sent = rule.place.first(request)?;
    let shown = excerpt(&sent);
    let address = std::str::from_utf8(&sent).unwrap_or_default();
    if !address::https_host(address).is_some_and(|host| rule.hosts.contains(&host)) {
        let hosts = rule.hosts.join(" or ");
        let message = format!("the certificate address {shown:?} is not one of https at {hosts}");
        return Err(Refutation::new(Reason::UntrustedCertificate, message));
    }
    known.get(address).ok_or_else(|| {
        let message = format!(
            "the certificate {shown:?} is not configured; fetch it and name it under certificates"
        );
        Refutation::new(Reason::UnknownKey, message)
    })
}
