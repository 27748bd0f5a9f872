//! Deleting deliveries: what is asked before, and what follows when some are gone, whoever deleted
//! them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::command::Command;
use super::deletion::{Deleted, Deletion};
use super::overlay::Overlay;
use super::state::{App, View};
use super::toast::Notice;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;

/// Asks about what is marked, else about the selected delivery.
pub fn ask(app: &mut App) {
    let marks = &app.replaying.marks;
    let (what, ids) = match (marks.count(), app.deliveries.selected()) {
        (0, None) => return app.notify(Notice::warning("there is no delivery to delete")),
        (0, Some(id)) => (format!("delivery #{id}"), vec![id]),
        (1, _) => ("the marked delivery".to_owned(), ids_of(app)),
        (count, _) => (format!("the {count} marked deliveries"), ids_of(app)),
    };
    let question = format!("delete {what}?");
    app.overlays.push(Overlay::Deletion(Deletion { question, ids: ids.into() }));
}

fn ids_of(app: &App) -> Vec<DeliveryId> {
    app.replaying.marks.iter().map(|(id, _)| id).collect()
}

/// Looks for all that the filter finds, to ask about it then.
pub fn look_for_all(app: &App) -> Command {
    Command::FindToDelete(Arc::clone(&app.deliveries.filter().filter))
}

/// Asks about all that a filter found, if the user still waits for that.
pub fn found(app: &mut App, filter: &Arc<Filter>, found: Result<Arc<[DeliveryId]>, String>) {
    let ids = match found {
        Ok(ids) => ids,
        Err(reason) => {
            return app.notify(Notice::error(format!("nothing is deleted: {reason}")));
        }
    };
    let applied = app.deliveries.filter();
    let waits = app.overlays.is_empty() && app.view == View::Deliveries;
    if !waits || applied.filter != *filter {
        return;
    }
    let what = match (ids.len(), applied.text.as_str()) {
        (0, _) => return app.notify(Notice::warning("there is no delivery to delete")),
        (1, _) => "1 delivery".to_owned(),
        (count, "") => format!("all {count} deliveries"),
        (count, text) => format!("all {count} deliveries that match {text}"),
    };
    let marked = ids.iter().filter(|id| app.replaying.marks.holds(**id)).count();
    let marked = match (marked, ids.len()) {
        (0, _) => String::new(),
        (1, 1) => " it is marked".to_owned(),
        (1, _) => " 1 of them is marked".to_owned(),
        (marked, _) => format!(" {marked} of them are marked"),
    };
    let question = format!("delete {what}?{marked}");
    app.overlays.push(Overlay::Deletion(Deletion { question, ids }));
}

/// The answer is yes.
pub fn confirm(app: &mut App) -> Option<Command> {
    match app.overlays.pop() {
        Some(Overlay::Deletion(deletion)) => Some(Command::Delete(deletion.ids)),
        other => {
            app.overlays.extend(other);
            None
        }
    }
}

/// Deliveries are gone: they are in no list any more, and not counted.
pub fn gone(app: &mut App, ids: &[DeliveryId]) {
    app.traffic.forget(ids.len() as u64);
    vanish(app, &ids.iter().copied().collect());
}

/// Deliveries in the list are gone, which was found out later; they are not in the count.
pub fn vanish(app: &mut App, ids: &BTreeSet<DeliveryId>) {
    app.deliveries.gone(ids);
    app.replaying.marks.forget(ids);
    app.comments.forget(ids);
}

/// Says what came of a deletion.
pub fn ended(app: &mut App, deleted: Result<Deleted, String>) {
    app.notify(match deleted {
        Ok(Deleted { gone, in_use: 0 }) => Notice::done(format!("{} deleted", counted(gone))),
        Ok(Deleted { gone, in_use }) => Notice::warning(format!(
            "{} deleted; {in_use} stay: they wait for an app or are being replayed",
            counted(gone)
        )),
        Err(reason) => Notice::error(format!("not everything is deleted: {reason}")),
    });
}

fn counted(count: u64) -> String {
    if count == 1 { "1 delivery".to_owned() } else { format!("{count} deliveries") }
}
