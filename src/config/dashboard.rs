//! How the dashboard looks and what it listens to.

use serde::Deserialize;

use super::theme::Choice;

/// The table of the dashboard.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Dashboard {
    /// Its colours.
    pub theme: Choice,
    /// Whether it takes the mouse from the terminal.
    pub mouse: bool,
    /// Whether it is plain lines, as a screen reader can follow them.
    pub plain: bool,
}

impl Default for Dashboard {
    fn default() -> Self {
        Self { theme: Choice::default(), mouse: true, plain: false }
    }
}
