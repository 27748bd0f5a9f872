//! What a message changes: the only place where the state is changed.
//!
//! Each message does its own work first; then `settle` brings everything that follows from the
//! state into line: what is selected and in sight, and what has to be read from the store for it.

use std::sync::Arc;

use http::StatusCode;
use jiff::Timestamp;

use super::act::act;
use super::browsing;
use super::command::Command;
use super::commenting;
use super::comparisons;
use super::context::Context;
use super::copies;
use super::deleting;
use super::deliveries::PAGE_ROWS;
use super::exports;
use super::fetching;
use super::guiding;
use super::health::{Report, StoreHealth};
use super::key::Key;
use super::keymap::Meaning;
use super::locating;
use super::message::Message;
use super::opening;
use super::overlay::Overlay;
use super::pausing;
use super::pipes;
use super::pointer;
use super::prompting;
use super::readers;
use super::replays;
use super::screen::{SIDE_BY_SIDE, screen};
use super::sending;
use super::sleeps::Sleep;
use super::sorting;
use super::state::{App, Focus};
use super::tab::Tab;
use super::toast::Notice;
use crate::domain::arrival::Arrival;
use crate::domain::delivery::DeliveryId;
use crate::domain::page::{Cursor, Page, Stock};
use crate::domain::record::{Answered, Record, Summary};
use crate::domain::refusal::{Refusal, RefusalReason};

/// What has to be done before the first message.
#[must_use]
pub fn start(app: &mut App) -> Vec<Command> {
    let mut commands =
        vec![Command::Count, Command::LoadTargets, Command::LoadMarks, Command::LoadComments];
    app.traffic.counting();
    settle(app, &mut commands);
    commands
}

/// Takes a message in and tells what has to be done outside.
#[must_use]
pub fn update(app: &mut App, message: Message) -> Vec<Command> {
    let mut commands = Vec::new();
    if is_about_store(&message) {
        app.overview.outdated();
    }
    let taken = take(app, message);
    if taken == Some(Command::Quit) {
        commands.extend(deleting::hurry(app));
    }
    commands.extend(taken);
    settle(app, &mut commands);
    commands
}

fn take(app: &mut App, message: Message) -> Option<Command> {
    match message {
        Message::Tick(now) => return tick(app, now),
        Message::Key(key) => return press(app, key),
        Message::Paste(text) => prompting::paste(app, &text),
        Message::Mouse(mouse) => {
            app.keys.clear();
            pointer::point(app, mouse);
        }
        Message::Resized(size) => {
            app.size = size;
            app.zoomed &= size.width >= SIDE_BY_SIDE;
        }
        Message::Arrived(arrival) => arrived(app, arrival),
        Message::Gone(ids) => deleting::gone(app, &ids),
        Message::Vanished(ids) => deleting::vanish(app, &ids),
        Message::FoundToDelete { filter, found } => deleting::found(app, &filter, found),
        Message::Deleted { ids, outcome } => deleting::ended(app, &ids, outcome),
        read @ (Message::Counted(_)
        | Message::MarksLoaded(_)
        | Message::CommentsLoaded(_)
        | Message::TargetsLoaded(_)
        | Message::Located(_)
        | Message::PairLoaded { .. }) => take_read(app, read),
        Message::Woke(sleep) => woke(app, sleep),
        Message::Lagged(arrivals) => return lagged(app, arrivals),
        Message::ShapesOver(shapes) => app.desk.end_shapes(&shapes),
        Message::StoreChanged => {
            app.traffic.miscounted();
            app.replaying.marks.doubt();
            pausing::lost(app);
            return app.traffic.recount().then_some(Command::Count);
        }
        Message::PageLoaded { generation, cursor, page } => {
            page_loaded(app, generation, cursor, page);
        }
        Message::Matched { generation, cursor, tally } => {
            app.deliveries.counted(generation, cursor, tally.ok());
        }
        Message::CellsLoaded { pins, cells } => sorting::cells_loaded(app, &pins, cells),
        Message::RecordLoaded { id, opened } => return opening::opened(app, id, opened),
        Message::Copied { what, outcome } => app.notify(copies::notice(what, &outcome)),
        Message::Replaying(progress) => replays::advanced(app, progress),
        Message::Replayed(summary) => replays::ended(app, &summary),
        Message::Exporting(progress) => app.exporting.under_way.advance(progress),
        Message::Exported(exported) => exports::ended(app, exported),
        Message::Browsed { page, outcome } => return browsing::browsed(app, &page, outcome),
        piped @ (Message::Printed { .. }
        | Message::Piped { .. }
        | Message::ReadyToHandOver { .. }
        | Message::HandedOver(_)) => return pipes::told(app, piped),
        Message::Rehearsed(call) => replays::rehearsed(app, call),
        Message::BodyEdited { record, body } => replays::edited(app, &record, body),
        Message::Attempted { id, attempt } => fetching::attempted(app, id, attempt),
        Message::AttemptsLoaded { delivery, attempts } => {
            fetching::attempts_loaded(app, delivery, attempts);
        }
        Message::RepeatsLoaded { id, repeats } => repeats_loaded(app, id, repeats),
        Message::SubscriptionsListed { account, listed } => {
            sending::listed(app, &account, listed);
        }
        Message::SubscriptionChanged { account, action, result } => {
            return sending::answered(app, &account, action, result);
        }
        Message::LeasesLeftOpen(leases) => app.subscribing.left_open.extend(leases),
        Message::OverviewLoaded(found) => app.overview.read(found),
        Message::Connected(told) => app.journal.connected(told),
        Message::Forwarding(forwards) => app.forwards = forwards,
        Message::ConfigEdited(outcome) => app.notify(match outcome {
            Ok(()) => Notice::done("changes to the config take effect at the next start"),
            Err(reason) => Notice::warning(reason),
        }),
        Message::NamesFound { proposals, left_out } => guiding::looked(app, proposals, left_out),
        Message::ConfigWritten(written) => guiding::wrote(app, written),
        Message::Health(report) => app.health.report(report),
        Message::Failed(notice) => app.notify(notice),
        Message::Signal => return Some(Command::Quit),
    }
    None
}

