//! Text to search for: ignoring the case of ASCII letters, unless it holds an upper-case letter.

use crate::domain::record::Record;

/// How many positions are looked at in one step; a width that compilers turn into vector code.
const LANES: usize = 32;

/// A text to search for. Equal texts search for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    text: String,
    exact: bool,
    maybe_uid: bool,
}

/// Where a free word is searched.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    /// The request target.
    pub target: &'a [u8],
    /// The resource's id, empty if there is none.
    pub resource: &'a [u8],
    /// The event's key, empty if there is none.
    pub key: &'a [u8],
    /// The 16 bytes of the delivery's own id.
    pub uid: [u8; 16],
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Fields<'a> {
    /// Those of a record.
    #[must_use]
    pub fn of(record: &'a Record) -> Self {
        let event = &record.inspection.event;
        let resource = event.resource.as_ref().and_then(|resource| resource.id.as_deref());
        Self {
            target: record.delivery.request.target.as_bytes(),
            resource: resource.unwrap_or_default().as_bytes(),
            key: event.key.as_deref().unwrap_or_default().as_bytes(),
            uid: record.delivery.uid.into_bytes(),
            body: &record.delivery.request.body,
        }
    }
}

impl Word {
    /// A word to search for; it is exact if it holds an upper-case letter.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            exact: text.chars().any(char::is_uppercase),
            maybe_uid: text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'),
        }
    }

    /// The text as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it stands in any of the fields.
    #[must_use]
    pub fn is_in(&self, fields: &Fields<'_>) -> bool {
        self.stands_in(fields.target)
            || self.stands_in(fields.resource)
            || self.stands_in(fields.key)
            || self.maybe_uid && self.is_in_uid(fields.uid)
            || self.stands_in(fields.body)
    }

    fn is_in_uid(&self, uid: [u8; 16]) -> bool {
        let mut buffer = uuid::Uuid::encode_buffer();
        let text = uuid::Uuid::from_bytes(uid).hyphenated().encode_lower(&mut buffer);
        self.stands_in(text.as_bytes())
    }

    /// Whether it stands in that text.
    #[must_use]
    pub fn stands_in(&self, text: &[u8]) -> bool {
        let wanted = self.text.as_bytes();
        if self.exact { contains(text, wanted) } else { contains_ignoring_case(text, wanted) }
    }
}

/// Whether `text` holds `wanted`, byte by byte.
pub(super) fn contains(text: &[u8], wanted: &[u8]) -> bool {
    contains_by(text, wanted, |_| 0, <[u8]>::eq)
}

/// The same, ignoring the case of ASCII letters, which is one bit of theirs.
fn contains_ignoring_case(text: &[u8], wanted: &[u8]) -> bool {
    let case_bit = |byte: u8| if byte.is_ascii_alphabetic() { 0x20 } else { 0 };
    contains_by(text, wanted, case_bit, <[u8]>::eq_ignore_ascii_case)
}

/// Looks for places where the first and the last byte fit, [`LANES`] at a time and without a
/// branch for each, and compares the whole only there.
fn contains_by(
    text: &[u8],
    wanted: &[u8],
    ignored: impl Fn(u8) -> u8,
    equal: impl Fn(&[u8], &[u8]) -> bool,
) -> bool {
    let (Some(&first), Some(&last)) = (wanted.first(), wanted.last()) else { return true };
    let Some(starts) = (text.len() + 1).checked_sub(wanted.len()) else { return false };
    let (any_first, any_last) = (ignored(first), ignored(last));
    let (first, last) = (first | any_first, last | any_last);
    let off = |(head, tail): (&u8, &u8)| ((head | any_first) ^ first) | ((tail | any_last) ^ last);
    let (heads, tails) = (&text[..starts], &text[wanted.len() - 1..]);
    heads.chunks(LANES).zip(tails.chunks(LANES)).enumerate().any(|(index, (heads, tails))| {
        let nearest = heads.iter().zip(tails).map(off).fold(u8::MAX, u8::min);
        nearest == 0
            && heads.iter().zip(tails).enumerate().any(|(lane, pair)| {
                let at = index * LANES + lane;
                off(pair) == 0 && equal(&text[at..at + wanted.len()], wanted)
            })
    })
}

#[cfg(test)]
mod tests;
