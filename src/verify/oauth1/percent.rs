//! Percent-encoding as OAuth 1.0a has it (RFC 5849 section 3.6).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_encode};

use crate::verify::encoding::Encoding;

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether the byte is a character that stands for itself everywhere.
pub(in crate::verify) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// The bytes with everything but unreserved characters encoded, hex digits in upper case.
pub(in crate::verify) fn encode(bytes: &[u8]) -> PercentEncode<'_> {
    percent_encode(bytes, RESERVED)
}

/// What a plus sign stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verify) enum Plus {
    /// In queries and forms.
    IsSpace,
    /// In the Authorization header.
    IsItself,
}

/// The bytes that the text stands for; none if a `%` is not followed by two hex digits.
pub(in crate::verify) fn decode(text: &[u8], plus: Plus) -> Option<Cow<'_, [u8]>> {
    if !text.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'%' => {
                let (digits, after) = after.split_at_checked(2)?;
                bytes.extend(Encoding::Hex.decode(digits)?);
                rest = after;
            }
            b'+' if plus == Plus::IsSpace => bytes.push(b' '),
            byte => bytes.push(*byte),
        }
    }
    Some(Cow::Owned(bytes))
}
