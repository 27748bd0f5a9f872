//! `replay`: captured deliveries are sent again.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::arguments::GlobalArguments;
use super::configured;
use super::exit::Exit;
use super::failure::Failure;
use super::format::Format;
use super::progress::ProgressLine;
use super::replay_arguments::{Ids, ReplayArguments};
use super::{reading, rehearsal, signals, trigger};
use crate::capture::Shutdown;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::delivery::DeliveryId;
use crate::domain::event::ProviderId;
use crate::domain::name::EndpointName;
use crate::domain::page::Cursor;
use crate::domain::plan::{Changes, Pace, Plan, Proof};
use crate::domain::replay::{Next, Summary};
use crate::domain::replay_targets::ReplayTargets;
use crate::domain::url::Url;
use crate::providers::accounts::Accounts;
use crate::providers::route::Routes;
use crate::providers::rules;
use crate::runtime::outward::Outward;
use crate::runtime::replaying::told::Told;
use crate::runtime::text_lines::Style;
use crate::runtime::{logging, ndjson};
use crate::storage::Store;
use crate::ui::text;

/// How many ids of a range are read at once.
const STEP: usize = 1_000;

/// How much of what is told waits to be printed.
const TOLD: usize = 64;

/// Sends and prints the attempts. Anything but success everywhere is a no, and no answer at all is a
/// failure of something outside.
pub fn run(
    global: &GlobalArguments,
    arguments: &ReplayArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    logging::to_stderr(global.verbosity());
    let config = configured::config(global.flags(), environment)?;
    let routes = routes(arguments, &config, environment)?;
    let client = arguments.tls.client(global)?;
    let changes = changes(arguments)?;
    let ladder = arguments.retry_like.map(ladder).transpose()?;
    // Beside whoever takes deliveries: replaying never keeps a listener from starting.
    let store = Store::open_beside(&reading::file(&config)?)?;
    arguments.tls.warn(global, environment)?;
    let outward = Outward { store, client, accounts: Accounts::default() };
    // Whoever waits for an answer hears of it in the thread that sends: no other has to be woken.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let ended = async {
            let (deliveries, endpoints) = deliveries(&outward.store, &arguments.ids).await?;
            let target = match &arguments.to {
                Some(to) => to.clone(),
                None => configured_target(&config, &endpoints)?,
            };
            let plan = plan(arguments, deliveries, target, changes);
            if arguments.dry_run {
                rehearsal::print(&outward, &plan, &routes, arguments, ladder.as_deref()).await
            } else {
                let printer = Printer {
                    format: arguments.output.format,
                    style: global.style(environment),
                    is_quiet: global.quiet,
                    last_next: None,
                    // On a terminal the lines tell how far it has come.
                    progress: ProgressLine::new(
                        "replayed",
                        Some(plan.total()),
                        !global.quiet && !io::stdout().is_terminal(),
                    ),
                };
                replay(&outward, &plan, &routes, printer).await
            }
        };
        let ended = ended.await;
        outward.store.close().await;
        ended
    })
}

/// Where the deliveries of these endpoints are handed on to, if all of them go to one target.
fn configured_target(config: &Config, endpoints: &BTreeSet<EndpointName>) -> anyhow::Result<Url> {
    let configured = config.endpoints()?;
    let configured = configured.iter().filter(|endpoint| endpoints.contains(&endpoint.name));
    let targets = configured.map(|endpoint| ReplayTargets::default().with(&endpoint.forwarding));
    let targets = targets.collect::<Vec<_>>();
    let mut usual = targets.iter().map(ReplayTargets::usual);
    let first = usual.next().flatten().filter(|_| targets.len() == endpoints.len());
    let found = first.filter(|first| usual.all(|target| target == Some(first)));
    let message = match (found, targets.iter().any(|targets| targets.iter().next().is_some())) {
        (Some(found), _) => return Ok(found.clone()),
        (None, true) => "the config hands these deliveries on to more than one target",
        (None, false) => "nothing tells where to send it",
    };
    Err(Failure::new(Exit::Wrong, "no_target", message).hint("say where with --to URL").into())
}

