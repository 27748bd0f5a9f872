//! The scheme that `verify` checks by: that of the config, or what the command line says instead.

use super::arguments::VerifyArguments;
use super::exit::Exit;
use super::failure::Failure;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::name::EndpointName;
use crate::domain::secret::Secret;
use crate::verify::catalog::{Auth, SchemeError};
use crate::verify::scheme::Scheme;

/// The scheme to check by, and the public URL of the endpoint.
pub(super) fn chosen(
    arguments: &VerifyArguments,
    config: &Config,
    endpoint: Option<&EndpointName>,
    environment: &Environment,
) -> anyhow::Result<(Scheme, Option<String>)> {
    let mut routes = config.configured_routes(environment);
    let route = endpoint.and_then(|name| routes.find(|(known, _)| *known == name));
    let is_told =
        arguments.scheme.is_some() || arguments.secret_env.is_some() || arguments.key.is_some();
    if is_told {
        let public_url = route.and_then(|(_, route)| route.ok()?.endpoint.public_url);
        return Ok((told(arguments, config, endpoint, environment)?, public_url));
    }
    match route {
        Some((_, route)) => {
            route.map(|route| (route.scheme, route.endpoint.public_url)).map_err(Into::into)
        }
        None => Ok((Scheme::Open, None)),
    }
}

/// The scheme of the command line. What it does not say is taken from the endpoint's `auth` table of
/// the same scheme, if there is one.
fn told(
    arguments: &VerifyArguments,
    config: &Config,
    endpoint: Option<&EndpointName>,
    environment: &Environment,
) -> anyhow::Result<Scheme> {
    let auths = endpoint.map(|name| config.auths(name, environment)).transpose();
    // With a secret of its own, the command line does not need those of the config.
    let auths = match auths {
        Err(error) if arguments.secret_env.is_none() => return Err(error.into()),
        auths => auths.ok().flatten().unwrap_or_default(),
    };
    let mut auths = auths.into_iter();
    let auth = match &arguments.scheme {
        Some(name) => {
            let new = || Auth { scheme: name.clone(), ..Auth::default() };
            auths.find(|auth| auth.scheme == *name).unwrap_or_else(new)
        }
        None => auths.next().ok_or_else(|| {
            Failure::new(
                Exit::Wrong,
                "usage",
                "the endpoint has no auth table to take a scheme from",
            )
            .hint("name a scheme with --scheme; `hookscope providers` lists them")
        })?,
    };
    let catalog = config.catalog();
    let listing = catalog.listings().find(|listing| listing.name == auth.scheme);
    let keys = listing.map(|listing| listing.keys).unwrap_or_default();
    let auth = filled(auth, &keys, arguments, environment)?;
    catalog.scheme(&auth).map_err(|error| unusable(&error).into())
}

/// The table with what the command line gives, each at the first key that the scheme has for it.
fn filled(
    mut auth: Auth,
    keys: &[&str],
    arguments: &VerifyArguments,
    environment: &Environment,
) -> anyhow::Result<Auth> {
    if let Some(name) = &arguments.secret_env {
        let value = (environment.variable)(name).filter(|value| !value.is_empty());
        let secret = Secret::new(value.ok_or_else(|| not_set(name))?.into_encoded_bytes());
        let known = ["secret", "token", "password", "value", "public_key"];
        match keys.iter().find(|key| known.contains(key)) {
            Some(&"token") => auth.token = Some(secret),
            Some(&"password") => auth.password = Some(secret),
            Some(&"value") => auth.value = Some(secret),
            Some(&"public_key") => auth.public_key = Some(secret),
            _ => auth.secrets = vec![secret],
        }
    }
    if let Some(key) = &arguments.key {
        match keys.iter().find(|known| ["key", "username", "header"].contains(known)) {
            Some(&"username") => auth.username = Some(key.clone()),
            Some(&"header") => auth.header = Some(key.clone()),
            _ => auth.key = Some(key.clone()),
        }
    }
    Ok(auth)
}

fn not_set(name: &str) -> Failure {
    Failure::new(Exit::Wrong, "secret", format!("the environment variable {name} is not set"))
        .hint("set it to the secret for this command")
}

fn unusable(error: &SchemeError) -> Failure {
    let failure = Failure::new(Exit::Wrong, "scheme", error.to_string());
    match error {
        SchemeError::Unknown { .. } => failure.hint("`hookscope providers` lists them"),
        SchemeError::Missing { key: "key" | "username" | "header", .. } => {
            failure.hint("give it with --key")
        }
        _ => failure,
    }
}
