//! What the list was asked to show, and what it does not show yet.

use std::sync::Arc;

use crate::domain::filter::Filter;

/// A filter as it was typed and as it was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// The text.
    pub text: String,
    /// What it means.
    pub filter: Arc<Filter>,
}

/// Deliveries that arrived above what is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unseen {
    /// How many are known.
    pub count: u64,
    /// There may be more: some arrivals were not seen one by one.
    pub or_more: bool,
}