/// The store was counted. Where there is nothing at the start, the first steps begin.
fn count(app: &mut App, counted: Result<Stock, String>) {
    let is_start = app.traffic.stored().is_none();
    match counted {
        Ok(stored) => app.traffic.count(Some(stored)),
        Err(reason) => {
            app.traffic.count(None);
            app.notify(Notice::error(format!("the deliveries cannot be counted: {reason}")));
        }
    }
    if is_start {
        guiding::begin(app);
    }
}

/// Takes in what was read of the store beside the panes.
fn take_read(app: &mut App, read: Message) {
    match read {
        Message::Counted(counted) => count(app, counted),
        Message::MarksLoaded(marked) => replays::marks_loaded(app, marked),
        Message::CommentsLoaded(comments) => commenting::loaded(app, comments),
        Message::TargetsLoaded(targets) => replays::targets_loaded(app, targets),
        Message::Located(found) => locating::located(app, found),
        Message::PairLoaded { this, pair } => comparisons::loaded(app, this, pair),
        _ => {}
    }
}

/// Whether the store has more than it had, or less.
fn is_about_store(message: &Message) -> bool {
    matches!(
        message,
        Message::Arrived(_) | Message::Lagged(_) | Message::StoreChanged | Message::Gone(_)
    )
}

fn tick(app: &mut App, now: Timestamp) -> Option<Command> {
    app.deliveries.bin_mut().pass(now.duration_since(app.now));
    app.now = now;
    app.toasts.expire(now);
    app.traffic.advance(now);
    app.desk.expire(now);
    app.deliveries.advance();
    app.traffic.recount().then_some(Command::Count)
}

fn arrived(app: &mut App, arrival: Arrival) {
    match arrival {
        Arrival::Captured(record) => captured(app, &record),
        Arrival::Refused(refusal) => refused(app, refusal),
        Arrival::Reinspected(record) => reinspected(app, &record),
        Arrival::Answered { id, status } => answered(app, id, status),
        Arrival::Held { record, budget } => app.desk.wait(&record, budget, app.now),
        Arrival::LetGo(id) => app.desk.let_go(id),
        Arrival::Deleted(ids) => deleting::gone(app, &ids),
    }
}

fn woke(app: &mut App, sleep: Sleep) {
    app.sleeps.woke(sleep);
    let text = "the machine slept; what was sent meanwhile did not arrive here";
    app.notify(Notice::warning(text));
}

fn press(app: &mut App, key: Key) -> Option<Command> {
    let pending = std::mem::take(&mut app.keys);
    match app.keymap.resolve(app.context(), &pending, key) {
        Meaning::Action(action) => return act(app, action),
        Meaning::Pending => app.keys = [pending, vec![key]].concat(),
        Meaning::Unbound if pending.is_empty() => prompting::type_key(app, key),
        // A sequence that leads nowhere is dropped, but never swallows what works everywhere.
        Meaning::Unbound => {
            if let Meaning::Action(action) = app.keymap.resolve(Context::Everywhere, &[], key) {
                return act(app, action);
            }
        }
    }
    None
}

fn captured(app: &mut App, record: &Record) {
    app.traffic.capture(record.id, app.now);
    app.health.report(Report::Store(StoreHealth::Well));
    app.desk.answered(record);
    guiding::captured(app);
    pausing::captured(app, record);
    if record.repeat > 1 {
        app.detail.came(&record.summary());
    }
}

fn reinspected(app: &mut App, record: &Arc<Record>) {
    app.deliveries.reinspected(record);
    app.detail.reinspected(record);
}

