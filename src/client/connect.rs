//! From an address to a connection that a request can be written to.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::failure::Failure;
use super::policy::Policy;
use super::tls::Tls;
use crate::domain::attempt::AttemptError;
use crate::domain::url::Url;

/// A connection, with or without TLS.
pub(crate) trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connection for T {}

/// Connects, TLS included.
pub(crate) async fn connect(
    url: &Url,
    policy: &Policy,
    tls: &Tls,
) -> Result<Box<dyn Connection>, Failure> {
    policy.permits(url)?;
    timeout(policy.connect, open(url, policy, tls)).await.unwrap_or_else(|_elapsed| {
        let (host, limit) = (url.authority(), policy.connect);
        Err(Failure::new(
            AttemptError::Timeout,
            format!("no connection to {host} within {limit:?}"),
        ))
    })
}

async fn open(url: &Url, policy: &Policy, tls: &Tls) -> Result<Box<dyn Connection>, Failure> {
    let host = url.host();
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let found = tokio::net::lookup_host((name, url.port())).await;
    let addresses = usable(url, found.map(Iterator::collect))?;
    // So that one address that swallows everything does not take the time of the others.
    let share = policy.connect / u32::try_from(addresses.len()).unwrap_or(u32::MAX);
    let mut last = None;
    for address in addresses {
        match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // What is written is whole; there is nothing to wait for.
                let _ = stream.set_nodelay(true);
                return if url.is_https() {
                    Ok(Box::new(tls.handshake(url, stream).await?))
                } else {
                    Ok(Box::new(stream))
                };
            }
            Ok(Err(error)) => last = Some(error),
            Err(_elapsed) => last = Some(io::ErrorKind::TimedOut.into()),
        }
    }
    Err(unconnected(url, &last.expect("there is at least one address")))
}

/// The addresses to try, at least one. A name for this machine leads nowhere else, whatever the
/// resolver says: what is let through to this machine alone depends on it.
fn usable(url: &Url, found: io::Result<Vec<SocketAddr>>) -> Result<Vec<SocketAddr>, Failure> {
    let host = url.host();
    let dns = |message| Err(Failure::new(AttemptError::Dns, message));
    match found {
        Err(error) => dns(format!("{host} has no address: {error}")),
        Ok(found) if found.is_empty() => dns(format!("{host} has no address")),
        Ok(found) if !url.is_loopback() => Ok(found),
        Ok(found) => {
            let (here, elsewhere) =
                found.into_iter().partition::<Vec<_>, _>(|address| address.ip().is_loopback());
            match (here.is_empty(), elsewhere.first()) {
                (true, Some(other)) => {
                    dns(format!("{host} is {} here, which is not this machine", other.ip()))
                }
                _ => Ok(here),
            }
        }
    }
}

fn unconnected(url: &Url, error: &io::Error) -> Failure {
    let place = format!("{}:{}", url.host(), url.port());
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            Failure::new(AttemptError::Refused, format!("nothing listens on {place}"))
        }
        io::ErrorKind::TimedOut => {
            Failure::new(AttemptError::Timeout, format!("{place} does not answer"))
        }
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => {
            Failure::new(AttemptError::Reset, format!("{place} ended the connection at once"))
        }
        _ => Failure::new(AttemptError::Refused, format!("{place} cannot be reached: {error}")),
    }
}

#[cfg(test)]
mod tests;
