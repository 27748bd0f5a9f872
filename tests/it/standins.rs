//! Stand-ins for the APIs of providers, written from their documents: strict about what they are
//! sent, and as badly behaved as a test tells them to be.

pub(crate) mod server;
mod exchange;
pub(crate) mod avinode;
pub(crate) mod channex;
pub(crate) mod avionte;
