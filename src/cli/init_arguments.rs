//! The options of `init`.

use clap::Args;

/// Options of `init`.
#[derive(Args, Clone, Debug)]
pub struct InitArguments {
    /// Look at the names in .env files beside it without asking, and propose entries for the senders
    /// that they tell of; no value is kept, shown or written
    #[arg(long)]
    pub env_names: bool,
}
