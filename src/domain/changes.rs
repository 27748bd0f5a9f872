//! What changed between two readings of a JSON document.
//!
//! Reading order: `change` (what is told), here (the walk through both), then `moves` (what only stands
//! at another place).

mod change;
mod moves;

use std::collections::HashMap;

use serde_json::{Map, Value};

pub use change::{ChangeAt, ChangeKind, Changes, MOST};

/// What has to change for `before` to become `after`.
///
/// The elements of two arrays are compared by their place, but objects by their `id` where every
/// element of both arrays is an object with an `id` of its own: then one that has another place among
/// them is no change. Whole numbers are compared by every digit, fractions as JSON readers take them (`1.50` is
/// `1.5`), and so is the order of members: it does not count.
#[must_use]
pub fn changes(before: &Value, after: &Value) -> Changes {
    moves::joined(each(before, after, false))
}

/// The same with every value that did not change, however deep it stands.
#[must_use]
pub fn everything(before: &Value, after: &Value) -> Changes {
    moves::joined(each(before, after, true))
}

/// The same, with what moved as something that was removed and something that was added.
fn each(before: &Value, after: &Value, tells_same: bool) -> Changes {
    let mut comparison = Comparison { tells_same, ..Comparison::default() };
    comparison.compare(before, after);
    comparison.changes
}

/// A walk through both documents at once.
#[derive(Default)]
struct Comparison {
    changes: Changes,
    tells_same: bool,
    /// Where it is in the document before.
    old: String,
    /// Where it is in the document now.
    new: String,
}

impl Comparison {
    fn compare(&mut self, before: &Value, after: &Value) {
        match (before, after) {
            (Value::Object(old), Value::Object(new)) => self.members(old, new),
            (Value::Array(old), Value::Array(new)) => match (by_id(old), by_id(new)) {
                (Some(_), Some(places)) => self.elements_by_id(old, new, &places),
                _ => self.elements_by_place(old, new),
            },
            _ if is_same(before, after) => {
                if self.tells_same {
                    self.push(|at| ChangeAt {
                        pointer: at.new.clone(),
                        kind: ChangeKind::Same(after.clone()),
                    });
                }
            }
            _ => self.push(|at| ChangeAt {
                pointer: at.new.clone(),
                kind: ChangeKind::Changed { from: before.clone(), to: after.clone() },
            }),
        }
    }

    fn members(&mut self, old: &Map<String, Value>, new: &Map<String, Value>) {
        for (name, value) in old {
            self.element((name, value), new.get(name).map(|now| (&**name, now)));
        }
        for (name, value) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            self.added(name, value);
        }
    }

    fn elements_by_id(&mut self, old: &[Value], new: &[Value], places: &HashMap<&Value, usize>) {
        let mut kept = vec![false; new.len()];
        for (index, value) in old.iter().enumerate() {
            let place = id(value).and_then(|id| places.get(id)).copied();
            if let Some(place) = place {
                kept[place] = true;
            }
            let now = place.map(|place| (place.to_string(), &new[place]));
            let now = now.as_ref().map(|(place, value)| (place.as_str(), *value));
            self.element((&index.to_string(), value), now);
        }
        for (index, value) in new.iter().enumerate().filter(|(index, _)| !kept[*index]) {
            self.added(&index.to_string(), value);
        }
    }

    fn elements_by_place(&mut self, old: &[Value], new: &[Value]) {
        for (index, value) in old.iter().enumerate() {
            let place = index.to_string();
            self.element((&place, value), new.get(index).map(|now| (place.as_str(), now)));
        }
        for (index, value) in new.iter().enumerate().skip(old.len()) {
            self.added(&index.to_string(), value);
        }
    }

    /// Something that was there before, and what it is now.
    fn element(&mut self, (step, value): (&str, &Value), now: Option<(&str, &Value)>) {
        let (old, new) = (self.old.len(), self.new.len());
        push_step(&mut self.old, step);
        match now {
            Some((place, now)) => {
                push_step(&mut self.new, place);
                self.compare(value, now);
            }
            None => self.push(|at| ChangeAt {
                pointer: at.old.clone(),
                kind: ChangeKind::Removed(value.clone()),
            }),
        }
        self.old.truncate(old);
        self.new.truncate(new);
    }

    fn added(&mut self, step: &str, value: &Value) {
        let new = self.new.len();
        push_step(&mut self.new, step);
        self.push(|at| ChangeAt {
            pointer: at.new.clone(),
            kind: ChangeKind::Added(value.clone()),
        });
        self.new.truncate(new);
    }

    /// Keeps a change, or counts it when there are enough. Nothing is copied only to be counted.
    fn push(&mut self, change: impl FnOnce(&Self) -> ChangeAt) {
        if self.changes.found.len() < MOST {
            let change = change(self);
            self.changes.found.push(change);
        } else {
            self.changes.more += 1;
        }
    }
}

/// Whether two values without members are the same.
fn is_same(before: &Value, after: &Value) -> bool {
    let fraction = |value: &Value| value.as_f64().filter(|_| value.is_f64());
    before == after || fraction(before).is_some_and(|number| fraction(after) == Some(number))
}

fn push_step(pointer: &mut String, step: &str) {
    pointer.push('/');
    pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
}

/// Where the object of each id stands; none unless every element has one of its own.
fn by_id(elements: &[Value]) -> Option<HashMap<&Value, usize>> {
    let mut places = HashMap::new();
    for (place, element) in elements.iter().enumerate() {
        if places.insert(id(element)?, place).is_some() {
            return None;
        }
    }
    Some(places)
}

fn id(element: &Value) -> Option<&Value> {
    element.as_object()?.get("id").filter(|id| id.is_string() || id.is_number())
}

#[cfg(test)]
mod tests;
