//! How a sender makes its MAC, as data. The catalog reads recipes; [`super::mac`] follows them.

use super::clock::{TimeFormat, Window};
use super::encoding::Encoding;
use super::hash::Hash;
use super::key::KeyForm;
use super::place::HeaderPlace;
use super::template::Template;

/// How a sender makes its MAC, over what, and where it puts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// The hash within the HMAC.
    pub hash: Hash,
    /// How the key is made from the secret.
    pub key: KeyForm,
    /// Where the signature stands.
    pub signature: SignatureRule,
    /// Where the signed time stands, if there is one.
    pub timestamp: Option<TimestampRule>,
    /// Where the id stands, if one is signed.
    pub id: Option<HeaderPlace>,
    /// What the MAC is made over.
    pub message: Template,
    /// What stays the same when the sender tries again.
    pub dedupe: Option<HeaderPlace>,
}

/// Where the signature stands and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureRule {
    /// The headers that may carry it; any may match.
    pub place: HeaderPlace,
    /// How it stands in the header's value.
    pub layout: Layout,
    /// What stands in front of each signature.
    pub prefix: String,
    /// How its bytes are written.
    pub encoding: Encoding,
}

/// How signatures stand in the value of a header.
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
    /// In a header of its own.
    Header(HeaderPlace),
    /// In a pair beside the signature.
    Pair {
        /// The ASCII character between two pairs.
        separator: u8,
        /// The name.
        name: String,
    },
}
