//! What a user's `auth` table says, with its secrets resolved, and what may be wrong with it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::name::SchemeName;
use crate::domain::nearest::suggestion;
use crate::domain::secret::Secret;
use crate::verify::address::Origin;
use crate::verify::settings::Settings;

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
    /// `algorithms`, of `oauth1` and of JSON web tokens.
    pub algorithms: Option<Vec<String>>,
    /// `tolerance`: how far back a signed time may lie.
    pub tolerance: Option<Duration>,
    /// `future`: how far ahead a signed time may lie.
    pub future: Option<Duration>,
    /// `url`: the address typed at the provider.
    pub url: Option<String>,
    /// `trust_forwarded`: whether scheme and host come from the forwarding headers.
    pub trust_forwarded: Option<bool>,
    /// `verify_token`, as Meta names it: what a subscription has to know.
    pub verify_token: Option<Secret>,
    /// `app_key`, as Pusher names it.
    pub app_key: Option<String>,
    /// `webhook_id`, as `PayPal` names it.
    pub webhook_id: Option<String>,
    /// `topic_arn`, of Amazon SNS: the topic that messages have to come from.
    pub topic_arn: Option<String>,
    /// `certificates`: what each certificate address is taken to hold.
    pub certificates: BTreeMap<String, Secret>,
    /// `public_key`, in the provider's own form or as PEM. It is no secret, but comes from the same
    /// places.
    pub public_key: Option<Secret>,
    /// `issuer`, of JSON web tokens.
    pub issuer: Option<String>,
    /// `audience`, of JSON web tokens.
    pub audience: Option<String>,
    /// `leeway`, of JSON web tokens: how far their times may be off.
    pub leeway: Option<Duration>,
    /// `keys`, of HTTP message signatures: by the id that a request names them with.
    pub keys: BTreeMap<String, NamedKey>,
    /// `required`, of HTTP message signatures: the components that have to be covered.
    pub required: Option<Vec<String>>,
    /// `max_age`, of HTTP message signatures.
    pub max_age: Option<Duration>,
    /// `tag`, of HTTP message signatures: the application that a signature has to be meant for.
    pub tag: Option<String>,
    /// `require_body_hash`, of `oauth1`: refuses a body that the signature does not cover.
    pub require_body_hash: Option<bool>,
}

/// A key of HTTP message signatures.
#[derive(Clone, Debug, Default)]
pub struct NamedKey {
    /// `algorithm`: the only one that it is used with.
    pub algorithm: String,
    /// `secret`, of `hmac-sha256`.
    pub secret: Option<Secret>,
    /// `secret_encoding`: `utf8` (default), `hex` or `base64`.
    pub secret_encoding: Option<String>,
    /// `public_key`, of every other algorithm.
    pub public_key: Option<Secret>,
    /// `private_key`, of `ed25519`: to sign with. The public key follows from it.
    pub private_key: Option<Secret>,
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
    /// The scheme's name.
    pub(in crate::verify) fn name(&self) -> SchemeName {
        SchemeName::from(self.scheme.as_str())
    }

    /// What the user tells about the URL.
    pub(in crate::verify) fn origin(&self) -> Origin {
        let trust_forwarded = self.trust_forwarded.unwrap_or_default();
        Origin { typed: self.url.clone(), trust_forwarded }
    }

    /// What the user tells as the provider names it.
    pub(in crate::verify) fn settings(&self) -> Settings {
        Settings {
            app_key: self.app_key.clone(),
            verify_token: self.verify_token.clone(),
            webhook_id: self.webhook_id.clone(),
        }
    }

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
            ("trust_forwarded", self.trust_forwarded.is_some()),
            ("verify_token", self.verify_token.is_some()),
            ("app_key", self.app_key.is_some()),
            ("webhook_id", self.webhook_id.is_some()),
            ("topic_arn", self.topic_arn.is_some()),
            ("certificates", !self.certificates.is_empty()),
            ("public_key", self.public_key.is_some()),
            ("issuer", self.issuer.is_some()),
            ("audience", self.audience.is_some()),
            ("leeway", self.leeway.is_some()),
            ("keys", !self.keys.is_empty()),
            ("required", self.required.is_some()),
            ("max_age", self.max_age.is_some()),
            ("tag", self.tag.is_some()),
            ("require_body_hash", self.require_body_hash.is_some()),
        ]
        .into_iter()
        .filter_map(|(key, given)| given.then_some(key))
    }
}
