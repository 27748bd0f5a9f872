//! Typing: into the filter and the search, which take effect at once, into the help and into forms.

use jiff::tz::TimeZone;

use super::answering;
use super::command::Command;
use super::command_line::{self, Line};
use super::deleting;
use super::deliveries::Applied;
use super::desk::sheet;
use super::editor::Editor;
use super::exports;
use super::key::Key;
use super::locating;
use super::overlay::{Help, Overlay, Prompt, Purpose};
use super::replays;
use super::sending;
use super::state::{App, Focus, TimeFormat};
use super::subscribing::fields::Fields;
use super::toast::Notice;
use crate::domain::filter::Filter;

/// Opens the prompt of the filter with the filter that is in effect.
pub fn open_filter(app: &mut App) {
    let before = app.deliveries.filter().clone();
    let editor = Editor::new(&before.text);
    let anchor = app.deliveries.anchor();
    let purpose = Purpose::Filter { mistake: None, before, anchor };
    app.overlays.push(Overlay::Prompt(Prompt { editor, purpose }));
}

/// Opens the prompt of the search in the pane that has the focus.
pub fn open_search(app: &mut App) {
    let purpose = Purpose::Search { found: true };
    app.overlays.push(Overlay::Prompt(Prompt { editor: Editor::default(), purpose }));
}

/// Opens the prompt of commands.
pub fn open_command_line(app: &mut App) {
    let purpose = Purpose::Command { mistake: None };
    app.overlays.push(Overlay::Prompt(Prompt { editor: Editor::default(), purpose }));
}

/// Opens the help for where the user is.
pub fn open_help(app: &mut App) {
    let context = app.context();
    app.overlays.push(Overlay::Help(Help { editor: Editor::default(), scroll: 0, context }));
}

/// Gives a key that is bound to nothing to the text field on top, if there is one.
pub fn type_key(app: &mut App, key: Key) {
    if !change_fields(app, |fields| fields.type_key(key)) {
        edit(app, |editor| editor.input(key));
    }
}

/// Gives pasted text to the text field on top, if there is one.
pub fn paste(app: &mut App, text: &str) {
    if !change_fields(app, |fields| fields.paste(text)) {
        edit(app, |editor| editor.paste(text));
    }
}

/// Changes a field of the form or sheet on top, and what follows from it there; false if neither is
/// on top.
pub fn change_fields(app: &mut App, change: impl FnOnce(&mut Fields)) -> bool {
    let Some(overlay) = app.overlays.last_mut() else { return false };
    let Some(fields) = overlay.fields_mut() else { return false };
    change(fields);
    if let Overlay::Form(form) = overlay {
        sheet::changed(form);
    }
    true
}

/// Accepts what lies on top: what was typed, the answer to a question, a field of a form.
pub fn submit(app: &mut App) -> Option<Command> {
    match app.overlays.last_mut() {
        Some(Overlay::Prompt(Prompt { purpose: Purpose::Command { .. }, .. })) => {
            return carry_out(app);
        }
        Some(Overlay::Prompt(_)) => accept(app),
        Some(Overlay::Confirm(_)) => return sending::send(app),
        Some(Overlay::Deletion(_)) => return deleting::confirm(app),
        Some(Overlay::Form(form)) if form.fields.field().is_some() && !form.is_of_desk() => {
            form.fields.step(true);
        }
        Some(Overlay::Form(_) | Overlay::Replay(_) | Overlay::Export(_)) => return go_on(app),
        Some(
            Overlay::Help(_)
            | Overlay::Links(_)
            | Overlay::Comparison(_)
            | Overlay::Samples(_)
            | Overlay::Leases(_),
        )
        | None => {}
    }
    None
}

/// Leaves the form or sheet on top for what it is for.
pub fn go_on(app: &mut App) -> Option<Command> {
    match app.overlays.last() {
        Some(Overlay::Replay(_)) => return replays::submit(app),
        Some(Overlay::Export(_)) => return exports::submit(app),
        Some(Overlay::Form(form)) if form.is_of_desk() => return answering::go_on(app),
        _ => sending::go_on(app),
    }
    None
}

