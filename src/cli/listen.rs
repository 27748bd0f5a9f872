//! `listen`: the listener with the dashboard, or with lines. Here everything is put together, and
//! taken apart in the order that loses nothing.

use std::io::{self, IsTerminal as _, Write};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::{broadcast, mpsc};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use super::arguments::{GlobalArguments, ListenArguments};
use super::bind::{bind, refuse_circle};
use super::configured;
use super::dashboard::{self, Dashboard};
use super::exit::Exit;
use super::format::Format;
use super::looks::{self, Looks};
use super::trust::WARNING;
use super::{descriptors, leases, signals};
use crate::app::health::{Health, Listener, StoreHealth};
use crate::app::message::Message;
use crate::app::session::{FirstRun, Session};
use crate::app::toast::Notice;
use crate::capture::desk::Desk;
use crate::capture::feed::Feed;
use crate::capture::intake::Intake;
use crate::capture::limits::Limits;
use crate::capture::{self, Shutdown};
use crate::client::Client;
use crate::client::egress::EgressLedger;
use crate::config::Config;
use crate::config::paths::{Environment, PROJECT_FILE};
use crate::domain::arrival::Arrival;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::Endpoint;
use crate::domain::keep::Keep;
use crate::domain::page::Cursor;
use crate::providers::accounts::Accounts;
use crate::providers::route::Routes;
use crate::runtime::env_files;
use crate::runtime::forwarding::reports::Reports;
use crate::runtime::forwarding::{Forwarder, Wiring};
use crate::runtime::outward::Outward;
use crate::runtime::subscribing::Subscribing;
use crate::runtime::tail::{self, Form};
use crate::runtime::undertaken::Undertaken;
use crate::runtime::{Exporting, explanation, logging, ndjson, reinspection, retention, watching};
use crate::storage::{Location, Options, Store};

/// How many messages from outside, and how many attempts to write, wait for being taken in.
const TOLD: usize = 1024;

/// What is said of an address that is not on loopback.
const OPEN_TO_NETWORK: &str = "open to the network: who reaches this machine can send deliveries";
/// What another program writes, as `hookscope delete` does, is shown this often at most.
const WATCH: Duration = Duration::from_secs(2);

/// Listens until the user or a signal ends it.
///
/// # Errors
/// When the config is wrong, the port is taken or the store cannot be written.
pub fn run(
    global: &GlobalArguments,
    arguments: &ListenArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let config = configured::config(arguments.flags(global), environment)?;
    let has_terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
    let form = match arguments.format {
        Some(Format::Json) => Some(Form::Json { reveal: arguments.reveal }),
        Some(Format::Text) => Some(Form::Text(global.style(environment))),
        None if arguments.headless || !has_terminal => Some(Form::Text(global.style(environment))),
        None => None,
    };
    match &form {
        Some(_) => logging::to_stderr(global.verbosity()),
        None => dashboard::start_log(environment, global.verbosity()),
    }
    let output = match form {
        Some(form) => Output::Lines(form),
        None => Output::Dashboard(Box::new(looks::looks(global, &config, environment)?)),
    };
    descriptors::raise_limit();
    let runtime = tokio::runtime::Runtime::new().context("threads cannot be started")?;
    runtime.block_on(async {
        let has_dashboard = matches!(output, Output::Dashboard(_));
        let listening =
            Listening::start(global, arguments, &config, environment, has_dashboard).await?;
        match output {
            Output::Lines(form) => {
                arguments.tls.warn(global, environment)?;
                listening.print(&form).await
            }
            Output::Dashboard(looks) => Box::pin(listening.show(*looks, config, environment)).await,
        }
    })
}

/// How deliveries are shown.
enum Output {
    Lines(Form),
    Dashboard(Box<Looks>),
}

/// What sends on the user's behalf, and what hands deliveries on. Where they are shown, both note
/// their connections in one ledger.
fn clients(
    global: &GlobalArguments,
    arguments: &ListenArguments,
    are_shown: bool,
) -> anyhow::Result<[Client; 2]> {
    let clients = [arguments.tls.client(global)?, arguments.tls.forwarding_client(global)?];
    let ledger = EgressLedger::default();
    Ok(if are_shown { clients.map(|client| client.noting(ledger.clone())) } else { clients })
}

