//! A secret that anybody may know, in place of the real one, so that a redacted delivery verifies.

mod toml;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use crate::domain::endpoint::Endpoint;
use crate::domain::secret::Secret;
use crate::providers::route::Route;
use crate::verify::catalog::{Auth, Catalog, NamedKey};
use crate::verify::encoding::Encoding;
use crate::verify::scheme::Scheme;

/// What the deliveries of an endpoint verify by in a shared file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Fixture {
    /// The endpoint.
    pub endpoint: String,
    /// The line for the endpoint's table in the config.
    pub auth: String,
    /// The public URL that is signed, if the endpoint has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
}

impl Fixture {
    /// What to do with it, for people.
    #[must_use]
    pub fn note(&self) -> String {
        let Self { endpoint, auth, public_url } = self;
        let url = public_url.as_ref().map(|url| format!(" and public_url = {url:?}"));
        let url = url.unwrap_or_default();
        format!("redacted and signed afresh: endpoint {endpoint} verifies it with {auth}{url}")
    }
}

/// An endpoint as it is in a shared file.
#[derive(Clone, Debug)]
pub struct Shared {
    /// What is told about it.
    pub fixture: Fixture,
    /// The endpoint with the scheme that signs.
    pub route: Route,
}

/// Why the deliveries of an endpoint cannot be signed afresh.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("only the sender can sign for {0}")]
pub struct Unsignable(String);

/// The endpoint with a secret that may be known, by the first of its schemes that can be signed for;
/// none if it has no scheme.
///
/// # Errors
/// When only its sender can sign.
pub fn shared(
    endpoint: &Endpoint,
    auths: &[Auth],
    catalog: &Catalog,
) -> Result<Option<Shared>, Unsignable> {
    let made = auths.iter().filter(|auth| auth.scheme != "none");
    let mut made = made.map(|auth| fixed(auth, catalog).ok_or(auth));
    let Some(first) = made.next() else { return Ok(None) };
    let (auth, scheme) = match first {
        Ok(found) => found,
        Err(auth) => made.find_map(Result::ok).ok_or_else(|| Unsignable(auth.scheme.clone()))?,
    };
    let fixture = Fixture {
        endpoint: endpoint.name.to_string(),
        auth: format!("auth = {}", self::toml::written(&auth)),
        public_url: endpoint.public_url.clone(),
    };
    let route = Route { endpoint: endpoint.clone(), scheme };
    Ok(Some(Shared { fixture, route }))
}

/// The table with a known secret of the first form that the scheme takes.
fn fixed(auth: &Auth, catalog: &Catalog) -> Option<(Auth, Scheme)> {
    let listing = catalog.listings().find(|listing| listing.name == auth.scheme)?;
    let made = secrets(&auth.scheme).into_iter().filter_map(|secret| {
        let auth = with_secret(auth, &listing.keys, &secret);
        let scheme = catalog.scheme(&auth).ok()?;
        Some((auth, scheme))
    });
    let mut signing = made.filter(|(_, scheme)| scheme.without_secret().is_none());
    signing.next()
}

/// A secret in each of the forms that schemes want: any text, base64 as Standard Webhooks have it,
/// base64, hex. It follows from the name, so that it is the same in every export.
fn secrets(scheme: &str) -> [Secret; 4] {
    let digest = digest(&SHA256, format!("hookscope fixture {scheme}").as_bytes());
    let base64 = STANDARD.encode(digest.as_ref());
    let hex = Encoding::Hex.encode(digest.as_ref());
    [format!("fixture-secret-of-{scheme}"), format!("whsec_{base64}"), base64, hex].map(Secret::new)
}

/// The table with this secret in place of every one that it has or could have.
fn with_secret(auth: &Auth, keys: &[&str], secret: &Secret) -> Auth {
    let takes = |key: &str| keys.contains(&key);
    let given = |key| takes(key).then(|| secret.clone());
    let named = |key| takes(key).then(|| "fixture".to_owned());
    let key = NamedKey {
        algorithm: "hmac-sha256".to_owned(),
        secret: Some(secret.clone()),
        ..NamedKey::default()
    };
    let ids = if takes("keys") { vec!["fixture".to_owned()] } else { Vec::new() };
    Auth {
        username: named("username"),
        password: given("password"),
        token: given("token").filter(|_| auth.scheme != "oauth1" || auth.token.is_some()),
        value: given("value"),
        key: named("key"),
        secrets: given("secret").into_iter().collect(),
        token_secret: given("token_secret").filter(|_| auth.token_secret.is_some()),
        // Those that are configured may be for keys that nobody else has.
        algorithms: auth.algorithms.clone().filter(|_| auth.public_key.is_none()),
        verify_token: given("verify_token").filter(|_| auth.verify_token.is_some()),
        app_key: named("app_key"),
        // It may carry a secret in its query; what is signed is told by public URL or Host header.
        url: None,
        public_key: None,
        certificates: BTreeMap::new(),
        keys: ids.into_iter().map(|id| (id, key.clone())).collect(),
        ..auth.clone()
    }
}

/// Every secret of a table.
pub fn secrets_of(auth: &Auth) -> impl Iterator<Item = &Secret> {
    let single = [&auth.password, &auth.token, &auth.value, &auth.token_secret, &auth.verify_token];
    let keys = auth.keys.values().flat_map(|key| [&key.secret, &key.private_key]);
    single.into_iter().chain(keys).flatten().chain(&auth.secrets)
}
