//! Everything that can happen to the dashboard.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use ratatui::layout::Size;

use super::attempted;
use super::command::Copied;
use super::deletion::Deleted;
use super::document::Document;
use super::forwarding::Forward;
use super::health::Report;
use super::key::Key;
use super::piping::{Ending, Printed};
use super::sleeps::Sleep;
use super::toast::Notice;
use crate::domain::annotation::Comment;
use crate::domain::arrival::Arrival;
use crate::domain::attempt::{Attempt, AttemptId, Call};
use crate::domain::delivery::DeliveryId;
use crate::domain::egress::Told;
use crate::domain::evidence::Evidence;
use crate::domain::export::{self, Exported};
use crate::domain::filter::Filter;
use crate::domain::ledger::{Lease, Listed};
use crate::domain::links::WebPage;
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::overview::Overview;
use crate::domain::page::{Cursor, Page, Stock, Tally};
use crate::domain::pin::{Cells, Pin};
use crate::domain::proposal::Proposal;
use crate::domain::record::{self, Record};
use crate::domain::replay::{Progress, Summary};
use crate::domain::replay_targets::ReplayTargets;
use crate::domain::shape::Shape;
use crate::domain::subscription::Rejection;
use crate::providers::about::About;

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// The time. The loop sends it ahead of every batch of messages, and once a second while
    /// `App::needs_tick`.
    Tick(Timestamp),
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this size now.
    Resized(Size),
    /// Something knocked at the listener.
    Arrived(Arrival),
    /// The machine slept, and is awake again.
    Woke(Sleep),
    /// So many arrivals were lost on the way here; the store has them.
    Lagged(u64),
    /// Answers `Command::LookAtShapes`: those that are not set any more.
    ShapesOver(Vec<(EndpointName, Shape)>),
    /// Another process wrote to the store.
    StoreChanged,
    /// Answers `Command::LoadPage`: the page, or why it could not be read.
    PageLoaded {
        /// The generation of the command.
        generation: u64,
        /// The cursor of the command.
        cursor: Cursor,
        /// The rows, or the reason.
        page: Result<Page, String>,
    },
    /// Answers `Command::CountMatches`: how many match, or why they could not be counted; then the
    /// count stays a lower bound.
    Matched {
        /// The generation of the command.
        generation: u64,
        /// The cursor of the command.
        cursor: Cursor,
        /// How many, or the reason.
        tally: Result<Tally, String>,
    },
    /// Answers `Command::LoadCells`.
    CellsLoaded {
        /// The places of the command.
        pins: Arc<[Pin]>,
        /// What the first of its deliveries have there, or why that could not be read.
        cells: Result<Vec<(DeliveryId, Cells)>, String>,
    },
    /// Answers `Command::Locate`: the delivery, none if all arrived later, or why it is not known.
    Located(Result<Option<DeliveryId>, String>),
    /// Answers `Command::LoadRecord`: the delivery, none if the store has it no more, or why it
    /// could not be read.
    RecordLoaded {
        /// The delivery that was asked for.
        id: DeliveryId,
        /// What was found.
        opened: Result<Option<Opened>, String>,
    },
    /// Answers `Command::LoadPair`.
    PairLoaded {
        /// The delivery of the command.
        this: DeliveryId,
        /// Both, none if there is no other, or why they could not be read.
        pair: Result<Option<[Arc<Record>; 2]>, String>,
    },
    /// Answers `Command::Count`: how many deliveries are stored, or why that is not known.
    Counted(Result<Stock, String>),
    /// Answers `Command::LoadOverview`: what came in of late, or why that is not known.
    OverviewLoaded(Result<Arc<Overview>, String>),
    /// Answers `Command::LoadMarks`.
    MarksLoaded(Result<Vec<(DeliveryId, EndpointName)>, String>),
    /// Answers `Command::LoadComments`.
    CommentsLoaded(Result<Vec<(DeliveryId, Comment)>, String>),
    /// Answers `Command::FindToDelete`.
    FoundToDelete {
        /// The filter of the command.
        filter: Arc<Filter>,
        /// What it finds, or why that is not known.
        found: Result<Arc<[DeliveryId]>, String>,
    },
    /// Deliveries were deleted by `Command::Delete`, which goes on.
    Gone(Arc<[DeliveryId]>),
    /// Answers `Command::Delete`.
    Deleted {
        /// What was to be deleted.
        ids: Arc<[DeliveryId]>,
        /// What came of it, or why it ended early.
        outcome: Result<Deleted, String>,
    },
    /// Answers `Command::LookForGone`: those that are gone.
    Vanished(BTreeSet<DeliveryId>),
    /// Answers `Command::Copy`.
    Copied {
        /// What was copied.
        what: Copied,
        /// What became of it.
        outcome: CopyOutcome,
    },
    /// Answers `Command::LoadTargets`: where the deliveries of each endpoint are replayed to, or why
    /// that is not known.
    TargetsLoaded(Result<BTreeMap<EndpointName, ReplayTargets>, String>),
    /// Answers `Command::Rehearse`: the request, credentials masked, or why there is none.
    Rehearsed(Result<Box<Call>, String>),
    /// How far a replay has come; not more often than ten times a second.
    Replaying(Progress),
    /// Answers `Command::Replay`: everything has come to its end.
    Replayed(Summary),
    /// How far an export has come; not more often than ten times a second.
    Exporting(export::Progress),
    /// Answers `Command::Export`: what was written, none if it was cancelled, or why nothing was.
    Exported(Result<Option<Exported>, String>),
    /// Answers `Command::EditBody`: the new body, none if it was not changed, or why there is none.
    BodyEdited {
        /// The delivery.
        record: Arc<Record>,
        /// Its new body.
        body: Result<Option<Bytes>, String>,
    },
    /// Answers `Command::Browse`.
    Browsed {
        /// The address.
        page: WebPage,
        /// What became of it.
        outcome: Result<(), NotBrowsed>,
    },
    /// A command has printed something.
    Printed {
        /// Its number.
        run: u64,
        /// All that it printed.
        printed: Printed,
    },
    /// Answers `Command::Pipe`: the command has ended.
    Piped {
        /// Its number.
        run: u64,
        /// All that it printed.
        printed: Printed,
        /// How.
        ending: Ending,
        /// How long it took.
        took: Duration,
    },
    /// Answers `Command::LoadToHandOver`.
    ReadyToHandOver {
        /// The command.
        command: String,
        /// The body that it is to read, or why there is none.
        body: Result<Bytes, String>,
    },
    /// Answers `Command::HandOver`: the terminal is ours again. Why it was not given away, or how the
    /// command ended if not as it should.
    HandedOver(Result<(), String>),
    /// Answers `Command::Fetch`, and tells of every other attempt about a delivery: it is in the
    /// store now.
    Attempted {
        /// Its number; none if it could not be stored.
        id: Option<AttemptId>,
        /// What was tried and what came of it.
        attempt: Arc<Attempt>,
    },
    /// Answers `Command::LoadAttempts`: the attempts of a delivery, or why they could not be read.
    AttemptsLoaded {
        /// The delivery.
        delivery: DeliveryId,
        /// The attempts.
        attempts: Result<attempted::Opened, String>,
    },
    /// Answers `Command::LoadRepeats`: the nearest deliveries of the same event, oldest first and the
    /// one that was asked for included, or why they could not be read.
    RepeatsLoaded {
        /// The delivery that was asked for.
        id: DeliveryId,
        /// The deliveries, or the reason.
        repeats: Result<Vec<record::Summary>, String>,
    },
    /// Answers `Command::ListSubscriptions`: what the provider has, beside the ledger, or why that
    /// is not known.
    SubscriptionsListed {
        /// The account.
        account: AccountName,
        /// The subscriptions.
        listed: Result<Vec<Listed>, Rejection>,
    },
    /// Answers `Command::ChangeSubscription`, `TakeLease` and `ReturnLease`: what the provider says
    /// for people, or why nothing was changed.
    SubscriptionChanged {
        /// The account.
        account: AccountName,
        /// What was asked for, as `Command::action` says.
        action: &'static str,
        /// What came of it.
        result: Result<Vec<String>, Rejection>,
    },
    /// Leases that a former run could not give back. It is asked about them once.
    LeasesLeftOpen(Vec<Lease>),
    /// Answers `Command::EditConfig`: the user is back from the editor, or why there was none.
    ConfigEdited(Result<(), String>),
    /// Answers `Command::LookForNames`: what they suggest, and why some of the files were left out.
    NamesFound {
        /// The entries of a config.
        proposals: Vec<Proposal>,
        /// A sentence for each file that was left out.
        left_out: Vec<String>,
    },
    /// Answers `Command::WriteConfig`: it is there, or why it is not.
    ConfigWritten(Result<(), String>),
    /// Connections that the program made outward have ended.
    Connected(Told),
    /// How the apps are that deliveries are handed on to.
    Forwarding(Vec<Forward>),
    /// Listener or store are well or not.
    Health(Report),
    /// Something failed that no command is waiting for.
    Failed(Notice),
    /// The system asks the program to end.
    Signal,
}

/// A delivery read from the store, with its body made ready for reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The delivery.
    pub record: Arc<Record>,
    /// Its body.
    pub document: Arc<Document>,
    /// What the check of its authentication looks at.
    pub evidence: Arc<Evidence>,
    /// What its provider's documents and the accounts tell about it.
    pub about: Arc<About>,
}

/// What became of a copy. Nobody answers to an OSC 52 sequence, so `terminal` only tells that it was
/// sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyOutcome {
    /// The system's clipboard took it, or the reason why not.
    pub clipboard: Result<(), String>,
    /// It was sent to the terminal, or the reason why not.
    pub terminal: Result<(), String>,
}

/// Why an address was not opened in a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotBrowsed {
    /// There is no browser that the user would see; why.
    NoBrowser(String),
    /// It must not be opened; why.
    Refused(String),
}

/// What the mouse did, at a cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
    /// What it did.
    pub gesture: Gesture,
}

/// What a mouse can do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// The left button was pressed.
    Click,
    /// The mouse was moved with the left button pressed.
    Drag,
    /// The left button was let go.
    Release,
    /// The wheel was turned towards the user.
    WheelDown,
    /// The wheel was turned away from the user.
    WheelUp,
}
