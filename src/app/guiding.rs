//! What keys and events do to the first steps.

use super::action::Action;
use super::command::Command;
use super::guide::{Guide, Writing};
use super::overlay::Overlay;
use super::state::App;
use super::toast::Notice;
use crate::domain::proposal::Proposal;

/// Begins the first steps where nothing is stored and nothing configured; once, and not on top of what
/// was opened meanwhile.
pub fn begin(app: &mut App) {
    if app.is_first_screen() && app.session.first_run.is_some() && app.overlays.is_empty() {
        open(app);
    }
}

/// Shows the first steps.
pub fn open(app: &mut App) {
    let Some(first_run) = &app.session.first_run else {
        let config = app.hint(Action::EditConfig, "opens the config");
        return app.notify(Notice::warning("this is no first run").hinting(config));
    };
    let guide = Guide::new(first_run, &app.session);
    app.overlays.push(Overlay::Guide(Box::new(guide)));
}

/// The first steps, if they are shown.
fn guide(app: &mut App) -> Option<&mut Guide> {
    app.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Guide(guide) => Some(&mut **guide),
        _ => None,
    })
}

/// Something was captured.
pub fn captured(app: &mut App) {
    if let Some(guide) = guide(app) {
        guide.captured();
    }
}

/// Does what the step on top is for, and goes on.
pub fn go_on(app: &mut App) -> Option<Command> {
    let Some(Overlay::Guide(guide)) = app.overlays.last_mut() else { return None };
    if guide.look() {
        return Some(Command::LookForNames);
    }
    if *guide.writing() == Writing::Written {
        app.overlays.pop();
        return None;
    }
    if let Some(beginning) = guide.write() {
        return Some(Command::WriteConfig(Box::new(beginning)));
    }
    guide.go_on(&app.session);
    None
}

/// Goes on without the step on top; behind the last one there is nothing.
pub fn skip(app: &mut App) {
    if let Some(Overlay::Guide(guide)) = app.overlays.last_mut()
        && !guide.skip()
    {
        app.overlays.pop();
    }
}

/// The names in `.env` files were looked at. Those that could not be are told.
pub fn looked(app: &mut App, proposals: Vec<Proposal>, left_out: Vec<String>) {
    if let Some(guide) = guide(app) {
        guide.looked(proposals);
    }
    for reason in left_out {
        app.notify(Notice::warning(reason));
    }
}

/// The config was written, or not. Who closed the steps meanwhile is told all the same.
pub fn wrote(app: &mut App, written: Result<(), String>) {
    if let Some(guide) = guide(app) {
        return guide.wrote(written);
    }
    app.notify(match written {
        Ok(()) => Notice::done("the config is written; the next start takes it up"),
        Err(reason) => Notice::error(reason),
    });
}
