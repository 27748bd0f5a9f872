//! The command line: every command with its options, as clap reads it.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::colors::ColorChoice;
use super::delete_arguments::DeleteArguments;
use super::exchange_arguments::{ExportArguments, ImportArguments};
use super::format::{Format, Output};
use super::init_arguments::InitArguments;
use super::replay_arguments::ReplayArguments;
use super::subs_arguments::SubsArguments;
use super::tls_arguments::TlsArguments;
use super::trigger_arguments::TriggerArguments;
use super::wait_arguments::WaitArguments;
use crate::config::Flags;
use crate::config::paths::Environment;
use crate::config::values::{self, Address};
use crate::domain::delivery::DeliveryId;
use crate::domain::url::Url;
use crate::runtime::logging::Verbosity;
use crate::runtime::text_lines::Style;
use crate::storage::Durability;

const EXAMPLE: &str = "\
Without a command it listens. Send it something from another terminal:
  curl http://127.0.0.1:4000/hello -d '{\"hello\":\"world\"}'";

/// Captures webhook deliveries, checks their signatures and shows them in the terminal
#[derive(Clone, Debug, Parser)]
#[command(name = "hookscope", version, after_help = EXAMPLE)]
pub struct Arguments {
    /// Options of `listen`, for a command line without a command.
    #[command(flatten)]
    pub listen: ListenArguments,
    /// Options of every command.
    #[command(flatten)]
    pub global: GlobalArguments,
    /// The command.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArguments {
    /// Config file [default: ./hookscope.toml, else that in your config directory]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// SQLite file, or :memory: [default: by environment or config, else in your data directory]
    #[arg(long, global = true, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Make no outward connection but to this machine
    #[arg(long, global = true)]
    pub offline: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "auto|always|never",
        hide_possible_values = true
    )]
    pub color: ColorChoice,
    /// Show the dashboard as plain lines that a screen reader can follow
    #[arg(long, global = true)]
    pub plain: bool,
    /// Say less on standard error
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more on standard error; twice for even more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Start the listener with the dashboard; without a terminal, as with --headless
    Listen(ListenArguments),
    /// Open the dashboard over a store, without a listener
    Open,
    /// List captured deliveries, newest last
    List(ListArguments),
    /// Show one delivery whole
    Show(ShowArguments),
    /// Read what a delivery's event points at from its provider
    Fetch(FetchArguments),
    /// Check a delivery, or a request in a file, again and say why it fails
    Verify(VerifyArguments),
    /// Manage subscriptions at providers
    Subs(SubsArguments),
    /// Write deliveries as a file for others: NDJSON, HAR, curl or raw HTTP
    Export(ExportArguments),
    /// Store the deliveries of a file: HAR, NDJSON, raw HTTP or curl command lines
    Import(ImportArguments),
    /// Send a sample of a provider's event, signed as its endpoint checks it
    Trigger(TriggerArguments),
    /// Send captured deliveries again, as they came or changed and signed afresh
    Replay(Box<ReplayArguments>),
    /// Delete deliveries for good, with all that was sent about them
    Delete(DeleteArguments),
    /// Wait until a matching delivery arrives
    Wait(WaitArguments),
    /// List the providers and signature schemes that are known
    Providers(ProvidersArguments),
    /// Write a commented hookscope.toml
    Init(InitArguments),
    /// Check config, store, port, clipboard and terminal
    Doctor(DoctorArguments),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Options of `listen`.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = "Options of listen")]
pub struct ListenArguments {
    /// Where to listen; port 0 picks one [default: 127.0.0.1:4000]
    #[arg(long, value_name = "HOST:PORT", value_parser = values::address)]
    pub addr: Option<Address>,
    /// How senders reach this listener; signatures over the URL need it
    #[arg(long, value_name = "URL", value_parser = values::public_url)]
    pub public_url: Option<String>,
    /// Hand deliveries on to your app; a URL without a path keeps that of each delivery
    #[arg(long, value_name = "URL", value_parser = values::target)]
    pub forward: Option<Url>,
    /// Print a line per delivery instead of the dashboard
    #[arg(long)]
    pub headless: bool,
    /// How to print; implies --headless
    #[arg(long, value_enum, value_name = "text|json", hide_possible_values = true)]
    pub format: Option<Format>,
    /// What an answered delivery survives: `full` (power loss) or `relaxed` (a crash)
    #[arg(long, value_name = "full|relaxed", value_parser = values::durability)]
    pub durability: Option<Durability>,
    /// Print credentials in headers too
    #[arg(long)]
    pub reveal: bool,
    /// Whom to believe when deliveries are sent on.
    #[command(flatten)]
    pub tls: TlsArguments,
}

/// Options of `list`.
#[derive(Args, Clone, Debug)]
pub struct ListArguments {
    /// Only deliveries that match, such as `auth:refuted since:1h`
    pub filter: Vec<String>,
    /// At most so many, the newest; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
    /// Print credentials in headers too
    #[arg(long)]
    pub reveal: bool,
}

