//! Answering otherwise than configured: for a while, or a single delivery that is held.

use super::action::Action;
use super::command::Command;
use super::desk::sheet;
use super::overlay::Overlay;
use super::state::App;
use super::subscribing::form::{Form, Purpose};
use super::toast::Notice;
use crate::domain::name::EndpointName;

/// Shows what the endpoint of the selected delivery answers, to set it or to take it back.
pub fn open(app: &mut App) -> Option<Command> {
    if !is_listening(app) {
        return None;
    }
    match endpoint(app) {
        Some(endpoint) => {
            let form = sheet::shape(&endpoint, app.desk.shape(&endpoint));
            show(app, form);
        }
        None => app.notify(Notice::warning(
            "there are several endpoints: select a delivery of the one to set the answer of",
        )),
    }
    None
}

/// Asks what to hold; if something is held, lets all of it go and ends holding.
pub fn hold(app: &mut App) -> Option<Command> {
    if !is_listening(app) {
        return None;
    }
    if app.desk.hold().is_none() {
        let filter = app.deliveries.filter().text.clone();
        show(app, sheet::hold(&filter));
        return None;
    }
    app.desk.set_hold(None);
    app.notify(Notice::done("nothing is held any more: what waited is answered as usual"));
    Some(Command::Hold(None))
}

/// Holds what matches from now on, for as long as the form has it.
pub fn hold_what(app: &mut App, filter: &str) -> Option<Command> {
    if !is_listening(app) {
        return None;
    }
    show(app, sheet::hold(filter));
    go_on(app)
}

/// Answers the delivery that is held as it would have been.
pub fn as_usual(app: &mut App) -> Option<Command> {
    let id = app.desk.next(app.deliveries.selected()).map(|held| held.id);
    let Some(id) = id else {
        app.notify(nothing_held(app));
        return None;
    };
    app.desk.let_go(id);
    Some(Command::Release { id, reply: None })
}

/// Asks what the delivery that is held is answered.
pub fn otherwise(app: &mut App) {
    match app.desk.next(app.deliveries.selected()) {
        Some(held) => {
            let form = sheet::release(&held.endpoint, held.id);
            show(app, form);
        }
        None => app.notify(nothing_held(app)),
    }
}

/// Does what the form on top says. What is wrong with it is said in it.
pub fn go_on(app: &mut App) -> Option<Command> {
    let now = app.now;
    let Some(Overlay::Form(form)) = app.overlays.last_mut() else { return None };
    let command = match form.purpose.clone() {
        Purpose::Answer { endpoint, held: None } if sheet::takes_back(form) => {
            app.desk.set_shape(&endpoint, None);
            Command::ShapeAnswer { endpoint, shape: None }
        }
        Purpose::Answer { endpoint, held: None } => {
            let shape = sheet::shape_of(form)?;
            app.desk.set_shape(&endpoint, Some(shape.clone()));
            Command::ShapeAnswer { endpoint, shape: Some(shape) }
        }
        Purpose::Answer { held: Some(id), .. } => {
            let reply = sheet::reply_of(form)?;
            app.desk.let_go(id);
            Command::Release { id, reply: Some(reply) }
        }
        Purpose::Hold => {
            let hold = sheet::hold_of(form, now)?;
            app.desk.set_hold(Some(hold.clone()));
            Command::Hold(Some(hold))
        }
        Purpose::Create | Purpose::Edit(_) | Purpose::Sheet => return None,
    };
    app.overlays.pop();
    Some(command)
}

fn show(app: &mut App, form: Form) {
    app.overlays.push(Overlay::Form(Box::new(form)));
}

fn nothing_held(app: &App) -> Notice {
    let hold = app.hint(Action::Hold, "holds those that arrive");
    Notice::warning("no delivery is held").hinting(hold)
}

fn is_listening(app: &mut App) -> bool {
    let is_listening = app.session.listening.is_some();
    if !is_listening {
        app.notify(Notice::warning("nothing listens here: start hookscope without a command"));
    }
    is_listening
}

/// The endpoint of the selected delivery, else the only one.
fn endpoint(app: &App) -> Option<EndpointName> {
    let deliveries = &app.deliveries;
    let row = deliveries.cursor().and_then(|cursor| deliveries.window().row(cursor));
    match (row, &app.session.endpoints[..]) {
        (Some(row), _) => Some(row.endpoint.clone()),
        (None, [only]) => Some(only.name.clone()),
        (None, _) => None,
    }
}
