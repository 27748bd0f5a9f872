//! The options that say whom outward requests believe to be who they say.

use std::path::PathBuf;

use clap::Args;

/// Options of commands that send to an address of the user's.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsArguments {
    /// Trust the authorities in this PEM file too
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Check no certificate; for this run alone
    #[arg(long)]
    pub insecure: bool,
}
