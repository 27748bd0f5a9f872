//! Everything that the program may be asked to do. Each command has one arm in the runtime and,
//! where there is something to tell, one message that answers it.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;

use super::piping::Pipe;
use crate::domain::annotation::Comment;
use crate::domain::delivery::DeliveryId;
use crate::domain::export::Order;
use crate::domain::filter::Filter;
use crate::domain::links::WebPage;
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::page::Cursor;
use crate::domain::pin::Pin;
use crate::domain::plan::Plan;
use crate::domain::proposal::Beginning;
use crate::domain::record::Record;
use crate::domain::shape::{Hold, Reply, Shape};
use crate::domain::subscription::{Change, Subscription};
use crate::domain::url::Url;
use crate::providers::samples::{Content, Sample};

/// Something to be done outside of the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Read part of the list; answered by `Message::PageLoaded` with the same generation and cursor.
    LoadPage {
        /// Which filter it is for; an answer of an older one is dropped.
        generation: u64,
        /// What the rows have to match.
        filter: Arc<Filter>,
        /// Which part.
        cursor: Cursor,
        /// At most so many rows.
        limit: usize,
    },
    /// Count what matches in a part of the list; answered by `Message::Matched` with the same
    /// generation and cursor.
    CountMatches {
        /// Which filter it is for; an answer of an older one is dropped.
        generation: u64,
        /// What is counted.
        filter: Arc<Filter>,
        /// Which part.
        cursor: Cursor,
    },
    /// Read what deliveries have at pinned places, as many of them as can be read in a moment but at
    /// least one; answered by `Message::CellsLoaded`.
    LoadCells {
        /// The places.
        pins: Arc<[Pin]>,
        /// The deliveries.
        ids: Vec<DeliveryId>,
    },
    /// Find the newest delivery that arrived before then; answered by `Message::Located`.
    Locate(Timestamp),
    /// Read one delivery whole; answered by `Message::RecordLoaded`.
    LoadRecord(DeliveryId),
    /// Read two deliveries to compare; answered by `Message::PairLoaded`.
    LoadPair {
        /// One of them.
        this: DeliveryId,
        /// The other; none for the last one before of the same provider, account and event.
        with: Option<DeliveryId>,
    },
    /// Ask how many deliveries are stored; answered by `Message::Counted`.
    Count,
    /// Keep that these deliveries are marked, or not any more. Nothing answers it but a notice if it
    /// fails.
    Mark {
        /// The deliveries.
        ids: Vec<DeliveryId>,
        /// Whether they are marked from now on.
        marked: bool,
    },
    /// Keep what is written about a delivery. Nothing answers it but a notice if it fails.
    Comment {
        /// The delivery.
        id: DeliveryId,
        /// All that is written about it from now on.
        comment: Comment,
    },
    /// Read what is written about deliveries; answered by `Message::CommentsLoaded`.
    LoadComments,
    /// Read which deliveries are marked; answered by `Message::MarksLoaded`.
    LoadMarks,
    /// Look for all that this filter finds; answered by `Message::FoundToDelete`.
    FindToDelete(Arc<Filter>),
    /// Delete these deliveries; answered by `Message::Gone` as it goes on and by `Message::Deleted`
    /// at its end.
    Delete(Arc<[DeliveryId]>),
    /// Look which of these deliveries are gone; answered by `Message::Vanished`.
    LookForGone(Vec<DeliveryId>),
    /// Count what came in of late; answered by `Message::OverviewLoaded`.
    LoadOverview,
    /// Put text on the clipboard; answered by `Message::Copied`.
    Copy {
        /// What the text is.
        what: Copied,
        /// The text, credentials masked.
        text: String,
    },
    /// Read what a delivery's account may read at its provider; answered by `Message::Attempted`.
    Fetch {
        /// The delivery that it is about.
        delivery: DeliveryId,
        /// Whose credentials go with it.
        account: AccountName,
        /// What to read.
        url: Url,
    },
    /// Open an address in the browser; answered by `Message::Browsed`.
    Browse(WebPage),
    /// Run a command that reads a body; answered by `Message::Printed` as it prints, not more often
    /// than ten times a second, and by `Message::Piped` at its end.
    Pipe {
        /// Its number.
        run: u64,
        /// The command.
        pipe: Pipe,
    },
    /// End the command that runs, and all that it has started.
    CancelPipe,
    /// Read a body for a command that is given the terminal; answered by `Message::ReadyToHandOver`.
    LoadToHandOver {
        /// The command.
        command: String,
        /// The delivery.
        delivery: DeliveryId,
    },
    /// Give the terminal to a command that reads this body, until it ends; answered by
    /// `Message::HandedOver`.
    HandOver {
        /// The command.
        command: String,
        /// The body.
        body: Bytes,
    },
    /// Send a sample to an endpoint; answered by `Message::Attempted`.
    SendSample {
        /// The sample.
        sample: &'static Sample,
        /// With its data or without.
        content: Content,
        /// The endpoint whose scheme signs it.
        endpoint: EndpointName,
        /// Where to.
        url: Url,
    },
    /// Read the attempts of a delivery from the store; answered by `Message::AttemptsLoaded`.
    LoadAttempts(DeliveryId),
    /// Read the deliveries of the same event as this one; answered by `Message::RepeatsLoaded`.
    LoadRepeats(DeliveryId),
    /// Ask where the deliveries of each endpoint were replayed to; answered by
    /// `Message::TargetsLoaded`.
    LoadTargets,
    /// Send what a plan says, and remember its target for the endpoints; answered by `Message::Replaying` while it goes on and by
    /// `Message::Replayed` at its end, and by `Message::Attempted` if it is a single delivery.
    Replay {
        /// What to send.
        plan: Box<Plan>,
        /// Where its deliveries arrived.
        endpoints: BTreeSet<EndpointName>,
    },
    /// Make the request that a plan sends of its first delivery, and send nothing; answered by
    /// `Message::Rehearsed`.
    Rehearse(Box<Plan>),
    /// Send nothing more of what is being replayed; what is under way comes to its end.
    CancelReplay,
    /// Write deliveries to a file; answered by `Message::Exporting` while it goes on and by
    /// `Message::Exported` at its end.
    Export(Box<Order>),
    /// Write nothing more of what is being exported, and leave nothing of the file.
    CancelExport,
    /// Open the body of a delivery in the user's editor; answered by `Message::BodyEdited`.
    EditBody(Arc<Record>),
    /// Set what an endpoint answers for a while, or take it back.
    ShapeAnswer {
        /// The endpoint.
        endpoint: EndpointName,
        /// The answer; none takes it back.
        shape: Option<Shape>,
    },
    /// Look which of these answers are not set any more; answered by `Message::ShapesOver`.
    LookAtShapes(Vec<(EndpointName, Shape)>),
    /// Hold deliveries from now on, or let all of them go.
    Hold(Option<Hold>),
    /// Answer a delivery that is held; a notice tells if it is not held any more.
    Release {
        /// The delivery.
        id: DeliveryId,
        /// What it is answered; none for what it would have been.
        reply: Option<Reply>,
    },
    /// Ask the provider for an account's subscriptions; answered by `Message::SubscriptionsListed`.
    ListSubscriptions(AccountName),
    /// Change subscriptions at the provider; answered by `Message::SubscriptionChanged`.
    ChangeSubscription {
        /// The account.
        account: AccountName,
        /// The change.
        change: Box<Change>,
    },
    /// Point a subscription here for as long as hookscope runs; answered by
    /// `Message::SubscriptionChanged`.
    TakeLease {
        /// The account.
        account: AccountName,
        /// The subscription as it was read last.
        subscription: Box<Subscription>,
        /// The address of ours.
        target: String,
    },
    /// Put the previous target of a leased subscription back; answered by
    /// `Message::SubscriptionChanged`.
    ReturnLease {
        /// The account.
        account: AccountName,
        /// The provider's id of the subscription.
        subscription: String,
    },
    /// Forget a lease that a former run left open: the subscription keeps its target. Nothing
    /// answers it but a notice if it fails.
    ForgetLease {
        /// The account.
        account: AccountName,
        /// The provider's id of the subscription.
        subscription: String,
    },
    /// Leave out the deliveries that wait for apps that do not take them; the next
    /// `Message::Forwarding` tells.
    SkipForwards,
    /// Open the config in the user's editor; answered by `Message::ConfigEdited`.
    EditConfig,
    /// Look for names of secrets in the `.env` files of the folder; answered by `Message::NamesFound`.
    LookForNames,
    /// Write the first config, unless there is one; answered by `Message::ConfigWritten`.
    WriteConfig(Box<Beginning>),
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    /// Paint every cell anew.
    Redraw,
    /// Take the mouse from the terminal, or give it back.
    TakeMouse(bool),
    /// End the program.
    Quit,
}

