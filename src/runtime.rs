//! The loop: what happens becomes messages, messages change the state, the state is drawn, and the
//! commands that come out are carried out.
//!
//! The loop decides nothing about deliveries and keeps no state of its own but clocks. It is
//! generic over the terminal and over the stream of its events, so that a test can be both.
//!
//! Reading order: [`run`], [`effects`], [`input`], [`terminal`], [`background`], [`editor`],
//! [`piping`], `browser`; [`outward`] and
//! [`fetching`] (what is sent); [`tail`] is the same feed as lines,
//! for when there is no terminal.

mod effects;
mod input;
mod clipboard;
mod shell;
mod browser;
pub mod piping;
pub mod terminal;
pub mod background;
pub mod tail;
pub mod reinspection;
pub mod explanation;
pub mod about;
pub mod evidence;
pub mod machine;
pub mod ndjson;
pub mod text_lines;
pub mod subscription_lines;
pub mod logging;
pub mod outward;
pub mod triggering;
pub mod replaying;
pub mod fetching;
pub mod editor;
pub mod secret_sources;
pub mod subscribing;
pub mod undertaken;
pub mod leasing;
pub mod deleting;
pub mod retention;
pub mod forwarding;
pub mod exporting;
pub mod watching;
pub mod env_files;
pub mod first_config;
mod waking;

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use bytes::Bytes;
use crossterm::event::Event;
use futures_util::{Stream, StreamExt as _};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::layout::Rect;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{broadcast, mpsc};
use tokio::time::{Interval, MissedTickBehavior, interval_at, sleep_until};

use crate::app::command::Command;
use crate::app::message::Message;
use crate::app::state::App;
use crate::app::update::{start, update};
use crate::capture::desk::Desk;
use crate::client::egress::EgressLedger;
use crate::domain::arrival::Arrival;
use crate::providers::route::Routes;
use crate::storage::Store;
use crate::ui;
use crate::ui::theme::Theme;
pub use effects::exports::Exporting;
use effects::{Effects, Means};
use forwarding::Skips;
use outward::Outward;
use undertaken::Undertaken;
use waking::Waking;

/// The shortest time between two frames.
const FRAME: Duration = Duration::from_millis(8);

/// The longest time between two frames while there is something new to show.
const SLOW_FRAME: Duration = Duration::from_millis(40);

/// How many times longer than drawing the pause between two frames is.
const IDLE_SHARE: u32 = 8;

/// How many waiting messages are taken before a frame is drawn.
const BATCH: usize = 512;

/// How many messages of tasks may wait for the loop.
const INBOX: usize = 256;

/// What the dashboard works with.
#[derive(Debug)]
pub struct Services {
    /// The store that is read from.
    pub store: Store,
    /// The endpoints with their schemes, as they are now.
    pub routes: Routes,
    /// What arrives at the listener; none when a store is only opened.
    pub arrivals: Option<broadcast::Receiver<Arrival>>,
    /// Messages from outside: signals, a store that another process changed.
    pub outside: mpsc::Receiver<Message>,
    /// What is sent outward.
    pub outward: Outward,
    /// What this run has undertaken at providers, for whoever ends it.
    pub undertaken: Undertaken,
    /// Decides what is answered to deliveries.
    pub desk: Desk,
    /// Lets what waits for an app be left out.
    pub skips: Skips,
    /// What deliveries are exported with.
    pub exporting: Exporting,
    /// The config file, if there is one.
    pub config: Option<PathBuf>,
    /// Gives the terminal to others.
    pub lending: Lending,
}

/// How the terminal is given to others, and taken again.
#[derive(Clone, Copy, Debug)]
pub struct Lending {
    /// To whom stops the program.
    pub suspend: fn() -> io::Result<()>,
    /// To an editor of this file.
    pub edit: fn(&Path) -> Result<(), String>,
    /// To a command that reads this body.
    pub hand_over: fn(&str, &Bytes) -> Result<(), String>,
}

