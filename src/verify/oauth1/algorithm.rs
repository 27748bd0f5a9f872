//! The signature methods of OAuth 1.0a.

use std::fmt;

use crate::verify::hash::Hash;
use crate::verify::public_key::SignatureAlgorithm;

/// A signature method (RFC 5849 section 3.4; those with SHA-2 are common extensions).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC-SHA1
    HmacSha1,
    /// HMAC-SHA256
    HmacSha256,
    /// HMAC-SHA512
    HmacSha512,
    /// RSA-SHA1
    RsaSha1,
    /// RSA-SHA256
    RsaSha256,
    /// The secrets themselves, which cover nothing.
    Plaintext,
}

/// What a method asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verify) enum Proof {
    /// A MAC with the secrets.
    Hmac(Hash),
    /// A signature with the private key of the sender.
    Rsa(SignatureAlgorithm),
    /// The secrets.
    Secrets,
}

impl Algorithm {
    /// Every method.
    pub const ALL: [Self; 6] = [
        Self::HmacSha1,
        Self::HmacSha256,
        Self::HmacSha512,
        Self::RsaSha1,
        Self::RsaSha256,
        Self::Plaintext,
    ];

    /// The methods that are allowed with a secret unless the user says otherwise.
    pub const WITH_SECRET: [Self; 2] = [Self::HmacSha1, Self::HmacSha256];

    /// The methods that are allowed with a public key unless the user says otherwise.
    pub const WITH_PUBLIC_KEY: [Self; 2] = [Self::RsaSha1, Self::RsaSha256];

    /// The value of `oauth_signature_method`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::HmacSha512 => "HMAC-SHA512",
            Self::RsaSha1 => "RSA-SHA1",
            Self::RsaSha256 => "RSA-SHA256",
            Self::Plaintext => "PLAINTEXT",
        }
    }

    /// The method of that name; letter case matters.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }

    /// What it asks for.
    pub(in crate::verify) fn proof(self) -> Proof {
        match self {
            Self::HmacSha1 => Proof::Hmac(Hash::Sha1),
            Self::HmacSha256 => Proof::Hmac(Hash::Sha256),
            Self::HmacSha512 => Proof::Hmac(Hash::Sha512),
            Self::RsaSha1 => Proof::Rsa(SignatureAlgorithm::RsaPkcs1Sha1),
            Self::RsaSha256 => Proof::Rsa(SignatureAlgorithm::RsaPkcs1Sha256),
            Self::Plaintext => Proof::Secrets,
        }
    }

    /// The hash within the signature, if it covers the request.
    pub(in crate::verify) fn hash(self) -> Option<Hash> {
        match self {
            Self::HmacSha1 | Self::RsaSha1 => Some(Hash::Sha1),
            Self::HmacSha256 | Self::RsaSha256 => Some(Hash::Sha256),
            Self::HmacSha512 => Some(Hash::Sha512),
            Self::Plaintext => None,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
