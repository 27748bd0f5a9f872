//! Addresses that stand in a text.

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

fn is_end(character: char) -> bool {
    character.is_whitespace() || character.is_control() || ENDS.contains(&character)
}

#[cfg(test)]
mod tests;
