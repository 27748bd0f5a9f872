//! Bounds on what a sender may make us hold or wait for.

use std::time::Duration;

/// The bounds of the listener. Each excess has its own refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's head.
    pub head: usize,
    /// Header fields of a request, at most [`Limits::MOST_FIELDS`].
    pub fields: usize,
    /// How long a head may take from its first byte.
    pub head_time: Duration,
    /// How long a connection may idle between requests.
    pub idle_time: Duration,
    /// Bytes of a body.
    pub body: u64,
    /// How long a body may take from the end of the head.
    pub body_time: Duration,
    /// Connections served at once; further ones are answered 503.
    pub connections: usize,
    /// How long requests under way may take to finish at shutdown.
    pub drain: Duration,
}

impl Limits {
    /// The largest [`Limits::fields`] that the parser of the head has room for.
    pub const MOST_FIELDS: usize = 256;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: 64 * 1024,
            fields: 100,
            head_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(90),
            body: 10 * 1024 * 1024,
            body_time: Duration::from_secs(60),
            connections: 4096,
            drain: Duration::from_secs(2),
        }
    }
}
