//! The command line of `replay`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::format::Output;
use super::tls_arguments::TlsArguments;
use super::trigger_arguments::{provider, url};
use crate::config::values;
use crate::domain::delivery::DeliveryId;
use crate::domain::edit::Edit;
use crate::domain::event::ProviderId;
use crate::domain::plan::HeaderChange;
use crate::domain::url::Url;

/// Options of `replay`.
#[derive(Args, Clone, Debug)]
pub struct ReplayArguments {
    /// Numbers of deliveries, as 42, or 40..50 for those that there are from 40 to 50
    #[arg(value_name = "ID", required = true, value_parser = ids)]
    pub ids: Vec<Ids>,
    /// Where to; without a path, each goes to the path that it was sent to [default: forward of
    /// its endpoint]
    #[arg(long, value_name = "URL", value_parser = url)]
    pub to: Option<Url>,
    /// Sign it afresh, with the secret of the endpoint that it arrived at
    #[arg(long)]
    pub resign: bool,
    /// The endpoint whose auth signs it instead
    #[arg(long, value_name = "NAME", requires = "resign")]
    pub endpoint: Option<String>,
    /// Sign the id that it came with, instead of a new one
    #[arg(long, requires = "resign")]
    pub keep_id: bool,
    /// Another body; - for standard input
    #[arg(long, value_name = "FILE")]
    pub body: Option<PathBuf>,
    /// Set a value of the body, as in /data/id="a-1"; may be given more than once
    #[arg(long, value_name = "POINTER=JSON", value_parser = Edit::parse)]
    pub set: Vec<Edit>,
    /// Set a header field; `Name:` alone takes it away; may be given more than once
    #[arg(long, value_name = "Name: value", value_parser = header)]
    pub header: Vec<HeaderChange>,
    /// Leave out hookscope-delivery, which tells the receiver that it is a replay
    #[arg(long)]
    pub no_mark: bool,
    /// How often each is sent
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub times: u32,
    /// How many are under way at once; with 1 they arrive in order
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=256))]
    pub parallel: u32,
    /// The time from one to the next, as in 250ms
    #[arg(long, value_name = "DURATION", value_parser = values::duration)]
    pub gap: Option<Duration>,
    /// Send them at the intervals at which they arrived
    #[arg(long, conflicts_with = "gap")]
    pub original_spacing: bool,
    /// Try again at the times of this provider: avionte or channex
    #[arg(long, value_name = "PROVIDER", value_parser = provider)]
    pub retry_like: Option<ProviderId>,
    /// Print the requests and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// With --dry-run: print credentials in headers too
    #[arg(long, requires = "dry_run")]
    pub reveal: bool,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
    /// Whom to believe.
    #[command(flatten)]
    pub tls: TlsArguments,
}

/// A delivery, or those of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// This one.
    One(DeliveryId),
    /// Those that there are from the first to the last.
    Range(DeliveryId, DeliveryId),
}

/// Reads a number or a range of them.
pub(super) fn ids(text: &str) -> Result<Ids, String> {
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0).map(DeliveryId);
    let ids = match text.split_once("..") {
        None => number(text).map(Ids::One),
        Some((first, last)) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => Some(Ids::Range(first, last)),
            _ => None,
        },
    };
    ids.ok_or_else(|| {
        "a delivery is named by its number in `list`, several as in 40..50".to_owned()
    })
}

fn header(text: &str) -> Result<HeaderChange, String> {
    let (name, value) =
        text.split_once(':').ok_or("a header field is written as in 'X-Name: value'")?;
    let name = name.trim().to_owned();
    Ok(match value.trim() {
        "" => HeaderChange::Remove { name },
        value => HeaderChange::Set { name, value: value.to_owned() },
    })
}

#[cfg(test)]
mod tests;
