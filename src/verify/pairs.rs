//! The `name=value` pairs of queries and forms (`application/x-www-form-urlencoded`).
//!
//! They are read as web frameworks read them: a `%` that begins no escape stands for itself.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode, percent_encode};

/// A name or a value, decoded.
pub(super) type Decoded<'a> = Cow<'a, [u8]>;

/// The pairs, decoded, in order. Empty ones between two `&` are none.
pub(super) fn pairs(text: &[u8]) -> impl Iterator<Item = (Decoded<'_>, Decoded<'_>)> {
    raw(text).map(|(name, value)| (decode(name), decode(value)))
}

/// The values of that name, decoded.
pub(super) fn values<'a>(text: &'a [u8], name: &str) -> impl Iterator<Item = Decoded<'a>> {
    pairs(text).filter(move |(other, _)| **other == *name.as_bytes()).map(|(_, value)| value)
}

/// Every name with its value behind it, without separators, sorted by name.
pub(super) fn sorted(text: &[u8]) -> Vec<u8> {
    let mut pairs = pairs(text).collect::<Vec<_>>();
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    joined(&pairs)
}

/// Every name with its value behind it, without separators, sorted by name and then by value; what
/// is there twice counts once.
pub(super) fn sorted_unique(text: &[u8]) -> Vec<u8> {
    let mut pairs = pairs(text).collect::<Vec<_>>();
    pairs.sort_unstable();
    pairs.dedup();
    joined(&pairs)
}

/// The text with another value for that name. None unless it is there once.
pub(super) fn replaced(text: &[u8], name: &str, value: &[u8]) -> Option<Vec<u8>> {
    let mut found = raw(text).filter(|(other, _)| *decode(other) == *name.as_bytes());
    let (Some((name, old)), None) = (found.next(), found.next()) else { return None };
    let (start, end) = if old.is_empty() {
        let end = name.as_ptr().addr() + name.len() - text.as_ptr().addr();
        (end, end + usize::from(text.get(end) == Some(&b'=')))
    } else {
        let start = old.as_ptr().addr() - text.as_ptr().addr();
        (start - 1, start + old.len())
    };
    let value = percent_encode(value, NON_ALPHANUMERIC).to_string();
    Some([&text[..start], b"=", value.as_bytes(), &text[end..]].concat())
}

fn raw(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        match pair.iter().position(|byte| *byte == b'=') {
            Some(equals) => (&pair[..equals], &pair[equals + 1..]),
            None => (pair, &b""[..]),
        }
    })
}

fn decode(text: &[u8]) -> Decoded<'_> {
    if !text.contains(&b'+') {
        return percent_decode(text).into();
    }
    let spaced = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte });
    Cow::Owned(percent_decode(&spaced.collect::<Vec<_>>()).collect())
}

fn joined(pairs: &[(Decoded<'_>, Decoded<'_>)]) -> Vec<u8> {
    pairs.iter().flat_map(|(name, value)| name.iter().chain(&**value)).copied().collect()
}

#[cfg(test)]
mod tests;
