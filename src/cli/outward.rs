//! What the commands make outward requests with.

use super::arguments::GlobalArguments;
use crate::client::Client;
use crate::client::policy::Policy;
use crate::providers::accounts::Accounts;
use crate::runtime::forwarding;
use crate::runtime::outward::Outward;
use crate::storage::Store;

/// The client that the global options allow.
pub(super) fn client(global: &GlobalArguments) -> Client {
    Client::new(Policy { offline: global.offline, ..Policy::default() })
}

/// The same for handing deliveries on: an app may stand at a breakpoint for a while.
pub(super) fn forwarding(global: &GlobalArguments, store: Store) -> Outward {
    let policy =
        Policy { total: forwarding::PATIENCE, offline: global.offline, ..Policy::default() };
    Outward { store, client: Client::new(policy), accounts: Accounts::default() }
}

/// The client with a store that keeps what it does, and with the accounts that it does it for.
pub(super) fn outward(global: &GlobalArguments, store: Store, accounts: Accounts) -> Outward {
    Outward { store, client: client(global), accounts }
}
