//! The command line of `wait`.

use std::time::Duration;

use clap::Args;

use super::format::Output;
use crate::config::values;

/// Options of `wait`.
#[derive(Args, Clone, Debug)]
pub struct WaitArguments {
    /// Only deliveries that match, such as `event:booking_new auth:verified`
    pub filter: Vec<String>,
    /// How long to wait
    #[arg(long, value_name = "DURATION", default_value = "30s", value_parser = values::duration)]
    pub timeout: Duration,
    /// How many have to arrive
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub count: u32,
    /// Those count too that were captured since then: so long ago, or at this time
    #[arg(long, value_name = "DURATION|TIME")]
    pub since: Option<String>,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
    /// Print credentials in headers too
    #[arg(long)]
    pub reveal: bool,
}
