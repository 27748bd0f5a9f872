//! The options of `trigger`.

use clap::Args;

use super::format::Output;
use super::tls_arguments::TlsArguments;
use crate::domain::edit::Edit;
use crate::domain::event::ProviderId;
use crate::domain::url::Url;

/// Options of `trigger`.
#[derive(Args, Clone, Debug)]
pub struct TriggerArguments {
    /// avinode, schedaero, avionte or channex
    #[arg(value_parser = provider, required_unless_present = "list")]
    pub provider: Option<ProviderId>,
    /// The event, as `trigger PROVIDER --list` names it
    #[arg(required_unless_present = "list")]
    pub event: Option<String>,
    /// Where to send it [default: the endpoint, at the listener of the config]
    #[arg(long, value_name = "URL", value_parser = url)]
    pub to: Option<Url>,
    /// The endpoint whose auth signs it [default: that of the provider]
    #[arg(long, value_name = "NAME")]
    pub endpoint: Option<String>,
    /// Set a value of the body, as in /data/id="a-1"; may be given more than once
    #[arg(long, value_name = "POINTER=JSON", value_parser = Edit::parse)]
    pub set: Vec<Edit>,
    /// Without its data, as Channex sends unless `send_data` is on
    #[arg(long)]
    pub without_data: bool,
    /// List the samples instead
    #[arg(long)]
    pub list: bool,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
    /// Whom to believe.
    #[command(flatten)]
    pub tls: TlsArguments,
}

pub(super) fn provider(text: &str) -> Result<ProviderId, String> {
    let known = ProviderId::ALL.map(ProviderId::as_str).join(", ");
    ProviderId::from_name(text).ok_or_else(|| format!("known providers are {known}"))
}

pub(super) fn url(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|error| format!("the address {error}"))
}
