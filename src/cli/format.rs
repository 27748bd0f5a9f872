//! How results are written, as the command line says it.

use clap::{Args, ValueEnum};

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people.
    #[default]
    Text,
    /// A JSON object per line.
    Json,
}

/// The option that says how results are written.
#[derive(Args, Clone, Copy, Debug)]
pub struct Output {
    /// How to print
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "text|json",
        hide_possible_values = true
    )]
    pub format: Format,
}
