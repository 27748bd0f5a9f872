//! The options of `delete`.

use clap::Args;

use super::format::Output;
use super::replay_arguments::{Ids, ids};

/// Options of `delete`.
#[derive(Args, Clone, Debug)]
pub struct DeleteArguments {
    /// Numbers of deliveries: 42, or 40..50
    #[arg(value_name = "ID", value_parser = ids, required_unless_present = "filter")]
    pub ids: Vec<Ids>,
    /// All that match, such as `until:30d -is:marked`; with numbers, those of them that match
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,
    /// Delete without asking
    #[arg(long)]
    pub yes: bool,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
}
