//! What a check needs to know beside the request itself.

use jiff::Timestamp;

/// What a check needs to know beside the request itself.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// When it arrived; staleness is judged by it.
    pub at: Timestamp,
    /// What stands before the target as the sender sees it; else `http://` and the Host header.
    pub public_url: Option<&'a str>,
}