/// The endpoints that sign. Their secrets are read only if something is signed.
fn routes(
    arguments: &ReplayArguments,
    config: &Config,
    environment: &Environment,
) -> anyhow::Result<Routes> {
    if !arguments.resign {
        return Ok(Routes::default());
    }
    let routes = config.routes(environment)?;
    if let Some(name) = &arguments.endpoint {
        trigger::named(&routes, name)?;
    }
    Ok(routes)
}

fn changes(arguments: &ReplayArguments) -> Result<Changes, Failure> {
    let body = arguments.body.as_deref().map(body).transpose()?;
    Ok(Changes { body, edits: arguments.set.clone(), headers: arguments.header.clone() })
}

fn body(file: &Path) -> Result<Bytes, Failure> {
    let read = if file == Path::new("-") {
        let mut body = Vec::new();
        io::stdin().lock().read_to_end(&mut body).map(|_| body)
    } else {
        std::fs::read(file)
    };
    read.map(Bytes::from).map_err(|error| {
        let message = format!("the body {} cannot be read: {error}", file.display());
        Failure::new(Exit::Wrong, "body_unreadable", message)
    })
}

/// When the provider tries again, in words.
fn ladder(provider: ProviderId) -> Result<String, Failure> {
    if rules::delay_after(provider, 1).is_some() {
        return Ok(rules::rules(provider).retries.to_owned());
    }
    let known = ProviderId::ALL.into_iter().filter(|id| rules::delay_after(*id, 1).is_some());
    let known = known.map(ProviderId::as_str).collect::<Vec<_>>().join(" or ");
    let message = format!("{provider} does not document when it tries again");
    let hint = format!("use --retry-like {known}, or --times and --gap");
    Err(Failure::new(Exit::Wrong, "no_ladder", message).hint(hint))
}

/// The deliveries in the order in which they are named, and where those that there are arrived.
async fn deliveries(
    store: &Store,
    named: &[Ids],
) -> anyhow::Result<(Vec<DeliveryId>, BTreeSet<EndpointName>)> {
    let (mut deliveries, mut endpoints) = (Vec::new(), BTreeSet::new());
    for ids in named {
        match *ids {
            Ids::One(id) => {
                deliveries.push(id);
                let next = Cursor::After(DeliveryId(id.0 - 1));
                let rows = store.page(Arc::default(), next, 1).await?.rows;
                endpoints.extend(rows.into_iter().find(|row| row.id == id).map(|row| row.endpoint));
            }
            Ids::Range(first, last) => {
                let mut before = DeliveryId(first.0 - 1);
                loop {
                    let page = store.page(Arc::default(), Cursor::After(before), STEP).await?;
                    let rows = page.rows.iter().rev().take_while(|row| row.id <= last);
                    for row in rows {
                        deliveries.push(row.id);
                        endpoints.insert(row.endpoint.clone());
                    }
                    match page.rows.first() {
                        Some(newest) if page.more() && newest.id < last => before = newest.id,
                        _ => break,
                    }
                }
            }
        }
    }
    if deliveries.is_empty() {
        let failure = Failure::new(Exit::No, "not_found", "there is no delivery of these numbers");
        return Err(failure.hint("`hookscope list` shows which there are").into());
    }
    Ok((deliveries, endpoints))
}

fn plan(
    arguments: &ReplayArguments,
    deliveries: Vec<DeliveryId>,
    target: Url,
    changes: Changes,
) -> Plan {
    let by = arguments.endpoint.as_deref().map(EndpointName::from);
    Plan {
        proof: if arguments.resign {
            Proof::Afresh { by, keeps_id: arguments.keep_id }
        } else {
            Proof::AsCaptured
        },
        changes,
        times: arguments.times,
        parallel: arguments.parallel,
        pace: match arguments.gap {
            Some(gap) => Pace::Gap(gap),
            None if arguments.original_spacing => Pace::Original,
            None => Pace::AtOnce,
        },
        retry_like: arguments.retry_like,
        marked: !arguments.no_mark,
        ..Plan::verbatim(deliveries, target)
    }
}

