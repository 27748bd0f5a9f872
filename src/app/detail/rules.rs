//! What a provider's own rules say about an answer that was given: whether it is accepted, and when
//! the next attempt is due.

use jiff::{SignedDuration, Timestamp};

use crate::app::lines::Line;
use crate::domain::record::Record;
use crate::providers::rules::{Next, Rules, next, rules};

/// The rules of the delivery's provider, as lines of the Overview; none if it has no provider.
#[must_use]
pub fn lines(record: &Record) -> Vec<Line> {
    let Some(provider) = record.inspection.provider else { return Vec::new() };
    let Rules { accepted, retries, notes } = rules(provider);
    let expected = next(provider, record.answered.status, record.repeat, answered_at(record));
    let mut lines = vec![Line::Blank, Line::field("accepts", accepted)];
    match expected {
        Next::Nothing => {}
        Next::At(at) => lines.push(Line::time("next attempt", at)),
        Next::Until(at) => {
            lines.push(Line::field("next attempt", "at a time that is not documented"));
            lines.push(Line::time("none after", at));
        }
        Next::Over(instead) => lines.push(Line::field("next attempt", format!("none: {instead}"))),
        Next::NotStated(said) => {
            lines.push(Line::field("next attempt", format!("not documented: {said}")));
        }
    }
    lines.push(Line::field("retries", retries));
    lines.extend(notes.iter().map(|note| Line::field("", *note)));
    lines
}

fn answered_at(record: &Record) -> Timestamp {
    let received_at = record.delivery.received_at;
    let took = record.answered.took.unwrap_or_default();
    let took = SignedDuration::try_from(took).unwrap_or_default();
    received_at.saturating_add(took).unwrap_or(received_at)
}

#[cfg(test)]
mod tests;
