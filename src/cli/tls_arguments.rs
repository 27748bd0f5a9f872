//! Whom outward requests believe to be who they say.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::arguments::GlobalArguments;
use super::exit::Exit;
use super::failure::Failure;
use crate::client::Client;
use crate::client::policy::Policy;
use crate::client::tls;
use crate::config::paths::Environment;
use crate::runtime::forwarding::PATIENCE;
use crate::runtime::text_lines::{Style, Tone};

/// What is said where certificates are not checked.
pub(super) const WARNING: &str =
    "insecure: certificates are not checked, so anybody may be at the other end";

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

impl TlsArguments {
    /// The client that these options and the global ones allow.
    pub(super) fn client(&self, global: &GlobalArguments) -> Result<Client, Failure> {
        self.client_within(global, Policy::default())
    }

    /// The same for handing deliveries on: an app may stand at a breakpoint for a while.
    pub(super) fn forwarding_client(&self, global: &GlobalArguments) -> Result<Client, Failure> {
        self.client_within(global, Policy { total: PATIENCE, ..Policy::default() })
    }

    fn client_within(&self, global: &GlobalArguments, policy: Policy) -> Result<Client, Failure> {
        let policy = Policy { offline: global.offline, insecure: self.insecure, ..policy };
        let client = Client::new(policy);
        let Some(file) = &self.ca else { return Ok(client) };
        let wrong = |why: String| {
            let message = format!("the file {} of --ca {why}", file.display());
            Failure::new(Exit::Wrong, "ca_unusable", message)
        };
        let pem = fs::read(file).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        Ok(client.trusting(tls::authorities(&pem).map_err(wrong)?))
    }

    /// Says on standard error that nobody is checked, if so.
    pub(super) fn warn(
        &self,
        global: &GlobalArguments,
        environment: &Environment,
    ) -> io::Result<()> {
        if !self.insecure {
            return Ok(());
        }
        let colors = global.color.allows(io::stderr().is_terminal(), environment.variable);
        let style = Style { colors, ..global.style(environment) };
        writeln!(io::stderr(), "hookscope: {}", style.painted(WARNING, Tone::Bad))
    }
}
