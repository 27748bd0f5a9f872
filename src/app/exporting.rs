//! Exporting: what the sheet begins with, and what is under way. What the keys do with it stands in
//! `exports`; nothing here writes.

pub mod sheet;

use crate::app::under_way::UnderWay;
use crate::domain::export::{Form, Progress};

/// What the dashboard knows about exports.
#[derive(Clone, Debug, Default)]
pub struct Exporting {
    /// The form that was chosen last.
    pub form: Form,
    /// Whether the last export was redacted.
    pub is_redacted: bool,
    /// What is under way.
    pub under_way: UnderWay<Progress>,
}
