//! What goes out on behalf of the user, from the dashboard and from the command line alike: each is
//! sent by the client and kept in the store.

use crate::client::Client;
use crate::providers::accounts::Accounts;
use crate::storage::Store;

/// What outward requests are made with.
#[derive(Clone, Debug)]
pub struct Outward {
    /// Keeps the attempts, the ledger and the leases.
    pub store: Store,
    /// Sends.
    pub client: Client,
    /// Whose credentials there are.
    pub accounts: Accounts,
}
