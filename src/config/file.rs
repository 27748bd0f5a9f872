//! The config file as TOML: which keys there are and what their values look like.
//!
//! Values are read into the types that the program works with, so that a mistake is reported at its
//! place in the file. What a missing key means is decided in the parent module.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::account::Account;
use super::dashboard::Dashboard;
use super::forward::{self, Answering, Target};
use super::keys::Keys;
use super::mistake::Mistake;
use super::reading;
use super::secrets::SecretSource;
use super::values::Address;
use crate::domain::endpoint::{Answer, PathPattern};
use crate::domain::event::ProviderId;
use crate::domain::keep::Keep;
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::url::Url;
use crate::storage::Durability;

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    /// The listener.
    pub listen: Listen,
    /// The store.
    pub store: Store,
    /// The endpoints in the order in which they are tried.
    #[serde(rename = "endpoint")]
    pub endpoints: Vec<Endpoint>,
    /// The accounts in the order in which they are tried.
    #[serde(rename = "account")]
    pub accounts: Vec<Account>,
    /// How the dashboard looks.
    pub dashboard: Dashboard,
    /// The user's own keys in the dashboard.
    pub keys: Keys,
    /// The user's own signature recipes: `verify` reads them from the same text.
    #[serde(rename = "scheme")]
    pub schemes: IgnoredAny,
}

/// The listener.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Listen {
    /// Where it listens.
    #[serde(deserialize_with = "reading::address")]
    pub addr: Option<Address>,
    /// What stands before a request's target as senders see it.
    #[serde(deserialize_with = "reading::public_url")]
    pub public_url: Option<String>,
    /// The longest body that is captured, in bytes.
    #[serde(deserialize_with = "reading::body_size")]
    pub max_body: Option<u64>,
    /// Where the deliveries of every endpoint without its own `forward` are handed on to.
    #[serde(deserialize_with = "forward::for_all")]
    pub forward: Option<Url>,
}

/// The store.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Store {
    /// The SQLite file, relative to the config's folder; `:memory:` keeps nothing.
    pub file: Option<PathBuf>,
    /// What an answered delivery survives.
    #[serde(deserialize_with = "reading::durability")]
    pub durability: Option<Durability>,
    /// How much is kept.
    #[serde(deserialize_with = "reading::keep")]
    pub keep: Keep,
}

/// One endpoint.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// Its name.
    #[serde(deserialize_with = "reading::endpoint_name")]
    pub name: EndpointName,
    /// The paths it receives.
    #[serde(deserialize_with = "reading::path")]
    pub path: PathPattern,
    /// The provider that sends here.
    #[serde(default, deserialize_with = "reading::provider")]
    pub provider: Option<ProviderId>,
    /// The name of the account whose deliveries arrive here.
    #[serde(default, deserialize_with = "reading::account_name")]
    pub account: Option<AccountName>,
    /// The address as senders see it, instead of the listener's.
    #[serde(default, deserialize_with = "reading::public_url")]
    pub public_url: Option<String>,
    /// The ways of authentication, any of which may hold.
    #[serde(default, deserialize_with = "reading::one_or_many")]
    pub auth: Vec<Auth>,
    /// What is answered, and by whom.
    #[serde(default, deserialize_with = "forward::answering")]
    pub answer: Answering,
    /// How long the app has for its answer.
    #[serde(default, deserialize_with = "forward::duration")]
    pub answer_within: Option<Duration>,
    /// What is answered if the app does not.
    #[serde(default, deserialize_with = "forward::fallback")]
    pub fallback: Option<Answer>,
    /// Where deliveries are handed on to.
    #[serde(default, deserialize_with = "forward::one_or_many")]
    pub forward: Option<Vec<Target>>,
    /// Whether only what verifies is handed on.
    #[serde(default, deserialize_with = "forward::only_verified")]
    pub forward_only: bool,
}

/// One way of authentication. Which keys a scheme wants is known to `verify`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key is explained in the README and belongs to its scheme")]
pub struct Auth {
    pub scheme: String,
    pub username: Option<String>,
    pub password: Option<SecretSource>,
    pub token: Option<SecretSource>,
    pub header: Option<String>,
    pub value: Option<SecretSource>,
    pub key: Option<String>,
    pub secret: Option<SecretSource>,
    #[serde(default)]
    pub secrets: Vec<SecretSource>,
    pub token_secret: Option<SecretSource>,
    pub algorithms: Option<Vec<String>>,
    #[serde(default, deserialize_with = "reading::seconds")]
    pub tolerance: Option<Duration>,
    #[serde(default, deserialize_with = "reading::seconds")]
    pub future: Option<Duration>,
    pub url: Option<String>,
    pub trust_forwarded: Option<bool>,
    pub verify_token: Option<SecretSource>,
    pub app_key: Option<String>,
    pub webhook_id: Option<String>,
    pub topic_arn: Option<String>,
    #[serde(default)]
    pub certificates: BTreeMap<String, SecretSource>,
    pub public_key: Option<SecretSource>,
    pub issuer: Option<String>,
    pub audience: Option<String>,
    #[serde(default, deserialize_with = "reading::seconds")]
    pub leeway: Option<Duration>,
    #[serde(default)]
    pub keys: BTreeMap<String, NamedKey>,
    pub required: Option<Vec<String>>,
    #[serde(default, deserialize_with = "reading::seconds")]
    pub max_age: Option<Duration>,
    pub tag: Option<String>,
    pub require_body_hash: Option<bool>,
}

/// One key of HTTP message signatures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key is explained in the README")]
pub struct NamedKey {
    pub algorithm: String,
    pub secret: Option<SecretSource>,
    pub secret_encoding: Option<String>,
    pub public_key: Option<SecretSource>,
    pub private_key: Option<SecretSource>,
}

impl Auth {
    /// Every secret with the key that it is the value of. Public keys and certificates are none.
    pub fn secret_sources(&self) -> impl Iterator<Item = (&'static str, &SecretSource)> {
        let single = [
            ("password", &self.password),
            ("token", &self.token),
            ("value", &self.value),
            ("secret", &self.secret),
            ("token_secret", &self.token_secret),
            ("verify_token", &self.verify_token),
        ];
        let single = single.into_iter().filter_map(|(key, source)| Some((key, source.as_ref()?)));
        let several = self.secrets.iter().map(|source| ("secrets", source));
        let keys = self.keys.values().flat_map(|key| {
            let sources = [("keys: secret", &key.secret), ("keys: private_key", &key.private_key)];
            sources.into_iter().filter_map(|(key, source)| Some((key, source.as_ref()?)))
        });
        single.chain(several).chain(keys)
    }
}

impl File {
    /// Reads the text of a config file.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        toml::from_str(text).map_err(|error| Mistake::found(&error, text))
    }
}

#[cfg(test)]
mod tests;
