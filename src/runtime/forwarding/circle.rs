//! Whether deliveries would be handed on to where they come from.

use std::net::{IpAddr, SocketAddr};

use crate::domain::endpoint::Endpoint;
use crate::domain::url::Url;
use crate::providers::route::Routes;

/// The first endpoint with a target that is the listener itself, by its address or by an address
/// under which senders see it. No name is looked up.
#[must_use]
pub fn circle(routes: &Routes, listener: SocketAddr) -> Option<(&Endpoint, &Url)> {
    let origins = routes.iter().filter_map(|route| route.endpoint.public_url.as_deref());
    let origins = origins.filter_map(|url| Url::parse(url).ok()).map(|url| place(&url));
    let origins = origins.collect::<Vec<_>>();
    let targets = routes.iter().flat_map(|route| {
        route.endpoint.forwarding.targets.iter().map(|target| (&route.endpoint, &target.to))
    });
    let mut targets = targets;
    targets.find(|(_, to)| is_listener(to, listener) || origins.contains(&place(to)))
}

fn place(url: &Url) -> (String, u16) {
    (url.host(), url.port())
}

/// Whether an address is that of the listener.
fn is_listener(url: &Url, listener: SocketAddr) -> bool {
    let host = url.host();
    let number = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let ip = listener.ip();
    let here = match number {
        Some(number) => {
            number == ip || number.is_unspecified() || (ip.is_unspecified() && number.is_loopback())
        }
        None => url.is_loopback() && (ip.is_loopback() || ip.is_unspecified()),
    };
    here && url.port() == listener.port()
}

#[cfg(test)]
mod tests;
