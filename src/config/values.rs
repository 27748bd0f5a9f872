//! Addresses, durations, sizes and URLs as people write them, in the config and on the command line.
//!
//! Each reader takes the text and says in one sentence what it expected.

use std::fmt;

pub use crate::domain::duration::duration;

use crate::domain::duration::scaled;
use crate::domain::url::Url;
use crate::storage::Durability;

/// Where the listener listens: a host name or address and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The host as written, IPv6 addresses without their brackets.
    pub host: String,
    /// The port; 0 lets the system pick one.
    pub port: u16,
}

impl Default for Address {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 4000 }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// Reads `HOST:PORT`; an IPv6 address stands in brackets.
pub fn address(text: &str) -> Result<Address, String> {
    let mistake = || format!("{text:?} is not HOST:PORT, as in 127.0.0.1:4000 or [::1]:4000");
    let (host, port) = text.rsplit_once(':').ok_or_else(mistake)?;
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let host = bracketed.unwrap_or(host);
    if host.is_empty() || (host.contains(':') && bracketed.is_none()) {
        return Err(mistake());
    }
    let port = port.parse().ok().ok_or_else(mistake)?;
    Ok(Address { host: host.to_owned(), port })
}

const SIZE_UNITS: &[(&str, u64)] =
    &[("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

/// Reads a size in bytes: a whole number and one of `B`, `KiB`, `MiB`, `GiB`.
pub fn size(text: &str) -> Result<u64, String> {
    scaled(text, SIZE_UNITS)
        .ok_or_else(|| format!("{text:?} is not a size such as 512B, 64KiB, 10MiB or 1GiB"))
}

/// The longest body that the store takes: a row of SQLite has room for a billion bytes.
const LONGEST_BODY: u64 = 900 * 1024 * 1024;

/// Reads the size of the longest body that is captured.
pub fn body_size(text: &str) -> Result<u64, String> {
    match size(text)? {
        size @ 0..=LONGEST_BODY => Ok(size),
        _ => Err(format!("{text:?} is more than the store takes at once; 900MiB is the most")),
    }
}

/// Reads what stands before a request's target as senders see it. A final slash is dropped, because
/// every target begins with one.
pub fn public_url(text: &str) -> Result<String, String> {
    let usable = text.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.query().is_none()
            && !text.contains('#')
    });
    if usable {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err(format!("{text:?} is not an address such as https://hooks.example.test"))
    }
}

/// Reads where deliveries are handed on to.
pub fn target(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|error| {
        format!("the address {text:?} {error}; one is written as in http://127.0.0.1:3000")
    })
}

/// Reads what an answered delivery survives: `full` or `relaxed`.
pub fn durability(text: &str) -> Result<Durability, String> {
    match text {
        "full" => Ok(Durability::Full),
        "relaxed" => Ok(Durability::Relaxed),
        _ => Err(format!("{text:?} is neither \"full\" nor \"relaxed\"")),
    }
}

#[cfg(test)]
mod tests;
