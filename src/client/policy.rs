//! The bounds of outward requests.

use std::time::Duration;

use super::failure::Failure;
use crate::domain::attempt::AttemptError;
use crate::domain::url::Url;

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

impl Policy {
    /// Whether anything may go there.
    ///
    /// # Errors
    /// When only this machine may be called, and it is another.
    pub fn permits(&self, url: &Url) -> Result<(), Failure> {
        if self.offline && !url.is_loopback() {
            let message = format!("{} is not this machine, and --offline is set", url.authority());
            return Err(Failure::new(AttemptError::Offline, message));
        }
        Ok(())
    }
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
