//! What is wrong with the text of a filter.

use std::fmt;

/// Why a text is not a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// Where the mistake begins, in bytes of the text.
    pub at: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl FilterError {
    /// A mistake at that byte.
    pub fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FilterError {}
