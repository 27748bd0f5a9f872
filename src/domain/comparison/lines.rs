//! Compares texts line by line.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::part::{Change, Part, Scope};

/// More lines than these between the same beginning and the same end are not compared one by one:
/// where all of them differ, that takes their number squared.
pub const MOST: usize = 2_000;

/// More of a line is not kept, in bytes.
const MOST_OF_LINE: usize = 2_000;

/// The lines that are told, and how many of all were added and removed. A line is named by its
/// number, one that was removed by its number in the first text. None where there are too many.
pub(super) fn compare(before: &str, after: &str, scope: Scope) -> Option<(Vec<Part>, [usize; 2])> {
    let old = before.split_inclusive('\n').collect::<Vec<_>>();
    let new = after.split_inclusive('\n').collect::<Vec<_>>();
    let (head, tail) = same_ends(&old, &new);
    let (changed_old, changed_new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    if changed_old.len().max(changed_new.len()) > MOST {
        return None;
    }
    let (mut parts, mut counts) = (Vec::new(), [0, 0]);
    parts.extend(new[..head].iter().enumerate().map(|(at, line)| part(at, line, Change::Same)));
    for operation in capture_diff_slices(Algorithm::Myers, changed_old, changed_new) {
        for change in operation.iter_changes(changed_old, changed_new) {
            let place = match change.tag() {
                ChangeTag::Delete => change.old_index(),
                ChangeTag::Equal | ChangeTag::Insert => change.new_index(),
            };
            let place = place.unwrap_or_default() + head;
            let change_of = match change.tag() {
                ChangeTag::Equal => Change::Same,
                ChangeTag::Insert => Change::Added,
                ChangeTag::Delete => Change::Removed,
            };
            counts[0] += usize::from(change.tag() == ChangeTag::Insert);
            counts[1] += usize::from(change.tag() == ChangeTag::Delete);
            parts.push(part(place, change.value(), change_of));
        }
    }
    let end = new.len() - tail;
    let rest = new[end..].iter().zip(end..);
    parts.extend(rest.map(|(line, at)| part(at, line, Change::Same)));
    parts.retain(|part| scope == Scope::Everything || !part.change.is_same());
    Some((parts, counts))
}

/// How many lines are the same at the beginning, and behind that at the end.
fn same_ends(old: &[&str], new: &[&str]) -> (usize, usize) {
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let behind = old[head..].iter().rev().zip(new[head..].iter().rev());
    (head, behind.take_while(|(old, new)| old == new).count())
}

fn part(at: usize, line: &str, change: fn(String) -> Change) -> Part {
    Part::new(format!("line {}", at + 1), change(told(line)))
}

/// The line without its end; a line that has none, or more than is kept, is told from others.
fn told(line: &str) -> String {
    let (text, end) = match line.strip_suffix('\n') {
        Some(text) => (text, ""),
        None => (line, "  (without an end of line)"),
    };
    if text.len() <= MOST_OF_LINE {
        return format!("{text}{end}");
    }
    let cut = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= MOST_OF_LINE).last();
    let (kept, _) = text.split_at(cut.unwrap_or_default());
    format!("{kept}…{end}")
}
