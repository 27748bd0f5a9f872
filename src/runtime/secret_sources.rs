//! Where the secrets that a provider is given with a subscription come from. They are read when they
//! are sent.

use std::ffi::OsString;

use crate::domain::addresses::Addresses;
use crate::domain::name::AccountName;
use crate::domain::secret::Secret;
use crate::domain::subscription::{Change, FieldValue, Rejection, SecretPlace};
use crate::providers::api::Secrets;
use crate::providers::route::Routes;

/// Reads secrets from the environment and from the endpoints' authentication.
#[derive(Clone, Debug)]
pub struct SecretSources {
    /// The endpoints with their schemes.
    pub routes: Routes,
    /// Looks up an environment variable.
    pub variable: fn(&str) -> Option<OsString>,
}

impl SecretSources {
    /// The secrets that a change asks for.
    ///
    /// # Errors
    /// When one cannot be read: the reason stands at its field.
    pub fn read(
        &self,
        change: &Change,
        account: &AccountName,
        addresses: &Addresses,
    ) -> Result<Secrets, Rejection> {
        let mut secrets = Secrets::new();
        let mut rejection = Rejection::of_whole("a secret cannot be read; nothing was sent");
        let draft = change.draft();
        let further = draft.into_iter().flat_map(|draft| &draft.further);
        for (key, value) in further {
            let FieldValue::Secret(place) = value else { continue };
            let target = draft.map_or("", |draft| &draft.target);
            let read = match place {
                SecretPlace::Env(name) => self.of_environment(name),
                SecretPlace::Endpoint => self.of_endpoint(target, account, addresses),
            };
            match read {
                Ok(secret) => drop(secrets.insert(key, secret)),
                Err(why) => rejection.fields.push(((*key).to_owned(), why)),
            }
        }
        if rejection.fields.is_empty() { Ok(secrets) } else { Err(rejection) }
    }

    fn of_environment(&self, name: &str) -> Result<Secret, String> {
        let value = (self.variable)(name)
            .ok_or_else(|| format!("the environment variable {name} is not set"))?;
        if value.is_empty() {
            return Err(format!("the environment variable {name} is empty"));
        }
        Ok(Secret::new(value.into_encoded_bytes()))
    }

    /// The secret of the endpoint that the target leads to, else of the account's.
    fn of_endpoint(
        &self,
        target: &str,
        account: &AccountName,
        addresses: &Addresses,
    ) -> Result<Secret, String> {
        let name = addresses.endpoint_at(target).or_else(|| addresses.endpoint_of(account));
        let name = name.ok_or_else(|| format!("no endpoint of the config is for {account}"))?;
        let secret = self.routes.named(name).and_then(|route| route.scheme.sender_secret());
        secret.cloned().ok_or_else(|| {
            format!("the endpoint {name} checks by no secret that a sender could be given")
        })
    }
}

#[cfg(test)]
mod tests;
