//! What a reader of an answer of Channex has to know.

use http::{Method, StatusCode};

use crate::domain::attempt::{Call, Response};
use crate::providers::reply;

use super::refused::Refused;

/// The remarks on an answer, in sentences.
pub(super) fn remarks(call: &Call, response: &Response) -> Vec<String> {
    let refused = Refused::by(response).map(Refused::into_sentence);
    let mut remarks = refused.into_iter().collect::<Vec<_>>();
    remarks.extend(advice(call.request.path(), response.status));
    remarks.extend(reply::redirect(response));
    remarks.extend(reply::retry_after(response));
    if remarks.is_empty() && call.request.method == Method::GET {
        remarks.extend(about(call.request.path()));
    }
    remarks
}

/// What to do about a status.
pub(super) fn advice(path: &str, status: StatusCode) -> Option<String> {
    let text = match status {
        StatusCode::UNAUTHORIZED => {
            "the key is not accepted: check api_key and base_url of the account; staging and \
             production are different hosts"
        }
        StatusCode::FORBIDDEN => {
            "the key is accepted, but not for this; messages, for one, need the Messages app \
             installed for the property"
        }
        StatusCode::NOT_FOUND if path.contains("/webhooks") => {
            "Channex has no such webhook: it is deleted, or not of this account"
        }
        StatusCode::NOT_FOUND => {
            "Channex has nothing of this id for this account: it may be removed, of a property of \
             somebody else, or on the other host (staging or production)"
        }
        StatusCode::TOO_MANY_REQUESTS => {
            "pause for a minute; documented are 10 requests for restrictions and prices and 10 for \
             availability a minute and property, whether that covers reads is not"
        }
        status if status.is_server_error() => "the failure is on Channex's side, try again later",
        _ => return None,
    };
    Some(text.to_owned())
}

/// What is not to be seen in an answer that is fine.
fn about(path: &str) -> Option<String> {
    let text = if path.ends_with("/booking_revisions/feed") {
        "the feed holds only what is not acknowledged; reading it acknowledges nothing"
    } else if path.contains("/booking_revisions/") {
        "reading a revision does not acknowledge it; unacknowledged, it stays in the feed"
    } else {
        return None;
    };
    Some(text.to_owned())
}

#[cfg(test)]
mod tests;
