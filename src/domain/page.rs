//! Part of the list of deliveries, asked for by key and never by offset.

use super::delivery::DeliveryId;
use super::record::Summary;

/// Which part of the list a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// The newest deliveries.
    Newest,
    /// The oldest deliveries.
    Oldest,
    /// The nearest ones older than this, without it.
    Before(DeliveryId),
    /// The nearest ones newer than this, without it.
    After(DeliveryId),
}

/// Some rows of the list, newest first whatever the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rows, newest first.
    pub rows: Vec<Summary>,
    /// Whether there is more in the direction of the cursor.
    pub more: bool,
}
