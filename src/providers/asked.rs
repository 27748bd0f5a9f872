//! What an account's subscriptions ask for, and what that makes of an event that its body alone
//! cannot tell.

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::event::Event;
use crate::domain::ledger::LedgerEntry;

/// The events that subscriptions of this ledger asked for at that time, without repeats. Only
/// those are known that were made here, as they were seen last; what asks for nothing by name, as
/// those of other providers do, adds nothing.
#[must_use]
pub fn asked(ledger: &[LedgerEntry], at: Timestamp) -> Vec<String> {
    let was_there = |entry: &&LedgerEntry| {
        let end = [entry.gone_since, entry.deleted_at].into_iter().flatten().min();
        entry.requested_at <= at && end.is_none_or(|end| at <= end)
    };
    let seen = ledger.iter().filter(was_there).filter_map(|entry| entry.seen.as_ref());
    let lists = seen.filter_map(|record| record.get("eventTypes")?.as_array());
    let mut names =
        lists.flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
    names.sort_unstable();
    names.dedup();
    names
}

/// The event with the candidates that are asked for. It stays as it is where nothing is known to be
/// asked for, or none of its candidates. The kind is not told by it: somebody else may have made
/// further subscriptions.
#[must_use]
pub fn narrowed(event: &Event, asked: &[String]) -> Event {
    let wanted = |kind: &&String| asked.contains(kind);
    let candidates = event.candidates.iter().filter(wanted).cloned().collect::<Vec<_>>();
    if event.kind.is_some() || candidates.is_empty() {
        return event.clone();
    }
    Event { candidates, ..event.clone() }
}

#[cfg(test)]
mod tests;
