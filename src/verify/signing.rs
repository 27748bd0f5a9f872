//! What signing needs to know beside the request, and why it may not be possible.

use jiff::Timestamp;

use crate::domain::headers::Field;

/// What signing needs to know beside the request itself.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'a> {
    /// The time that is signed.
    pub at: Timestamp,
    /// A text that was not used before, for schemes that want one (OAuth 1.0a).
    pub nonce: &'a str,
    /// The id to sign, for schemes that sign one; without it the request keeps its own.
    pub id: Option<&'a str>,
    /// What stands before the target as the receiver knows it; else `http://` and the Host header.
    pub public_url: Option<&'a str>,
}

/// Why a request cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotSign {
    /// The scheme has no secret.
    #[error("the scheme has no secret to sign with")]
    NoSecret,
    /// The scheme signs an id, but there is none.
    #[error("the scheme signs an id, but neither the request nor the caller has one")]
    NoId,
    /// The scheme signs the URL, but nothing names the host.
    #[error("the scheme signs the url, but there is neither a public url nor a Host header")]
    NoUrl,
    /// The scheme signs this header, which the request does not have.
    #[error("the scheme signs the header {0}, which the request does not have exactly once")]
    NoHeader(String),
    /// The scheme signs within the body or the query, which have no place for it.
    #[error("the request has no place for {0}, which the scheme writes anew")]
    NoPlace(String),
    /// Only the sender has the key that signs.
    #[error("the scheme signs with a private key, which only the sender has")]
    NoPrivateKey,
    /// A parameter of the request cannot be read, so that nobody could verify the signature.
    #[error("a parameter of the request cannot be read: {0}")]
    Unreadable(String),
    /// What would be sent cannot stand in a header.
    #[error("the value of the header {0} would have characters that a header cannot carry")]
    NotAHeaderValue(String),
}

/// A header field, if name and value can stand in a head.
pub(super) fn field(name: &str, value: impl Into<Vec<u8>>) -> Result<Field, CannotSign> {
    let value = value.into();
    if http::HeaderValue::from_bytes(&value).is_err() {
        return Err(CannotSign::NotAHeaderValue(name.to_owned()));
    }
    Ok(Field { name: name.to_owned().into(), value: value.into() })
}
