//! What was removed at one place and added at another. The documents are not looked at again: what a
//! comparison found is bounded, and so is this.

use std::collections::HashMap;

use serde_json::Value;

use super::change::{ChangeAt, ChangeKind, Changes};

/// Shorter texts are the same by chance too often, in bytes.
const SHORTEST: usize = 8;

/// The same changes, each value that was removed once and added once told as one that moved to where
/// it was added.
pub(super) fn joined(changes: Changes) -> Changes {
    let moves = moves(&changes.found);
    if moves.is_empty() {
        return changes;
    }
    let mut olds = vec![None; changes.found.len()];
    let mut is_old = vec![false; changes.found.len()];
    for (old, new) in moves {
        olds[new] = Some(changes.found[old].pointer.clone());
        is_old[old] = true;
    }
    let found = changes.found.into_iter().zip(olds).zip(is_old).filter(|(_, is_old)| !is_old);
    let found = found.map(|((at, from), _)| match (at.kind, from) {
        (ChangeKind::Added(value), Some(from)) => {
            ChangeAt { pointer: at.pointer, kind: ChangeKind::Moved { from, value } }
        }
        (kind, _) => ChangeAt { pointer: at.pointer, kind },
    });
    Changes { found: found.collect(), more: changes.more }
}

/// Where each value that moved was removed, and where it was added.
fn moves(found: &[ChangeAt]) -> Vec<(usize, usize)> {
    let mut places = HashMap::<&Value, Places>::new();
    for (at, change) in found.iter().enumerate() {
        match &change.kind {
            ChangeKind::Removed(value) if can_be_told(value) => {
                places.entry(value).or_default().removed.push(at);
            }
            ChangeKind::Added(value) if can_be_told(value) => {
                places.entry(value).or_default().added.push(at);
            }
            _ => {}
        }
    }
    let moved =
        places.into_values().filter_map(|places| match (&places.removed[..], &places.added[..]) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        });
    moved.collect()
}

/// Where a value was removed and added.
#[derive(Default)]
struct Places {
    removed: Vec<usize>,
    added: Vec<usize>,
}

/// Whether a value is told from others of its kind.
fn can_be_told(value: &Value) -> bool {
    match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        Value::String(text) => text.len() >= SHORTEST,
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
