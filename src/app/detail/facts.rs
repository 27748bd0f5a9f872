//! What the tabs other than the body say about a delivery; `ui` decides how it looks.

use std::fmt::Write as _;
use std::time::Duration;

use super::{repeats, rules};
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::hints::hinted;
use crate::app::keymap::Keymap;
use crate::app::lines::Line;
use crate::domain::body::BodyKind;
use crate::domain::event::Event;
use crate::domain::evidence::{Evidence, LooksLike, Signed};
use crate::domain::handshake::Handshake;
use crate::domain::headers::Fidelity;
use crate::domain::masking;
use crate::domain::record::{Record, Summary};
use crate::domain::verdict::{Unchecked, Verdict};
use crate::providers::about::About;
use crate::providers::asked::narrowed;
use crate::providers::matching::Unmatched;
use crate::providers::repeats_are_certain;

/// What the Overview says. `url` is the address that the delivery was sent to, `same` are the
/// deliveries of the same event as far as they are known, `keymap` tells what can be done.
#[must_use]
pub fn overview(
    record: &Record,
    url: &str,
    about: &About,
    same: &[Summary],
    keymap: &Keymap,
) -> Vec<Line> {
    let verdict = &record.inspection.verdict;
    let event = narrowed(&record.inspection.event, &about.asked);
    let mut lines = vec![Line::headline(title(record, &event)), Line::Blank];
    lines.push(Line::Headline { standing: Some(verdict.standing()), text: sentence(verdict) });
    lines.push(Line::Blank);
    lines.extend(comment(record));
    lines.push(Line::time("received", record.delivery.received_at));
    lines.extend(about_event(&record.inspection.event, &event));
    lines.extend(about.fields.iter().map(|(label, value)| Line::field(label, value)));
    let (repeat, doubt) = repeat(record);
    lines.extend(repeat.map(|repeat| Line::field("repeat", repeat)));
    lines.push(Line::field("endpoint", record.delivery.endpoint.as_str()));
    lines.extend(about_account(record, about));
    let remarks = doubt.iter().copied().chain(about.remarks.iter().map(String::as_str));
    let remarks = remarks.map(|remark| Line::Note(remark.to_owned())).collect::<Vec<_>>();
    if !remarks.is_empty() {
        lines.push(Line::Blank);
    }
    lines.extend(remarks);
    lines.push(Line::Blank);
    lines.extend(about_request(record, url));
    if record.inspection.account.is_some() && record.inspection.event.resource.is_some() {
        let fetch = keymap.hint(Context::Detail, Action::Fetch, "fetches what the event points at");
        let all_links = keymap.hint(Context::Detail, Action::Links, "lists the links");
        let hints = hinted("", ':', fetch.into_iter().chain(all_links));
        if !hints.is_empty() {
            lines.extend([Line::Blank, Line::Note(hints)]);
        }
    }
    let repeats = repeats::lines(same, record.repeat);
    lines.extend(rules::lines(record, !repeats.is_empty()));
    lines.extend(repeats);
    lines
}

fn title(record: &Record, event: &Event) -> String {
    let request = &record.delivery.request;
    match (event.label(), record.inspection.provider) {
        (Some(what), Some(provider)) => format!("{what} from {provider}"),
        (Some(what), None) => what,
        (None, Some(provider)) => format!("{} from {provider}", request.method),
        (None, None) => format!("{} {}", request.method, request.path()),
    }
}

/// The event as its body tells it, and as the account's subscriptions narrow it down.
fn about_event(event: &Event, narrowed: &Event) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.extend(event.occurred_at.map(|at| Line::time("occurred", at)));
    if event.kind.is_none() && event.candidates.len() > 1 {
        lines.push(Line::field("one of", event.candidates.join(", ")));
    }
    if narrowed.candidates.len() < event.candidates.len() {
        let asked = narrowed.candidates.join(", ");
        let text = format!("{asked}, by the account's subscriptions as far as they were made here");
        lines.push(Line::field("asked for", text));
    }
    if let Some(resource) = &event.resource {
        let words = resource.kind.iter().chain(&resource.id).map(String::as_str);
        lines.push(Line::field("resource", words.collect::<Vec<_>>().join(" ")));
        lines.extend(resource.href.as_ref().map(|href| Line::field("href", href)));
    }
    lines.extend(event.key.as_ref().map(|key| Line::field("event id", key)));
    lines
}