impl Command {
    /// What to call a change at a provider: the word of the command line, and of the
    /// `Message::SubscriptionChanged` that answers it. None for all other commands.
    #[must_use]
    pub fn action(&self) -> Option<&'static str> {
        match self {
            Self::ChangeSubscription { change, .. } => Some(change.as_str()),
            Self::TakeLease { .. } => Some("lease"),
            Self::ReturnLease { .. } => Some("return"),
            _ => None,
        }
    }
}

/// What is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Copied {
    /// The body, as text.
    Body,
    /// The header fields, a line each.
    Headers,
    /// The delivery as a curl command line.
    Curl,
    /// The path of what is under the cursor.
    Path,
    /// The value under the cursor.
    Value,
    /// The URL that it was sent to.
    Url,
    /// The curl command line of the first screen.
    Example,
    /// The link under the cursor.
    Link,
    /// The provider's id of the subscription under the cursor.
    SubscriptionId,
    /// The target of the subscription under the cursor.
    Target,
    /// The provider's record of the subscription under the cursor.
    Subscription,
    /// The request sheet.
    Sheet,
}

impl Copied {
    /// What to call it in a notice.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Headers => "headers",
            Self::Curl | Self::Example => "curl line",
            Self::Path => "path",
            Self::Value => "value",
            Self::Url => "URL",
            Self::Link => "link",
            Self::SubscriptionId => "id",
            Self::Target => "target",
            Self::Subscription => "subscription",
            Self::Sheet => "request sheet",
        }
    }
}
