//! From what the config says about an endpoint to a route that deliveries can be checked by.

use std::ffi::OsString;
use std::path::Path;

use super::error::ConfigError;
use super::file;
use super::forward::{self, Answering};
use super::secrets::SecretSource;
use crate::domain::endpoint::{Answer, AppAnswers, Endpoint};
use crate::domain::forwarding::Forwarding;
use crate::domain::name::EndpointName;
use crate::domain::secret::Secret;
use crate::domain::url::Url;
use crate::providers::route::Route;
use crate::verify::catalog::{Auth, Catalog, NamedKey};

/// Reads the secrets of one config: where files lie, and how variables are looked up.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The config's folder.
    pub base: &'a Path,
    /// Looks up an environment variable.
    pub variable: fn(&str) -> Option<OsString>,
}

/// What an endpoint has of the listener where it says nothing itself.
#[derive(Clone, Copy, Debug)]
pub struct Inherited<'a> {
    /// What stands before a request's target as senders see it.
    pub public_url: Option<&'a str>,
    /// Where deliveries are handed on to.
    pub forward: Option<&'a Url>,
}

/// The route of an endpoint.
pub fn route(
    given: &file::Endpoint,
    inherited: Inherited<'_>,
    catalog: &Catalog,
    reader: Reader<'_>,
) -> Result<Route, ConfigError> {
    let endpoint = endpoint(given, inherited)?;
    let scheme = catalog
        .any_scheme(&auths(given, reader)?)
        .map_err(|error| ConfigError::Auth { endpoint: given.name.clone(), error })?;
    Ok(Route { endpoint, scheme })
}

/// The endpoint, with what it inherits.
pub fn endpoint(given: &file::Endpoint, inherited: Inherited<'_>) -> Result<Endpoint, ConfigError> {
    let forwarding = forwarding(given, inherited.forward);
    let answered_by_app = answered_by_app(given, &forwarding)
        .map_err(|message| ConfigError::Forward { endpoint: given.name.clone(), message })?;
    Ok(Endpoint {
        name: given.name.clone(),
        path: given.path.clone(),
        provider: given.provider,
        account: given.account.clone(),
        public_url: given.public_url.clone().or_else(|| inherited.public_url.map(str::to_owned)),
        answer: match &given.answer {
            Answering::Always(answer) => answer.clone(),
            Answering::App => Answer::default(),
        },
        forwarding,
        answered_by_app,
    })
}

fn forwarding(given: &file::Endpoint, inherited: Option<&Url>) -> Forwarding {
    let forwarding = match &given.forward {
        Some(targets) => Forwarding { targets: forward::targets(targets), only_verified: false },
        None => inherited.cloned().map(Forwarding::to).unwrap_or_default(),
    };
    Forwarding { only_verified: given.forward_only, ..forwarding }
}

fn answered_by_app(
    given: &file::Endpoint,
    forwarding: &Forwarding,
) -> Result<Option<AppAnswers>, &'static str> {
    let usual = AppAnswers::default();
    match given.answer {
        Answering::App if forwarding.targets.is_empty() => Err(
            "answer = \"forward\" needs to know the app: add forward = \"URL\", or use --forward",
        ),
        Answering::App => Ok(Some(AppAnswers {
            within: given.answer_within.unwrap_or(usual.within),
            otherwise: given.fallback.clone().unwrap_or(usual.otherwise),
        })),
        Answering::Always(_) if given.answer_within.is_some() || given.fallback.is_some() => {
            Err("answer_within and fallback go with answer = \"forward\"")
        }
        Answering::Always(_) => Ok(None),
    }
}

/// The `auth` tables of an endpoint with their secrets in them.
pub fn auths(given: &file::Endpoint, reader: Reader<'_>) -> Result<Vec<Auth>, ConfigError> {
    given.auth.iter().map(|auth| resolved(auth, &given.name, reader)).collect()
}

/// The `auth` table with its secrets in it.
fn resolved(
    given: &file::Auth,
    endpoint: &EndpointName,
    reader: Reader<'_>,
) -> Result<Auth, ConfigError> {
    let secrets = Secrets { endpoint, reader };
    let given = given.clone();
    let single = given.secret.iter().map(|source| secrets.read("secret", source));
    let several = given.secrets.iter().map(|source| secrets.read("secrets", source));
    let certificates = given.certificates.iter();
    let keys = given.keys.iter();
    Ok(Auth {
        scheme: given.scheme,
        username: given.username,
        password: secrets.optional("password", given.password.as_ref())?,
        token: secrets.optional("token", given.token.as_ref())?,
        header: given.header,
        value: secrets.optional("value", given.value.as_ref())?,
        key: given.key,
        secrets: single.chain(several).collect::<Result<_, _>>()?,
        token_secret: secrets.optional("token_secret", given.token_secret.as_ref())?,
        algorithms: given.algorithms,
        tolerance: given.tolerance,
        future: given.future,
        url: given.url,
        trust_forwarded: given.trust_forwarded,
        verify_token: secrets.optional("verify_token", given.verify_token.as_ref())?,
        app_key: given.app_key,
        webhook_id: given.webhook_id,
        topic_arn: given.topic_arn,
        certificates: certificates
            .map(|(url, source)| Ok((url.clone(), secrets.read("certificates", source)?)))
            .collect::<Result<_, _>>()?,
        public_key: secrets.optional("public_key", given.public_key.as_ref())?,
        issuer: given.issuer,
        audience: given.audience,
        leeway: given.leeway,
        keys: keys
            .map(|(id, key)| Ok((id.clone(), secrets.named_key(key)?)))
            .collect::<Result<_, _>>()?,
        required: given.required,
        max_age: given.max_age,
        tag: given.tag,
        require_body_hash: given.require_body_hash,
    })
}

/// Reads the secrets of one endpoint.
#[derive(Clone, Copy)]
struct Secrets<'a> {
    endpoint: &'a EndpointName,
    reader: Reader<'a>,
}

impl Secrets<'_> {
    fn read(self, key: &'static str, source: &SecretSource) -> Result<Secret, ConfigError> {
        source.read(self.reader.base, self.reader.variable).map_err(|error| ConfigError::Secret {
            endpoint: self.endpoint.clone(),
            key,
            error,
        })
    }

    fn optional(
        self,
        key: &'static str,
        source: Option<&SecretSource>,
    ) -> Result<Option<Secret>, ConfigError> {
        source.map(|source| self.read(key, source)).transpose()
    }

    fn named_key(self, given: &file::NamedKey) -> Result<NamedKey, ConfigError> {
        Ok(NamedKey {
            algorithm: given.algorithm.clone(),
            secret: self.optional("keys: secret", given.secret.as_ref())?,
            secret_encoding: given.secret_encoding.clone(),
            public_key: self.optional("keys: public_key", given.public_key.as_ref())?,
            private_key: self.optional("keys: private_key", given.private_key.as_ref())?,
        })
    }
}

#[cfg(test)]
mod tests;
