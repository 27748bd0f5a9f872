//! Facts and findings: the plain values that every other module speaks in.
//!
//! A [`delivery::Delivery`] is the request as it arrived and never changes. An
//! [`inspection::Inspection`] is what we conclude from it and can be made again. Both together, as
//! the store keeps them, are a [`record::Record`]; one row of a list is a [`record::Summary`].
//!
//! Nothing here does IO, reads a clock or draws a random number: times and ids come in as values.
//!
//! What goes out is a [`attempt::Call`], and with what came of it an [`attempt::Attempt`]; the
//! credentials for it belong to an [`account::Account`].
//!
//! Reading order: [`http`] and [`headers`] (what a request is), [`delivery`], [`event`],
//! [`verdict`], [`inspection`], [`record`], then [`endpoint`], [`refusal`], [`filter`]; [`url`],
//! [`account`], [`attempt`], [`egress`], [`changes`], [`comparison`], [`subscription`], [`ledger`], [`addresses`], [`drift`],
//! [`plan`], [`replay`], [`replay_targets`], [`export`] (outward); and the small ones, among them [`pin`] (a
//! value that is shown as a column).

pub mod headers;
pub mod http;
pub mod body;
pub mod masking;
pub mod unseen;
pub mod json_pointer;
pub mod pin;
pub mod curl;
pub mod secret;
pub mod url;
pub mod links;
pub mod name;
pub mod nearest;
pub mod duration;
pub mod size;
pub mod endpoint;
pub mod delivery;
pub mod event;
pub mod account;
pub mod attempt;
pub mod egress;
pub mod changes;
pub mod comparison;
pub mod subscription;
pub mod ledger;
pub mod addresses;
pub mod drift;
pub mod verdict;
pub mod evidence;
pub mod inspection;
pub mod handshake;
pub mod refusal;
pub mod annotation;
pub mod sameness;
pub mod record;
pub mod overview;
pub mod arrival;
pub mod page;
pub mod filter;
pub mod keep;
pub mod edit;
pub mod plan;
pub mod replay;
pub mod shape;
pub mod forwarding;
pub mod replay_targets;
pub mod export;
pub mod proposal;
