//! Why there is no usable config.

use std::path::PathBuf;

use super::mistake::Mistake;
use super::secrets::SecretError;
use crate::domain::name::EndpointName;
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
    /// The authentication of an endpoint cannot work as configured.
    #[error("endpoint {endpoint}: {error}")]
    Auth {
        /// The endpoint.
        endpoint: EndpointName,
        /// What is wrong with it.
        error: SchemeError,
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
    /// The system does not tell where the user's files are.
    #[error("the user's data directory is unknown")]
    NoDataFolder,
}

impl ConfigError {
    /// The word for it in output for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Secret { .. } => "secret",
            _ => "config",
        }
    }

    /// What to do, where the message does not say it already.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Unreadable { .. } => Some("name another file with --config"),
            Self::NoDataFolder => Some("name a store with --store"),
            Self::Secret { error: SecretError::NotSet(_), .. } => {
                Some("set it before starting hookscope")
            }
            _ => None,
        }
    }
}
