//! What goes out from the command line and from the dashboard, put together from the config.

use super::arguments::GlobalArguments;
use super::reading;
use crate::client::Client;
use crate::client::policy::Policy;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::providers::accounts::Accounts;
use crate::runtime::outward::Outward;
use crate::storage::error::StoreError;
use crate::storage::{Options, Store};

/// What outward requests are made with. Secrets of accounts are read now.
// SKELETON: the accounts come from the config.
pub(super) fn outward(
    global: &GlobalArguments,
    _config: &Config,
    _environment: &Environment,
    store: Store,
) -> anyhow::Result<Outward> {
    let accounts = Accounts::default();
    let client = Client::new(Policy { offline: global.offline, ..Policy::default() });
    Ok(Outward { store, client, accounts })
}

/// The configured store, to keep attempts in: beside the program that writes its deliveries, if there
/// is one. `holder` says who writes it otherwise.
pub(super) fn store(config: &Config, holder: String) -> anyhow::Result<Store> {
    let file = reading::file(config)?;
    if !file.exists() {
        return Err(StoreError::Missing { file }.into());
    }
    let (location, durability) = (config.store.clone(), config.durability);
    match Store::open(&Options { location, durability, holder }) {
        Err(StoreError::Held { .. }) => Ok(Store::open_beside(&file)?),
        opened => Ok(opened?),
    }
}
