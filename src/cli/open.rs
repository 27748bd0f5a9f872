//! `open`: the dashboard over a store, without a listener. Another hookscope may be writing it.

use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::arguments::GlobalArguments;
use super::configured;
use super::dashboard::{self, Dashboard};
use super::exit::Exit;
use super::failure::Failure;
use super::outward;
use super::{leases, looks, reading, signals};
use crate::app::health::{Health, Listener, StoreHealth};
use crate::app::message::Message;
use crate::app::session::Session;
use crate::app::toast::Notice;
use crate::capture::Shutdown;
use crate::capture::desk::Desk;
use crate::client::egress::EgressLedger;
use crate::config::paths::Environment;
use crate::domain::keep::Keep;
use crate::providers::accounts::Accounts;
use crate::providers::route::Routes;
use crate::runtime::forwarding::Skips;
use crate::runtime::outward::Outward;
use crate::runtime::subscribing::Subscribing;
use crate::runtime::undertaken::Undertaken;
use crate::runtime::{Exporting, watching};
use crate::storage::Store;

/// What another program writes is shown this often at most.
const WATCH: Duration = Duration::from_millis(500);

/// Opens the dashboard over the configured store.
///
/// # Errors
/// When there is no terminal, or no store that can be read.
pub fn run(global: &GlobalArguments, environment: &Environment) -> anyhow::Result<Exit> {
    if !(io::stdout().is_terminal() && io::stdin().is_terminal()) {
        let failure = Failure::new(Exit::Wrong, "no_terminal", "the dashboard needs a terminal");
        return Err(failure.hint("use `hookscope list` to print deliveries").into());
    }
    dashboard::start_log(environment, global.verbosity());
    let config = configured::config(global.flags(), environment)?;
    let looks = looks::looks(global, &config, environment)?;
    let (file, store) = reading::open(&config)?;
    let runtime = tokio::runtime::Runtime::new().context("threads cannot be started")?;
    runtime.block_on(async {
        let (outside_sender, outside) = mpsc::channel(16);
        let shutdown = Shutdown::default();
        signals::watch(outside_sender.clone(), shutdown.clone())
            .context("signals cannot be watched")?;
        let accounts = match config.accounts(environment) {
            Ok(accounts) => accounts,
            Err(error) => {
                // What was captured can be read without anybody's credentials.
                let notice = Notice::warning(format!("no account can be used: {error}"));
                let _ = outside_sender.send(Message::Failed(notice)).await;
                Accounts::default()
            }
        };
        let routes = match config.routes(environment) {
            Ok(routes) => routes,
            Err(error) => {
                let notice = Notice::warning(format!("nothing can be signed: {error}"));
                let _ = outside_sender.send(Message::Failed(notice)).await;
                Routes::default()
            }
        };
        // What is sent is kept beside whoever writes the deliveries, if that can be.
        let beside = Store::open_beside(&file).unwrap_or_else(|_| store.clone());
        let client = outward::client(global).noting(EgressLedger::default());
        let outward = Outward { store: beside.clone(), client, accounts: accounts.clone() };
        let undertaken = Undertaken::default();
        leases::tell(&store, &undertaken, &outside_sender).await?;
        let subscribing = Subscribing::here(outward.clone(), Routes::default());
        let watched = store.clone();
        let version = move || {
            let watched = watched.clone();
            async move { watched.version().await.ok() }
        };
        let (watched_file, known) = (file.clone(), version().await);
        let watching = watching::run(watched_file, WATCH, known, version, outside_sender);
        let watching = tokio::spawn(watching);
        let session = Session {
            listening: None,
            public_url: None,
            endpoints: Vec::new(),
            accounts: accounts.clone(),
            store: file.display().to_string(),
            // Whoever listens sees to it.
            keep: Keep::default(),
            zone: TimeZone::system(),
            first_run: None,
        };
        let shown = dashboard::run(Dashboard {
            session,
            health: Health { listener: Listener::Absent, store: StoreHealth::Well },
            store: store.clone(),
            routes,
            arrivals: None,
            outside,
            outward,
            undertaken: undertaken.clone(),
            desk: Desk::default(),
            skips: Skips::default(),
            config: config.source.clone(),
            keymap: Arc::clone(&config.keymap),
            exporting: Exporting { config: Arc::new(config), environment: environment.clone() },
            looks,
        })
        .await;
        watching.abort();
        leases::give_back(&subscribing, &undertaken, &shutdown.hurry).await;
        beside.close().await;
        store.close().await;
        shown.map(|()| Exit::Done)
    })
}
