//! All state of the dashboard, as plain data.

use std::sync::Arc;

use jiff::Timestamp;
use ratatui::layout::Size;

use super::action::Action;
use super::arrangement::Arrangement;
use super::command::Copied;
use super::comments::Comments;
use super::context::Context;
use super::deliveries::matches::Matches;
use super::deliveries::{Applied, Deliveries, Unseen};
use super::desk::Desk;
use super::detail::Detail;
use super::exporting::Exporting;
use super::forwarding::Forward;
use super::health::Health;
use super::journal::Journal;
use super::key::Key;
use super::keymap::Keymap;
use super::overlay::Overlay;
use super::overview::Looking;
use super::piping::Piping;
use super::replaying::Replaying;
use super::session::Session;
use super::sleeps::Sleeps;
use super::subscribing::{Subscribing, api_of};
use super::tab::Tab;
use super::toast::{Notice, Toasts};
use super::traffic::Traffic;
use crate::domain::delivery::DeliveryId;

/// The dashboard.
#[derive(Clone, Debug)]
pub struct App {
    /// What the program was started with.
    pub session: Session,
    /// The stream.
    pub deliveries: Deliveries,
    /// The open delivery.
    pub detail: Detail,
    /// The subscriptions at the providers.
    pub subscribing: Subscribing,
    /// What is marked, and what is sent again.
    pub replaying: Replaying,
    /// The notes and tags of deliveries.
    pub comments: Comments,
    /// What is written to files.
    pub exporting: Exporting,
    /// The commands that bodies were piped to.
    pub piping: Piping,
    /// What is answered otherwise than configured, and what waits for an answer.
    pub desk: Desk,
    /// Counts and rates.
    pub traffic: Traffic,
    /// When nothing could come in.
    pub sleeps: Sleeps,
    /// What lies on top of the panes; the last one has the keys.
    pub overlays: Vec<Overlay>,
    /// What the screen is used for.
    pub view: View,
    /// The pane that has the keys.
    pub focus: Focus,
    /// The pane with the focus has the whole screen.
    pub zoomed: bool,
    /// How the user has the screen.
    pub arrangement: Arrangement,
    /// Long lines are wrapped, else cut.
    pub wrap: bool,
    /// How times are written.
    pub times: TimeFormat,
    /// What was captured since the stream stands still; none while it goes on.
    pub paused: Option<Unseen>,
    /// The notices on the screen.
    pub toasts: Toasts,
    /// What was said and what went out in this run.
    pub journal: Journal,
    /// What came in of late.
    pub overview: Looking,
    /// Listener and store.
    pub health: Health,
    /// Where values were searched from, the last one last.
    pub trail: Vec<Former>,
    /// The apps that deliveries are handed on to, as far as they were looked at.
    pub forwards: Vec<Forward>,
    /// The keys pressed so far of a sequence.
    pub keys: Vec<Key>,
    /// What keys mean.
    pub keymap: Arc<Keymap>,
    /// The commands that were typed, the last one first.
    pub history: Vec<String>,
    /// What is copied as soon as its delivery is loaded.
    pub copying: Option<(DeliveryId, Copied)>,
    /// What is done with a delivery as soon as it is loaded.
    pub asked: Option<(DeliveryId, Asked)>,
    /// The size of the terminal.
    pub size: Size,
    /// The time of the last tick.
    pub now: Timestamp,
}

/// What the screen is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// The stream and the open delivery.
    #[default]
    Deliveries,
    /// The subscriptions at the providers.
    Subscriptions,
}

/// What has to wait for its delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What its event points at is to be fetched.
    Fetch,
    /// What can be read about it is to be listed.
    Links,
    /// It is to be replayed as a sheet says.
    Replay,
    /// Its body is to be changed in the user's editor.
    EditBody,
    /// What it points at is to be opened in the browser.
    Browse,
}

/// Where a value was searched from.
#[derive(Clone, Debug, PartialEq)]
pub struct Former {
    /// The filter.
    pub filter: Applied,
    /// The delivery that was selected.
    pub anchor: Option<DeliveryId>,
    /// The pane.
    pub focus: Focus,
    /// The tab.
    pub tab: Tab,
}

