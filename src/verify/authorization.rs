//! The Authorization header (RFC 9110 section 11.6.2): a scheme word and what follows it.

use super::place;
use super::refutation::Refutation;
use crate::domain::headers::Headers;

/// What follows the scheme word; none if the header is absent or has another scheme word, of which
/// letter case does not matter.
pub(super) fn credentials<'a>(
    headers: &'a Headers,
    word: &str,
) -> Result<Option<&'a [u8]>, Refutation> {
    let Some(value) = place::only(headers, "Authorization")? else { return Ok(None) };
    let end = value.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(value.len());
    let (first, rest) = value.split_at(end);
    Ok(first.eq_ignore_ascii_case(word.as_bytes()).then(|| rest.trim_ascii()))
}

/// The refutation of a request without credentials of that scheme word. It does not repeat what
/// the header has instead, since that may be a secret sent without a scheme word.
pub(super) fn absent(headers: &Headers, word: &str) -> Refutation {
    Refutation::missing(if headers.first("Authorization").is_some() {
        format!("the Authorization header does not begin with {word}")
    } else {
        "the Authorization header is missing".to_owned()
    })
}