/// Does what the command line on top says. One with a mistake stays open.
fn carry_out(app: &mut App) -> Option<Command> {
    let zone = match app.times {
        TimeFormat::Utc => TimeZone::UTC,
        TimeFormat::Local | TimeFormat::Relative => app.session.zone.clone(),
    };
    let now = app.now;
    let Some(Overlay::Prompt(Prompt { editor, purpose: Purpose::Command { mistake } })) =
        app.overlays.last_mut()
    else {
        return None;
    };
    match command_line::parse(editor.text(), &zone, now) {
        Ok(Line::GoTo(place)) => {
            app.overlays.pop();
            locating::go_to(app, place)
        }
        Err(reason) => {
            *mistake = Some(reason);
            None
        }
    }
}

/// Accepts what was typed into a prompt. A filter with a mistake stays open.
fn accept(app: &mut App) {
    let Some(Overlay::Prompt(prompt)) = app.overlays.last() else { return };
    let notice = match &prompt.purpose {
        Purpose::Filter { mistake: Some(_), .. } => return,
        Purpose::Search { found: false } => {
            Some(Notice::warning(format!("{} is not here", prompt.editor.text())))
        }
        Purpose::Filter { .. } | Purpose::Search { .. } | Purpose::Command { .. } => None,
    };
    app.overlays.pop();
    if let Some(notice) = notice {
        app.notify(notice);
    }
}

/// Closes what lies on top; a prompt takes back what it did.
pub fn close(app: &mut App) {
    match app.overlays.pop() {
        Some(Overlay::Prompt(Prompt { purpose: Purpose::Search { .. }, .. })) => {
            search(app, "");
        }
        Some(Overlay::Prompt(Prompt {
            purpose: Purpose::Filter { before, anchor, .. }, ..
        })) => {
            if app.deliveries.filter().text != before.text {
                app.deliveries.apply(before, anchor);
            }
        }
        Some(
            Overlay::Help(_)
            | Overlay::Links(_)
            | Overlay::Comparison(_)
            | Overlay::Samples(_)
            | Overlay::Form(_)
            | Overlay::Replay(_)
            | Overlay::Export(_)
            | Overlay::Confirm(_)
            | Overlay::Deletion(_)
            | Overlay::Leases(_)
            | Overlay::Prompt(Prompt { purpose: Purpose::Command { .. }, .. }),
        )
        | None => {}
    }
}

/// Looks for text in the pane that has the focus; false if it is not there.
pub fn search(app: &mut App, text: &str) -> bool {
    match app.focus {
        Focus::Stream => app.deliveries.search(text),
        Focus::Detail => app.detail.search(text),
    }
}

fn edit(app: &mut App, change: impl FnOnce(&mut Editor) -> bool) {
    let Some(mut overlay) = app.overlays.pop() else { return };
    if overlay.editor_mut().is_some_and(change) {
        take_effect(app, &mut overlay);
    }
    app.overlays.push(overlay);
}

/// What was typed takes effect on the panes below.
fn take_effect(app: &mut App, overlay: &mut Overlay) {
    let prompt = match overlay {
        Overlay::Help(help) => {
            help.scroll = 0;
            return;
        }
        Overlay::Prompt(prompt) => prompt,
        Overlay::Samples(samples) => return samples.narrowed(),
        Overlay::Links(_)
        | Overlay::Comparison(_)
        | Overlay::Form(_)
        | Overlay::Replay(_)
        | Overlay::Export(_)
        | Overlay::Confirm(_)
        | Overlay::Deletion(_)
        | Overlay::Leases(_) => return,
    };
    let text = prompt.editor.text();
    match &mut prompt.purpose {
        Purpose::Command { mistake } => *mistake = None,
        Purpose::Search { found } => *found = search(app, text) || text.is_empty(),
        Purpose::Filter { mistake, anchor, .. } => match Filter::parse(text, app.now) {
            Ok(filter) => {
                *mistake = None;
                let filter = Applied { text: text.to_owned(), filter: filter.into() };
                app.deliveries.apply(filter, *anchor);
            }
            Err(error) => *mistake = Some(error),
        },
    }
}
