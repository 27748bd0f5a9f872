//! What a request carries for a recipe: read out of its headers, and written for them.

use super::place::HeaderPlace;
use super::recipe::{Layout, Recipe, SignatureRule, TimestampRule, TimestampSource};
use super::refutation::{Refutation, excerpt};
use crate::domain::http::Request;

/// What a request carries for a recipe. Texts are as sent; what the recipe does not use is empty.
#[derive(Debug)]
pub(super) struct Carried<'a> {
    /// The signatures, decoded; any of them may hold. There is at least one.
    pub(super) signatures: Vec<Vec<u8>>,
    /// The signed time.
    pub(super) timestamp: &'a [u8],
    /// The signed time in seconds since 1970.
    pub(super) seconds: Option<i64>,
    /// The signed id.
    pub(super) id: &'a [u8],
}

impl<'a> Carried<'a> {
    /// Reads what the recipe asks for.
    pub(super) fn read(recipe: &Recipe, request: &'a Request) -> Result<Self, Refutation> {
        let headers = &request.headers;
        let values = recipe.signature.place.all(headers)?;
        let (timestamp, seconds) = match &recipe.timestamp {
            None => (&b""[..], None),
            Some(TimestampRule { source, format, .. }) => {
                let text = match source {
                    TimestampSource::Header(place) => place.first(headers)?,
                    TimestampSource::Pair { separator, name } => {
                        single(&recipe.signature.place, &values, *separator, name)?
                    }
                };
                let seconds = format.read(text).ok_or_else(|| {
                    let text = excerpt(text);
                    Refutation::malformed(format!("the signed time {text:?} is not {format}"))
                })?;
                (text, Some(seconds))
            }
        };
        let id = match &recipe.id {
            None => &b""[..],
            Some(place) => place.first(headers)?,
        };
        let signatures = signatures(&recipe.signature, &values)?;
        Ok(Self { signatures, timestamp, seconds, id })
    }
}

/// The value of the signature header for this MAC and this time.
pub(super) fn write(recipe: &Recipe, mac: &[u8], time: &str) -> String {
    let SignatureRule { layout, prefix, encoding, .. } = &recipe.signature;
    let text = format!("{prefix}{}", encoding.encode(mac));
    let pair = match layout {
        Layout::Whole | Layout::List { .. } => return text,
        Layout::Pairs { name, .. } => format!("{name}={text}"),
    };
    match recipe.timestamp.as_ref().map(|rule| &rule.source) {
        Some(TimestampSource::Pair { separator, name }) => {
            format!("{name}={time}{}{pair}", char::from(*separator))
        }
        _ => pair,
    }
}

fn signatures(rule: &SignatureRule, values: &[&[u8]]) -> Result<Vec<Vec<u8>>, Refutation> {
    let SignatureRule { place, layout, prefix, encoding } = rule;
    let mut decoded = Vec::new();
    let mut unreadable = false;
    let mut take = |text: &[u8]| {
        let Some(text) = text.strip_prefix(prefix.as_bytes()) else { return };
        match encoding.decode(text) {
            Some(bytes) if !bytes.is_empty() => decoded.push(bytes),
            _ => unreadable = true,
        }
    };
    for value in values {
        match layout {
            Layout::Whole => take(value),
            Layout::List { separator } => split(value, *separator).for_each(&mut take),
            Layout::Pairs { separator, name } => named(value, *separator, name).for_each(&mut take),
        }
    }
    if !decoded.is_empty() {
        return Ok(decoded);
    }
    Err(Refutation::malformed(match layout {
        _ if unreadable => format!("the signature in {place} cannot be read as {encoding}"),
        Layout::Pairs { name, .. } => format!("{place} has no {name}={prefix}"),
        Layout::List { .. } => format!("{place} has no signature that begins with {prefix:?}"),
        Layout::Whole => format!("{place} does not begin with {prefix:?}"),
    }))
}

/// The value of a pair that may be there once.
fn single<'v>(
    place: &HeaderPlace,
    values: &[&'v [u8]],
    separator: u8,
    name: &str,
) -> Result<&'v [u8], Refutation> {
    let mut found = values.iter().flat_map(|value| named(value, separator, name));
    match (found.next(), found.next()) {
        (Some(value), None) => Ok(value),
        (None, _) => Err(Refutation::malformed(format!("{place} has no {name}="))),
        (Some(_), Some(_)) => {
            Err(Refutation::malformed(format!("{place} has {name}= more than once")))
        }
    }
}

/// The values of the `name=value` pairs of that name.
fn named<'v>(value: &'v [u8], separator: u8, name: &str) -> impl Iterator<Item = &'v [u8]> {
    split(value, separator)
        .filter_map(move |pair| pair.strip_prefix(name.as_bytes())?.strip_prefix(b"="))
}

fn split(value: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    value.split(move |byte| *byte == separator).map(<[u8]>::trim_ascii)
}
