//! How a sender proves its deliveries with a JSON web token, as data.

use crate::verify::credentials::TokenRule;
use crate::verify::hash::Hash;
use crate::verify::key::KeyForm;
use crate::verify::public_key::SignatureAlgorithm;
use crate::verify::recipe::{DigestRule, DigestSource};
use crate::verify::template::{Part, Template};

/// How a sender proves its deliveries with a JSON web token (RFC 7519).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JwtRecipe {
    /// Where the token stands.
    pub token: TokenRule,
    /// How the key is made from a shared secret.
    pub key: KeyForm,
    /// The algorithms that the sender uses; the keys decide if there is none.
    pub algorithms: Vec<Algorithm>,
    /// What the claim `iss` has to be, unless the user says otherwise.
    pub issuer: Option<String>,
    /// What the claim `aud` has to be or to have, unless the user says otherwise.
    pub audience: Option<Template>,
    /// The claims that have to be there.
    pub required: Vec<String>,
    /// Claims that are digests of what the token is to prove.
    pub digests: Vec<DigestRule>,
    /// What stays the same when the sender tries again.
    pub dedupe: Option<DigestSource>,
}

/// An algorithm of RFC 7518. `none` is not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC
    Hs(Hash),
    /// RSA PKCS#1 v1.5, or ECDSA
    Public(SignatureAlgorithm),
}

impl Algorithm {
    /// Every algorithm by its name.
    pub const ALL: [(&str, Self); 7] = [
        ("HS256", Self::Hs(Hash::Sha256)),
        ("HS384", Self::Hs(Hash::Sha384)),
        ("HS512", Self::Hs(Hash::Sha512)),
        ("RS256", Self::Public(SignatureAlgorithm::RsaPkcs1Sha256)),
        ("RS384", Self::Public(SignatureAlgorithm::RsaPkcs1Sha384)),
        ("RS512", Self::Public(SignatureAlgorithm::RsaPkcs1Sha512)),
        ("ES256", Self::Public(SignatureAlgorithm::EcdsaP256Sha256Fixed)),
    ];

    /// The algorithm of that name; letter case matters.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, algorithm)| *algorithm)
    }

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, algorithm)| *algorithm == self).map_or("none", |(name, _)| name)
    }
}

impl JwtRecipe {
    /// Whether a claim is about the URL.
    pub(in crate::verify) fn signs_url(&self) -> bool {
        let mut templates = self.audience.iter().chain(self.digests.iter().map(|rule| &rule.of));
        templates.any(|template| template.has(&Part::Url))
    }
}
