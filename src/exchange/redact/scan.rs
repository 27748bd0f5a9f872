//! Finds e-mail addresses, phone numbers and known values within a text.

use std::collections::HashMap;
use std::ops::Range;

/// Digits of a phone number, at least and at most (E.164 allows 15).
const PHONE_DIGITS: Range<usize> = 8..16;

/// The domain of addresses that stand for others (RFC 2606 keeps it from being anybody's).
pub(super) const STAND_IN_DOMAIN: &str = "redacted.invalid";

/// Shorter values would be found everywhere.
const SHORTEST: usize = 4;

/// So many values that begin alike are looked for, so that nobody can make the search slow.
const MOST_ALIKE: usize = 256;

/// Values to look for. They are found by their first bytes, so that many cost no more than few.
#[derive(Debug, Default)]
pub(super) struct Literals {
    by_start: HashMap<[u8; SHORTEST], Vec<Literal>>,
}

#[derive(Debug)]
struct Literal {
    text: Box<[u8]>,
    /// Whether it counts only as a word of its own.
    is_word: bool,
}

impl Literals {
    /// Adds a value; false if it is too short or known.
    pub(super) fn add(&mut self, text: &str, is_word: bool) -> bool {
        let Some(start) = text.as_bytes().first_chunk() else { return false };
        let known = self.by_start.entry(*start).or_default();
        if let Some(literal) = known.iter_mut().find(|known| *known.text == *text.as_bytes()) {
            let is_news = literal.is_word && !is_word;
            literal.is_word &= is_word;
            return is_news;
        }
        let has_room = known.len() < MOST_ALIKE;
        if has_room {
            known.push(Literal { text: text.as_bytes().into(), is_word });
        }
        has_room
    }

    /// Where they stand in a text, by their beginnings.
    pub(super) fn find<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Range<usize>> + 'a {
        let starts = if self.by_start.is_empty() { 0 } else { text.len() };
        (0..starts).filter_map(move |at| {
            let known = self.by_start.get(text[at..].first_chunk()?)?;
            let fits = |literal: &&Literal| {
                let end = at + literal.text.len();
                text[at..].starts_with(&literal.text)
                    && (!literal.is_word || stands_alone(text, &(at..end)))
            };
            let longest = known.iter().filter(fits).map(|literal| literal.text.len()).max()?;
            Some(at..at + longest)
        })
    }
}

/// The places of everything that must not be shared, in order, none touching the next.
pub(super) fn places(text: &str, literals: &Literals) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found =
        emails(bytes).chain(phones(bytes)).chain(literals.find(bytes)).collect::<Vec<_>>();
    found.sort_by_key(|place| place.start);
    merged(found)
}

/// Places in order of their beginnings, with one in place of those that overlap.
pub(super) fn merged(places: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for place in places {
        match merged.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => merged.push(place),
        }
    }
    merged
}

/// The e-mail addresses, as people write them: no quotes, a domain with a dot.
pub(super) fn emails(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_local = |byte: &u8| {
        byte.is_ascii_alphanumeric() || !byte.is_ascii() || b".!#$%&'*+/=?^_`{|}~-".contains(byte)
    };
    let is_domain =
        |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b".-".contains(byte);
    let mut free = 0;
    memchr::memchr_iter(b'@', text).filter_map(move |at| {
        let before = text[free..at].iter().rev().take_while(|byte| is_local(byte)).count();
        let after = text[at + 1..].iter().take_while(|byte| is_domain(byte)).count();
        let domain = text[at + 1..at + 1 + after].trim_ascii_end();
        let domain = trim_marks(domain);
        let labels = domain.split(|byte| *byte == b'.').collect::<Vec<_>>();
        let is_sound = before > 0
            && labels.len() > 1
            && labels.iter().all(|label| !label.is_empty())
            && labels.last().is_some_and(|top| top.len() > 1 && !top[0].is_ascii_digit());
        let end = at + 1 + domain.len();
        let is_sound = is_sound && domain != STAND_IN_DOMAIN.as_bytes();
        is_sound.then(|| {
            free = end;
            at - before..end
        })
    })
}

