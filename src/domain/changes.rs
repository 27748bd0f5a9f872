//! What changed between two readings of a JSON document.

use std::collections::HashMap;
use std::io;

use serde_json::{Map, Value};

/// More changes than these are counted, not kept.
pub const MOST: usize = 1_000;

/// What changed from one document to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The changes, in the order of the documents; at most [`MOST`].
    pub found: Vec<ChangeAt>,
    /// How many there are beyond those.
    pub more: usize,
}

/// A change at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeAt {
    /// The place, by RFC 6901: in the document after the change, that of something removed in the
    /// document before it.
    pub pointer: String,
    /// What happened there.
    pub kind: ChangeKind,
}

/// What happened at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeKind {
    /// It was not there before.
    Added(Value),
    /// It is not there any more.
    Removed(Value),
    /// It is as it was; told by [`everything`] alone.
    Same(Value),
    /// It has another value.
    Changed {
        /// The value before.
        from: Value,
        /// The value now.
        to: Value,
    },
}

impl ChangeKind {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Added(_) => "added",
            Self::Removed(_) => "removed",
            Self::Same(_) => "same",
            Self::Changed { .. } => "changed",
        }
    }

    /// The values as JSON on one line, each cut off after so many bytes.
    #[must_use]
    pub fn text(&self, most: usize) -> String {
        match self {
            Self::Added(value) | Self::Removed(value) | Self::Same(value) => shortened(value, most),
            Self::Changed { from, to } => {
                format!("{} → {}", shortened(from, most), shortened(to, most))
            }
        }
    }
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How much changed, in words: `2 changed, 1 added`.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut parts = ["changed", "added", "removed"]
            .map(|word| (self.found.iter().filter(|at| at.kind.as_str() == word).count(), word))
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect::<Vec<_>>();
        if self.more > 0 {
            parts.push(format!("and {} more", self.more));
        }
        if parts.is_empty() { "nothing changed".to_owned() } else { parts.join(", ") }
    }
}

/// What has to change for `before` to become `after`.
///
/// The elements of two arrays are compared by their place, but objects by their `id` where every
/// element of both arrays is an object with an `id` of its own: then one that only moved is no
/// change. Whole numbers are compared by every digit, fractions as JSON readers take them (`1.50` is
/// `1.5`), and so is the order of members: it does not count.
#[must_use]
pub fn changes(before: &Value, after: &Value) -> Changes {
    let mut comparison = Comparison::default();
    comparison.compare(before, after);
    comparison.changes
}

/// The same with every value that did not change, however deep it stands.
#[must_use]
pub fn everything(before: &Value, after: &Value) -> Changes {
    let mut comparison = Comparison { tells_same: true, ..Comparison::default() };
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

/// A value as JSON, written no further than needed.
fn shortened(value: &Value, most: usize) -> String {
    let mut head = Head { bytes: Vec::new(), most };
    let whole = serde_json::to_writer(&mut head, value).is_ok();
    // The cut may fall into a character.
    let text = head.bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    if whole { text.to_owned() } else { format!("{text}…") }
}

/// Takes so many bytes and refuses the rest.
struct Head {
    bytes: Vec<u8>,
    most: usize,
}

impl io::Write for Head {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.most - self.bytes.len();
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if bytes.len() > room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
