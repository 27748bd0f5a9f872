//! What a user's `auth` table says, with its secrets resolved, and what may be wrong with it.

use std::time::Duration;

use super::nearest::suggestion;
use crate::domain::secret::Secret;

/// An `auth` table with its secrets resolved. A key that the table does not have is absent here.
#[derive(Clone, Debug, Default)]
pub struct Auth {
    /// The scheme's name.
    pub scheme: String,
    /// `username`, of `basic`.
    pub username: Option<String>,
    /// `password`, of `basic`.
    pub password: Option<Secret>,
    /// `token`, of `bearer` and `oauth1`.
    pub token: Option<Secret>,
    /// `header`, of `header`: its name.
    pub header: Option<String>,
    /// `value`, of `header`.
    pub value: Option<Secret>,
    /// `key`, of `oauth1`: the consumer key.
    pub key: Option<String>,
    /// `secret`, or those of `secrets`: any may match.
    pub secrets: Vec<Secret>,
    /// `token_secret`, of `oauth1`.
    pub token_secret: Option<Secret>,
    /// `algorithms`, of `oauth1`.
    pub algorithms: Option<Vec<String>>,
    /// `tolerance`: how far back a signed time may lie.
    pub tolerance: Option<Duration>,
    /// `future`: how far ahead a signed time may lie.
    pub future: Option<Duration>,
    /// `url`: the address typed at the provider.
    pub url: Option<String>,
}

/// What is wrong with an `auth` table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemeError {
    /// No scheme has this name.
    #[error("there is no scheme {name}{}", suggestion(name, nearest.as_deref()))]
    Unknown {
        /// The name.
        name: String,
        /// The nearest name that there is.
        nearest: Option<String>,
    },
    /// The scheme needs a key that is not there.
    #[error("scheme {scheme} needs the key {key}")]
    Missing {
        /// The scheme.
        scheme: String,
        /// The key.
        key: &'static str,
    },
    /// The scheme has no use for a key that is there.
    #[error("scheme {scheme} has no use for the key {key}")]
    Unwelcome {
        /// The scheme.
        scheme: String,
        /// The key.
        key: &'static str,
    },
    /// The value of a key cannot be used.
    #[error("scheme {scheme}: {key} {problem}")]
    Unusable {
        /// The scheme.
        scheme: String,
        /// The key.
        key: &'static str,
        /// What is wrong with it, without telling a secret.
        problem: String,
    },
}

impl Auth {
    /// Refuses keys that the scheme has no use for.
    pub(in crate::verify) fn welcome(&self, keys: &[&str]) -> Result<(), SchemeError> {
        match self.given().find(|key| !keys.contains(key)) {
            Some(key) => Err(SchemeError::Unwelcome { scheme: self.scheme.clone(), key }),
            None => Ok(()),
        }
    }

    /// The value of a key that the scheme needs.
    pub(in crate::verify) fn needed<'a, T>(
        &self,
        key: &'static str,
        value: Option<&'a T>,
    ) -> Result<&'a T, SchemeError> {
        value.ok_or_else(|| SchemeError::Missing { scheme: self.scheme.clone(), key })
    }

    /// The complaint about the value of a key.
    pub(in crate::verify) fn unusable(
        &self,
        key: &'static str,
        problem: impl Into<String>,
    ) -> SchemeError {
        SchemeError::Unusable { scheme: self.scheme.clone(), key, problem: problem.into() }
    }

    /// Refuses a secret that proves nothing.
    pub(in crate::verify) fn not_empty<'a>(
        &self,
        key: &'static str,
        secret: &'a Secret,
    ) -> Result<&'a Secret, SchemeError> {
        if secret.expose().is_empty() {
            return Err(self.unusable(key, "is empty, so that anybody could pass"));
        }
        Ok(secret)
    }

    fn given(&self) -> impl Iterator<Item = &'static str> {
        [
            ("username", self.username.is_some()),
            ("password", self.password.is_some()),
            ("token", self.token.is_some()),
            ("header", self.header.is_some()),
            ("value", self.value.is_some()),
            ("key", self.key.is_some()),
            ("secret", !self.secrets.is_empty()),
            ("token_secret", self.token_secret.is_some()),
            ("algorithms", self.algorithms.is_some()),
            ("tolerance", self.tolerance.is_some()),
            ("future", self.future.is_some()),
            ("url", self.url.is_some()),
        ]
        .into_iter()
        .filter_map(|(key, given)| given.then_some(key))
    }
}
