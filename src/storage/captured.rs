//! What goes into the store.

use http::StatusCode;

use crate::domain::delivery::Delivery;
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
}
