//! The keys of HTTP message signatures, each with the one algorithm that it is used with (RFC 9421
//! section 3.3).

use std::sync::Arc;

use ring::hmac;

use crate::domain::verdict::Reason;
use crate::verify::encoding::equal;
use crate::verify::public_key::{PublicKey, SignatureAlgorithm};
use crate::verify::refutation::Refutation;
use crate::verify::signing::CannotSign;
use crate::verify::signing_key::SigningKey;

/// Every algorithm by its name in the registry, with what it is; HMAC if none.
pub(in crate::verify) const ALGORITHMS: &[(&str, Option<SignatureAlgorithm>)] = &[
    ("hmac-sha256", None),
    ("ed25519", Some(SignatureAlgorithm::Ed25519)),
    ("ecdsa-p256-sha256", Some(SignatureAlgorithm::EcdsaP256Sha256Fixed)),
    ("ecdsa-p384-sha384", Some(SignatureAlgorithm::EcdsaP384Sha384Fixed)),
    ("rsa-v1_5-sha256", Some(SignatureAlgorithm::RsaPkcs1Sha256)),
    ("rsa-pss-sha512", Some(SignatureAlgorithm::RsaPssSha512)),
];

/// A key.
#[derive(Clone, Debug)]
pub(in crate::verify) struct Key {
    /// The name of its algorithm.
    pub(in crate::verify) algorithm: &'static str,
    /// The key itself.
    pub(in crate::verify) material: Material,
}

/// The key itself.
#[derive(Clone, Debug)]
pub(in crate::verify) enum Material {
    /// Of HMAC-SHA-256, shared with the sender.
    Shared(hmac::Key),
    /// Of a signature.
    Pair {
        algorithm: SignatureAlgorithm,
        public: PublicKey,
        /// To sign with, where it is known.
        private: Option<Arc<SigningKey>>,
    },
}

impl Key {
    /// Checks that this is the signature of the base.
    pub(in crate::verify) fn check(&self, base: &[u8], signature: &[u8]) -> Result<(), Refutation> {
        let holds = match &self.material {
            Material::Shared(key) => equal(signature, hmac::sign(key, base).as_ref()),
            Material::Pair { algorithm, public, .. } => public.verify(*algorithm, base, signature),
        };
        if holds {
            return Ok(());
        }
        let name = self.algorithm;
        let sent = signature.len();
        let message = match self.size() {
            Some(size) if size != sent => {
                let der =
                    if name.starts_with("ecdsa") { "; is it DER instead of r and s?" } else { "" };
                format!("the signature has {sent} bytes, {name} makes {size}{der}")
            }
            _ => format!("the signature is not that of these components by {name} and the key"),
        };
        Err(Refutation::new(Reason::SignatureMismatch, message))
    }

    /// The signature of the base.
    pub(in crate::verify) fn sign(&self, base: &[u8]) -> Result<Vec<u8>, CannotSign> {
        match &self.material {
            Material::Shared(key) => Ok(hmac::sign(key, base).as_ref().to_vec()),
            Material::Pair { private: Some(key), .. } => Ok(key.sign(base)),
            Material::Pair { private: None, .. } => Err(CannotSign::NoPrivateKey),
        }
    }

    /// Whether it signs.
    pub(in crate::verify) fn can_sign(&self) -> bool {
        !matches!(self.material, Material::Pair { private: None, .. })
    }

    /// The bytes of every signature, where they are always as many.
    fn size(&self) -> Option<usize> {
        match self.algorithm {
            "hmac-sha256" => Some(32),
            "ed25519" | "ecdsa-p256-sha256" => Some(64),
            "ecdsa-p384-sha384" => Some(96),
            _ => None,
        }
    }
}
