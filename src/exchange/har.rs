//! HTTP archives (HAR 1.2), as browsers and proxies write and read them.
//!
//! A HAR has no place for bytes that are not text and none for the id of a delivery. Both stand in a
//! `_hookscope` object beside the entry, as the format allows; what is there wins when we read.

mod writing;
mod reading;

pub use reading::read;
pub use writing::{closing, entry, opening};