/// What the user writes about it.
fn comment(record: &Record) -> Vec<Line> {
    let comment = &record.annotation.comment;
    let mut lines = Vec::new();
    lines.extend(comment.note().map(|note| Line::field("note", note)));
    if !comment.tags().is_empty() {
        lines.push(Line::field("tags", comment.tags().join(" ")));
    }
    if !lines.is_empty() {
        lines.push(Line::Blank);
    }
    lines
}

/// How often it came, and what makes that doubtful.
fn repeat(record: &Record) -> (Option<String>, Option<&'static str>) {
    let nth = record.repeat;
    match nth {
        ..=1 => (None, None),
        _ if repeats_are_certain(record.inspection.provider) => {
            (Some(format!("no. {nth} of the same event")), None)
        }
        _ => (Some(format!("no. {nth} with the same body")), Some(SAME_RESOURCE)),
    }
}

const SAME_RESOURCE: &str = "the same resource again: the provider sends no event id, so this may be a retry or a new change";

fn about_account(record: &Record, about: &About) -> Vec<Line> {
    match (&record.inspection.account, &about.unmatched) {
        (Some(account), _) => vec![Line::field("account", account.as_str())],
        (None, Some(Unmatched { tried, table, line })) => vec![
            Line::field("account", "none of those in hookscope.toml matches"),
            Line::field("tried", tried.join(", ")),
            Line::field(&format!("add to {table}"), line),
        ],
        (None, None) => Vec::new(),
    }
}

fn about_request(record: &Record, url: &str) -> Vec<Line> {
    let request = &record.delivery.request;
    let kind = BodyKind::of(request);
    let body = match request.body.len() {
        0 => kind.as_str().to_owned(),
        1 => format!("1 byte, {}", kind.as_str()),
        bytes => format!("{bytes} bytes, {}", kind.as_str()),
    };
    vec![
        Line::field("request", format!("{} {}", request.method, request.target)),
        Line::field("url", url),
        Line::field("version", request.version.as_str()),
        Line::field("peer", record.delivery.peer.to_string()),
        Line::field("body", body),
        Line::field("answered", answered(record)),
        Line::field("id", record.id.to_string()),
        Line::field("uid", record.delivery.uid.to_string()),
    ]
}

/// What the Headers tab says. Credentials are masked.
#[must_use]
pub fn headers(record: &Record) -> Vec<Line> {
    let headers = &record.delivery.request.headers;
    let count = match headers.len() {
        1 => "1 header".to_owned(),
        count => format!("{count} headers"),
    };
    let how = match headers.fidelity() {
        Fidelity::Exact => "exactly as sent",
        Fidelity::Normalized => "names in lower case and repeats grouped by the parser",
    };
    let mut lines = vec![Line::headline(format!("{count}, {how}")), Line::Blank];
    lines.extend(
        headers.iter().map(|field| {
            Line::field(&readable(&field.name), readable(&masking::shown(field, false)))
        }),
    );
    lines
}

/// What the Auth tab says.
#[must_use]
pub fn auth(record: &Record, evidence: &Evidence) -> Vec<Line> {
    let verdict = &record.inspection.verdict;
    let text = sentence(verdict);
    let mut lines = vec![Line::Headline { standing: Some(verdict.standing()), text }, Line::Blank];
    lines.extend(verdict.scheme().map(|scheme| Line::field("scheme", scheme.as_str())));
    lines.extend(verdict.reason().map(|reason| Line::field("reason", reason)));
    lines.push(Line::time("judged at", record.delivery.received_at));
    let notes = match verdict {
        Verdict::Verified { notes, .. } => notes.clone(),
        Verdict::Refuted { clues, .. } => clues.iter().map(|clue| clue.message.clone()).collect(),
        Verdict::Unchecked { why } => vec![remedy(*why).to_owned()],
    };
    if !notes.is_empty() {
        lines.push(Line::Blank);
    }
    lines.extend(notes.into_iter().map(Line::Note));
    if let Some(LooksLike { schemes, auth }) = &evidence.looks_like {
        lines.push(Line::Note(format!(
            "it looks like {schemes}; for the endpoint in hookscope.toml:"
        )));
        lines.push(Line::field("add", auth));
    }
    lines.extend(examined(evidence));
    if let Some(first) = &record.first_verdict {
        lines.push(Line::Blank);
        lines.push(Line::field("inspected", "again; at first it was"));
        lines.push(Line::field("", sentence(first)));
    }
    lines
}

