//! What is said about a comparison.

use crate::app::lines::Line;
use crate::domain::changes::{ChangeAt, ChangeKind, Changes};
use crate::domain::comparison::part::{Change, Part};
use crate::domain::comparison::{Bodies, Comparison, Contents};

/// So many bytes of a JSON value tell what it is.
const SHOWN_OF_VALUE: usize = 300;

/// The differences in a sentence; `start` is what the first lines are. The times are always different.
pub(super) fn summary(comparison: &Comparison, start: Option<&str>) -> String {
    let is_same = comparison.start.is_same();
    let start =
        start.map(|start| format!("{} {start}", if is_same { "the same" } else { "another" }));
    let Ok(Contents { headers_changed, bodies, .. }) = &comparison.contents else {
        return start.unwrap_or_default();
    };
    let headers = match headers_changed {
        0 => "the same headers".to_owned(),
        1 => "1 header differs".to_owned(),
        count => format!("{count} headers differ"),
    };
    let parts = start.into_iter().chain([headers, body_summary(bodies)]);
    parts.collect::<Vec<_>>().join(", ")
}

fn body_summary(bodies: &Bodies) -> String {
    match bodies {
        Bodies::Same(0) => "no body".to_owned(),
        Bodies::Same(_) => "the same body".to_owned(),
        Bodies::Json(changes) if changes.is_empty() => {
            "the same JSON, written in another way".to_owned()
        }
        Bodies::Json(changes) => format!("in the body {}", changes.summary()),
        Bodies::Text { changed: [added, removed], .. } => {
            let lines = if *added == 1 { "line" } else { "lines" };
            format!("in the body {added} {lines} added, {removed} removed")
        }
        Bodies::Bytes { .. } => "another body".to_owned(),
    }
}

/// What is compared, a line each. Where the first lines cannot be compared, the times cannot be either.
pub(super) fn lines(comparison: Comparison, start: Option<&str>) -> Vec<Line> {
    let Comparison { start: change, timing, contents } = comparison;
    let mut lines = Vec::new();
    if let Some(start) = start {
        lines.extend([Line::Blank, Line::Change(Part::new(start, change))]);
        lines.extend(timing.into_iter().map(Line::Change));
    }
    let Contents { headers, bodies, .. } = match contents {
        Ok(contents) => contents,
        Err(why) => {
            lines.extend([Line::Blank, Line::Note(why.to_owned())]);
            return lines;
        }
    };
    if !headers.is_empty() {
        lines.extend([Line::Blank, Line::Note("headers".to_owned())]);
    }
    lines.extend(headers.into_iter().map(Line::Change));
    lines.extend(body(bodies));
    lines
}

fn body(bodies: Bodies) -> Vec<Line> {
    let mut lines = vec![Line::Blank, Line::Note("body".to_owned())];
    match bodies {
        Bodies::Same(bytes) => lines.push(Line::field("same", format!("{bytes} bytes"))),
        Bodies::Json(changes) if changes.is_empty() => {
            lines.push(Line::field("same", "JSON, written in another way"));
        }
        Bodies::Json(Changes { found, more }) => {
            lines.extend(found.iter().map(|at| Line::Change(part(at))));
            if more > 0 {
                lines.push(Line::field("", format!("and {more} more")));
            }
        }
        Bodies::Text { lines: parts, .. } => lines.extend(parts.into_iter().map(Line::Change)),
        Bodies::Bytes { at, sizes: [before, after], why } => {
            lines.push(Line::field("differ", format!("from byte {at} on")));
            let sizes = Change::between(format!("{before} bytes"), format!("{after} bytes"));
            lines.push(Line::Change(Part::new("size", sizes)));
            lines.extend(why.map(|why| Line::field("", why)));
        }
    }
    lines
}

/// A change of a JSON document.
fn part(ChangeAt { pointer, kind }: &ChangeAt) -> Part {
    let one = || kind.text(SHOWN_OF_VALUE);
    let change = match kind {
        ChangeKind::Added(_) => Change::Added(one()),
        ChangeKind::Removed(_) => Change::Removed(one()),
        ChangeKind::Same(_) => Change::Same(one()),
        ChangeKind::Changed { from, to } => Change::Changed {
            from: ChangeKind::Removed(from.clone()).text(SHOWN_OF_VALUE),
            to: ChangeKind::Added(to.clone()).text(SHOWN_OF_VALUE),
        },
        ChangeKind::Moved { from, value } => Change::Moved {
            from: from.clone(),
            value: ChangeKind::Added(value.clone()).text(SHOWN_OF_VALUE),
        },
    };
    Part::new(if pointer.is_empty() { "all of it" } else { pointer }, change)
}
