//! Addresses that stand in a text.

use std::fmt;

use super::url::{Url, UrlError};

/// Characters that end an address within a text, beside white space and what cannot be seen.
const ENDS: &[char] = &['"', '<', '>', '\\', '^', '`', '{', '|', '}'];

/// Characters that belong to the sentence around an address when they stand at its end.
const PUNCTUATION: &[char] = &['.', ',', ';', ':', '!', '?', '\'', ')', ']', '*'];

/// The http and https addresses in a text, as they stand there. A text that is one address is taken
/// whole.
pub fn addresses_in(text: &str) -> impl Iterator<Item = &str> {
    let whole = is_address(text) && !text.contains(is_end);
    let mut rest = text;
    std::iter::from_fn(move || {
        if whole {
            return Some(std::mem::take(&mut rest)).filter(|address| !address.is_empty());
        }
        let start = ["http://", "https://"].iter().filter_map(|scheme| rest.find(scheme)).min()?;
        let (_, address) = rest.split_at(start);
        let (address, behind) = address.split_at(address.find(is_end).unwrap_or(address.len()));
        rest = behind;
        Some(address.trim_end_matches(PUNCTUATION))
    })
}

/// Whether the text begins as an address does.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The address to call for an address in a text: the same without its fragment, which is never
/// sent.
///
/// # Errors
/// When no request can go there.
pub fn callable(address: &str) -> Result<Url, UrlError> {
    Url::parse(address.split('#').next().unwrap_or_default())
}

/// What a browser opens for an address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebPage {
    /// Where it is.
    pub url: Url,
    /// The part of it that is meant, with its `#`; empty if all of it is.
    pub fragment: String,
}

impl WebPage {
    /// The page of an address.
    ///
    /// # Errors
    /// When no request can go there.
    pub fn at(address: &str) -> Result<Self, UrlError> {
        Ok(Self { url: callable(address)?, fragment: fragment_of(address).to_owned() })
    }
}

impl fmt::Display for WebPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.url, self.fragment)
    }
}

/// The fragment of an address, with its `#`; nothing if there is none, or if it holds what a fragment
/// cannot hold (RFC 3986, section 3.5).
#[must_use]
pub fn fragment_of(address: &str) -> &str {
    let fragment = address.find('#').map_or("", |at| address.split_at(at).1);
    let may_stand =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte);
    if fragment.bytes().skip(1).all(may_stand) { fragment } else { "" }
}

fn is_end(character: char) -> bool {
    character.is_whitespace() || character.is_control() || ENDS.contains(&character)
}

#[cfg(test)]
mod tests;
