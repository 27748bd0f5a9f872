//! What the reader of an answer has to know.

use crate::domain::attempt::{Call, Response};
use crate::providers::reply;

use super::answers::{self, Body, Kind, Note};

/// In sentences: what the status means, what the notes say, how many calls are left.
pub(super) fn remarks(call: &Call, response: &Response) -> Vec<String> {
    let body = Body::of(response);
    let is_success = response.status.is_success();
    let mut remarks = Vec::new();
    if is_unpublished(call, response) {
        remarks.push(
            "unpublished: Avinode answers 404 once an empty leg is no longer published".to_owned(),
        );
    }
    remarks.extend(answers::meaning(response.status).map(str::to_owned));
    if let Body::Foreign(kind) = body {
        remarks.push(format!("answered {} with {kind}", response.status.as_u16()));
    }
    remarks.extend(body.notes().iter().map(|note| sentence(note, is_success)));
    remarks.extend(answers::calls_left(&response.headers));
    remarks.extend([reply::retry_after(response), reply::redirect(response)].into_iter().flatten());
    remarks
}

/// The note with its kind; an error beside a success is what the documents call soft.
pub(super) fn sentence(note: &Note, is_success: bool) -> String {
    let kind = match note.kind {
        Kind::Error if is_success => "soft error",
        Kind::Error => "error",
        Kind::Warning => "warning",
        Kind::Info => "note",
    };
    format!("{kind} {note}")
}

/// Whether this is the answer for an empty leg (not for the watches beside them) that is gone.
fn is_unpublished(call: &Call, response: &Response) -> bool {
    let path = call.request.path();
    let leg = path.rsplit_once('/').filter(|(folder, _)| folder.ends_with("/emptylegs"));
    let is_leg = leg.is_some_and(|(_, id)| !id.is_empty() && id != "watches");
    response.status.as_u16() == 404 && is_leg
}

#[cfg(test)]
mod tests;