async fn replay(
    outward: &Outward,
    plan: &Plan,
    routes: &Routes,
    mut printer: Printer,
) -> anyhow::Result<Exit> {
    let (tell, mut told) = mpsc::channel(TOLD);
    let cancel = CancellationToken::new();
    let shutdown = Shutdown::default();
    let (outside, mut signalled) = mpsc::channel(1);
    signals::watch(outside, shutdown.clone()).context("signals cannot be watched")?;
    let (printing, cancelled) = (&mut printer, cancel.clone());
    let printing = async move {
        while let Some(told) = told.recv().await {
            if let Err(error) = printing.print(&told) {
                // Nobody reads what comes of it, so nothing more is sent.
                cancelled.cancel();
                return Err(error);
            }
        }
        Ok(())
    };
    let cancelling = async {
        signalled.recv().await;
        cancel.cancel();
        shutdown.hurry.cancelled().await;
    };
    let replaying = outward.replay(plan, routes, tell, cancel.clone());
    let (summary, ended) = tokio::select! {
        both = async { tokio::join!(replaying, printing) } => both,
        () = cancelling => return Ok(Exit::No),
    };
    ended?;
    drop(printer.progress);
    if !printer.is_quiet {
        writeln!(io::stderr(), "hookscope: {}", text::visible(&summary.sentence()))?;
    }
    judged(&summary)
}

/// What the summary means to the caller. Only what was not sent needs a word of its own.
fn judged(summary: &Summary) -> anyhow::Result<Exit> {
    let tally = &summary.tally;
    let exit = match (tally.failed, summary.is_success()) {
        (1.., _) => Exit::Outside,
        (0, false) => Exit::No,
        (0, true) => Exit::Done,
    };
    if tally.unsent == 0 {
        return Ok(exit);
    }
    let message = format!("{} of {} requests were not sent", tally.unsent, summary.total);
    Err(Failure::new(exit, "not_sent", message).into())
}

struct Printer {
    format: Format,
    style: Style,
    is_quiet: bool,
    /// The try that was foretold last.
    last_next: Option<Next>,
    progress: ProgressLine,
}

impl Printer {
    fn print(&mut self, told: &Told) -> io::Result<()> {
        match (told, self.format) {
            (Told::Attempted { attempt, .. }, Format::Text) => {
                let mut out = io::stdout().lock();
                writeln!(out, "{}", self.style.replayed(attempt))?;
                out.flush()
            }
            (Told::Attempted { id, attempt }, Format::Json) => {
                let line = ndjson::attempt::line(*id, attempt, false);
                ndjson::write_line(&mut io::stdout().lock(), &line)
            }
            (Told::Unsent { delivery, why }, _) => {
                let why = text::visible(why);
                let line = format!("hookscope: delivery {delivery} was not sent: {why}");
                self.progress.above(|| writeln!(io::stderr(), "{line}"))
            }
            (Told::Progress(progress), _) => {
                self.progress.reached(progress.done);
                progress.next.map_or(Ok(()), |next| self.foretell(next))
            }
        }
    }

    /// Says when a delivery is tried again, for who wonders why nothing happens.
    fn foretell(&mut self, next: Next) -> io::Result<()> {
        let is_known = |last: Next| (last.delivery, last.attempt) == (next.delivery, next.attempt);
        if self.is_quiet || next.attempt == 1 || self.last_next.is_some_and(is_known) {
            return Ok(());
        }
        self.last_next = Some(next);
        let Next { at, delivery, attempt } = next;
        let at = self.style.time(at);
        let line = format!("hookscope: try {attempt} of delivery {delivery} is due at {at}");
        self.progress.above(|| writeln!(io::stderr(), "{line}"))
    }
}
