//! The address to listen on: taken before anything else is begun, and refused where deliveries would
//! be handed on to it.

use std::io::ErrorKind;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use super::exit::Exit;
use super::failure::Failure;
use crate::config::Config;
use crate::providers::route::Routes;
use crate::runtime::forwarding::circle::circle;

/// Takes the address of the config.
///
/// # Errors
/// When another program has it, or this one may not.
pub(super) async fn bind(config: &Config) -> anyhow::Result<TcpListener> {
    let address = &config.addr;
    TcpListener::bind((address.host.as_str(), address.port)).await.map_err(|error| {
        let (code, message, hint) = match error.kind() {
            ErrorKind::AddrInUse => (
                "port_taken",
                format!("{address} is taken by another program"),
                "choose another address with --addr, or look into a running hookscope with `hookscope open`",
            ),
            ErrorKind::PermissionDenied => (
                "port_forbidden",
                format!("{address} may not be used"),
                "choose a port above 1023 with --addr",
            ),
            _ => (
                "address_unusable",
                format!("{address} cannot be listened on: {error}"),
                "choose an address of this machine with --addr",
            ),
        };
        Failure::new(Exit::Outside, code, message).hint(hint).into()
    })
}

/// What is handed on to the listener itself would have no end.
pub(super) fn refuse_circle(routes: &Routes, listener: SocketAddr) -> Result<(), Failure> {
    let Some((endpoint, to)) = circle(routes, listener) else { return Ok(()) };
    let message = format!("endpoint {} forwards to {to}, which is hookscope itself", endpoint.name);
    Err(Failure::new(Exit::Wrong, "forward_circle", message)
        .hint("name the address of your app, or another address to listen on with --addr"))
}
