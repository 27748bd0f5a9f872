//! Private keys of Ed25519, to sign with.

use std::fmt;

use ring::signature::{Ed25519KeyPair, KeyPair as _};

use super::key_text;
use super::public_key::PublicKey;
use crate::domain::secret::Secret;

/// The number of bytes of the seed that an Ed25519 key is made of.
const SEED: usize = 32;

/// A private key of Ed25519, ready to sign. It is never printed.
pub struct SigningKey(Ed25519KeyPair);

/// Why a text is not a private key that can be used. Never holds anything of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "is not a private key of Ed25519: neither PEM (PRIVATE KEY), nor its DER, its 32 bytes, or these \
     and the public key in base64 or hex"
)]
pub struct SigningKeyError;

impl SigningKey {
    /// Reads a key: PEM (`PRIVATE KEY`), or in base64 or hex the DER of a PKCS#8 structure, the 32
    /// bytes of the seed, or these with the public key behind them.
    pub fn parse(secret: &Secret) -> Result<Self, SigningKeyError> {
        let readings = key_text::readings(secret.expose()).into_iter().map(Secret::new);
        let mut keys = readings.map(|bytes| Self::from_bytes(&bytes));
        keys.find_map(Result::ok).ok_or(SigningKeyError)
    }

    /// Reads a key that is decoded: see [`SigningKey::parse`].
    pub fn from_bytes(bytes: &Secret) -> Result<Self, SigningKeyError> {
        let bytes = bytes.expose();
        let pair = match bytes.split_at_checked(SEED) {
            Some((seed, [])) => Ed25519KeyPair::from_seed_unchecked(seed),
            Some((seed, public)) if public.len() == SEED => {
                Ed25519KeyPair::from_seed_and_public_key(seed, public)
            }
            _ => Ed25519KeyPair::from_pkcs8_maybe_unchecked(bytes),
        };
        pair.map(Self).or(Err(SigningKeyError))
    }

    /// The signature of the message, 64 bytes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }

    /// The key that checks what this one signs.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey::ed25519(self.0.public_key().as_ref())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(***)")
    }
}

#[cfg(test)]
mod tests;