/// Runs the dashboard until the user or a signal ends it; returns its last state. `keyboard` makes
/// the stream of the terminal's events, anew whenever another program had the terminal.
///
/// # Errors
/// When the terminal cannot be drawn to.
pub async fn run<B, S>(
    terminal: &mut Terminal<B>,
    keyboard: impl Fn() -> S,
    services: Services,
    mut app: App,
    theme: &Theme,
) -> anyhow::Result<App>
where
    B: Backend,
    B::Error: Send + Sync + 'static,
    S: Stream<Item = io::Result<Event>> + Unpin,
{
    let Services {
        store,
        routes,
        mut arrivals,
        mut outside,
        outward,
        undertaken,
        desk,
        skips,
        exporting,
        config,
        lending,
    } = services;
    let (inbox, mut answers) = mpsc::channel(INBOX);
    let means = Means { store, routes, outward, undertaken, desk, skips, exporting };
    let mut effects = Effects::new(means, inbox);
    let mut inputs = keyboard();
    let mut frames = Frames::default();
    let mut waking = Waking::new(Timestamp::now(), Instant::now());
    let mut tick = ticks();
    let mut commands = start(&mut app);
    loop {
        for command in std::mem::take(&mut commands) {
            match command {
                Command::Quit => {
                    // What is deleted to the end tells of it, and must not wait for this loop.
                    drop(answers);
                    effects.cancel().await;
                    return Ok(app);
                }
                Command::Suspend => {
                    (lending.suspend)().context("the program could not be suspended")?;
                    repaint(terminal)?;
                }
                asked @ (Command::EditConfig | Command::EditBody(_) | Command::HandOver { .. }) => {
                    // A stream that is there would take keys away from the other program.
                    drop(inputs);
                    let lent = lent(asked, effects.config(config.as_deref()).as_deref(), lending);
                    inputs = keyboard();
                    repaint(terminal)?;
                    commands.extend(lent.into_iter().flat_map(|told| update(&mut app, told)));
                }
                Command::Redraw => repaint(terminal)?,
                Command::TakeMouse(is_ours) => {
                    terminal::take_mouse(is_ours).context("the mouse could not be switched")?;
                }
                other => effects.start(other),
            }
        }
        if frames.is_due() {
            let begun = Instant::now();
            terminal
                .draw(|frame| ui::draw(frame, &app, theme))
                .context("the screen cannot be drawn")?;
            frames.drawn(begun);
        }
        let happened = tokio::select! {
            // Answers first: one of them may be what the next key is about.
            biased;
            Some(message) = answers.recv() => Some(message),
            Some(message) = outside.recv() => Some(message),
            input = inputs.next() => match typed(input)? {
                Some(message) => Some(message),
                None => continue,
            },
            // What arrives while a frame is owed is taken with that frame: so a flood wakes the
            // loop once a frame, not once a delivery.
            told = next(&mut arrivals, effects.ledger()), if !frames.is_owed() => told,
            () = sleep_until(frames.next.into()), if frames.is_owed() => None,
            _ = tick.tick(), if app.needs_tick() => None,
        };
        let now = Timestamp::now();
        let slept = waking.look(now, Instant::now()).map(Message::Woke);
        let passed = [Message::Tick(now)].into_iter().chain(slept);
        commands.extend(passed.flat_map(|message| update(&mut app, message)));
        let waiting = std::iter::from_fn(|| {
            answers.try_recv().ok().or_else(|| waiting_arrival(&mut arrivals))
        });
        for message in happened.into_iter().chain(waiting.take(BATCH)) {
            commands.extend(update(&mut app, message));
        }
        frames.owe();
    }
}

/// Ticks that are not made up for.
fn ticks() -> Interval {
    let mut ticks = interval_at(tokio::time::Instant::now() + TICK, TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// What an event of the terminal means, if anything.
fn typed(input: Option<io::Result<Event>>) -> anyhow::Result<Option<Message>> {
    // Without a keyboard nobody could end the program.
    let Some(event) = input else { return Ok(Some(Message::Signal)) };
    Ok(input::message(event.context("the keyboard cannot be read")?))
}

/// Hands what a command is about to a program that has the terminal for it; what came of it.
fn lent(asked: Command, config: Option<&Path>, lending: Lending) -> Option<Message> {
    let Lending { edit, hand_over, .. } = lending;
    match asked {
        Command::EditConfig => Some(Message::ConfigEdited(config.map_or_else(no_config, edit))),
        Command::EditBody(record) => {
            let body = editor::edit_body(&record.delivery.request, edit);
            Some(Message::BodyEdited { record, body })
        }
        Command::HandOver { command, body } => {
            Some(Message::HandedOver(hand_over(&command, &body)))
        }
        _ => None,
    }
}

/// How often relative times are drawn anew.
const TICK: Duration = Duration::from_secs(1);

fn no_config() -> Result<(), String> {
    Err("there is no config file: run `hookscope init`, which writes one".to_owned())
}

/// Paints every cell anew. `Terminal::clear` would ask the terminal where its cursor is, and wait
/// for an answer that the event stream takes away.
fn repaint<B>(terminal: &mut Terminal<B>) -> anyhow::Result<()>
where
    B: Backend,
    B::Error: Send + Sync + 'static,
{
    let size = terminal.size().context("the terminal does not tell its size")?;
    terminal.resize(Rect::from(size)).context("the screen cannot be painted")
}

/// What came in, or what went out and has ended.
async fn next(
    arrivals: &mut Option<broadcast::Receiver<Arrival>>,
    ledger: Option<&EgressLedger>,
) -> Option<Message> {
    let connected = async {
        match ledger {
            Some(ledger) => ledger.told().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        arrival = next_arrival(arrivals) => arrival,
        told = connected => Some(Message::Connected(told)),
    }
}

async fn next_arrival(arrivals: &mut Option<broadcast::Receiver<Arrival>>) -> Option<Message> {
    let Some(receiver) = arrivals else { return std::future::pending().await };
    match receiver.recv().await {
        Ok(arrival) => Some(Message::Arrived(arrival)),
        Err(RecvError::Lagged(lost)) => Some(Message::Lagged(lost)),
        Err(RecvError::Closed) => {
            *arrivals = None;
            None
        }
    }
}

fn waiting_arrival(arrivals: &mut Option<broadcast::Receiver<Arrival>>) -> Option<Message> {
    match arrivals.as_mut()?.try_recv() {
        Ok(arrival) => Some(Message::Arrived(arrival)),
        Err(TryRecvError::Lagged(lost)) => Some(Message::Lagged(lost)),
        Err(TryRecvError::Empty | TryRecvError::Closed) => None,
    }
}

/// When to draw. A frame is owed as soon as something happened; it is drawn at once when the last
/// one is long enough ago.
#[derive(Debug)]
struct Frames {
    owed: bool,
    next: Instant,
}

impl Default for Frames {
    fn default() -> Self {
        Self { owed: true, next: Instant::now() }
    }
}

impl Frames {
    fn owe(&mut self) {
        self.owed = true;
    }

    fn is_owed(&self) -> bool {
        self.owed
    }

    fn is_due(&self) -> bool {
        self.owed && Instant::now() >= self.next
    }

    fn drawn(&mut self, begun: Instant) {
        let took = begun.elapsed();
        self.owed = false;
        self.next = Instant::now() + (took * IDLE_SHARE).clamp(FRAME, SLOW_FRAME);
    }
}
