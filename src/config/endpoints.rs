//! From what the config says about an endpoint to a route that deliveries can be checked by.

use std::ffi::OsString;
use std::path::Path;

use super::error::ConfigError;
use super::file;
use super::secrets::SecretSource;
use crate::domain::endpoint::Endpoint;
use crate::domain::name::EndpointName;
use crate::domain::secret::Secret;
use crate::providers::route::Route;
use crate::verify::catalog::{Auth, Catalog};

/// Reads the secrets of one config: where files lie, and how variables are looked up.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The config's folder.
    pub base: &'a Path,
    /// Looks up an environment variable.
    pub variable: fn(&str) -> Option<OsString>,
}

/// The route of an endpoint. Without a public URL of its own it has the listener's.
pub fn route(
    given: &file::Endpoint,
    public_url: Option<&str>,
    catalog: &Catalog,
    reader: Reader<'_>,
) -> Result<Route, ConfigError> {
    let endpoint = Endpoint {
        name: given.name.clone(),
        path: given.path.clone(),
        provider: given.provider,
        account: given.account.clone(),
        public_url: given.public_url.clone().or_else(|| public_url.map(str::to_owned)),
        answer: given.answer.clone(),
    };
    let auths = given.auth.iter().map(|auth| resolved(auth, &given.name, reader));
    let scheme = catalog
        .any_scheme(&auths.collect::<Result<Vec<_>, _>>()?)
        .map_err(|error| ConfigError::Auth { endpoint: given.name.clone(), error })?;
    Ok(Route { endpoint, scheme })
}

/// The `auth` table with its secrets in it.
fn resolved(
    given: &file::Auth,
    endpoint: &EndpointName,
    reader: Reader<'_>,
) -> Result<Auth, ConfigError> {
    let read = |key: &'static str, source: &SecretSource| {
        source.read(reader.base, reader.variable).map_err(|error| ConfigError::Secret {
            endpoint: endpoint.clone(),
            key,
            error,
        })
    };
    let optional =
        |key: &'static str, source: &Option<SecretSource>| -> Result<Option<Secret>, _> {
            source.as_ref().map(|source| read(key, source)).transpose()
        };
    let single = given.secret.iter().map(|source| read("secret", source));
    let several = given.secrets.iter().map(|source| read("secrets", source));
    Ok(Auth {
        scheme: given.scheme.clone(),
        username: given.username.clone(),
        password: optional("password", &given.password)?,
        token: optional("token", &given.token)?,
        header: given.header.clone(),
        value: optional("value", &given.value)?,
        key: given.key.clone(),
        secrets: single.chain(several).collect::<Result<_, _>>()?,
        token_secret: optional("token_secret", &given.token_secret)?,
        algorithms: given.algorithms.clone(),
        tolerance: given.tolerance,
        future: given.future,
        url: given.url.clone(),
    })
}
