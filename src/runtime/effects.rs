//! Commands become tasks, tasks send messages. The one place where the dashboard touches the world.

mod beginning;
mod deletions;
pub(crate) mod exports;
mod handing;
mod marking;
mod newest;
mod reads;
mod replays;
mod samples;
mod subscriptions;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use super::clipboard::{self, Clipboard};
use super::forwarding::Skips;
use super::outward::Outward;
use super::subscribing::Subscribing;
use super::undertaken::Undertaken;
use crate::app::command::Command;
use crate::app::message::Message;
use crate::app::toast::Notice;
use crate::capture::desk::Desk;
use crate::client::egress::EgressLedger;
use crate::config::paths::{Environment, config_file};
use crate::domain::delivery::DeliveryId;
use crate::domain::export::Order;
use crate::domain::name::EndpointName;
use crate::domain::page::Cursor;
use crate::domain::plan::Plan;
use crate::domain::shape::{Reply, Shape};
use crate::providers::route::Routes;
use crate::storage::Store;
use deletions::Deletions;
use exports::Exporting;
use marking::{Change, Marking};
use newest::{Newest, TaskKey};

/// Runs what commands ask for.
#[derive(Debug)]
pub(crate) struct Effects {
    means: Means,
    inbox: mpsc::Sender<Message>,
    clipboard: Arc<Mutex<Clipboard>>,
    marking: Marking,
    deletions: Deletions,
    tasks: JoinSet<()>,
    newest: Newest,
    /// The filter that pages were read for last.
    generation: u64,
    /// Ends what is being replayed.
    replays: CancellationToken,
    /// Ends what is being exported.
    exports: CancellationToken,
    /// Ends the command that a body is piped to.
    pipes: CancellationToken,
}

/// What it is done with.
#[derive(Debug)]
pub(crate) struct Means {
    /// Is read from.
    pub(crate) store: Store,
    pub(crate) routes: Routes,
    /// Sends, and keeps what was sent.
    pub(crate) outward: Outward,
    pub(crate) undertaken: Undertaken,
    /// Decides what is answered to deliveries.
    pub(crate) desk: Desk,
    pub(crate) skips: Skips,
    pub(crate) exporting: Exporting,
}

impl Effects {
    /// Effects by these means that answer into `inbox`.
    pub(crate) fn new(means: Means, inbox: mpsc::Sender<Message>) -> Self {
        // The store to read may be one that cannot be written.
        let marking = Marking::start(means.outward.store.clone(), inbox.clone());
        Self {
            means,
            inbox,
            clipboard: Arc::default(),
            marking,
            deletions: Deletions::default(),
            tasks: JoinSet::new(),
            newest: Newest::default(),
            generation: 0,
            replays: CancellationToken::new(),
            exports: CancellationToken::new(),
            pipes: CancellationToken::new(),
        }
    }

