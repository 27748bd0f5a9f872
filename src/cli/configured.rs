//! The config of a command, read in one place, so that no command shows what it calls a credential.

use crate::config::error::ConfigError;
use crate::config::paths::Environment;
use crate::config::{Config, Flags};
use crate::domain::masking;

/// The config. From then on the headers that it names as carrying a secret are masked.
pub(super) fn config(flags: Flags, environment: &Environment) -> Result<Config, ConfigError> {
    let config = Config::load(flags, environment)?;
    masking::configure(config.credential_headers().map(str::to_owned));
    Ok(config)
}
