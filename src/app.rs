//! The dashboard's mind: its state, what can happen to it, and what it asks to be done.
//!
//! [`update::update`] is the only thing that changes [`state::App`]; the `ui` only reads it, the
//! runtime only carries out the [`command::Command`]s that come back. Messages and commands are
//! plain values that can be compared, so a test reads "these keys in this state give this state and
//! these commands".
//!
//! Nothing here does IO, reads a clock or starts a task: time comes in with
//! [`message::Message::Tick`], which the loop sends ahead of every batch of messages.
//!
//! Reading order: [`state`] (what there is), [`message`] and [`command`] (what goes in and out),
//! [`update`] and [`act`] (what happens), [`context`], [`bindings`] and [`keymap`] (what keys mean),
//! [`deliveries`] and [`detail`] (the two panes), [`screen`] and [`table`] (where they stand), [`columns`]
//! and [`sorting`] (another order), [`subscribing`],
//! [`managing`] and [`sending`] (the subscriptions), [`replaying`] and [`replays`] (sending again),
//! [`comparing`] and [`comparisons`] (answers side by side), [`journal`], [`overview`], [`timeline`],
//! [`reader`] and [`readers`] (what there is to read), [`exporting`] and [`exports`] (files), [`piping`] and
//! [`pipes`] (commands of the user's), [`browsing`],
//! [`desk`] and [`answering`] (what is answered otherwise), [`comments`] and [`commenting`] (notes and
//! tags), [`mod@deleting`], [`guide`] and [`guiding`] (the first steps of somebody new), [`mod@command_line`], [`completing`],
//! [`palette`] and [`commanding`] (what is typed), then the small ones.

pub mod key;
pub mod tab;
pub mod search;
pub mod document;
pub mod command;
pub mod command_line;
pub mod action;
pub mod hints;
pub mod toast;
pub mod health;
pub mod attempted;
pub mod forwarding;
pub mod sleeps;
pub mod message;
pub mod session;
pub mod traffic;
pub mod names;
pub mod context;
pub mod bindings;
pub mod keymap;
pub mod overrides;
pub mod help;
pub mod deletion;
pub mod deleting;
pub mod deliveries;
pub mod lines;
pub mod journal;
pub mod overview;
pub mod timeline;
pub mod reader;
pub mod detail;
pub mod editor;
pub mod recall;
pub mod subscribing;
pub mod under_way;
pub mod replaying;
pub mod exporting;
pub mod piping;
pub mod desk;
pub mod comparing;
pub mod choices;
pub mod links;
pub mod samples;
pub mod columns;
pub mod guide;
pub mod offers;
pub mod fuzzy;
pub mod palette;
pub mod completing;
pub mod sampling;
pub mod overlay;
pub mod comments;
pub mod arrangement;
pub mod state;
pub mod screen;
pub mod table;
pub mod copies;
pub mod locating;
pub mod pausing;
pub mod filtering;
pub mod pivoting;
pub mod sorting;
pub mod commenting;
pub mod knowing;
pub mod commanding;
pub mod prompting;
pub mod sending;
pub mod managing;
pub mod moving;
pub mod leaving;
pub mod browsing;
pub mod fetching;
pub mod replays;
pub mod comparisons;
pub mod readers;
pub mod exports;
pub mod pipes;
pub mod answering;
pub mod guiding;
pub mod act;
pub mod opening;
pub mod pointer;
pub mod update;

#[cfg(test)]
mod fixtures;
