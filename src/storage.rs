//! The store: every delivery, kept in one SQLite file and found again.
//!
//! An insert returns when the delivery is on the disk, so that it can be answered. One thread
//! writes, and commits in groups: a transaction takes what is waiting. Another thread reads over a
//! connection of its own, so that a long search never delays a delivery, and one moves what is
//! committed from the log into the file. What is in memory besides is bounded and is made again from
//! the file at the next start.
//!
//! What goes out is kept beside the deliveries: attempts, which go with the delivery that they are
//! about, and the ledger of subscriptions and leases, which nothing deletes. A second program may
//! write these while one holds the store to take deliveries; they take turns by SQLite's lock.
//!
//! Deliveries are deleted when somebody asks for it, and bit by bit when there are more than are to be
//! kept; what the user has marked is kept.
//!
//! What it does not do: it does not judge deliveries, deletes nothing by itself and sends nothing. A
//! file that it does not understand it refuses and leaves as it is.
//!
//! Reading order: [`options`], [`captured`], [`error`]; the way in: `findings` (a verdict as
//! columns), `entry` (a delivery as columns) with `body`, `attempts`, `ledger`, `leases`, `forwards` and
//! `replay_targets` (what goes out, in and out), `write` (one of these to be written), `writer` (the
//! transaction), `repeats` with its `sieve`, and `checkpoints` beside it; what it does at leisure: `lists` and `packing`; the way out: `row`, `deliveries`, `search` (a
//! filter as SQL), `plan` (where to look), `stretch` (looking), `pinned` (values of bodies); what the user says of them:
//! `annotations`; the way to the bin: [`deletion`], [`retention`], [`sizes`], `prune`, [`upkeep`]; then
//! `job`, `worker`, `threads` and `readers`; `schema`, `file`, `holding`, `place` and `opening` (the
//! connections); [`writes`] (who else writes); [`repair`]; and [`Store`] itself, in
//! `store` and, for what goes out, `outward`.

pub mod options;
pub mod captured;
pub mod error;
mod findings;
mod body;
mod entry;
mod packing;
mod row;
mod search;
mod deliveries;
mod pinned;
mod lists;
mod plan;
mod stretch;
mod attempts;
mod ledger;
mod leases;
mod forwards;
mod replay_targets;
mod annotations;
pub mod deletion;
pub mod sizes;
pub mod retention;
mod prune;
mod write;
mod sieve;
mod repeats;
mod writer;
mod job;
mod schema;
#[cfg(test)]
mod query_plan;
mod file;
mod holding;
mod overview;
mod place;
mod checkpoints;
pub mod writes;
mod opening;
pub mod repair;
mod worker;
mod threads;
mod readers;
pub mod upkeep;
mod store;
mod outward;

pub use captured::Captured;
pub use options::{Durability, Location, Options};
pub use store::Store;
pub use upkeep::Upkeep;
