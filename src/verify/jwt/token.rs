//! A JSON web token taken apart, and the values of its header and its claims.

use crate::verify::encoding::Encoding;
use crate::verify::json::{Pointer, Unreadable};
use crate::verify::refutation::{Refutation, excerpt};

/// A token, taken apart.
pub(in crate::verify) struct Token<'a> {
    /// What is signed: the first two parts with the dot between them.
    pub(in crate::verify) signed: &'a [u8],
    /// The header's JSON.
    pub(in crate::verify) header: Vec<u8>,
    /// The claims' JSON.
    pub(in crate::verify) claims: Vec<u8>,
    /// The third part.
    pub(in crate::verify) signature: Vec<u8>,
}

impl<'a> Token<'a> {
    /// Takes the text of a token apart.
    pub(in crate::verify) fn read(sent: &'a [u8]) -> Result<Self, Refutation> {
        let mut parts = sent.split(|byte| *byte == b'.');
        let (Some(header), Some(claims), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Refutation::malformed(
                "the token does not have three parts with dots between",
            ));
        };
        let decode = |name: &str, part: &[u8]| {
            Encoding::Base64Url.decode(part).ok_or_else(|| {
                Refutation::malformed(format!("the token's {name} cannot be read as base64url"))
            })
        };
        Ok(Self {
            signed: &sent[..header.len() + 1 + claims.len()],
            header: decode("header", header)?,
            claims: decode("claims", claims)?,
            signature: decode("signature", signature)?,
        })
    }
}

/// The value of a member as text.
pub(in crate::verify) fn text(json: &[u8], name: &str) -> Result<Option<String>, Refutation> {
    Ok(member(json, name)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// The value of a member; something that is no single value counts as its first character.
pub(in crate::verify) fn member(json: &[u8], name: &str) -> Result<Option<Vec<u8>>, Refutation> {
    match Pointer::member(name).text(json) {
        Ok(value) => Ok(value.map(std::borrow::Cow::into_owned)),
        Err(Unreadable::NotSingle) => Ok(Some(b"[".to_vec())),
        Err(why) => Err(unreadable(name, why)),
    }
}

pub(in crate::verify) fn unreadable(name: &str, why: Unreadable) -> Refutation {
    Refutation::malformed(format!("the member {name} of the token {why}"))
}

/// A `NumericDate` (RFC 7519 section 2) in whole seconds, as far as the calendar of `i64` goes.
pub(in crate::verify) fn seconds(claims: &[u8], name: &str) -> Result<Option<i64>, Refutation> {
    let Some(text) = text(claims, name)? else { return Ok(None) };
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    let number = number.ok_or_else(|| {
        let text = excerpt(text.as_bytes());
        Refutation::malformed(format!(
            "the claim {name} is {text:?} and not a number of seconds since 1970"
        ))
    })?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a time beyond measure counts as the last one"
    )]
    let seconds = number.floor() as i64;
    Ok(Some(seconds))
}
