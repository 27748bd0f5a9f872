//! Subscriptions as lines: for programs the NDJSON of the outer contract, for people columns.

use serde::Serialize;
use serde_json::{Map, Value};

use super::text_lines::{Style, Tone};
use crate::domain::account::Account;
use crate::domain::ledger::{Drift, Listed};
use crate::providers;
use crate::ui::text;

/// A subscription to be written, with what was done to it.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The account.
    pub account: &'a Account,
    /// The subscription.
    pub listed: &'a Listed,
    /// Whether it was deleted with this command.
    pub deleted: bool,
    /// What the provider says beside.
    pub remarks: &'a [String],
}

/// The line of a subscription. What is secret in it is masked.
pub fn subscription<'a>(written: &Written<'a>) -> impl Serialize + use<'a> {
    let Written { account, listed, deleted, remarks } = *written;
    let subscription = &listed.subscription;
    let subscriptions = providers::api(account.provider).subscriptions();
    Line {
        account: account.name.as_str(),
        provider: account.provider.as_str(),
        id: &subscription.id,
        name: &subscription.name,
        target: &subscription.target,
        active: subscription.active,
        events: &subscription.events,
        ours: listed.ours,
        drift: listed.drift.map(Drift::as_str),
        raw: subscriptions
            .map(|subscriptions| subscriptions.masked(&subscription.raw))
            .unwrap_or_default(),
        gone_since: listed.gone_since.map(|since| format!("{since:.3}")),
        leased: listed.leased,
        deleted,
        remarks,
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename = "subscription")]
struct Line<'a> {
    account: &'a str,
    provider: &'static str,
    id: &'a str,
    name: &'a str,
    target: &'a str,
    active: bool,
    events: &'a [String],
    ours: bool,
    drift: Option<&'static str>,
    raw: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gone_since: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    leased: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    remarks: &'a [String],
}

/// The line of a request sheet.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename = "request_sheet")]
pub struct SheetLine<'a> {
    /// The account.
    pub account: &'a str,
    /// Its provider, which makes subscriptions by hand.
    pub provider: &'a str,
    /// What to send to it.
    pub text: &'a str,
}

/// Subscriptions as a table, a line for each, without a last line end.
#[must_use]
pub fn table(style: &Style, rows: &[Written<'_>]) -> String {
    let cells = rows.iter().map(|row| cells(style, row)).collect::<Vec<_>>();
    let width = |column: usize| cells.iter().map(|row| text::width(&row.0[column])).max();
    let widths = std::array::from_fn::<_, COLUMNS, _>(|column| width(column).unwrap_or_default());
    let lines = cells.iter().map(|(columns, notes)| {
        let padded = columns.iter().zip(widths).map(|(cell, width)| {
            let missing = width.saturating_sub(text::width(cell));
            format!("{cell}{:missing$}  ", "")
        });
        let (tone, notes) = notes;
        let line = padded.collect::<String>() + &style.painted(notes, *tone);
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

const COLUMNS: usize = 5;

/// What stands in the columns of one row, and what is to be noted about it.
fn cells(style: &Style, row: &Written<'_>) -> ([String; COLUMNS], (Tone, String)) {
    let subscription = &row.listed.subscription;
    let state = if subscription.active { "active" } else { "inactive" };
    let events = subscription.events.join(",");
    let columns = [state, &subscription.id, &subscription.name, &subscription.target, &events];
    let columns = columns.map(|foreign| match text::visible(foreign) {
        empty if empty.is_empty() => "-".to_owned(),
        harmless => harmless.into_owned(),
    });
    (columns, notes(style, row))
}

fn notes(style: &Style, row: &Written<'_>) -> (Tone, String) {
    let Listed { ours, drift, gone_since, leased, .. } = row.listed;
    let gone =
        || gone_since.map_or_else(String::new, |since| format!(" since {}", style.time(since)));
    let drift = drift.map(|drift| match drift {
        Drift::Gone => format!("gone{}", gone()),
        Drift::Changed => "changed by somebody else".to_owned(),
        Drift::Elsewhere => "sends elsewhere".to_owned(),
    });
    let tone = if drift.is_some() { Tone::Bad } else { Tone::Dim };
    let notes = [
        ours.then(|| "ours".to_owned()),
        leased.then(|| "leased".to_owned()),
        row.deleted.then(|| "deleted".to_owned()),
        drift,
    ];
    (tone, notes.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests;
