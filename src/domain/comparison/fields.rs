//! Compares header fields.

use super::part::{Change, Part};
use crate::domain::headers::{Field, Headers};
use crate::domain::masking;

/// Every field of both, in the order of the first, then what was added. Credentials are masked.
///
/// Fields of one name, whatever its letter case, belong together: first those of the same value,
/// then the others in their order.
pub(super) fn compare(before: &Headers, after: &Headers) -> Vec<Part> {
    let mut added = after.iter().collect::<Vec<_>>();
    let mut kept = Vec::new();
    for old in before.iter() {
        let same = added.iter().position(|new| is_named(old, new) && old.value == new.value);
        kept.push((old, same.map(|place| added.remove(place))));
    }
    let mut parts = Vec::new();
    for (old, same) in kept {
        let other = || added.iter().position(|new| is_named(old, new));
        let change = match same.is_none().then(other).flatten() {
            Some(place) => Change::Changed { from: shown(old), to: shown(added.remove(place)) },
            None if same.is_some() => Change::Same(shown(old)),
            None => Change::Removed(shown(old)),
        };
        parts.push(Part::new(text(&old.name), change));
    }
    let added = added.into_iter().map(|new| Part::new(text(&new.name), Change::Added(shown(new))));
    parts.extend(added);
    parts
}

fn is_named(old: &Field, new: &Field) -> bool {
    old.name.eq_ignore_ascii_case(&new.name)
}

fn shown(field: &Field) -> String {
    text(&masking::shown(field, false))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
