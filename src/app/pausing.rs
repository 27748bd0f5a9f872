//! Letting the stream stand still while deliveries go on being captured. The store is the truth: what
//! was held back is read from it when the stream goes on.

use super::deliveries::Unseen;
use super::state::App;
use crate::domain::record::Record;

/// Lets the stream stand still, or go on.
pub fn turn(app: &mut App) {
    match app.paused.take() {
        None => app.paused = Some(Unseen::default()),
        Some(Unseen { count: 0, or_more: false }) => {}
        Some(Unseen { count, or_more }) => app.deliveries.lost((!or_more).then_some(count)),
    }
}

/// A delivery was captured: it goes into the stream, or is counted until the stream goes on.
pub fn captured(app: &mut App, record: &Record) {
    match &mut app.paused {
        Some(held_back) => {
            let is_listed = app.deliveries.filter().filter.matches(record);
            held_back.count += u64::from(is_listed);
        }
        None => {
            app.deliveries.arrive(record);
        }
    }
}

/// Nobody can tell what was captured: the stream asks the store, now or when it goes on.
pub fn lost(app: &mut App) {
    match &mut app.paused {
        Some(held_back) => held_back.or_more = true,
        None => app.deliveries.lost(None),
    }
}