/// Options of `show`.
#[derive(Args, Clone, Debug)]
pub struct ShowArguments {
    /// The number of the delivery
    #[arg(value_parser = delivery_id)]
    pub id: DeliveryId,
    /// What to show of it
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "all|head|body|auth|answer|attempts",
        hide_possible_values = true
    )]
    pub part: Part,
    /// How to print
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "text|json|raw",
        hide_possible_values = true
    )]
    pub format: ShowFormat,
    /// Print credentials in headers too
    #[arg(long)]
    pub reveal: bool,
}

/// A part of a delivery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Everything.
    #[default]
    All,
    /// Request line and headers.
    Head,
    /// The body.
    Body,
    /// The verdict.
    Auth,
    /// What was answered.
    Answer,
    /// What was sent outward about it.
    Attempts,
}

/// How one delivery is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people.
    #[default]
    Text,
    /// A JSON object on one line.
    Json,
    /// The bytes of the request.
    Raw,
}

/// Options of `fetch`.
#[derive(Args, Clone, Debug)]
pub struct FetchArguments {
    /// The number of the delivery
    #[arg(value_parser = delivery_id)]
    pub id: DeliveryId,
    /// Whose credentials to use [default: those of the account that the delivery matches]
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// What to read instead of what the event points at; a host of the account
    #[arg(long, value_name = "URL", value_parser = address)]
    pub url: Option<Url>,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
}

/// Options of `verify`.
#[derive(Args, Clone, Debug)]
pub struct VerifyArguments {
    /// The number of the delivery
    #[arg(value_parser = delivery_id, required_unless_present = "file")]
    pub id: Option<DeliveryId>,
    /// A raw HTTP request instead, such as `show --format raw` writes
    #[arg(long, value_name = "FILE", conflicts_with = "id")]
    pub file: Option<PathBuf>,
    /// The scheme to check by [default: that of the endpoint]
    #[arg(long, value_name = "NAME")]
    pub scheme: Option<String>,
    /// The environment variable that holds the secret, or the public key [default: as configured]
    #[arg(long, value_name = "NAME")]
    pub secret_env: Option<String>,
    /// The consumer key, user name or header that the scheme wants beside it
    #[arg(long, value_name = "NAME")]
    pub key: Option<String>,
    /// How the sender reached the listener [default: as configured]
    #[arg(long, value_name = "URL", value_parser = values::public_url)]
    pub public_url: Option<String>,
    /// The time to judge by; a file counts as received now
    #[arg(long, default_value = "received", value_name = "TIME|received|now", value_parser = moment)]
    pub at: Moment,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
}

/// A time that a check is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When the delivery was received.
    Received,
    /// Now.
    Now,
    /// This time.
    At(Timestamp),
}

/// Options of `providers`.
#[derive(Args, Clone, Debug)]
pub struct ProvidersArguments {
    /// Only the provider or scheme of this name
    pub name: Option<String>,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
}

/// Options of `doctor`.
#[derive(Args, Clone, Debug)]
pub struct DoctorArguments {
    /// Copy what can be read of a damaged store into a new one beside it
    #[arg(long)]
    pub repair: bool,

    /// How results are written.
    #[command(flatten)]
    pub output: Output,
}

impl GlobalArguments {
    /// What these options say about the config.
    pub fn flags(&self) -> Flags {
        Flags {
            config: self.config.clone(),
            store: self.store.clone(),
            plain: self.plain,
            ..Flags::default()
        }
    }

    /// How much is logged.
    pub fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, 0) => Verbosity::Usual,
            (false, 1) => Verbosity::Verbose,
            (false, _) => Verbosity::Debugging,
        }
    }

    /// How lines for people are written to standard output.
    pub fn style(&self, environment: &Environment) -> Style {
        let is_terminal = io::stdout().is_terminal();
        Style {
            colors: self.color.allows(is_terminal, environment.variable),
            zone: TimeZone::system(),
        }
    }
}

impl ListenArguments {
    /// What these options and the global ones say about the config.
    pub fn flags(&self, global: &GlobalArguments) -> Flags {
        Flags {
            addr: self.addr.clone(),
            public_url: self.public_url.clone(),
            durability: self.durability,
            forward: self.forward.clone(),
            ..global.flags()
        }
    }

    /// Whether lines are printed although there may be a terminal for the dashboard.
    pub fn is_headless(&self) -> bool {
        self.headless || self.format.is_some()
    }
}

fn delivery_id(text: &str) -> Result<DeliveryId, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.map(DeliveryId).ok_or_else(|| "a delivery is named by its number in `list`".to_owned())
}

fn address(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|error| format!("the address {error}"))
}

fn moment(text: &str) -> Result<Moment, String> {
    match text {
        "received" => Ok(Moment::Received),
        "now" => Ok(Moment::Now),
        time => {
            let written = time.parse().ok().map(Moment::At);
            written.ok_or_else(|| {
                "a time is written as in 2026-11-21T10:00:00Z; else received or now".to_owned()
            })
        }
    }
}
