//! The signature methods of OAuth 1.0a.

use std::fmt;

use crate::verify::hash::Hash;

/// A signature method (RFC 5849 section 3.4; HMAC-SHA256 is a common extension).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC-SHA1
    HmacSha1,
    /// HMAC-SHA256
    HmacSha256,
    /// The secrets themselves, which cover nothing.
    Plaintext,
}

impl Algorithm {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::HmacSha1, Self::HmacSha256, Self::Plaintext];

    /// The methods that are allowed unless the user says otherwise.
    pub const DEFAULT: [Self; 2] = [Self::HmacSha1, Self::HmacSha256];

    /// The value of `oauth_signature_method`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::Plaintext => "PLAINTEXT",
        }
    }

    /// The method of that name; letter case matters.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }

    /// The hash within the HMAC, if the method is one.
    pub(in crate::verify) fn hash(self) -> Option<Hash> {
        match self {
            Self::HmacSha1 => Some(Hash::Sha1),
            Self::HmacSha256 => Some(Hash::Sha256),
            Self::Plaintext => None,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
