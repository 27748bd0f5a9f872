//! Deleting deliveries: some at once, which can be brought back for a while, or all, which is asked
//! before; and what follows when some are gone, whoever deleted them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::action::Action;
use super::command::Command;
use super::deletion::{Deleted, Deletion};
use super::overlay::Overlay;
use super::state::{App, View};
use super::toast::Notice;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;

/// Deletes what is marked, else the selected delivery. It is out of the list at once; the store deletes
/// it when it cannot be brought back any more.
pub fn discard(app: &mut App) {
    let marks = &app.replaying.marks;
    let marked = marks.iter().map(|(id, _)| id).collect::<BTreeSet<_>>();
    let ids =
        if marked.is_empty() { BTreeSet::from_iter(app.deliveries.selected()) } else { marked };
    if ids.is_empty() {
        return app.notify(Notice::warning("there is no delivery to delete"));
    }
    let text = format!("{} deleted", named(&ids));
    let back = app.hint(Action::Undo, "undoes");
    app.notify(Notice::done(text).hinting(back));
    app.replaying.marks.forget(&ids);
    app.deliveries.discard(ids);
}

/// Brings back what was deleted last.
pub fn undo(app: &mut App) {
    let Some(lot) = app.deliveries.bring_back() else {
        return app.notify(Notice::warning("nothing is deleted that can be brought back"));
    };
    app.notify(Notice::done(format!("{} brought back", named(&lot.ids))));
    app.replaying.marks.doubt();
}

/// What the store has to delete now: what cannot be brought back any more.
pub fn due(app: &mut App) -> Option<Command> {
    app.deliveries.bin_mut().due().map(Command::Delete)
}

/// The program ends: nothing can be brought back any more.
pub fn hurry(app: &mut App) -> Option<Command> {
    app.deliveries.bin_mut().hurry();
    due(app)
}

fn named(ids: &BTreeSet<DeliveryId>) -> String {
    match ids.first() {
        Some(id) if ids.len() == 1 => format!("#{id}"),
        _ => counted(ids.len() as u64),
    }
}

/// Looks for all that the filter finds, to ask about it then.
pub fn look_for_all(app: &App) -> Command {
    Command::FindToDelete(Arc::clone(&app.deliveries.filter().filter))
}

/// Asks about all that a filter found, if the user still waits for that.
pub fn found(app: &mut App, filter: &Arc<Filter>, found: Result<Arc<[DeliveryId]>, String>) {
    let found = match found {
        Ok(found) => found,
        Err(reason) => {
            return app.notify(Notice::error(format!("nothing is deleted: {reason}")));
        }
    };
    let is_listed = |id: &DeliveryId| !app.deliveries.bin().holds(*id);
    let ids = found.iter().copied().filter(is_listed).collect::<Arc<_>>();
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

/// Says what came of a deletion, unless it is what was said when it was deleted on the screen.
pub fn ended(app: &mut App, told: &Arc<[DeliveryId]>, deleted: Result<Deleted, String>) {
    let was_said = app.deliveries.deleted(told);
    let notice = match deleted {
        Ok(Deleted { in_use: 0, .. }) if was_said => return,
        Ok(Deleted { gone, in_use: 0 }) => Notice::done(format!("{} deleted", counted(gone))),
        Ok(Deleted { gone, in_use }) => Notice::warning(format!(
            "{} deleted; {in_use} stay: they wait for an app or are being replayed",
            counted(gone)
        )),
        Err(reason) => Notice::error(format!("not everything is deleted: {reason}")),
    };
    if was_said {
        // What stays may be marked.
        app.replaying.marks.doubt();
    }
    app.notify(notice);
}

fn counted(count: u64) -> String {
    if count == 1 { "1 delivery".to_owned() } else { format!("{count} deliveries") }
}