/// What ends a sentence does not belong to a domain.
fn trim_marks(mut domain: &[u8]) -> &[u8] {
    while let Some(rest) = domain.strip_suffix(b".").or_else(|| domain.strip_suffix(b"-")) {
        domain = rest;
    }
    domain
}

/// The phone numbers: with a plus sign in front, or three, three and four digits apart.
fn phones(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut free = 0;
    (0..text.len()).filter_map(move |at| {
        if at < free || at.checked_sub(1).is_some_and(|before| text[before].is_ascii_alphanumeric())
        {
            return None;
        }
        let length = match text[at] {
            b'+' => international(&text[at..]),
            b'(' | b'0'..=b'9' => national(&text[at..]),
            _ => None,
        }?;
        free = at + length;
        Some(at..free)
    })
}

fn international(text: &[u8]) -> Option<usize> {
    if !matches!(text.get(1), Some(b'1'..=b'9')) {
        return None;
    }
    let (mut digits, mut end) = (0, 1);
    for (at, byte) in text.iter().enumerate().skip(1).take(30) {
        match byte {
            b'0'..=b'9' => (digits, end) = (digits + 1, at + 1),
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' if at - end < 2 => {}
            _ => break,
        }
    }
    let is_whole = text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (PHONE_DIGITS.contains(&digits) && is_whole).then_some(end)
}

/// `555-010-1234`, `555.010.1234`, `(555) 010-1234`.
fn national(text: &[u8]) -> Option<usize> {
    const FORMS: [&[u8]; 4] =
        [b"000-000-0000", b"000.000.0000", b"(000) 000-0000", b"(000)000-0000"];
    let fits = |form: &&[u8]| {
        text.len() >= form.len()
            && form.iter().zip(text).all(|(form, byte)| match form {
                b'0' => byte.is_ascii_digit(),
                mark => mark == byte,
            })
    };
    let form = FORMS.into_iter().find(fits)?;
    let next = text.get(form.len());
    let is_whole = next.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
    is_whole.then_some(form.len())
}

fn stands_alone(text: &[u8], place: &Range<usize>) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let before = place.start.checked_sub(1).and_then(|at| text.get(at));
    !is_part(before) && !is_part(text.get(place.end))
}

#[cfg(test)]
mod tests {
    use super::{Literals, places};

    #[test]
    fn addresses_and_numbers_are_found_where_people_write_them() {
        for (text, expected) in [
            ("write to anna.meyer+x@mail.example.test.", &["anna.meyer+x@mail.example.test"][..]),
            ("<ünal@exämple.test>,b@c.de", &["ünal@exämple.test", "b@c.de"]),
            ("call +49 170 1234567 or (555) 010-1234", &["+49 170 1234567", "(555) 010-1234"]),
            ("555-010-1234", &["555-010-1234"]),
            ("at 2026-11-21T10:00:00+01:00 and +0100, 2026-11-21 10:00", &[]),
            ("0c0150aa-0000-4000-8000-000000000001", &[]),
            ("a@b, @c.de, 1@2.3, v1.2+12345678901x", &[]),
            ("secret s3cr3t-value within xs3cr3t-valuey", &["s3cr3t-value", "s3cr3t-value"]),
            ("Anna, Annapolis", &["Anna"]),
            ("mail s3cr3t-value@example.test", &["s3cr3t-value@example.test"]),
        ] {
            let mut literals = Literals::default();
            assert!(literals.add("s3cr3t-value", false));
            assert!(literals.add("Anna", true));
            assert!(!literals.add("Ann", true) && !literals.add("Anna", true));
            let found = places(text, &literals);
            let found = found.into_iter().map(|place| text.get(place).unwrap()).collect::<Vec<_>>();
            assert_eq!(found, expected, "{text}");
        }
    }
}
