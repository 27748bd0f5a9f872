//! Everything about one event on one axis of time: when its provider sent it, when its documents let
//! expect that, and what we sent on.

use jiff::Timestamp;

use super::lines::Line;
use crate::domain::attempt::{Attempt, status_text};
use crate::domain::duration::rounded;
use crate::domain::record::Summary;
use crate::providers::rules::{Next, next};

/// What is on the axis.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The deliveries of the event, oldest first.
    pub came: &'a [Summary],
    /// What was sent about the one that is open, in any order.
    pub sent: Vec<&'a Attempt>,
    /// How many older attempts are left out.
    pub older: usize,
    /// What time it is.
    pub now: Timestamp,
}

/// The columns of the axis.
const AXIS: usize = 20;

/// Something at a place of the axis.
struct Mark {
    at: Timestamp,
    sign: char,
    text: String,
}

/// The timeline as lines, a row for each thing in the order of time; where it stands between the
/// first and the last is drawn before it.
#[must_use]
pub fn lines(facts: &Facts<'_>) -> Vec<Line> {
    let mut marks = facts.came.iter().map(came).collect::<Vec<_>>();
    marks.extend(facts.came.iter().filter_map(|row| due(row, facts.now)));
    marks.extend(facts.sent.iter().map(|attempt| sent(attempt)));
    // What is equal in time stays in the order of above.
    marks.sort_by_key(|mark| mark.at);
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
        return vec![Line::headline("reading")];
    };
    let (start, end) = (first.at, last.at);
    let passed = rounded(end.duration_since(start));
    let mut lines = vec![
        Line::headline(format!("{} over {passed}", counted(marks.len()))),
        Line::Note("o came from the provider, ? documented, > sent by us".to_owned()),
        Line::Blank,
    ];
    if facts.older > 0 {
        lines.push(Line::Note(format!("{} older attempts of ours are left out", facts.older)));
    }
    lines.extend(marks.iter().map(|mark| line(mark, start, end)));
    lines.extend(facts.came.last().and_then(undated));
    lines
}

fn counted(marks: usize) -> String {
    if marks == 1 { "1 mark".to_owned() } else { format!("{marks} marks") }
}

fn came(row: &Summary) -> Mark {
    let text = format!("no. {}, #{}: answered {}", row.repeat, row.id, status_text(row.status));
    Mark { at: row.received_at, sign: 'o', text }
}

/// The attempt that is documented to follow a delivery.
fn due(row: &Summary, now: Timestamp) -> Option<Mark> {
    let Next::At(at) = next(row.provider?, row.status, row.repeat, row.received_at) else {
        return None;
    };
    let is = if at > now { "is" } else { "was" };
    let text = format!("no. {} {is} due as documented", row.repeat.saturating_add(1));
    Some(Mark { at, sign: '?', text })
}

fn sent(attempt: &Attempt) -> Mark {
    let (purpose, host) = (attempt.purpose.as_str(), attempt.call.url.authority());
    let text = format!("{purpose} to {host}: {}", attempt.sentence());
    Mark { at: attempt.started_at, sign: '>', text }
}

/// What is documented about the next attempt without a time for it.
fn undated(last: &Summary) -> Option<Line> {
    let due = match next(last.provider?, last.status, last.repeat, last.received_at) {
        Next::Nothing | Next::At(_) => return None,
        Next::Until(_) => "more may come for 48 hours; when is not documented",
        Next::Over(instead) => instead,
        Next::NotStated(said) => said,
    };
    Some(Line::Note(due.to_owned()))
}

fn line(mark: &Mark, start: Timestamp, end: Timestamp) -> Line {
    let after = rounded(mark.at.duration_since(start));
    let text = format!("{}  {}", axis(mark, start, end), mark.text);
    Line::Moment { name: format!("+{after}"), at: mark.at, text }
}

/// The axis with one mark on it.
fn axis(mark: &Mark, start: Timestamp, end: Timestamp) -> String {
    let whole = end.duration_since(start).as_secs_f64();
    let part = mark.at.duration_since(start).as_secs_f64();
    let share = if whole > 0.0 { part / whole } else { 0.0 };
    let place = (0..AXIS).rfind(|place| *place as f64 <= share * (AXIS - 1) as f64).unwrap_or(0);
    (0..AXIS).map(|at| if at == place { mark.sign } else { '-' }).collect()
}

#[cfg(test)]
mod tests;
