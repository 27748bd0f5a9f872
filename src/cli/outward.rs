//! What the commands make outward requests with.

use super::arguments::GlobalArguments;
use super::reading;
use crate::client::Client;
use crate::client::policy::Policy;
use crate::config::Config;
use crate::providers::accounts::Accounts;
use crate::runtime::outward::Outward;
use crate::storage::error::StoreError;
use crate::storage::{Options, Store};

/// The client that the global options allow.
pub(super) fn client(global: &GlobalArguments) -> Client {
    Client::new(Policy { offline: global.offline, ..Policy::default() })
}

/// The client with a store that keeps what it does, and with the accounts that it does it for.
pub(super) fn outward(global: &GlobalArguments, store: Store, accounts: Accounts) -> Outward {
    Outward { store, client: client(global), accounts }
}

/// The configured store, to keep attempts in: beside the program that writes its deliveries, if there
/// is one. `holder` says who writes it otherwise.
pub(super) fn store(config: &Config, holder: String) -> anyhow::Result<Store> {
    let file = reading::file(config)?;
    if !file.exists() {
        return Err(StoreError::Missing { file }.into());
    }
    store_to_write(config, holder)
}

/// The same, made if there is none yet.
pub(super) fn store_to_write(config: &Config, holder: String) -> anyhow::Result<Store> {
    let (location, durability) = (config.store.clone(), config.durability);
    match Store::open(&Options { location, durability, holder }) {
        Err(StoreError::Held { .. }) => Ok(Store::open_beside(&reading::file(config)?)?),
        opened => Ok(opened?),
    }
}
