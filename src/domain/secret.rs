//! A secret value that is never printed and is wiped from memory when dropped.

use std::fmt;

use secrecy::{ExposeSecret, SecretSlice};

/// Bytes that prove who somebody is. Comparing is left to `verify`, in constant time.
#[derive(Clone)]
pub struct Secret(SecretSlice<u8>);

impl Secret {
    /// Takes the bytes over.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(SecretSlice::from(bytes.into()))
    }

    /// The bytes themselves. Every call is a place to look at when secrets leak.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}
