//! What a request carries for a recipe: read out of it, and written into it.

use std::borrow::Cow;

use super::clock::Window;
use super::pairs;
use super::place::{self, Place, Source};
use super::recipe::{Layout, Recipe, SignatureRule, TimestampRule, TimestampSource};
use super::refutation::{Refutation, excerpt};
use super::signing::{CannotSign, field};
use crate::domain::http::Request;

/// What a request carries for a recipe. Texts are as sent; what the recipe does not use is empty.
#[derive(Debug)]
pub(super) struct Carried<'a> {
    /// The signatures, decoded; any of them may hold. There is at least one.
    pub(super) signatures: Vec<Vec<u8>>,
    /// The signed time.
    pub(super) timestamp: Cow<'a, [u8]>,
    /// The signed time in seconds since 1970; there is one where it is to be judged.
    pub(super) seconds: Option<i64>,
    /// The signed id.
    pub(super) id: Cow<'a, [u8]>,
}

impl<'a> Carried<'a> {
    /// Reads what the recipe asks for. A time that cannot be read is a mistake only if it is judged.
    pub(super) fn read(
        recipe: &Recipe,
        window: Window,
        request: &'a Request,
    ) -> Result<Self, Refutation> {
        let values = recipe.signature.place.all(request)?;
        let (timestamp, seconds) = match &recipe.timestamp {
            None => (Cow::Borrowed(&b""[..]), None),
            Some(rule) => {
                let text = time(rule, &recipe.signature.place, &values, request)?;
                let seconds = rule.format.read(&text);
                if seconds.is_none() && window.is_limited() {
                    let (text, format) = (excerpt(&text), rule.format);
                    let message = format!("the signed time {text:?} is not {format}");
                    return Err(Refutation::malformed(message));
                }
                (text, seconds)
            }
        };
        let id = recipe.id.as_ref().map(|place| place.first(request)).transpose()?;
        let signatures = signatures(&recipe.signature, &values)?;
        Ok(Self { signatures, timestamp, seconds, id: id.unwrap_or_default() })
    }
}

/// What stands in the signature's place for this signature and this time.
pub(super) fn written(recipe: &Recipe, signature: &[u8], time: &str) -> String {
    let SignatureRule { layout, prefix, encoding, .. } = &recipe.signature;
    let text = format!("{prefix}{}", encoding.encode(signature));
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

/// Puts a value into the first of the places that takes one: a header always does, a body or a query
/// only where it has such a value already.
pub(super) fn put(place: &Place, request: &mut Request, value: &[u8]) -> Result<(), CannotSign> {
    let text = || std::str::from_utf8(value).ok();
    for source in &place.0 {
        match source {
            Source::Header(headers) => {
                let field = field(&headers.name(), value)?;
                request.headers = request.headers.with(vec![field]);
                return Ok(());
            }
            Source::Json(pointer) => {
                let replaced = text().and_then(|text| pointer.replaced(&request.body, text));
                let Some(body) = replaced.filter(|_| !request.is_form()) else { continue };
                request.body = body.into();
                return Ok(());
            }
            Source::Form(name) => {
                let replaced = pairs::replaced(&request.body, name, value);
                let Some(body) = replaced.filter(|_| request.is_form()) else { continue };
                request.body = body.into();
                return Ok(());
            }
            Source::Query(name) => {
                let replaced = pairs::replaced(place::query(request), name, value);
                let Some(query) = replaced.and_then(|query| String::from_utf8(query).ok()) else {
                    continue;
                };
                let before = request.target.find('?').unwrap_or(request.target.len());
                request.target.truncate(before);
                request.target = format!("{}?{query}", request.target);
                return Ok(());
            }
        }
    }
    Err(CannotSign::NoPlace(place.to_string()))
}

fn time<'a>(
    rule: &TimestampRule,
    place: &Place,
    values: &[Cow<'a, [u8]>],
    request: &'a Request,
) -> Result<Cow<'a, [u8]>, Refutation> {
    match &rule.source {
        TimestampSource::Place(place) => place.first(request),
        TimestampSource::Pair { separator, name } => single(place, values, *separator, name),
    }
}

fn signatures(rule: &SignatureRule, values: &[Cow<'_, [u8]>]) -> Result<Vec<Vec<u8>>, Refutation> {
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
    place: &Place,
    values: &[Cow<'v, [u8]>],
    separator: u8,
    name: &str,
) -> Result<Cow<'v, [u8]>, Refutation> {
    let mut found = values.iter().flat_map(|value| named(value, separator, name));
    match (found.next(), found.next()) {
        (Some(value), None) => Ok(Cow::Owned(value.to_vec())),
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