/// A pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The list of deliveries.
    #[default]
    Stream,
    /// The open delivery.
    Detail,
}

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimeFormat {
    /// In the zone of the session.
    #[default]
    Local,
    /// In UTC.
    Utc,
    /// As the time that has passed.
    Relative,
}

impl TimeFormat {
    /// The next one, around the end.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Local => Self::Utc,
            Self::Utc => Self::Relative,
            Self::Relative => Self::Local,
        }
    }
}

impl App {
    /// The dashboard before anything happened.
    #[must_use]
    pub fn new(session: Session, health: Health, keymap: Arc<Keymap>, now: Timestamp) -> Self {
        Self {
            session,
            deliveries: Deliveries::default(),
            detail: Detail::new(Arc::clone(&keymap)),
            subscribing: Subscribing::default(),
            replaying: Replaying::default(),
            comments: Comments::default(),
            exporting: Exporting::default(),
            piping: Piping::default(),
            desk: Desk::default(),
            traffic: Traffic::default(),
            sleeps: Sleeps::default(),
            overlays: Vec::new(),
            view: View::default(),
            focus: Focus::Stream,
            zoomed: false,
            arrangement: Arrangement::default(),
            wrap: false,
            times: TimeFormat::default(),
            paused: None,
            history: Vec::new(),
            toasts: Toasts::default(),
            journal: Journal::default(),
            overview: Looking::default(),
            health,
            trail: Vec::new(),
            forwards: Vec::new(),
            keys: Vec::new(),
            keymap,
            copying: None,
            asked: None,
            size: Size::new(80, 24),
            now,
        }
    }

    /// Where a key pressed now belongs: the overlay on top, else the pane that has the focus.
    #[must_use]
    pub fn context(&self) -> Context {
        self.overlays.last().map_or_else(|| self.context_below(), Overlay::context)
    }

    /// The same without what lies on top.
    #[must_use]
    pub fn context_below(&self) -> Context {
        match self.focus {
            _ if self.view == View::Subscriptions => self.context_of_account(),
            _ if self.is_first_screen() => Context::Empty,
            Focus::Stream => Context::Stream,
            Focus::Detail => match self.detail.tab() {
                Tab::Body => Context::Body,
                Tab::Attempts => Context::Attempts,
                Tab::Overview | Tab::Headers | Tab::Auth | Tab::Answer => Context::Detail,
            },
        }
    }

    fn context_of_account(&self) -> Context {
        match self.subscribing.account(&self.session).map(|account| api_of(account)) {
            Some(Some(_)) => Context::Subscriptions,
            Some(None) => Context::Sheet,
            None => Context::Accounts,
        }
    }

    /// Whether nothing was captured yet, so that there is nothing to show but how to begin.
    #[must_use]
    pub fn is_first_screen(&self) -> bool {
        self.deliveries.window().is_empty()
            && self.deliveries.filter().text.is_empty()
            && self.stored() == Some(0)
    }

    /// How many deliveries are stored and not deleted on the screen; none until they were counted.
    #[must_use]
    pub fn stored(&self) -> Option<u64> {
        Some(self.traffic.stored()?.saturating_sub(self.deliveries.bin().count()))
    }

    /// What can be done below what lies on top, for a sentence; see [`Keymap::hint`].
    #[must_use]
    pub fn hint(&self, action: Action, does: &str) -> Option<String> {
        self.keymap.hint(self.context_below(), action, does)
    }

    /// Shows a notice.
    pub fn notify(&mut self, notice: Notice) {
        self.journal.notice(self.now, notice.clone());
        self.toasts.show(notice, self.now);
    }

    /// Whether something on the screen changes by time alone, so that the loop has to tick.
    #[must_use]
    pub fn needs_tick(&self) -> bool {
        let relative = self.times == TimeFormat::Relative && !self.deliveries.window().is_empty();
        let troubled = self.forwards.iter().any(|forward| forward.trouble.is_some());
        relative
            || troubled
            || !self.desk.held().is_empty()
            || self.overlays.iter().any(Overlay::is_running)
            || !self.toasts.is_empty()
            || self.deliveries.bin().last().is_some()
            || self.overview.is_waiting()
            || self.deliveries.matches().is_some_and(Matches::is_in_doubt)
            || self.traffic.is_moving()
    }
}