    /// Starts what a command asks for. Commands that concern the terminal or the loop itself are
    /// the loop's own.
    pub(crate) fn start(&mut self, command: Command) {
        let (store, outward, routes) =
            (self.means.store.clone(), self.means.outward.clone(), self.means.routes.clone());
        match command {
            Command::LoadPage { generation, filter, cursor, limit } => {
                self.forget_filters_before(generation);
                let older = matches!(cursor, Cursor::Newest | Cursor::Before(_));
                let page = reads::page(store, generation, filter, cursor, limit);
                self.spawn_newest(TaskKey::Page { older }, page);
            }
            Command::CountMatches { generation, filter, cursor } => {
                let counted = reads::matches(store, generation, filter, cursor);
                self.spawn_newest(TaskKey::Matches, counted);
            }
            Command::Locate(time) => self.spawn_newest(TaskKey::Locate, reads::locate(store, time)),
            Command::LoadRecord(id) => {
                self.spawn_newest(TaskKey::Record, reads::record(store, routes, id));
            }
            counts @ (Command::Count | Command::LoadOverview) => self.count(&counts),
            said_or_deletion @ (Command::LoadPair { .. }
            | Command::LoadCells { .. }
            | Command::Mark { .. }
            | Command::Comment { .. }
            | Command::LoadMarks
            | Command::LoadComments
            | Command::FindToDelete(_)
            | Command::Delete(_)
            | Command::LookForGone(_)) => self.see_to(said_or_deletion),
            Command::Copy { what, text } => {
                self.spawn(clipboard::copy(Arc::clone(&self.clipboard), what, text));
            }
            Command::LoadTargets => {
                self.spawn(async move { replays::targets(&store, &routes).await });
            }
            Command::Replay { plan, endpoints } => self.replay(*plan, endpoints),
            Command::Rehearse(plan) => {
                self.spawn_newest(TaskKey::Rehearsal, replays::rehearse(outward, *plan, routes));
            }
            Command::CancelReplay => std::mem::take(&mut self.replays).cancel(),
            Command::Export(order) => self.export(*order),
            Command::CancelExport => std::mem::take(&mut self.exports).cancel(),
            single @ (Command::Fetch { .. } | Command::SendSample { .. }) => self.send(single),
            Command::LoadAttempts(delivery) => {
                self.spawn_newest(TaskKey::Attempts, reads::attempts(outward, delivery));
            }
            Command::LoadRepeats(id) => {
                self.spawn_newest(TaskKey::Repeats, reads::repeats(store, id));
            }
            decision @ (Command::ShapeAnswer { .. }
            | Command::LookAtShapes(_)
            | Command::Hold(_)
            | Command::Release { .. }) => {
                self.decide(decision);
            }
            at_provider @ (Command::ListSubscriptions(_)
            | Command::ChangeSubscription { .. }
            | Command::TakeLease { .. }
            | Command::ReturnLease { .. }
            | Command::ForgetLease { .. }) => self.see_to_subscriptions(at_provider),
            Command::LookForNames => {
                self.spawn(beginning::look(self.environment()));
            }
            Command::WriteConfig(config) => {
                self.spawn(beginning::write(self.environment(), *config));
            }
            Command::SkipForwards => self.means.skips.skip(),
            for_others @ (Command::Browse(_)
            | Command::Pipe { .. }
            | Command::CancelPipe
            | Command::LoadToHandOver { .. }) => self.hand_out(for_others),
            Command::EditBody(_)
            | Command::HandOver { .. }
            | Command::EditConfig
            | Command::Suspend
            | Command::Redraw
            | Command::TakeMouse(_)
            | Command::Quit => {}
        }
    }

    /// The config, which may have been written meanwhile if there was none.
    pub(crate) fn config(&self, known: Option<&Path>) -> Option<PathBuf> {
        let found = || config_file(None, &self.means.exporting.environment);
        known.map(Path::to_owned).or_else(found)
    }

    fn environment(&self) -> Environment {
        self.means.exporting.environment.clone()
    }

    /// Where connections are noted, if they are.
    pub(crate) fn ledger(&self) -> Option<&EgressLedger> {
        self.means.outward.client.ledger()
    }

    /// How many are stored, or what came in of late.
    fn count(&mut self, command: &Command) {
        let store = self.means.store.clone();
        if *command == Command::LoadOverview {
            self.spawn_newest(TaskKey::Overview, reads::overview(store));
        } else {
            self.spawn_newest(TaskKey::Count, reads::count(store));
        }
    }

    /// What deliveries have, what the user says of them and compares, what is to be deleted or gone.
    fn see_to(&mut self, command: Command) {
        let store = self.means.store.clone();
        match command {
            Command::Mark { ids, marked } => {
                self.marking.write(Change::Mark(ids, marked), &self.inbox);
            }
            Command::Comment { id, comment } => {
                self.marking.write(Change::Comment(id, comment), &self.inbox);
            }
            Command::LoadPair { this, with } => {
                self.spawn_newest(TaskKey::Pair, reads::pair(store, this, with));
            }
            Command::LoadCells { pins, ids } => {
                self.spawn_newest(TaskKey::Cells, reads::cells(store, pins, ids));
            }
            Command::LoadMarks => self.spawn_newest(TaskKey::Marks, deletions::marks(store)),
            Command::LoadComments => {
                self.spawn_newest(TaskKey::Comments, deletions::comments(store));
            }
            Command::FindToDelete(filter) => {
                self.spawn_newest(TaskKey::ToDelete, deletions::find(store, filter));
            }
            Command::Delete(ids) => {
                let store = self.means.outward.store.clone();
                self.deletions.begin(store, ids, self.inbox.clone());
            }
            Command::LookForGone(ids) => {
                self.spawn_newest(TaskKey::Gone, deletions::look_for_gone(store, ids));
            }
            _ => {}
        }
    }

    fn see_to_subscriptions(&mut self, command: Command) {
        let Means { outward, routes, undertaken, .. } = &self.means;
        let (undertaken, inbox) = (undertaken.clone(), self.inbox.clone());
        let subscribing = Subscribing::here(outward.clone(), routes.clone());
        self.spawn(subscriptions::see_to(subscribing, undertaken, command, inbox));
    }

