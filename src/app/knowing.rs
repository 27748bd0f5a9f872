//! What is known of names that may be typed.

use std::collections::BTreeSet;

use super::command_line::line::Known;
use super::sorting;
use super::state::App;

/// The names that can stand in a line.
#[must_use]
pub fn known(app: &App) -> Known {
    let endpoints = app.session.endpoints.iter().map(|endpoint| endpoint.name.to_string());
    let accounts = app.session.accounts.iter().map(|account| account.name.to_string());
    let rows = app.deliveries.window().rows_from(0);
    let events = rows.filter_map(|row| row.event.as_deref());
    // What is not sure is found by its name alone.
    let events = events.map(|event| event.trim_end_matches('?')).collect::<BTreeSet<_>>();
    let events = events.into_iter().map(str::to_owned).collect();
    let (endpoints, accounts) = (endpoints.collect(), accounts.collect());
    let pins = app.deliveries.pins().pinned().iter().map(|pin| pin.pointer().to_owned()).collect();
    let pointers = sorting::values(app).into_iter().map(|(pointer, _)| pointer).collect();
    let (tags, pipes) = (app.comments.tags(), app.piping.history.clone());
    Known { endpoints, accounts, events, tags, pins, pointers, pipes }
}
