//! Public keys in the forms that people have them in, and the signatures that they check.
//!
//! A certificate is only a wrapping here: whether it is to be trusted, and whether it has expired,
//! is not asked.

use std::fmt;

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_ASN1,
    ECDSA_P384_SHA384_FIXED, ED25519, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_2048_8192_SHA384, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
};
use x509_cert::Certificate;
use x509_cert::der::asn1::UintRef;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Decode, Encode, Reader, SliceReader};
use x509_cert::spki::SubjectPublicKeyInfoRef;

use super::key_text;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const EDWARDS_25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// The number of bytes of an Ed25519 key.
const ED25519_SIZE: usize = 32;

/// The sizes of RSA keys that are checked with, in bits. Small ones prove little, but a sender that
/// has one should be told what its signature is worth, not that it is malformed.
const RSA_BITS: std::ops::RangeInclusive<usize> = 1024..=8192;

/// A way of signing with a private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// ECDSA on P-256 with SHA-256, the signature in DER.
    EcdsaP256Sha256Der,
    /// ECDSA on P-256 with SHA-256, the signature as r and s behind each other, 64 bytes.
    EcdsaP256Sha256Fixed,
    /// ECDSA on P-384 with SHA-384, the signature in DER.
    EcdsaP384Sha384Der,
    /// ECDSA on P-384 with SHA-384, the signature as r and s behind each other, 96 bytes.
    EcdsaP384Sha384Fixed,
    /// RSA PKCS#1 v1.5 with SHA-1, which is broken: only for senders that have nothing better.
    RsaPkcs1Sha1,
    /// RSA PKCS#1 v1.5 with SHA-256.
    RsaPkcs1Sha256,
    /// RSA PKCS#1 v1.5 with SHA-384, from 2048 bits.
    RsaPkcs1Sha384,
    /// RSA PKCS#1 v1.5 with SHA-512.
    RsaPkcs1Sha512,
    /// RSA-PSS with SHA-256, from 2048 bits.
    RsaPssSha256,
    /// RSA-PSS with SHA-384, from 2048 bits.
    RsaPssSha384,
    /// RSA-PSS with SHA-512, from 2048 bits.
    RsaPssSha512,
}

/// What kind of key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ed25519,
    P256,
    P384,
    Rsa,
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    kind: Kind,
    /// As `ring` takes it: the point of a curve, or the `RSAPublicKey` of PKCS#1.
    bytes: Vec<u8>,
}

/// Why a text is not a public key that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicKeyError {
    /// It is nothing that looks like a key.
    #[error(
        "is not a public key or certificate: neither PEM, nor its DER in base64 or hex, nor the 32 \
         bytes of an Ed25519 key in base64 or hex"
    )]
    Unreadable,
    /// It is the half that belongs to the sender alone.
    #[error("is a private key; the public key that belongs to it is wanted")]
    Private,
    /// Keys of its kind are not supported.
    #[error("is a key of the kind {0}, which is none of Ed25519, ECDSA P-256 or P-384, and RSA")]
    UnknownKind(String),
    /// The point of a curve is not written out.
    #[error("is a point of a curve that is not written out (compressed); write it uncompressed")]
    Compressed,
    /// An RSA key of a size that is not supported.
    #[error("is an RSA key of {0} bits; {min} to {max} are possible",
        min = RSA_BITS.start(), max = RSA_BITS.end())]
    Size(usize),
}

impl PublicKey {
    /// Reads a key: PEM (`PUBLIC KEY`, `RSA PUBLIC KEY`, `CERTIFICATE`), or in base64 or hex the DER
    /// of one of these or the bytes of an Ed25519 key.
    pub fn parse(text: &[u8]) -> Result<Self, PublicKeyError> {
        if key_text::is_private(text) {
            return Err(PublicKeyError::Private);
        }
        let mut readings =
            key_text::readings(text).into_iter().map(|bytes| Self::from_bytes(&bytes));
        let first = readings.next().unwrap_or(Err(PublicKeyError::Unreadable));
        first.or_else(|error| readings.find_map(Result::ok).ok_or(error))
    }

    /// Reads a key that is decoded: the bytes of an Ed25519 key, or the DER of a
    /// `SubjectPublicKeyInfo` (RFC 5280), of an `RSAPublicKey` (RFC 8017) or of a certificate.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PublicKeyError> {
        if bytes.len() == ED25519_SIZE {
            return Ok(Self::ed25519(bytes));
        }
        if let Ok(key) = SubjectPublicKeyInfoRef::from_der(bytes) {
            return Self::from_spki(&key);
        }
        if rsa_bits(bytes).is_some() {
            return rsa(bytes);
        }
        let certificate = Certificate::from_der(bytes).or(Err(PublicKeyError::Unreadable))?;
        let key = certificate.tbs_certificate.subject_public_key_info.to_der();
        let key = key.or(Err(PublicKeyError::Unreadable))?;
        SubjectPublicKeyInfoRef::from_der(&key)
            .or(Err(PublicKeyError::Unreadable))
            .and_then(|key| Self::from_spki(&key))
    }

    /// Whether signatures of this algorithm can be checked with it.
    #[must_use]
    pub fn fits(&self, algorithm: SignatureAlgorithm) -> bool {
        self.kind == algorithm.kind()
    }

    /// Whether this is the signature of the message. None is by a key that does not fit.
    #[must_use]
    pub fn verify(&self, algorithm: SignatureAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(algorithm.checker(), &self.bytes);
        self.fits(algorithm) && key.verify(message, signature).is_ok()
    }

    /// A key of Ed25519 by its bytes. Signatures do not hold if they are not 32 and a point.
    pub(super) fn ed25519(bytes: &[u8]) -> Self {
        Self { kind: Kind::Ed25519, bytes: bytes.to_vec() }
    }

    fn from_spki(key: &SubjectPublicKeyInfoRef<'_>) -> Result<Self, PublicKeyError> {
        let bytes = key.subject_public_key.as_bytes().ok_or(PublicKeyError::Unreadable)?;
        match key.algorithm.oid {
            RSA | RSA_PSS => rsa(bytes),
            EDWARDS_25519 if bytes.len() == ED25519_SIZE => Ok(Self::ed25519(bytes)),
            EDWARDS_25519 => Err(PublicKeyError::Unreadable),
            ELLIPTIC_CURVE => {
                let curve = key.algorithm.parameters_oid();
                match curve.or(Err(PublicKeyError::Unreadable))? {
                    P256 => point(Kind::P256, 32, bytes),
                    P384 => point(Kind::P384, 48, bytes),
                    curve => Err(PublicKeyError::UnknownKind(curve.to_string())),
                }
            }
            kind => Err(PublicKeyError::UnknownKind(kind.to_string())),
        }
    }
}