    /// What is answered to deliveries.
    fn decide(&mut self, command: Command) {
        match command {
            Command::ShapeAnswer { endpoint, shape } => self.means.desk.shape(&endpoint, shape),
            Command::LookAtShapes(shapes) => self.look_at(shapes),
            Command::Hold(hold) => self.means.desk.hold(hold),
            Command::Release { id, reply } => self.release(id, reply),
            _ => {}
        }
    }

    fn look_at(&mut self, mut shapes: Vec<(EndpointName, Shape)>) {
        shapes.retain(|(endpoint, shape)| !self.means.desk.is_set(endpoint, shape));
        self.spawn(async move { Message::ShapesOver(shapes) });
    }

    /// What is sent outward once.
    fn send(&mut self, command: Command) {
        let (outward, routes) = (self.means.outward.clone(), self.means.routes.clone());
        match command {
            Command::Fetch { delivery, account, url } => {
                self.spawn(async move {
                    let (id, attempt) = outward.fetch(delivery, &account, &url).await;
                    Message::Attempted { id, attempt }
                });
            }
            Command::SendSample { sample, content, endpoint, url } => {
                self.spawn(async move {
                    let route = routes.named(&endpoint);
                    samples::send(outward, sample, content, url, route).await
                });
            }
            _ => {}
        }
    }

    fn replay(&mut self, plan: Plan, endpoints: BTreeSet<EndpointName>) {
        let (outward, routes) = (self.means.outward.clone(), self.means.routes.clone());
        let (inbox, cancel) = (self.inbox.clone(), self.replays.child_token());
        self.spawn(replays::replay(outward, plan, endpoints, routes, inbox, cancel));
    }

    fn export(&mut self, order: Order) {
        let (store, exporting) = (self.means.store.clone(), self.means.exporting.clone());
        let (inbox, cancel) = (self.inbox.clone(), self.exports.child_token());
        self.spawn(exports::export(store, order, exporting, inbox, cancel));
    }

    /// What goes to programs of the user's.
    fn hand_out(&mut self, command: Command) {
        let (store, variable) =
            (self.means.store.clone(), self.means.exporting.environment.variable);
        match command {
            Command::Browse(page) => {
                self.spawn(handing::browse(self.means.outward.client.clone(), page, variable));
            }
            Command::Pipe { run, pipe } => {
                let (inbox, cancel) = (self.inbox.clone(), self.pipes.child_token());
                self.spawn(handing::pipe(store, run, pipe, variable("SHELL"), inbox, cancel));
            }
            Command::CancelPipe => std::mem::take(&mut self.pipes).cancel(),
            Command::LoadToHandOver { command, delivery } => {
                self.spawn(handing::ready(store, command, delivery));
            }
            _ => {}
        }
    }

    fn release(&mut self, id: DeliveryId, reply: Option<Reply>) {
        if !self.means.desk.release(id, reply) {
            let notice = Notice::warning(format!("#{id} was answered before"));
            self.spawn(async move { Message::Failed(notice) });
        }
    }

    /// Ends what is still looked for by another filter than this one.
    fn forget_filters_before(&mut self, generation: u64) {
        if self.generation != generation {
            self.generation = generation;
            self.newest.cancel(TaskKey::Page { older: false });
            self.newest.cancel(TaskKey::Page { older: true });
            self.newest.cancel(TaskKey::Matches);
        }
    }

    fn spawn_newest(&mut self, key: TaskKey, task: impl Future<Output = Message> + Send + 'static) {
        self.newest.cancel(key);
        let handle = self.spawn(task);
        self.newest.keep(key, handle);
    }

    /// Starts a task that comes to a message, or to none.
    fn spawn<T>(&mut self, task: impl Future<Output = T> + Send + 'static) -> AbortHandle
    where
        T: Into<Option<Message>>,
    {
        self.reap();
        let inbox = self.inbox.clone();
        self.tasks.spawn(async move {
            if let Some(message) = task.await.into() {
                // The loop may have ended; then nobody wants the message.
                let _ = inbox.send(message).await;
            }
        })
    }

    /// Lets go of tasks that have ended, and tells of those that panicked.
    fn reap(&mut self) {
        while let Some(ended) = self.tasks.try_join_next() {
            if let Err(error) = ended
                && error.is_panic()
            {
                tracing::error!(%error, "a task of the dashboard panicked");
                let notice = Notice::error("something went wrong inside; details are in the log");
                let _ = self.inbox.try_send(Message::Failed(notice));
            }
        }
    }

    /// Cancels everything but marks on their way and what is being deleted, and waits for its end.
    /// Nobody reads the inbox any more.
    pub(crate) async fn cancel(mut self) {
        self.tasks.shutdown().await;
        self.marking.finish().await;
        self.deletions.finish().await;
    }
}
