//! How a sender proves its deliveries, as data. The catalog reads recipes; [`super::signature`]
//! follows them.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use super::address::UrlForm;
use super::clock::{TimeFormat, Window};
use super::encoding::Encoding;
use super::hash::Hash;
use super::json::Pointer;
use super::key::KeyForm;
use super::place::Place;
use super::public_key::SignatureAlgorithm;
use super::settings::{Expected, Setting};
use super::template::{Part, Template};
use crate::domain::verdict::Reason;

/// How a sender makes its signature, over what, and where it puts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// How the signature is made.
    pub proof: Proof,
    /// How the key is made from what the user has.
    pub key: KeyForm,
    /// Where the address of the certificate stands, if the key is in one.
    pub certificate: Option<CertificateRule>,
    /// Where the signature stands.
    pub signature: SignatureRule,
    /// Where the signed time stands, if there is one.
    pub timestamp: Option<TimestampRule>,
    /// Where the id stands, if one is signed.
    pub id: Option<Place>,
    /// What else has to be so.
    pub requires: Vec<Requirement>,
    /// What the signature is made over.
    pub message: Template,
    /// The readings of the URL that are tried, in order; at least one.
    pub urls: Vec<UrlForm>,
    /// The readings of the body that are tried, in order; at least one.
    pub bodies: Vec<BodyForm>,
    /// Digests that are signed instead of what they are made of.
    pub digests: Vec<DigestRule>,
    /// What stays the same when the sender tries again.
    pub dedupe: Option<Place>,
    /// What never comes again in a genuine delivery.
    pub nonce: Option<Place>,
}

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// An HMAC with a shared key.
    Mac(Hash),
    /// A digest of a text that holds the secret.
    Digest(Hash),
    /// By a private key, checked with the public one.
    Signature(SignatureAlgorithm),
}

impl Proof {
    /// The number of bytes of a signature, where it is always the same.
    pub(super) fn size(self) -> Option<usize> {
        match self {
            Self::Mac(hash) | Self::Digest(hash) => Some(hash.size()),
            Self::Signature(_) => None,
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mac(hash) => write!(f, "HMAC-{hash}"),
            Self::Digest(hash) => write!(f, "{hash}"),
            Self::Signature(algorithm) => write!(f, "{algorithm} signature"),
        }
    }
}

/// Where the address of a certificate stands, and which addresses are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRule {
    /// Where it stands.
    pub place: Place,
    /// The hosts that such a certificate may come from.
    pub hosts: Vec<String>,
}

/// Where the signature stands and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureRule {
    /// The places that may carry it; any may match.
    pub place: Place,
    /// How it stands there.
    pub layout: Layout,
    /// What stands in front of each signature.
    pub prefix: String,
    /// How its bytes are written.
    pub encoding: Encoding,
}

/// How signatures stand in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The whole value is one signature.
    Whole,
    /// Several, of which those with the prefix count.
    List {
        /// The ASCII character between two; white space around it does not matter.
        separator: u8,
    },
    /// `name=value` pairs, of which those of one name are signatures.
    Pairs {
        /// The ASCII character between two; white space around it does not matter.
        separator: u8,
        /// The name.
        name: String,
    },
}

/// Where the signed time stands and how it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampRule {
    /// Where it stands.
    pub source: TimestampSource,
    /// How it is written.
    pub format: TimeFormat,
    /// How far it may lie from the arrival, unless the user says otherwise.
    pub window: Window,
}

/// Where the signed time stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimestampSource {
    /// In a place of its own.
    Place(Place),
    /// In a pair beside the signature.
    Pair {
        /// The ASCII character between two pairs.
        separator: u8,
        /// The name.
        name: String,
    },
}

/// A value that has to be what is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Where it stands.
    pub place: Place,
    /// What it has to be.
    pub equals: Expected,
    /// What is said if it is not.
    pub reason: Reason,
}

/// A reading of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// As it was sent.
    AsIs,
    /// With `\uXXXX` for every character beyond ASCII, as JSON allows.
    AsciiEscaped,
}

impl BodyForm {
    /// The body read so. What is not UTF-8 is left as it is.
    pub(super) fn apply(self, body: &[u8]) -> Cow<'_, [u8]> {
        match (self, std::str::from_utf8(body)) {
            (Self::AsciiEscaped, Ok(text)) if !text.is_ascii() => {
                let mut escaped = String::with_capacity(text.len() * 2);
                for unit in text.encode_utf16() {
                    match u8::try_from(unit) {
                        Ok(byte) if byte.is_ascii() => escaped.push(char::from(byte)),
                        _ => write!(escaped, "\\u{unit:04x}").expect("a text takes every text"),
                    }
                }
                Cow::Owned(escaped.into_bytes())
            }
            _ => Cow::Borrowed(body),
        }
    }
}

/// A digest that is sent and signed instead of what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestRule {
    /// Where it stands.
    pub from: DigestSource,
    /// What it is made of.
    pub of: Template,
    /// The hash.
    pub hash: Hash,
    /// How it is written.
    pub encoding: Encoding,
    /// Whether it may be absent.
    pub optional: bool,
    /// Whether it is absent for an empty body, and only then.
    pub absent_if_empty: bool,
    /// What is said if it does not match.
    pub reason: Reason,
}

/// Where a digest stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DigestSource {
    /// In the request.
    Place(Place),
    /// In a claim of the token.
    Claim(Pointer),
}

impl Recipe {
    /// Whether the URL is signed.
    pub(super) fn signs_url(&self) -> bool {
        self.templates().any(|template| template.has(&Part::Url))
    }

    /// The settings that enter what is signed, without which nothing can be checked.
    pub(super) fn message_settings(&self) -> impl Iterator<Item = Setting> {
        self.templates().flat_map(Template::parts).filter_map(|part| match part {
            Part::Setting(setting) => Some(*setting),
            _ => None,
        })
    }

    /// The settings that the recipe asks for.
    pub(super) fn settings(&self) -> impl Iterator<Item = Setting> {
        let compared = self.requires.iter().filter_map(|rule| rule.equals.setting());
        self.message_settings().chain(compared)
    }

    fn templates(&self) -> impl Iterator<Item = &Template> {
        std::iter::once(&self.message).chain(self.digests.iter().map(|rule| &rule.of))
    }
}
