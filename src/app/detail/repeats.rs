//! Every delivery of the same event, beside what its provider's documents let expect.

use super::rules;
use crate::app::lines::Line;
use crate::domain::duration::rounded;
use crate::domain::event::ProviderId;
use crate::domain::record::Summary;
use crate::providers::rules::{delay_after, next};

/// The deliveries of one event as lines of the Overview, oldest first, and what is due after the
/// last of them; none if it came once. `shown` is the number of the one that is open.
#[must_use]
pub fn lines(repeats: &[Summary], shown: u32) -> Vec<Line> {
    let ([first, _, ..], Some(last)) = (repeats, repeats.last()) else { return Vec::new() };
    let mut lines = vec![Line::Blank, Line::Note("deliveries of this event".to_owned())];
    let earlier = first.repeat.saturating_sub(1);
    if earlier > 0 {
        lines.push(Line::field("", format!("{earlier} before these, longer ago")));
    }
    let before = [None].into_iter().chain(repeats.iter().map(Some));
    lines.extend(repeats.iter().zip(before).map(|(row, before)| line(row, before, shown)));
    let Some(provider) = last.provider else {
        let text = "its sender is not known, so neither is when it tries again";
        lines.push(Line::Note(text.to_owned()));
        return lines;
    };
    if !has_ladder(provider) {
        let text = "does not document how long after an attempt the next one comes";
        lines.push(Line::Note(format!("{provider} {text}")));
    }
    let due = next(provider, last.status, last.repeat, last.received_at);
    lines.extend(rules::next_lines(due));
    lines
}

/// A delivery with its answer, how long after the one before it came, and how long after it was to
/// be expected.
fn line(row: &Summary, before: Option<&Summary>, shown: u32) -> Line {
    let mut text = row.status.as_str().to_owned();
    if let Some(before) = before {
        text += "  +";
        text += &rounded(row.received_at.duration_since(before.received_at));
        text += &row.provider.map_or_else(String::new, |provider| expected(provider, before));
    }
    if row.repeat == shown {
        text += "  (this one)";
    }
    Line::Moment { name: format!("no. {}", row.repeat), at: row.received_at, text }
}

fn expected(provider: ProviderId, before: &Summary) -> String {
    match delay_after(provider, before.repeat).map(rounded_delay) {
        Some(delay) => format!("  documented +{delay}"),
        None if has_ladder(provider) => "  documented: none".to_owned(),
        None => String::new(),
    }
}

fn rounded_delay(delay: std::time::Duration) -> String {
    rounded(delay.try_into().unwrap_or_default())
}

fn has_ladder(provider: ProviderId) -> bool {
    delay_after(provider, 1).is_some()
}

#[cfg(test)]
mod tests;