/// A point of a curve whose coordinates have this many bytes (SEC 1 section 2.3.3).
fn point(kind: Kind, coordinate: usize, bytes: &[u8]) -> Result<PublicKey, PublicKeyError> {
    match bytes {
        [4, coordinates @ ..] if coordinates.len() == 2 * coordinate => {
            Ok(PublicKey { kind, bytes: bytes.to_vec() })
        }
        [2 | 3, x @ ..] if x.len() == coordinate => Err(PublicKeyError::Compressed),
        _ => Err(PublicKeyError::Unreadable),
    }
}

fn rsa(bytes: &[u8]) -> Result<PublicKey, PublicKeyError> {
    match rsa_bits(bytes) {
        Some(bits) if RSA_BITS.contains(&bits) => {
            Ok(PublicKey { kind: Kind::Rsa, bytes: bytes.to_vec() })
        }
        Some(bits) => Err(PublicKeyError::Size(bits)),
        None => Err(PublicKeyError::Unreadable),
    }
}

/// The size of the modulus of an `RSAPublicKey` (RFC 8017 appendix A.1.1).
fn rsa_bits(der: &[u8]) -> Option<usize> {
    let mut reader = SliceReader::new(der).ok()?;
    let key = reader.sequence(|key| Ok((UintRef::decode(key)?, UintRef::decode(key)?)));
    let (modulus, _exponent) = reader.finish(key.ok()?).ok()?;
    let modulus = modulus.as_bytes();
    Some(modulus.len() * 8 - modulus.first()?.leading_zeros() as usize)
}

impl SignatureAlgorithm {
    fn kind(self) -> Kind {
        match self {
            Self::Ed25519 => Kind::Ed25519,
            Self::EcdsaP256Sha256Der | Self::EcdsaP256Sha256Fixed => Kind::P256,
            Self::EcdsaP384Sha384Der | Self::EcdsaP384Sha384Fixed => Kind::P384,
            Self::RsaPkcs1Sha1
            | Self::RsaPkcs1Sha256
            | Self::RsaPkcs1Sha384
            | Self::RsaPkcs1Sha512
            | Self::RsaPssSha256
            | Self::RsaPssSha384
            | Self::RsaPssSha512 => Kind::Rsa,
        }
    }

    fn checker(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::Ed25519 => &ED25519,
            Self::EcdsaP256Sha256Der => &ECDSA_P256_SHA256_ASN1,
            Self::EcdsaP256Sha256Fixed => &ECDSA_P256_SHA256_FIXED,
            Self::EcdsaP384Sha384Der => &ECDSA_P384_SHA384_ASN1,
            Self::EcdsaP384Sha384Fixed => &ECDSA_P384_SHA384_FIXED,
            Self::RsaPkcs1Sha1 => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
            Self::RsaPkcs1Sha256 => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            Self::RsaPkcs1Sha384 => &RSA_PKCS1_2048_8192_SHA384,
            Self::RsaPkcs1Sha512 => &RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
            Self::RsaPssSha256 => &RSA_PSS_2048_8192_SHA256,
            Self::RsaPssSha384 => &RSA_PSS_2048_8192_SHA384,
            Self::RsaPssSha512 => &RSA_PSS_2048_8192_SHA512,
        }
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ed25519 => "Ed25519",
            Self::EcdsaP256Sha256Der | Self::EcdsaP256Sha256Fixed => "ECDSA P-256 with SHA-256",
            Self::EcdsaP384Sha384Der | Self::EcdsaP384Sha384Fixed => "ECDSA P-384 with SHA-384",
            Self::RsaPkcs1Sha1 => "RSA with SHA-1",
            Self::RsaPkcs1Sha256 => "RSA with SHA-256",
            Self::RsaPkcs1Sha384 => "RSA with SHA-384",
            Self::RsaPkcs1Sha512 => "RSA with SHA-512",
            Self::RsaPssSha256 => "RSA-PSS with SHA-256",
            Self::RsaPssSha384 => "RSA-PSS with SHA-384",
            Self::RsaPssSha512 => "RSA-PSS with SHA-512",
        })
    }
}

#[cfg(test)]
mod tests;