/// A listener that runs, with what belongs to it.
struct Listening {
    url: String,
    location: String,
    session: Session,
    store: Store,
    routes: Routes,
    /// The newest delivery before the start.
    newest: DeliveryId,
    feed: Feed,
    desk: Desk,
    /// Everything that has arrived since the start.
    arrivals: broadcast::Receiver<Arrival>,
    /// Tells the dashboard what it could not know by itself.
    tell: mpsc::Sender<Message>,
    outside: mpsc::Receiver<Message>,
    outward: Outward,
    /// Attempts to hand deliveries on, where there is no dashboard that they go to.
    told: mpsc::Receiver<Message>,
    shutdown: Shutdown,
    serving: JoinHandle<()>,
    /// What is done about deliveries after they were answered.
    second_looks: JoinSet<()>,
    forwarder: Forwarder,
}

impl Listening {
    async fn start(
        global: &GlobalArguments,
        arguments: &ListenArguments,
        config: &Config,
        environment: &Environment,
        has_dashboard: bool,
    ) -> anyhow::Result<Self> {
        let [client, handing_on] = clients(global, arguments, has_dashboard)?;
        let accounts = config.accounts(environment)?;
        let routes = config.routes(environment)?.with_accounts(accounts.clone());
        let listener = bind(config).await?;
        let address = listener.local_addr().context("the listener has no address")?;
        let url = format!("http://{address}");
        refuse_circle(&routes, address)?;
        let store = Store::open(&Options {
            location: config.store.clone(),
            durability: config.durability,
            holder: format!("listening on {url}"),
        })?;
        let outward = Outward { store: store.clone(), client, accounts: accounts.clone() };
        let location = location(&config.store);
        let session = Session {
            listening: Some(url.clone()),
            public_url: config.public_url.clone(),
            endpoints: configured(&routes),
            accounts,
            store: location.clone(),
            keep: config.keep,
            zone: jiff::tz::TimeZone::system(),
            first_run: if has_dashboard { first_run(config, environment) } else { None },
        };
        let limits = Limits { body: config.max_body, ..Limits::default() };
        // What follows is told to the user, from the first request on.
        let newest = store.page(Arc::default(), Cursor::Newest, 1).await?;
        let newest = newest.rows.first().map_or(DeliveryId(0), |row| row.id);
        let feed = Feed::default();
        let arrivals = feed.subscribe();
        let shutdown = Shutdown::default();
        let (tell, outside) = mpsc::channel(TOLD);
        signals::watch(tell.clone(), shutdown.clone()).context("signals cannot be watched")?;
        if arguments.tls.insecure {
            tell.send(Message::Failed(Notice::error(WARNING))).await?;
        }
        let second_looks = second_looks(&store, &feed, &routes, config.keep);
        let intake = Arc::new(Intake::new(routes.clone(), limits, store.clone(), feed.clone()));
        let desk = intake.desk().clone();
        let (lines, told) = mpsc::channel(TOLD);
        let wiring = Wiring {
            outward: Outward {
                store: store.clone(),
                client: handing_on,
                accounts: Accounts::default(),
            },
            routes: routes.clone(),
            feed: feed.clone(),
            desk: desk.clone(),
            reports: if has_dashboard {
                Reports::to_dashboard(tell.clone())
            } else {
                Reports::to_lines(lines)
            },
        };
        let forwarder = Forwarder::start(wiring, newest).await?;
        let serving = tokio::spawn(capture::serve(listener, intake, shutdown.clone()));
        tracing::info!(url, store = location, "listening");
        Ok(Self {
            url,
            location,
            session,
            store,
            routes,
            newest,
            feed,
            desk,
            arrivals,
            tell,
            outside,
            outward,
            told,
            shutdown,
            serving,
            second_looks,
            forwarder,
        })
    }

    /// The dashboard. The terminal is given back before anything is waited for.
    async fn show(
        mut self,
        looks: Looks,
        config: Config,
        environment: &Environment,
    ) -> anyhow::Result<Exit> {
        let health = Health { listener: Listener::Listening, store: StoreHealth::Well };
        let undertaken = Undertaken::default();
        leases::tell(&self.store, &undertaken, &self.tell).await?;
        let subscribing = Subscribing::here(self.outward.clone(), self.routes.clone());
        let upkeep = self.store.upkeep();
        let version = move || {
            let upkeep = upkeep.clone();
            async move { upkeep.changes_elsewhere().await.ok() }
        };
        let mut watching = JoinSet::new();
        if let Location::File(file) = &config.store {
            let (file, known) = (file.clone(), version().await);
            watching.spawn(watching::run(file, WATCH, known, version, self.tell.clone()));
        }
        let shown = dashboard::run(Dashboard {
            session: self.session,
            health,
            store: self.store.clone(),
            undertaken: undertaken.clone(),
            desk: self.desk,
            skips: self.forwarder.skips(),
            routes: self.routes,
            arrivals: Some(self.arrivals),
            outside: self.outside,
            outward: self.outward,
            config: config.source.clone(),
            keymap: Arc::clone(&config.keymap),
            exporting: Exporting { config: Arc::new(config), environment: environment.clone() },
            looks,
        })
        .await;
        drop(watching);
        let (captured, refused) = (self.feed.captured(), self.feed.refused());
        let counts = format!("{captured} captured, {refused} refused, stored in {}", self.location);
        let _ = writeln!(io::stderr(), "hookscope: {counts}");
        // What points here is pointed back as long as it would still be answered.
        leases::give_back(&subscribing, &undertaken, &self.shutdown.hurry).await;
        finish(&self.shutdown, &mut self.serving, &mut self.forwarder).await;
        self.second_looks.shutdown().await;
        self.store.close().await;
        shown.map(|()| Exit::Done)
    }

