//! Takes a few members out of a JSON object in one borrowed pass, without building the rest.
//!
//! This stands on the capture path: nothing is copied, nesting costs no stack, and what is not JSON
//! gives no members instead of an error.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The longest text, in bytes, that is taken for a word: an event's name, an id, a key. These are
/// kept for every row of a list, so a sender must not be able to make them large.
pub const WORD_LIMIT: usize = 128;

/// One member of an object: the exact JSON text of its value, or none if the object lacks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Member<'a>(Option<&'a str>);

impl<'a> Member<'a> {
    /// Whether the object has the member with a value other than `null`.
    #[must_use]
    pub fn is_given(self) -> bool {
        self.0.is_some_and(|json| json != "null")
    }

    /// The value as it stands in the object; empty if there is none.
    #[must_use]
    pub fn json(self) -> &'a [u8] {
        self.0.unwrap_or_default().as_bytes()
    }

    /// The value if it is a string that is not empty.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        let json = self.0.filter(|json| json.starts_with('"'))?;
        let Text(text) = serde_json::from_str(json).ok()?;
        (!text.is_empty()).then_some(text)
    }

    /// The value if it is a string of 1 to [`WORD_LIMIT`] bytes.
    #[must_use]
    pub fn word(self) -> Option<Cow<'a, str>> {
        self.text().filter(|text| text.len() <= WORD_LIMIT)
    }

    /// The value if it can be an id: a word, or a number as it was written.
    #[must_use]
    pub fn id(self) -> Option<Cow<'a, str>> {
        let number = self
            .0
            .filter(|json| json.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
            .filter(|json| json.len() <= WORD_LIMIT);
        number.map(Cow::Borrowed).or_else(|| self.word())
    }
}

/// The members of these names, in the order of the names. All are empty unless the whole of `json`
/// is one JSON object; of a repeated name the last counts.
#[must_use]
pub fn members<'a, const N: usize>(json: &'a [u8], names: [&str; N]) -> [Member<'a>; N] {
    members_where(json, names, |name, wanted| name == wanted)
}

/// The same, ignoring the case of ASCII letters in names.
#[must_use]
pub fn members_in_any_case<'a, const N: usize>(
    json: &'a [u8],
    names: [&str; N],
) -> [Member<'a>; N] {
    members_where(json, names, str::eq_ignore_ascii_case)
}

fn members_where<'a, const N: usize>(
    json: &'a [u8],
    names: [&str; N],
    is_same: fn(&str, &str) -> bool,
) -> [Member<'a>; N] {
    let nothing = [Member::default(); N];
    if json.trim_ascii_start().first() != Some(&b'{') {
        return nothing;
    }
    let mut found = nothing;
    let mut reader = serde_json::Deserializer::from_slice(json);
    let read = Taking { naming: Naming { names: &names, is_same }, found: &mut found }
        .deserialize(&mut reader);
    match read.and_then(|()| reader.end()) {
        Ok(()) => found,
        Err(_) => nothing,
    }
}

/// A string, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads an object into `found`.
struct Taking<'s, 'a> {
    naming: Naming<'s>,
    found: &'s mut [Member<'a>],
}

impl<'a> DeserializeSeed<'a> for Taking<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Taking<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(place) = object.next_key_seed(self.naming)? {
            match place {
                Some(place) => {
                    let value = object.next_value::<&RawValue>()?;
                    self.found[place] = Member(Some(value.get()));
                }
                None => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Reads a name: its place among those wanted, or none.
#[derive(Clone, Copy)]
struct Naming<'s> {
    names: &'s [&'s str],
    is_same: fn(&str, &str) -> bool,
}

impl<'a> DeserializeSeed<'a> for Naming<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Naming<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.names.iter().position(|wanted| (self.is_same)(name, wanted)))
    }
}

#[cfg(test)]
mod tests;