fn answered(app: &mut App, id: DeliveryId, status: StatusCode) {
    if let Some(row) = app.deliveries.answered(id, status) {
        app.detail.came(&row);
    }
    let Some(record) = app.detail.record().filter(|record| record.id == id) else { return };
    let answered = Answered { status, ..record.answered };
    app.detail.reinspected(&Arc::new(Record { answered, ..Record::clone(record) }));
}

fn lagged(app: &mut App, arrivals: u64) -> Option<Command> {
    app.traffic.lag(arrivals);
    pausing::lost(app);
    let shapes = app.desk.shapes().to_vec();
    (!shapes.is_empty()).then_some(Command::LookAtShapes(shapes))
}

fn page_loaded(app: &mut App, generation: u64, cursor: Cursor, page: Result<Page, String>) {
    if let (Err(reason), true) = (&page, generation == app.deliveries.generation()) {
        app.notify(Notice::error(format!("the list cannot be read: {reason}")));
    }
    app.deliveries.loaded(generation, cursor, page);
}

fn repeats_loaded(app: &mut App, id: DeliveryId, repeats: Result<Vec<Summary>, String>) {
    match repeats {
        Ok(repeats) => app.detail.same_loaded(id, repeats),
        Err(reason) => {
            let text = format!("the deliveries of the same event cannot be read: {reason}");
            app.notify(Notice::error(text));
        }
    }
}

fn refused(app: &mut App, refusal: Refusal) {
    let status = refusal.reason.status().as_u16();
    let text = format!("refused with {status}: {}", refusal.message);
    if refusal.reason == RefusalReason::StoreFailed {
        app.health.report(Report::Store(StoreHealth::Failing(refusal.message.clone())));
        app.notify(Notice::error(text));
    } else {
        app.notify(Notice::warning(text));
    }
    app.traffic.refuse(refusal);
}

/// Brings selection and scrolling into range and asks for what is missing in sight.
fn settle(app: &mut App, commands: &mut Vec<Command>) {
    sending::settle(app, commands);
    commands.extend(deleting::due(app));
    commenting::settle(app);
    readers::settle(app);
    let Some(screen) = screen(app.size, app) else { return };
    let pane = screen.stream.or(screen.detail);
    let height = pane.map_or(0, |pane| usize::from(pane.rows.height));
    // What is being typed or chosen is about the delivery that is selected.
    app.deliveries.settle(height, !app.overlays.is_empty());
    commands.extend(app.deliveries.doubts().map(Command::LookForGone));
    if app.replaying.marks.doubts() {
        commands.extend([Command::LoadMarks, Command::LoadComments]);
    }
    if let Some(cursor) = app.deliveries.ask(height) {
        let generation = app.deliveries.generation();
        let filter = app.deliveries.filter().filter.clone();
        commands.push(Command::LoadPage { generation, filter, cursor, limit: PAGE_ROWS });
    }
    if let Some(ids) = app.deliveries.ask_cells(height) {
        let pins = Arc::clone(app.deliveries.pins().pinned());
        commands.push(Command::LoadCells { pins, ids });
    }
    if let Some(cursor) = app.deliveries.ask_count() {
        let generation = app.deliveries.generation();
        let filter = app.deliveries.filter().filter.clone();
        commands.push(Command::CountMatches { generation, filter, cursor });
    }
    let waiting = app.copying.map(|(id, _)| id).or_else(|| app.asked.map(|(id, _)| id));
    let to_show = app.deliveries.selected().filter(|_| screen.detail.is_some());
    if app.deliveries.selected().is_none() {
        app.focus = Focus::Stream;
        app.detail.clear();
    }
    let load = waiting.or(to_show).and_then(|id| app.detail.want(id));
    commands.extend(load.map(Command::LoadRecord));
    if screen.detail.is_some() {
        let is_timed = readers::is_timeline_open(app);
        let attempts = app.detail.want_attempts(is_timed || screen.attempts.is_some());
        commands.extend(attempts.map(Command::LoadAttempts));
        commands.extend(app.detail.want_same(is_timed).map(Command::LoadRepeats));
    }
    let (inside, printed) = (screen.filled().inside(), screen.output().rows);
    match app.overlays.last_mut() {
        Some(Overlay::Comparison(comparing)) => {
            comparing.lines_mut().keep_in_sight(inside.width, inside.height, true);
        }
        Some(Overlay::Output(output)) => {
            output.view_mut().keep_in_sight(printed.width, printed.height, app.wrap);
        }
        Some(Overlay::Reader(reader)) => {
            reader.lines.keep_in_sight(inside.width, inside.height, true);
        }
        _ => {}
    }
    let tab = screen.tab_of(&app.detail);
    for (pane, tab) in [(screen.detail, tab), (screen.attempts, Tab::Attempts)] {
        if let (Some(pane), Some(content)) = (pane, app.detail.content_of_mut(tab)) {
            content.keep_in_sight(pane.rows.width, pane.rows.height, app.wrap);
        }
    }
    commands.extend(readers::look(app));
}
