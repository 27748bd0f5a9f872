//! A line that was understood, and what it is understood by.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::place::Place;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::deliveries::column::Column;
use crate::app::samples::Choice;
use crate::app::tab::Tab;
use crate::domain::delivery::DeliveryId;
use crate::domain::export::Form;
use crate::domain::name::AccountName;
use crate::domain::pin::Pin;
use crate::domain::url::Url;

/// A line that was understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// What a key can do too.
    Act(Action),
    /// What takes arguments.
    Run(Errand),
}

/// Something to be done with arguments.
#[derive(Clone, Debug, PartialEq)]
pub enum Errand {
    /// Show the list from there on.
    GoTo(Place),
    /// Show a tab of a delivery.
    Show {
        /// Its number; none for the delivery at hand.
        id: Option<DeliveryId>,
        /// The tab.
        tab: Tab,
    },
    /// Narrow the list down to what matches.
    Filter(String),
    /// Show the list in the order of a column.
    Sort {
        /// The column.
        column: Column,
        /// The largest comes first.
        is_reversed: bool,
    },
    /// Pin a column of the list.
    Pin(Pin),
    /// Take a column off the list.
    Unpin(Pin),
    /// Show the columns of the list.
    Columns,
    /// Send again what is marked, else the delivery at hand.
    Replay(Again),
    /// Show the export sheet, filled in.
    Export {
        /// The form of the file, if not that of before.
        form: Option<Form>,
        /// Whether stand-ins are put in place of what is not for others, if not as before.
        is_redacted: bool,
    },
    /// Narrow the list down to what matches, and ask whether to delete all of it.
    Delete(String),
    /// Write a note about the selected delivery.
    Note(String),
    /// Put tags on the selected delivery, or take them off.
    Tag(String),
    /// Hold what matches.
    Hold(String),
    /// Pipe the body to a command.
    Pipe(String),
    /// Send a sample.
    Trigger(Choice),
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Show plain lines, or panes.
    Plain(bool),
    /// Show the subscriptions of an account.
    Subscriptions(AccountName),
}

/// How something is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// Where to, if not where the deliveries of its endpoint usually go.
    pub to: Option<Url>,
    /// Whether it is signed afresh.
    pub resign: bool,
    /// How often each delivery is sent; at least 1.
    pub times: u32,
    /// How many are under way at once; at least 1.
    pub parallel: u32,
    /// The time from one to the next.
    pub gap: Duration,
}

/// What a line is understood by.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Times without a zone are of this one.
    pub zone: &'a TimeZone,
    /// Now.
    pub now: Timestamp,
    /// Where the user is.
    pub context: Context,
    /// The names that can stand in it.
    pub known: &'a Known,
}

/// Names that can stand in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The endpoints, in the order of the config.
    pub endpoints: Vec<String>,
    /// The accounts, in the order of the config.
    pub accounts: Vec<String>,
    /// The kinds of the events in the stream.
    pub events: Vec<String>,
    /// The tags of deliveries.
    pub tags: Vec<String>,
    /// The pointers of the pinned columns.
    pub pins: Vec<String>,
    /// The pointers of the values in the open body.
    pub pointers: Vec<String>,
    /// The commands that bodies were piped to, the last one first.
    pub pipes: Vec<String>,
}
