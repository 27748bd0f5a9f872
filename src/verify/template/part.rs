//! What can stand in the gaps of a message, what fills it, and what is made of it.

use std::borrow::Cow;

use ring::hmac;

use crate::domain::http::Request;
use crate::verify::encoding::Encoding;
use crate::verify::hash::Hash;
use crate::verify::json::Pointer;
use crate::verify::pairs;
use crate::verify::place::{self, Place, Source};
use crate::verify::refutation::Refutation;
use crate::verify::settings::{Setting, Settings};

/// One piece of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These very characters.
    Text(String),
    /// `{body}`: the bytes of the body.
    Body,
    /// `{timestamp}`: the time as it was sent.
    Timestamp,
    /// `{id}`: the id as it was sent.
    Id,
    /// `{url}`: the URL as the sender knows it.
    Url,
    /// `{method}`: the method as it was sent.
    Method,
    /// `{secret}`: the key itself, for senders that hash it with the rest.
    Secret,
    /// `{form:sorted}`: every form field with its value behind it, sorted by name; empty for a body
    /// that is no form.
    FormSorted,
    /// `{form:sorted-unique}`: the same, but what is there twice counts once.
    FormSortedUnique,
    /// `{header:NAME}`: the value of a header.
    Header(String),
    /// `{json:/p}`: a member of the body as text; empty if it is not there.
    Json(Pointer),
    /// `{query:NAME}`: the value of a parameter of the query.
    Query(String),
    /// `{config:KEY}`: a value that the user tells.
    Setting(Setting),
}

/// What is made of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// The CRC-32 of IEEE 802.3 as a decimal number.
    Crc32,
    /// The bytes of the SHA-256.
    Sha256,
    /// The bytes of the HMAC with the endpoint's key.
    Hmac,
    /// Written in hex.
    Hex,
    /// Written in base64.
    Base64,
}

/// The parts without an argument.
const PARTS: &[(&str, Part)] = &[
    ("body", Part::Body),
    ("timestamp", Part::Timestamp),
    ("id", Part::Id),
    ("url", Part::Url),
    ("method", Part::Method),
    ("secret", Part::Secret),
    ("form:sorted", Part::FormSorted),
    ("form:sorted-unique", Part::FormSortedUnique),
];

/// The parts with an argument, as they are shown.
const PARTS_OF: [&str; 4] = ["header:NAME", "json:/POINTER", "query:NAME", "config:KEY"];

const FILTERS: &[(&str, Filter)] = &[
    ("crc32", Filter::Crc32),
    ("sha256", Filter::Sha256),
    ("hmac", Filter::Hmac),
    ("hex", Filter::Hex),
    ("base64", Filter::Base64),
];

/// What fills the gaps of a template for one request. What the template does not use may be empty.
#[derive(Clone, Copy, Debug)]
pub(in crate::verify) struct Filling<'a> {
    pub(in crate::verify) request: &'a Request,
    pub(in crate::verify) settings: &'a Settings,
    pub(in crate::verify) body: &'a [u8],
    pub(in crate::verify) timestamp: &'a [u8],
    pub(in crate::verify) id: &'a [u8],
    pub(in crate::verify) url: &'a str,
    pub(in crate::verify) secret: &'a [u8],
    pub(in crate::verify) hmac: Option<&'a hmac::Key>,
}

impl<'a> Filling<'a> {
    /// A filling of what the request itself brings.
    pub(in crate::verify) fn of(request: &'a Request, settings: &'a Settings) -> Self {
        let (body, nothing) = (&request.body[..], &b""[..]);
        let (timestamp, id, secret) = (nothing, nothing, nothing);
        Self { request, settings, body, timestamp, id, url: "", secret, hmac: None }
    }
}

impl Part {
    /// The part of that name; pointers may lead on from `base`.
    pub(in crate::verify) fn from_name(name: &str, base: Option<&Pointer>) -> Option<Self> {
        if let Some((_, part)) = PARTS.iter().find(|(known, _)| *known == name) {
            return Some(part.clone());
        }
        let (kind, argument) = name.split_once(':')?;
        match kind {
            "header" => {
                let valid = http::HeaderName::from_bytes(argument.as_bytes()).is_ok();
                valid.then(|| Self::Header(argument.to_owned()))
            }
            "json" => Pointer::parse(argument, base).map(Self::Json),
            "query" if !argument.is_empty() => Some(Self::Query(argument.to_owned())),
            "config" => Setting::from_key(argument).map(Self::Setting),
            _ => None,
        }
    }

    /// The names of the parts, for suggestions.
    pub(in crate::verify) fn known() -> impl Iterator<Item = &'static str> {
        PARTS.iter().map(|(name, _)| *name).chain(PARTS_OF)
    }

    /// What stands in the gap.
    pub(in crate::verify) fn piece<'a>(
        &'a self,
        filling: &Filling<'a>,
    ) -> Result<Cow<'a, [u8]>, Refutation> {
        let request = filling.request;
        let form = if request.is_form() { filling.body } else { b"" };
        Ok(Cow::Borrowed(match self {
            Self::Text(text) => text.as_bytes(),
            Self::Body => filling.body,
            Self::Timestamp => filling.timestamp,
            Self::Id => filling.id,
            Self::Url => filling.url.as_bytes(),
            Self::Method => request.method.as_str().as_bytes(),
            Self::Secret => filling.secret,
            Self::FormSorted => return Ok(Cow::Owned(pairs::sorted(form))),
            Self::FormSortedUnique => return Ok(Cow::Owned(pairs::sorted_unique(form))),
            Self::Header(name) => place::only(&request.headers, name)?.ok_or_else(|| {
                Refutation::missing(format!("the header {name}, which is signed, is missing"))
            })?,
            Self::Json(pointer) => {
                return Ok(place::member(request, pointer)?.unwrap_or_default());
            }
            Self::Query(name) => {
                return Place(vec![Source::Query(name.clone())]).first(request);
            }
            Self::Setting(setting) => filling.settings.value(*setting).unwrap_or_default(),
        }))
    }
}

impl Filter {
    /// The filter of that name.
    pub(in crate::verify) fn from_name(name: &str) -> Option<Self> {
        FILTERS.iter().find(|(known, _)| *known == name).map(|(_, filter)| *filter)
    }

    /// The names of the filters, for suggestions.
    pub(in crate::verify) fn known() -> impl Iterator<Item = &'static str> {
        FILTERS.iter().map(|(name, _)| *name)
    }

    /// What is made of a piece.
    pub(in crate::verify) fn apply(self, piece: &[u8], key: Option<&hmac::Key>) -> Vec<u8> {
        match self {
            Self::Crc32 => crc32fast::hash(piece).to_string().into_bytes(),
            Self::Sha256 => Hash::Sha256.digest(piece).as_ref().to_vec(),
            Self::Hmac => {
                key.map(|key| hmac::sign(key, piece).as_ref().to_vec()).unwrap_or_default()
            }
            Self::Hex => Encoding::Hex.encode(piece).into_bytes(),
            Self::Base64 => Encoding::Base64.encode(piece).into_bytes(),
        }
    }
}
