//! Why there is no usable config.

use std::path::PathBuf;

use super::mistake::Mistake;
use super::secrets::SecretError;
use crate::domain::name::{AccountName, EndpointName};
use crate::verify::catalog::SchemeError;

/// A variant exists where the reader has to do something else about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the config {}: {why}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The file of the theme cannot be read.
    #[error("cannot read the theme {}: {why}", file.display())]
    NoTheme {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The file holds a mistake.
    #[error("{}:{mistake}", file.display())]
    Mistaken {
        /// The file.
        file: PathBuf,
        /// The mistake with its place.
        mistake: Mistake,
    },
    /// Two endpoints have the same name.
    #[error("two endpoints are named {0}; give one of them another name")]
    NameTaken(EndpointName),
    /// Two accounts have the same name.
    #[error("two accounts are named {0}; give one of them another name")]
    AccountTaken(AccountName),
    /// An endpoint is of an account that there is not.
    #[error("endpoint {endpoint} names the account {account}, which is not configured; {instead}")]
    NoAccount {
        /// The endpoint.
        endpoint: EndpointName,
        /// The account that it names.
        account: AccountName,
        /// The one that was probably meant, or all that there are.
        instead: String,
    },
    /// The authentication of an endpoint cannot work as configured.
    #[error("endpoint {endpoint}: {error}")]
    Auth {
        /// The endpoint.
        endpoint: EndpointName,
        /// What is wrong with it.
        error: SchemeError,
    },
    /// What an endpoint says about handing deliveries on does not fit together.
    #[error("endpoint {endpoint}: {message}")]
    Forward {
        /// The endpoint.
        endpoint: EndpointName,
        /// What is wrong and what to do.
        message: &'static str,
    },
    /// A secret of an endpoint cannot be read.
    #[error("endpoint {endpoint}: {key}: {error}")]
    Secret {
        /// The endpoint.
        endpoint: EndpointName,
        /// The key whose value the secret is.
        key: &'static str,
        /// Why it cannot be read.
        error: SecretError,
    },
    /// A secret of an account cannot be read.
    #[error("account {account}: {key}: {error}")]
    AccountSecret {
        /// The account.
        account: AccountName,
        /// The key whose value the secret is.
        key: &'static str,
        /// Why it cannot be read.
        error: SecretError,
    },
    /// The system does not tell where the user's files are.
    #[error("the user's data directory is unknown")]
    NoDataFolder,
}

impl ConfigError {
    /// The word for it in output for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Secret { .. } | Self::AccountSecret { .. } => "secret",
            _ => "config",
        }
    }

    /// What to do, where the message does not say it already.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Unreadable { .. } => Some("name another file with --config"),
            Self::NoTheme { .. } => Some("theme in the config names it"),
            Self::NoDataFolder => Some("name a store with --store"),
            Self::Secret { error: SecretError::NotSet(_), .. }
            | Self::AccountSecret { error: SecretError::NotSet(_), .. } => {
                Some("set it before starting hookscope")
            }
            _ => None,
        }
    }
}
