//! Single values of a JSON body, found by JSON pointer (RFC 6901) in the bytes as they were sent.
//!
//! Nothing is built of what is passed by, nesting costs no stack, and numbers stay as they are
//! written.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

/// More steps than any recipe needs, and few enough for the stack.
const MOST_STEPS: usize = 32;

/// What the error of a repeated member says. It is recognized by it, since the errors of `serde_json`
/// carry nothing but text.
const TWICE: &str = "member is there twice";

/// A place in a JSON document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    text: String,
    steps: Vec<String>,
}

/// Why a value cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The document is not JSON.
    NotJson,
    /// A member on the way is there twice, and readers differ in which one they take.
    Twice,
    /// It is an object or a list, where a single value is wanted.
    NotSingle,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "cannot be read, because this is not JSON",
            Self::Twice => "is there more than once",
            Self::NotSingle => "is an object or a list and not a single value",
        })
    }
}

impl Pointer {
    /// Reads a pointer; one that begins with `./` leads on from `base`. None if it begins with
    /// neither `/` nor `./`, has a `~` that is neither `~0` nor `~1`, or is longer than any need.
    pub(super) fn parse(text: &str, base: Option<&Self>) -> Option<Self> {
        let text = match (text.strip_prefix('.'), base) {
            (Some(rest), Some(base)) => format!("{}{rest}", base.text),
            _ => text.to_owned(),
        };
        let steps = text.strip_prefix('/')?.split('/').map(step).collect::<Option<Vec<_>>>()?;
        (steps.len() <= MOST_STEPS).then_some(Self { text, steps })
    }

    /// The pointer to the member of this name of the outermost object.
    pub(super) fn member(name: &str) -> Self {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        Self { text: format!("/{escaped}"), steps: vec![name.to_owned()] }
    }

    /// The name of the member that it leads to.
    pub(super) fn name(&self) -> &str {
        self.steps.last().map_or("", String::as_str)
    }

    /// The value as text: a string without its quotes and escapes, anything else as it is written.
    /// None if it is not there or null.
    pub(super) fn text<'a>(&self, json: &'a [u8]) -> Result<Option<Cow<'a, [u8]>>, Unreadable> {
        let Some(raw) = self.find(json)? else { return Ok(None) };
        match raw.as_bytes() {
            b"null" => Ok(None),
            [b'{' | b'[', ..] => Err(Unreadable::NotSingle),
            [b'"', ..] => {
                let Text(text) = serde_json::from_str(raw).or(Err(Unreadable::NotJson))?;
                Ok(Some(match text {
                    Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                    Cow::Owned(text) => Cow::Owned(text.into_bytes()),
                }))
            }
            written => Ok(Some(Cow::Borrowed(written))),
        }
    }

    /// The value of a list of strings, or the one string that stands in place of it.
    pub(super) fn texts<'a>(&self, json: &'a [u8]) -> Result<Vec<Cow<'a, str>>, Unreadable> {
        match self.find(json)? {
            Some(list) if list.starts_with('[') => {
                let texts: Vec<Text<'_>> =
                    serde_json::from_str(list).or(Err(Unreadable::NotJson))?;
                Ok(texts.into_iter().map(|Text(text)| text).collect())
            }
            Some(one) if one.starts_with('"') => {
                let Text(text) = serde_json::from_str(one).or(Err(Unreadable::NotJson))?;
                Ok(vec![text])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The document with another text as this value: as a number where a number was, else as a
    /// string. None if there is no single value yet.
    pub(super) fn replaced(&self, json: &[u8], text: &str) -> Option<Vec<u8>> {
        let old = self.find(json).ok()??.as_bytes();
        let new = match old.first()? {
            b'{' | b'[' => return None,
            b'-' | b'0'..=b'9' => text.to_owned(),
            _ => serde_json::to_string(text).ok()?,
        };
        let start = old.as_ptr().addr() - json.as_ptr().addr();
        Some([&json[..start], new.as_bytes(), &json[start + old.len()..]].concat())
    }

    /// The value as it is written.
    fn find<'a>(&self, json: &'a [u8]) -> Result<Option<&'a str>, Unreadable> {
        let mut reader = serde_json::Deserializer::from_slice(json);
        let found = Seeking(&self.steps).deserialize(&mut reader);
        match found.and_then(|found| reader.end().map(|()| found)) {
            Ok(found) => Ok(found.map(RawValue::get)),
            Err(error) if error.to_string().starts_with(TWICE) => Err(Unreadable::Twice),
            Err(_) => Err(Unreadable::NotJson),
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn step(escaped: &str) -> Option<String> {
    let is_sound = escaped.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    is_sound.then(|| escaped.replace("~1", "/").replace("~0", "~"))
}

/// A string, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Walks down these steps.
struct Seeking<'s>(&'s [String]);

impl<'a> DeserializeSeed<'a> for Seeking<'_> {
    type Value = Option<&'a RawValue>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.0.is_empty() {
            return <&RawValue>::deserialize(deserializer).map(Some);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Seeking<'_> {
    type Value = Option<&'a RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let Some((name, rest)) = self.0.split_first() else { return Ok(None) };
        let mut found = None;
        while let Some(is_wanted) = object.next_key_seed(Naming(name))? {
            if !is_wanted {
                object.next_value::<IgnoredAny>()?;
            } else if found.is_some() {
                return Err(A::Error::custom(TWICE));
            } else {
                found = Some(object.next_value_seed(Seeking(rest))?);
            }
        }
        Ok(found.flatten())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let Some((index, rest)) = self.0.split_first() else { return Ok(None) };
        let mut found = None;
        // RFC 6901 section 4: an index has no leading zeros.
        let wanted = index.parse::<usize>().ok().filter(|wanted| wanted.to_string() == *index);
        for at in 0_usize.. {
            if Some(at) == wanted {
                match list.next_element_seed(Seeking(rest))? {
                    Some(value) => found = value,
                    None => break,
                }
            } else if list.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
        }
        Ok(found)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Reads a name: whether it is the wanted one.
struct Naming<'s>(&'s str);

impl<'a> DeserializeSeed<'a> for Naming<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Naming<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

#[cfg(test)]
mod tests;
