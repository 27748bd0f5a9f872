//! What a provider's own rules say about an answer that was given: whether it is accepted, and when
//! the next attempt is due.

use jiff::{SignedDuration, Timestamp};

use crate::app::lines::Line;
use crate::domain::record::Record;
use crate::providers::rules::{Next, Rules, next, rules};

/// The rules of the delivery's provider, as lines of the Overview; none if it has no provider.
///
/// What is due next is told by its `repeats` where there are any, else here.
#[must_use]
pub fn lines(record: &Record, has_repeats: bool) -> Vec<Line> {
    let Some(provider) = record.inspection.provider else { return Vec::new() };
    let Rules { accepted, retries, notes } = rules(provider);
    let mut lines = vec![Line::Blank, Line::field("accepts", accepted)];
    if !has_repeats {
        let answered_at = answered_at(record);
        let due = next(provider, record.answered.status, record.repeat, answered_at);
        lines.extend(next_lines(due));
    }
    lines.push(Line::field("retries", retries));
    lines.extend(notes.iter().map(|note| Line::field("", *note)));
    lines
}

/// What is to be expected, as lines.
#[must_use]
pub fn next_lines(next: Next) -> Vec<Line> {
    match next {
        Next::Nothing => Vec::new(),
        Next::At(at) => vec![Line::time("next attempt", at)],
        Next::Until(at) => vec![
            Line::field("next attempt", "at a time that is not documented"),
            Line::time("none after", at),
        ],
        Next::Over(instead) => vec![Line::field("next attempt", format!("none: {instead}"))],
        Next::NotStated(said) => {
            vec![Line::field("next attempt", format!("not documented: {said}"))]
        }
    }
}

fn answered_at(record: &Record) -> Timestamp {
    let received_at = record.delivery.received_at;
    let took = record.answered.took.unwrap_or_default();
    let took = SignedDuration::try_from(took).unwrap_or_default();
    received_at.saturating_add(took).unwrap_or(received_at)
}

#[cfg(test)]
mod tests;
