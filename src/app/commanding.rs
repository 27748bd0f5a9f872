//! Carrying out what was typed behind `:` and takes arguments.

use std::collections::BTreeSet;

use super::answering;
use super::command::Command;
use super::command_line::line::{Errand, Known};
use super::commenting;
use super::deleting;
use super::exports;
use super::filtering;
use super::locating;
use super::managing;
use super::pipes;
use super::replays;
use super::sampling;
use super::sorting;
use super::state::App;

/// Carries it out.
pub fn carry_out(app: &mut App, errand: Errand) -> Option<Command> {
    match errand {
        Errand::GoTo(place) => return locating::go_to(app, place),
        Errand::Sort { column, is_reversed } => sorting::sort(app, column, is_reversed),
        Errand::Pin(pin) => sorting::turn(app, pin, true),
        Errand::Unpin(pin) => sorting::turn(app, pin, false),
        Errand::Columns => sorting::open(app),
        Errand::Filter(text) => filtering::apply(app, &text),
        Errand::Replay(again) => return replays::again_as(app, again),
        Errand::Export { form, is_redacted } => exports::open_as(app, form, is_redacted),
        Errand::Delete(text) => {
            // What is about to be deleted is shown.
            filtering::apply(app, &text);
            return Some(deleting::look_for_all(app));
        }
        Errand::Note(text) => return commenting::note(app, &text),
        Errand::Tag(text) => return commenting::tag(app, &text),
        Errand::Hold(text) => return answering::hold_what(app, &text),
        Errand::Pipe(typed) => return pipes::run(app, &typed),
        Errand::Trigger(choice) => return sampling::send_choice(app, choice),
        Errand::Mouse(is_ours) => {
            app.arrangement.mouse = is_ours;
            return Some(Command::TakeMouse(is_ours));
        }
        Errand::Plain(is_plain) => app.arrangement.plain = is_plain,
        Errand::Subscriptions(account) => return managing::open_account(app, &account),
    }
    None
}

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
