//! Whether the accounts have what they need, and whether their providers can be reached.

use std::time::Duration;

use futures_util::future::join_all;

use super::check::{Check, Level, check};
use crate::client::Client;
use crate::client::policy::Policy;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::account::Account;
use crate::domain::attempt::AttemptError;

/// Nobody waits longer for `doctor`.
const PATIENCE: Duration = Duration::from_secs(5);

/// A line for the credentials of each account, and one for the way to its provider. Connections are
/// made and nothing is asked on them.
pub(super) fn accounts(
    config: &Config,
    environment: &Environment,
    offline: bool,
) -> anyhow::Result<Vec<Check>> {
    let client = Client::new(Policy { connect: PATIENCE, offline, ..Policy::default() });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let accounts = config.configured_accounts(environment);
    let checks = accounts.map(async |(_, account)| match account {
        Ok(account) => vec![credentials(&account), way(&client, &account).await],
        Err(error) => vec![check(Level::Error, "account", error.to_string())],
    });
    Ok(runtime.block_on(join_all(checks)).concat())
}

fn credentials(account: &Account) -> Check {
    let Account { name, provider, hosts, .. } = account;
    let hosts = hosts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let finding = format!("{name} has its credentials for {provider}; they go to {hosts} alone");
    check(Level::Ok, "account", finding)
}

async fn way(client: &Client, account: &Account) -> Check {
    let Account { name, base_url, .. } = account;
    let host = base_url.authority();
    let (level, finding) = match client.reach(base_url).await {
        Ok(()) => (Level::Ok, format!("{host} of {name} can be reached")),
        Err(failure) if failure.error == AttemptError::Offline => {
            (Level::Ok, format!("{host} of {name} is not tried: --offline is set"))
        }
        Err(failure) => (Level::Warning, format!("{host} of {name} cannot be reached: {failure}")),
    };
    check(level, "reach", finding)
}
