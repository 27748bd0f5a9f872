//! From keys to actions.

use std::fmt;

use super::action::Action;
use super::bindings::{self, BINDINGS, Binding};
use super::context::Context;
use super::key::Key;
use super::names::name_of;

/// Which keys mean what; made from the table of bindings and what the user sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap(Vec<Chord>);

/// A sequence of keys and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chord {
    /// The keys, pressed one after the other.
    pub keys: Vec<Key>,
    /// The binding that they belong to.
    pub binding: &'static Binding,
}

/// What the keys that were pressed mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This.
    Action(Action),
    /// The beginning of something longer.
    Pending,
    /// Nothing.
    Unbound,
}

impl Chord {
    /// What a binding of the table makes.
    pub fn of(binding: &'static Binding) -> impl Iterator<Item = Self> {
        let sequences = binding.keys.iter().filter_map(|keys| Key::parse_sequence(keys));
        sequences.map(move |keys| Self { keys, binding })
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, key) in self.keys.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            write!(f, "{gap}{key}")?;
        }
        Ok(())
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::of(BINDINGS)
    }
}

impl Keymap {
    /// The keymap of these sequences.
    #[must_use]
    pub fn new(chords: Vec<Chord>) -> Self {
        Self(chords)
    }

    /// The keymap of a table. Keys that cannot be read are left out; a test sees to it that the
    /// built-in table has none.
    #[must_use]
    pub fn of(bindings: &'static [Binding]) -> Self {
        Self(bindings.iter().flat_map(Chord::of).collect())
    }

    /// What `key` means after the `pending` ones. The nearest context that knows the keys decides.
    #[must_use]
    pub fn resolve(&self, context: Context, pending: &[Key], key: Key) -> Meaning {
        for place in context.chain() {
            let chords = self.0.iter().filter(|chord| chord.binding.context == *place);
            let mut meaning = Meaning::Unbound;
            for chord in chords {
                match after(&chord.keys, pending) {
                    Some([last]) if *last == key => return Meaning::Action(chord.binding.action),
                    Some([next, ..]) if *next == key => meaning = Meaning::Pending,
                    _ => {}
                }
            }
            if meaning != Meaning::Unbound {
                return meaning;
            }
        }
        Meaning::Unbound
    }

    /// What works in a context after the `pending` keys, nearest context first: each sequence that
    /// is not hidden by a nearer one.
    pub fn available(&self, context: Context, pending: &[Key]) -> impl Iterator<Item = &Chord> {
        let places = context.chain().iter();
        let chords =
            places.flat_map(|place| self.0.iter().filter(|chord| chord.binding.context == *place));
        chords.filter(move |chord| {
            let Some([next, ..]) = after(&chord.keys, pending) else { return false };
            let whole = pending.len() + 1 == chord.keys.len();
            match self.resolve(context, pending, *next) {
                Meaning::Action(action) => whole && action == chord.binding.action,
                Meaning::Pending => !whole,
                Meaning::Unbound => false,
            }
        })
    }

    /// What the footer names: after a prefix all that may follow, else what the table puts there.
    #[must_use]
    pub fn footer(&self, context: Context, pending: &[Key]) -> Vec<&Chord> {
        let mut named: Vec<&Chord> = Vec::new();
        for chord in self.available(context, pending) {
            let wanted = !pending.is_empty() || chord.binding.in_footer;
            if wanted && named.iter().all(|other| other.binding.action != chord.binding.action) {
                named.push(chord);
            }
        }
        named
    }

    /// The keys that do it here, with commas between the ways to say the same; empty if there are
    /// none.
    #[must_use]
    pub fn keys_of(&self, context: Context, action: Action) -> String {
        let chords = self.available(context, &[]);
        let chords = chords.filter(|chord| chord.binding.action == action);
        chords.map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    /// What can be done here, for a sentence: what does it and what it does, as in `H holds them`.
    /// Without a key the command is named that does it; none where neither can be used.
    #[must_use]
    pub fn hint(&self, context: Context, action: Action, does: &str) -> Option<String> {
        let keys_of =
            |wanted| self.available(context, &[]).find(|chord| chord.binding.action == wanted);
        let command = || {
            let is_known = bindings::here(context).any(|known| known.action == action);
            let can_be_typed = is_known && keys_of(Action::CommandLine).is_some();
            can_be_typed.then(|| format!(":{}", name_of(action)))
        };
        let keys = keys_of(action).map(ToString::to_string);
        keys.or_else(command).map(|way| format!("{way} {does}"))
    }

    /// Every sequence of keys, in the order of the table.
    pub fn chords(&self) -> impl Iterator<Item = &Chord> {
        self.0.iter()
    }
}

/// What is left of a sequence after the keys that were pressed.
fn after<'a>(keys: &'a [Key], pressed: &[Key]) -> Option<&'a [Key]> {
    keys.strip_prefix(pressed).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests;
