//! The list of deliveries: which part of it is in memory, what is selected, what the filter is.
//!
//! The store is the truth. Arrivals keep the newest end fresh, pages read from the store bring
//! everything else, and both are joined by the delivery's id. Nothing is ever sorted, counted or
//! filtered over the whole list here: in another order there is a still picture of its newest end.
//!
//! Reading order: [`applied`] (the filter), [`row`], [`window`] (the rows in memory), `sight` (where
//! somebody looks), [`loading`] (the page on its way), [`mod@matches`] (how many there are); [`pins`],
//! [`mod@column`] and [`sorted`] (another order), [`bin`] (what can be brought back); [`list`] (all of
//! that), then what it does: `coming`, [`reading`], `looking`, `discarding`.

pub mod applied;
pub mod row;
pub mod window;
mod sight;
pub mod loading;
pub mod matches;
pub mod pins;
pub mod column;
pub mod sorted;
pub mod bin;
pub mod list;
mod coming;
pub mod reading;
mod looking;
mod discarding;

pub use applied::{Applied, Unseen};
pub use list::Deliveries;
pub use reading::PAGE_ROWS;
pub use row::is_sure_repeat;

#[cfg(test)]
mod tests;
