//! A fetch that is on its way.

use jiff::Timestamp;

use crate::domain::attempt::AttemptId;
use crate::domain::delivery::DeliveryId;
use crate::domain::url::Url;

/// A fetch that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetching {
    /// The delivery that it is about.
    pub delivery: DeliveryId,
    /// What is read.
    pub url: Url,
    /// When it was asked for.
    pub since: Timestamp,
    /// The number of the attempt that came of it: it is stored, and about to be read from there.
    pub stored: Option<AttemptId>,
}