/// So many of the signed bytes tell what was signed; the body has its own tab.
const MOST_SIGNED_SHOWN: usize = 2_000;

/// What the check looked at.
fn examined(evidence: &Evidence) -> Vec<Line> {
    let Evidence { carried, signed, expected, received, apart, looks_like: _ } = evidence;
    let mut lines = Vec::new();
    if !carried.is_empty() {
        lines.push(Line::Blank);
    }
    lines.extend(carried.iter().map(|(place, value)| Line::field(place, value)));
    lines.extend(apart.map(|seconds| Line::field("signed time", apart_in_words(seconds))));
    lines.extend(received.iter().map(|signature| Line::field("received", signature)));
    lines.extend(expected.iter().map(|signature| Line::field("expected", signature)));
    if let Some(Signed { bytes, total }) = signed {
        lines.push(Line::Blank);
        lines.push(Line::field("signed bytes", total.to_string()));
        let shown = &bytes[..bytes.len().min(MOST_SIGNED_SHOWN)];
        lines.push(Line::field("", spelled_out(shown)));
        let hidden = total.saturating_sub(shown.len());
        if hidden > 0 {
            lines.push(Line::field("", format!("and {hidden} bytes more")));
        }
    }
    lines
}

fn apart_in_words(seconds: i64) -> String {
    match seconds {
        0 => "the same second as the arrival".to_owned(),
        1.. => format!("{seconds} s before the arrival"),
        _ => format!("{} s after the arrival", seconds.unsigned_abs()),
    }
}

/// What the Answer tab says.
#[must_use]
pub fn answer(record: &Record) -> Vec<Line> {
    let took = record.answered.took.map_or_else(|| "not known yet".to_owned(), duration);
    let mut lines = vec![
        Line::headline(format!("answered {}", answered(record))),
        Line::Blank,
        Line::field("status", record.answered.status.to_string()),
        Line::field("took", took),
        Line::field("body read in", duration(record.delivery.reading)),
    ];
    if let Some(handshake) = &record.handshake {
        lines.push(Line::field("handshake", handshake.scheme.as_str()));
        lines.push(Line::Blank);
        lines.push(Line::Note(told(handshake, record)));
    }
    lines
}

fn told(handshake: &Handshake, record: &Record) -> String {
    let scheme = &handshake.scheme;
    if handshake.brings_secret {
        let id = record.id;
        format!(
            "the sender brought a secret with it: read it with hookscope show {id} --part head --reveal, and put it into the endpoint's auth"
        )
    } else {
        format!(
            "this was a question that {scheme} asks, not an event; it was answered as {scheme} wants"
        )
    }
}

fn answered(record: &Record) -> String {
    let status = record.answered.status.as_str();
    match record.answered.took {
        Some(took) => format!("{status} after {}", duration(took)),
        None => status.to_owned(),
    }
}

fn duration(duration: Duration) -> String {
    match duration.as_secs_f64() {
        seconds if seconds < 1.0 => format!("{:.1} ms", seconds * 1_000.0),
        seconds => format!("{seconds:.1} s"),
    }
}

fn sentence(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Verified { scheme, .. } => format!("verified: {scheme} holds"),
        Verdict::Refuted { message, .. } => format!("refuted: {message}"),
        Verdict::Unchecked { why: Unchecked::NoScheme } => {
            "unchecked: this endpoint has no scheme".to_owned()
        }
        Verdict::Unchecked { why: Unchecked::NoSecret } => {
            "unchecked: the scheme of this endpoint has no secret".to_owned()
        }
    }
}

fn remedy(why: Unchecked) -> &'static str {
    match why {
        Unchecked::NoScheme => {
            "give the endpoint an auth table in hookscope.toml to have it checked"
        }
        Unchecked::NoSecret => "give the auth table of the endpoint its secret in hookscope.toml",
    }
}

/// Bytes as one line of text, so that each can be told: line ends as `\n`, a backslash doubled.
fn spelled_out(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' => text.push_str(r"\\"),
                '\n' => text.push_str(r"\n"),
                '\r' => text.push_str(r"\r"),
                '\t' => text.push_str(r"\t"),
                other => text.push(other),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// Bytes as text; what is not UTF-8 is written as `\xff`.
fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests;
