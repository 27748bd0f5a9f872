//! Structured fields (RFC 9651) as HTTP message signatures use them.

use std::convert::Infallible;

use sfv::visitor::{DictionaryVisitor, EntryVisitor};
use sfv::{Dictionary, FieldType as _, KeyRef, List, Parser};

use crate::domain::headers::Headers;
use crate::verify::refutation::Refutation;

/// The combined value of a field (RFC 9421 section 2.1): the values of its lines, without the white
/// space around them, with a comma and a space between two. None if there is no such field.
pub(in crate::verify) fn combined(headers: &Headers, name: &str) -> Option<Vec<u8>> {
    let lines = headers.all(name).map(<[u8]>::trim_ascii).collect::<Vec<_>>();
    (!lines.is_empty()).then(|| lines.join(&b", "[..]))
}

/// The dictionary that a field holds; none if there is no such field. A member that is there twice
/// would mean to each reader what it likes.
pub(in crate::verify) fn dictionary(
    headers: &Headers,
    name: &str,
) -> Result<Option<Dictionary>, Refutation> {
    let Some(value) = combined(headers, name) else { return Ok(None) };
    let read = Parser::new(&value).parse_dictionary_with_visitor(Members::default());
    let Members { members, repeated } = read.map_err(|error| {
        Refutation::malformed(format!("{name} is not a structured dictionary: {error}"))
    })?;
    match repeated {
        Some(member) => Err(Refutation::malformed(format!("{name} has {member} more than once"))),
        None => Ok(Some(members)),
    }
}

/// The value in the one way of writing that structured fields have (RFC 9421 section 2.1.1); none
/// if it is not structured. Which type a field has is not known here, but a text that can be read
/// as a list is written the same as what else it may be, and the rest are dictionaries.
pub(in crate::verify) fn strict(value: &[u8]) -> Option<String> {
    if let Ok(list) = Parser::new(value).parse::<List>() {
        return Some(list.serialize().unwrap_or_default());
    }
    let dictionary = Parser::new(value).parse::<Dictionary>().ok()?;
    Some(dictionary.serialize().unwrap_or_default())
}

#[derive(Debug, Default)]
struct Members {
    members: Dictionary,
    repeated: Option<String>,
}

impl<'de> DictionaryVisitor<'de> for Members {
    type Out = Self;
    type Error = Infallible;

    fn entry(&mut self, key: &'de KeyRef) -> Result<impl EntryVisitor<'de>, Infallible> {
        if self.members.contains_key(key) {
            self.repeated = Some(key.as_str().to_owned());
        }
        DictionaryVisitor::entry(&mut self.members, key)
    }

    fn finish(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}