    /// Lines on standard output, until a signal or until nobody reads them.
    async fn print(mut self, form: &Form) -> anyhow::Result<Exit> {
        if self.session.is_open_to_network() {
            writeln!(io::stderr(), "hookscope: {} is {OPEN_TO_NETWORK}", self.url)?;
        }
        leases::report(&self.store).await?;
        let mut out = io::stdout().lock();
        match form {
            Form::Json { .. } => {
                let line = ndjson::Listening { url: &self.url, store: &self.location };
                ndjson::write_line(&mut out, &line)?;
            }
            Form::Text(_) => {
                writeln!(
                    io::stderr(),
                    "hookscope: listening on {}, storing in {}",
                    self.url,
                    self.location
                )?;
            }
        }
        let tailed = self.tail(form, &mut out).await;
        self.second_looks.shutdown().await;
        self.store.close().await;
        tailed?;
        let (captured, refused) = (self.feed.captured(), self.feed.refused());
        match form {
            Form::Json { .. } => {
                ndjson::write_line(&mut out, &ndjson::Stopped { captured, refused })?;
            }
            Form::Text(_) => {
                writeln!(io::stderr(), "hookscope: {captured} captured, {refused} refused")?;
            }
        }
        Ok(Exit::Done)
    }

    /// Writes lines until the end of the listener, which the first of both brings about: a signal,
    /// or an output that takes no more.
    async fn tail(&mut self, form: &Form, out: &mut impl Write) -> anyhow::Result<()> {
        let written = CancellationToken::new();
        let (arrivals, told, store) = (&mut self.arrivals, &mut self.told, self.store.clone());
        let (form, stop) = (form.clone(), written.clone());
        let tail = tail::run(arrivals, told, store, self.newest, form, out, stop);
        let mut tail = pin!(tail);
        let ended = tokio::select! {
            ended = tail.as_mut() => Some(ended),
            _ = self.outside.recv() => None,
        };
        finish(&self.shutdown, &mut self.serving, &mut self.forwarder).await;
        if let Some(ended) = ended {
            return ended;
        }
        // What was captured until the very end is still written.
        written.cancel();
        tail.await
    }
}

/// Takes nothing more, and ends what is under way: first what is captured, then what is handed on.
async fn finish(shutdown: &Shutdown, serving: &mut JoinHandle<()>, forwarder: &mut Forwarder) {
    shutdown.begin.cancel();
    if let Err(error) = serving.await {
        tracing::error!(%error, "the listener ended badly");
    }
    forwarder.stop().await;
}

fn second_looks(store: &Store, feed: &Feed, routes: &Routes, keep: Keep) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    let (of, to) = (feed.subscribe(), feed.clone());
    tasks.spawn(explanation::run(of, store.clone(), to, routes.clone()));
    tasks.spawn(retention::run(store.clone(), feed.clone(), keep));
    tasks.spawn(reinspection::run(store.clone(), feed.clone(), routes.clone()));
    tasks
}

/// Where the store lives, for people.
fn location(store: &Location) -> String {
    match store {
        Location::File(file) => file.display().to_string(),
        Location::Memory => ":memory:".to_owned(),
    }
}

/// What may be set up where there is no config. A store that keeps nothing is always empty, which tells
/// nothing about its user.
fn first_run(config: &Config, environment: &Environment) -> Option<FirstRun> {
    let is_kept = matches!(config.store, Location::File(_));
    let env_files = || env_files::found(&environment.working_folder);
    let is_first = config.source.is_none() && is_kept;
    is_first.then(|| FirstRun { file: PROJECT_FILE.to_owned(), env_files: env_files() })
}

/// The endpoints of the config; none when every path is captured.
fn configured(routes: &Routes) -> Vec<Endpoint> {
    routes.iter().map(|route| route.endpoint.clone()).collect()
}
