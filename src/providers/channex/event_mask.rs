//! The events that a webhook asks for, as its `event_mask` has them: names joined by semicolons,
//! `*` for all of them, and `ari:…` filters, each of which is one word here.
//!
//! <https://docs.channex.io/api-v.1-documentation/webhook-collection>

/// The events in a mask.
pub(super) fn parse(mask: &str) -> Vec<String> {
    mask.split(';').map(str::trim).filter(|event| !event.is_empty()).map(str::to_owned).collect()
}

/// The mask that asks for these events; none if there is no event in it.
pub(super) fn print(events: &[String]) -> Option<String> {
    let events = events.iter().flat_map(|event| parse(event)).collect::<Vec<_>>();
    (!events.is_empty()).then(|| events.join(";"))
}

#[cfg(test)]
mod tests;
