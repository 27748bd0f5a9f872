//! hookscope captures webhook deliveries, checks them, keeps them and shows them.
//!
//! The module list below is the architecture. A module imports only modules that stand before it;
//! `tests/it/architecture.rs` holds the exact table and enforces it.
//!
//! # A delivery, from the socket to the screen
//!
//! [`capture::serve`] accepts a connection; [`capture::intake`] is the life of a delivery on one
//! page: it is read under limits with its head exactly as sent, [`providers::inspect`] says who sent
//! it, what it reports and (by [`verify::verify`]) whether its authentication holds,
//! [`storage::Store::insert`] returns after the commit, [`capture::feed::Feed::publish`] tells whoever
//! listens, and only then it is answered. [`runtime::run`] turns what it hears into
//! [`app::message::Message::Arrived`], [`app::update::update`] changes the state, and [`ui::draw`]
//! shows it.
//!
//! # A key, from the terminal to its effect
//!
//! [`runtime::run`] reads it, [`app::update::update`] asks [`app::keymap::Keymap::resolve`] what it
//! means here, changes the state and returns [`app::command::Command`]s; the runtime carries them
//! out and sends what comes of it back as messages.
//!
//! # What always holds
//!
//! - A 200 means that the delivery is stored.
//! - A [`domain::delivery::Delivery`] is what came and never changes; an
//!   [`domain::inspection::Inspection`] is what we conclude and can be made again.
//! - `domain`, `verify`, `providers`, `exchange`, `app` and `ui` do no IO, read no clock and draw no
//!   random number. Times and ids come in as values.
//! - State changes in `update` alone, and drawing never changes it.
//! - Foreign text reaches a terminal only through [`ui::text`].
//! - Everything is bounded: heads, bodies, connections, channels, rows in memory, time.

pub mod domain;
pub mod verify;
pub mod providers;
pub mod exchange;
pub mod storage;
pub mod capture;
pub mod client;
pub mod app;
pub mod ui;
pub mod config;
pub mod runtime;
pub mod cli;
