//! From what the config says about an account to one that calls can be made with.

use super::account::{self, Bearer, Credentials};
use super::endpoints::Reader;
use super::error::ConfigError;
use super::secrets::SecretSource;
use crate::domain::account::{Account, Bearer as Proof, Credentials as Proofs};
use crate::domain::name::AccountName;
use crate::domain::secret::Secret;
/// The account with its secrets in it.
pub fn account(given: &account::Account, reader: Reader<'_>) -> Result<Account, ConfigError> {
    let secrets = Secrets { account: &given.name, reader };
    Ok(Account {
        name: given.name.clone(),
        provider: given.provider,
        base_url: given.base_url.clone(),
        token_url: given.token_url.clone(),
        hosts: given.hosts.clone(),
        credentials: secrets.credentials(&given.credentials)?,
        paths: given.paths.clone(),
        matching: given.matching.clone(),
    })
}

/// Reads the secrets of one account.
#[derive(Clone, Copy)]
struct Secrets<'a> {
    account: &'a AccountName,
    reader: Reader<'a>,
}

impl Secrets<'_> {
    fn read(self, key: &'static str, source: &SecretSource) -> Result<Secret, ConfigError> {
        source.read(self.reader.base, self.reader.variable).map_err(|error| {
            ConfigError::AccountSecret { account: self.account.clone(), key, error }
        })
    }

    fn credentials(self, given: &Credentials) -> Result<Proofs, ConfigError> {
        Ok(match given {
            Credentials::AvinodeGroup {
                api_token,
                bearer,
                api_version,
                product,
                act_as_account,
            } => Proofs::AvinodeGroup {
                api_token: self.read("api_token", api_token)?,
                bearer: match bearer {
                    Bearer::Token(token) => Proof::Token(self.read("bearer", token)?),
                    Bearer::Client { id, secret } => {
                        let secret = self.read("client_secret", secret)?;
                        Proof::Client { id: id.clone(), secret }
                    }
                },
                api_version: api_version.clone(),
                product: product.clone(),
                act_as_account: act_as_account.clone(),
            },
            Credentials::Avionte { api_key, client_id, client_secret, scope, tenant } => {
                Proofs::Avionte {
                    api_key: self.read("api_key", api_key)?,
                    client_id: client_id.clone(),
                    client_secret: self.read("client_secret", client_secret)?,
                    scope: scope.clone(),
                    tenant: tenant.clone(),
                }
            }
            Credentials::Channex { api_key, property } => Proofs::Channex {
                api_key: self.read("api_key", api_key)?,
                property: property.clone(),
            },
        })
    }
}

#[cfg(test)]
mod tests;
