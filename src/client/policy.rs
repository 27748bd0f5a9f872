//! The bounds of outward requests.

use std::time::Duration;

/// The bounds of outward requests.
#[derive(Clone, Debug)]
pub struct Policy {
    /// How long a connection may take, TLS included.
    pub connect: Duration,
    /// How long all of a call may take.
    pub total: Duration,
    /// The longest answer that is taken, in bytes.
    pub longest_body: usize,
    /// Whether only this machine may be called.
    pub offline: bool,
    /// Whether whoever answers over TLS is believed to be who was called, where no credentials of an
    /// account go with the call. Only because the user says so for this run.
    pub insecure: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(30),
            longest_body: 16 << 20,
            offline: false,
            insecure: false,
        }
    }
}
