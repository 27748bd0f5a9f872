//! Percent-encoded texts: how they part and what they say, around what is known.
//!
//! A secret may hold what parts an address: a `/`, `&`, `=` or `?`, a `+`, even something like a
//! percent-encoding. Not every sender encodes it. So a text is searched in each of its readings, and
//! what is known there is not taken apart.

use std::ops::Range;

use percent_encoding::percent_decode;

use super::scan::{self, Literals};

/// A text, and where something known stands in it by each reading.
#[derive(Debug)]
pub(super) struct Encoded<'t> {
    text: &'t str,
    /// As it stands.
    plain: Vec<Range<usize>>,
    /// Decoded, with each `+` as it stands.
    decoded: Vec<Range<usize>>,
    /// Decoded, with each `+` as a space.
    spaced: Vec<Range<usize>>,
}

impl<'t> Encoded<'t> {
    pub(super) fn new(text: &'t str, known: &Literals) -> Self {
        let places = |plus| {
            let (starts, bytes): (Vec<_>, Vec<_>) = units(text.as_bytes(), plus).unzip();
            let end = |place: &Range<usize>| starts.get(place.end).copied().unwrap_or(text.len());
            let found = known.find(&bytes).map(|place| starts[place.start]..end(&place));
            scan::merged(found)
        };
        Self {
            text,
            plain: scan::merged(known.find(text.as_bytes())),
            decoded: places(b'+'),
            spaced: places(b' '),
        }
    }

    /// The parts between the separators that belong to nothing known.
    pub(super) fn parts(&self, separator: char) -> Vec<&'t str> {
        let mut parts = Vec::new();
        let (mut start, mut rest) = (0, self.text);
        for at in self.separators(separator) {
            let (part, behind) = cut(rest, at - start);
            parts.push(part);
            (start, rest) = (at + 1, behind);
        }
        parts.push(rest);
        parts
    }

    /// What stands before and behind the first separator that belongs to nothing known.
    pub(super) fn halves(&self, separator: char) -> Option<(&'t str, &'t str)> {
        Some(cut(self.text, self.separators(separator).next()?))
    }

    fn separators(&self, separator: char) -> impl Iterator<Item = usize> {
        let known = [&self.plain, &self.decoded, &self.spaced];
        let found = self.text.match_indices(separator).map(|(at, _)| at);
        found.filter(move |at| !known.iter().any(|places| holds(places, *at)))
    }

    /// What the text says, with `plus` for each `+`, so that what is known in it reads as such; none if
    /// it is not UTF-8.
    pub(super) fn decoded(&self, plus: u8) -> Option<String> {
        let text = self.text.as_bytes();
        let mut units = units(text, plus).peekable();
        let mut bytes = Vec::new();
        while let Some((start, byte)) = units.next() {
            let end = units.peek().map_or(text.len(), |(next, _)| *next);
            let is_plain = (start..end).any(|at| holds(&self.plain, at));
            let is_plus = text[start] == b'+' && holds(&self.decoded, start);
            if is_plain || is_plus {
                bytes.extend_from_slice(&text[start..end]);
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).ok()
    }
}

/// What stands before and behind an ASCII character.
fn cut(text: &str, at: usize) -> (&str, &str) {
    let (front, rest) = text.split_at(at);
    (front, rest.split_at(1).1)
}

/// The bytes that a text says, with `plus` for each `+`, and where each begins in the text.
fn units(text: &[u8], plus: u8) -> impl Iterator<Item = (usize, u8)> + '_ {
    let mut next = 0;
    std::iter::from_fn(move || {
        let start = next;
        let byte = *text.get(start)?;
        let code = text
            .get(start..start + 3)
            .filter(|code| code[0] == b'%' && code[1..].iter().all(u8::is_ascii_hexdigit));
        next += code.map_or(1, <[u8]>::len);
        let said = match code {
            Some(code) => percent_decode(code).next()?,
            None if byte == b'+' => plus,
            None => byte,
        };
        Some((start, said))
    })
}

/// Whether one of the places, which are in order, holds the position.
fn holds(places: &[Range<usize>], at: usize) -> bool {
    let next = places.partition_point(|place| place.end <= at);
    places.get(next).is_some_and(|place| place.start <= at)
}
