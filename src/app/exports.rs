//! What the keys do about exports: the sheet, writing, and what came of it.

use super::command::Command;
use super::exporting::sheet::Sheet;
use super::overlay::Overlay;
use super::replays;
use super::state::App;
use super::toast::Notice;
use crate::domain::export::{Exported, Form};

/// So many notes about a file are shown.
const MOST_NOTES: usize = 3;

/// Opens the sheet for what is marked, else for the delivery at hand.
pub fn open(app: &mut App) {
    open_as(app, None, false);
}

/// The same, filled in as it was typed; what was not typed is as before.
pub fn open_as(app: &mut App, form: Option<Form>, is_redacted: bool) {
    let Some(wanted) = replays::wanted(app, "export") else { return };
    let form = form.unwrap_or(app.exporting.form);
    let is_redacted = is_redacted || app.exporting.is_redacted;
    let deliveries = wanted.into_iter().map(|(id, _)| id).collect();
    let sheet = Sheet::new(deliveries, form, is_redacted);
    app.overlays.push(Overlay::Export(Box::new(sheet)));
}

/// Writes what the sheet on top says. What is wrong with it is said in it.
pub fn submit(app: &mut App) -> Option<Command> {
    let Some(Overlay::Export(sheet)) = app.overlays.last_mut() else { return None };
    let order = sheet.order()?;
    app.overlays.pop();
    (app.exporting.form, app.exporting.is_redacted) = (order.form, order.is_redacted);
    app.exporting.under_way.begin();
    Some(Command::Export(Box::new(order)))
}

/// An export has come to its end; without a file it was cancelled.
pub fn ended(app: &mut App, exported: Result<Option<Exported>, String>) {
    app.exporting.under_way.end();
    match exported {
        Ok(Some(exported)) => {
            app.notify(Notice::done(exported.sentence()));
            let notes = exported.notes.len();
            for note in exported.notes.into_iter().take(MOST_NOTES) {
                app.notify(Notice::warning(note));
            }
            if notes > MOST_NOTES {
                app.notify(Notice::warning(format!("and {} notes more", notes - MOST_NOTES)));
            }
        }
        Ok(None) => app.notify(Notice::warning("export cancelled: nothing was written")),
        Err(reason) => app.notify(Notice::error(format!("not exported: {reason}"))),
    }
}
