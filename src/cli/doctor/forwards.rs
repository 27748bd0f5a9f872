//! Whether the apps that deliveries are handed on to can be reached.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures_util::future::join_all;

use super::check::{Check, Level, check};
use crate::client::Client;
use crate::client::policy::Policy;
use crate::config::values::Address;
use crate::domain::attempt::AttemptError;
use crate::domain::url::Url;
use crate::providers::route::Routes;
use crate::runtime::forwarding::circle::circle;

/// Nobody waits longer for `doctor`.
const PATIENCE: Duration = Duration::from_secs(2);

/// A line for each app. Connections are made and nothing is asked on them.
pub(super) fn forwards(
    routes: &Routes,
    addr: &Address,
    offline: bool,
) -> anyhow::Result<Vec<Check>> {
    let mut targets = Vec::<&Url>::new();
    for target in routes.iter().flat_map(|route| &route.endpoint.forwarding.targets) {
        if targets.iter().all(|known| known.authority() != target.to.authority()) {
            targets.push(&target.to);
        }
    }
    let client = Client::new(Policy { connect: PATIENCE, offline, ..Policy::default() });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ways = targets.into_iter().map(|to| way(&client, to));
    let mut checks = runtime.block_on(join_all(ways));
    if let Some((endpoint, to)) = listener(addr).and_then(|listener| circle(routes, listener)) {
        let name = &endpoint.name;
        let finding = format!("endpoint {name} forwards to {to}, which is hookscope itself");
        checks.push(check(Level::Error, "forward", finding));
    }
    Ok(checks)
}

/// The address of the listener as far as the config tells it.
fn listener(addr: &Address) -> Option<SocketAddr> {
    let host = if addr.host == "localhost" { "127.0.0.1" } else { &addr.host };
    let ip = host.parse::<IpAddr>().ok()?;
    (addr.port != 0).then_some(SocketAddr::new(ip, addr.port))
}

async fn way(client: &Client, to: &Url) -> Check {
    let host = to.authority();
    let (level, finding) = match client.reach_target(to).await {
        Ok(()) => (Level::Ok, format!("{host} takes connections")),
        Err(failure) if failure.error == AttemptError::Offline => {
            (Level::Warning, format!("{host} gets nothing: --offline is set"))
        }
        Err(failure) => {
            let what = "deliveries would wait until it does";
            (Level::Warning, format!("{host} takes no connections: {failure}; {what}"))
        }
    };
    check(level, "forward", finding)
}
