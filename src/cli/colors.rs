//! Whether the output is coloured.

use std::ffi::OsString;

use clap::ValueEnum;

/// What the user wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

impl ColorChoice {
    /// Whether to use colours. `NO_COLOR` takes them away, `CLICOLOR_FORCE` gives them to a stream
    /// that is not a terminal, and what the user asks for by flag wins over both.
    pub fn allows(self, is_terminal: bool, variable: fn(&str) -> Option<OsString>) -> bool {
        let value = |name| variable(name).filter(|value| !value.is_empty());
        let forced = || value("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => value("NO_COLOR").is_none() && (is_terminal || forced()),
        }
    }
}

#[cfg(test)]
mod tests;
