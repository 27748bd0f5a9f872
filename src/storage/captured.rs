//! What goes into the store.

use http::StatusCode;

use crate::domain::delivery::Delivery;
use crate::domain::handshake::Handshake;
use crate::domain::inspection::Inspection;

/// What capture hands to the store.
#[derive(Clone, Debug)]
pub struct Captured {
    /// The fact.
    pub delivery: Delivery,
    /// The findings.
    pub inspection: Inspection,
    /// The status that will be answered.
    pub status: StatusCode,
    /// What never comes again in a genuine delivery, if it verified and its scheme has such a thing.
    /// If it came before at this endpoint, the delivery is refuted as reused.
    pub nonce: Option<Vec<u8>>,
    /// Set if it will be answered as a handshake.
    pub handshake: Option<Handshake>,
}
