//! A question that a sender asks instead of, or before, its deliveries.

use super::name::SchemeName;

/// A request that was answered as a handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// The scheme that knows the question.
    pub scheme: SchemeName,
    /// The request brought a secret, to be put into the config by the user.
    pub brings_secret: bool,
}
