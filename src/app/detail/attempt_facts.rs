//! What is said about one attempt, above the body of its answer.

use super::fetching::Fetching;
use crate::app::action::Action;
use crate::app::attempted::{OpenedAttempt, Since};
use crate::app::context::Context;
use crate::app::keymap::Keymap;
use crate::app::lines::Line;
use crate::domain::attempt::{Attempt, AttemptError, Outcome, Response};
use crate::domain::headers::{Field, Headers};
use crate::domain::masking;

/// So many bytes of a value tell what changed.
const SHOWN_OF_VALUE: usize = 120;

/// So many changes are listed.
const SHOWN_CHANGES: usize = 200;

/// Parts of header names that tell how many calls are left.
const LIMITS: &[&str] = &["ratelimit", "rate-limit", "retry-after"];

/// What is said about an attempt that is on its way.
#[must_use]
pub fn under_way(fetching: &Fetching) -> Vec<Line> {
    vec![
        Line::headline(format!("fetching {}", fetching.url)),
        Line::Blank,
        Line::time("started", fetching.since),
    ]
}

/// What is said about an attempt that has ended. Credentials are masked.
#[must_use]
pub fn about(opened: &OpenedAttempt, keymap: &Keymap) -> Vec<Line> {
    let attempt = &*opened.attempt;
    let mut lines = vec![Line::headline(attempt.sentence())];
    lines.extend(opened.remarks.iter().cloned().map(Line::Note));
    lines.extend(remedy(attempt, keymap).map(Line::Note));
    if attempt.call.insecure {
        lines.push(Line::Note(
            "insecure: no certificate was checked, so anybody may have answered".to_owned(),
        ));
    }
    if opened.id.is_none() {
        lines.push(Line::Note(
            "this attempt could not be stored, and is gone at the end".to_owned(),
        ));
    }
    lines.push(Line::Blank);
    lines.extend(request(attempt));
    if let Some(response) = attempt.response() {
        lines.extend(limits(&response.headers));
    }
    lines.extend(opened.since.iter().flat_map(changed));
    if let Some(response) = attempt.response() {
        lines.extend(answer(response));
    }
    lines
}

/// What the user can do about an attempt that was not made.
fn remedy(attempt: &Attempt, keymap: &Keymap) -> Option<String> {
    let Outcome::Failed { error: AttemptError::HostNotAllowed, .. } = attempt.outcome else {
        return None;
    };
    let account = attempt.account.as_ref()?;
    let host = attempt.call.url.authority();
    let todo = format!("add {host} to the hosts of the account {account}");
    let whether = "if it is the provider's";
    Some(match keymap.hint(Context::Attempts, Action::EditConfig, "opens the config") {
        Some(hint) => format!("{hint}: {todo} {whether}"),
        None => format!("{todo} in the config {whether}"),
    })
}

fn request(attempt: &Attempt) -> Vec<Line> {
    let method = &attempt.call.request.method;
    let mut lines = vec![Line::field("request", format!("{method} {}", attempt.call.url))];
    lines.extend(attempt.account.as_ref().map(|name| Line::field("account", name.as_str())));
    lines.push(Line::field("purpose", attempt.purpose.as_str()));
    lines.push(Line::time("started", attempt.started_at));
    lines.push(Line::field("took", attempt.timing.text()));
    lines
}

/// The headers that tell how many calls are left.
fn limits(headers: &Headers) -> Vec<Line> {
    headers.iter().filter(|field| is_limit(field)).map(header).collect()
}

fn is_limit(field: &Field) -> bool {
    let name = String::from_utf8_lossy(&field.name).to_ascii_lowercase();
    LIMITS.iter().any(|part| name.contains(part))
}

fn changed(since: &Since) -> Vec<Line> {
    let Since { at, changes } = since;
    let mut lines = vec![
        Line::Blank,
        Line::Note(format!("{} since the last fetch of it", changes.summary())),
        Line::time("last fetch", *at),
    ];
    lines.extend(changes.found.iter().take(SHOWN_CHANGES).map(|change| {
        let text = change.kind.text(SHOWN_OF_VALUE);
        let place = if change.pointer.is_empty() { "all of it" } else { &change.pointer };
        Line::field(change.kind.as_str(), format!("{place}  {text}"))
    }));
    let hidden = changes.found.len().saturating_sub(SHOWN_CHANGES) + changes.more;
    if hidden > 0 {
        lines.push(Line::field("", format!("and {hidden} more")));
    }
    lines
}

/// The other headers, and that there is no body where there is none.
fn answer(response: &Response) -> Vec<Line> {
    let headers = response.headers.iter().filter(|field| !is_limit(field)).map(header);
    let mut lines = vec![Line::Blank];
    lines.extend(headers.chain([Line::Blank]));
    if lines.len() == 2 {
        lines.pop();
    }
    if response.body.is_empty() {
        lines.push(Line::field("body", "none"));
    }
    lines
}

fn header(field: &Field) -> Line {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Line::field(&text(&field.name), text(&masking::shown(field, false)))
}

#[cfg(test)]
mod tests;
