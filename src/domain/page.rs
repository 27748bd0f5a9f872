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
    /// Where the list goes on in the direction of the cursor: behind what was looked at, whether it
    /// is among the rows or not. None at its end.
    pub next: Option<Cursor>,
}

impl Page {
    /// Whether there is, or may be, more in the direction of the cursor.
    #[must_use]
    pub fn more(&self) -> bool {
        self.next.is_some()
    }
}

/// How many deliveries the store held at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    /// How many.
    pub count: u64,
    /// The last one that had come by then.
    pub up_to: DeliveryId,
}

/// How many deliveries match, as far as was looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// How many were found.
    pub count: u64,
    /// Where to go on counting; none at the end of the list.
    pub next: Option<Cursor>,
}
