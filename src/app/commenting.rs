//! What the keys do about notes and tags.

use std::sync::Arc;

use super::action::Remark;
use super::command::Command;
use super::state::App;
use super::toast::Notice;
use crate::domain::annotation::{Annotation, Comment};
use crate::domain::delivery::DeliveryId;
use crate::domain::record::Record;

/// Writes what was typed in place of what was there.
pub fn write(app: &mut App, of: DeliveryId, remark: Remark, text: &str) -> Option<Command> {
    let mut comment = app.comments.of(of).cloned().unwrap_or_default();
    match remark {
        Remark::Note => comment.set_note(text),
        Remark::Tags => comment.set_tags([text]),
    }
    keep(app, of, comment)
}

/// Writes a note about the selected delivery.
pub fn note(app: &mut App, text: &str) -> Option<Command> {
    let (of, _) = at_hand(app)?;
    write(app, of, Remark::Note, text)
}

/// Puts tags on the selected delivery, or takes those with a minus off.
pub fn tag(app: &mut App, text: &str) -> Option<Command> {
    let (of, mut comment) = at_hand(app)?;
    comment.change_tags(text);
    keep(app, of, comment)
}

/// The selected delivery, and what is written about it.
pub fn at_hand(app: &mut App) -> Option<(DeliveryId, Comment)> {
    let Some(id) = app.deliveries.selected() else {
        app.notify(Notice::warning("there is no delivery to write about"));
        return None;
    };
    Some((id, app.comments.of(id).cloned().unwrap_or_default()))
}

fn keep(app: &mut App, id: DeliveryId, comment: Comment) -> Option<Command> {
    if app.comments.of(id).cloned().unwrap_or_default() == comment {
        return None;
    }
    app.comments.write(id, comment.clone());
    Some(Command::Comment { id, comment })
}

/// The comments that the store has.
pub fn loaded(app: &mut App, comments: Result<Vec<(DeliveryId, Comment)>, String>) {
    match comments {
        Ok(comments) => {
            app.comments.load(comments);
            if let Some(id) = app.detail.id().filter(|id| app.comments.of(*id).is_none()) {
                app.comments.write(id, Comment::default());
            }
        }
        Err(reason) => {
            app.notify(Notice::error(format!("notes and tags cannot be read: {reason}")));
        }
    }
}

/// Lets the open delivery say what is written about it now.
pub fn settle(app: &mut App) {
    let Some(record) = app.detail.record() else { return };
    let Some(comment) = app.comments.of(record.id) else { return };
    if record.annotation.comment != *comment {
        let annotation = Annotation { comment: comment.clone(), ..record.annotation };
        let record = Record { annotation, ..Record::clone(record) };
        app.detail.reinspected(&Arc::new(record));
    }
}
