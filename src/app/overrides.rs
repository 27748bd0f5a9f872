//! The user's own keys: they take the place of the table's wherever their action is bound.
//!
//! Where a text is typed, a key that writes is no command: there the others of the user's keys count,
//! and without any the table's. Two actions on one key are a mistake where both would work at once;
//! the table itself may do that, and then the nearest context decides.

use super::action::Action;
use super::bindings::{BINDINGS, Binding};
use super::context::Context;
use super::key::{Code, Key};
use super::keymap::{Chord, Keymap};
use super::names::name_of;

/// The keys of one action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The action.
    pub action: Action,
    /// The sequences that mean it from now on; without any, nothing does.
    pub keys: Vec<Vec<Key>>,
}

/// Why keys cannot be set so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The place of the override among all of them.
    pub at: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// Without a key for these nobody could close what is open, accept what is typed, or leave.
const NEEDED: [Action; 3] = [Action::Back, Action::Submit, Action::Quit];

/// Contexts that have no keys of their own.
const MIXED: [Context; 3] = [Context::ReplayChoice, Context::ReplayText, Context::ExportChoice];

/// The keymap of the table with the user's keys.
///
/// # Errors
/// The first conflict.
pub fn keymap(overrides: &[Override]) -> Result<Keymap, Conflict> {
    for (at, Override { action, keys }) in overrides.iter().enumerate() {
        if keys.is_empty() && NEEDED.contains(action) {
            let message = format!("`{}` cannot be without a key", name_of(*action));
            return Err(Conflict { at, message });
        }
    }
    let chords = BINDINGS.iter().enumerate().flat_map(|(at, binding)| {
        let set = overrides.iter().find(|set| set.action == binding.action);
        let is_same =
            |other: &Binding| (other.context, other.action) == (binding.context, binding.action);
        let (usable, is_first) = match set {
            Some(set) => (usable(binding.context, &set.keys), !BINDINGS[..at].iter().any(is_same)),
            None => (Vec::new(), true),
        };
        let is_set = set.is_some_and(|set| set.keys.is_empty()) || !usable.is_empty();
        let own = usable.into_iter().filter(move |_| is_first);
        let own = own.map(move |keys| Chord { keys, binding });
        own.chain(Chord::of(binding).filter(move |_| !is_set))
    });
    let chords = chords.collect::<Vec<_>>();
    match conflict(&chords, overrides) {
        Some(conflict) => Err(conflict),
        None => Ok(Keymap::new(chords)),
    }
}

/// Those of the keys that can be commands in a context.
fn usable(context: Context, keys: &[Vec<Key>]) -> Vec<Vec<Key>> {
    let writes = |key: &Key| {
        let writes = matches!(key.code, Code::Char(_) | Code::Backspace | Code::Delete);
        writes && !key.ctrl && !key.alt
    };
    let is_usable = |keys: &&Vec<Key>| !context.takes_text() || !keys.first().is_some_and(writes);
    keys.iter().filter(is_usable).cloned().collect()
}

fn conflict(chords: &[Chord], overrides: &[Override]) -> Option<Conflict> {
    let is_own = |chord: &Chord| Chord::of(chord.binding).all(|known| known != *chord);
    let own = chords.iter().filter(|chord| is_own(chord)).collect::<Vec<_>>();
    for context in Context::ALL.into_iter().chain(MIXED) {
        let is_near = |chord: &&Chord| context.chain().contains(&chord.binding.context);
        for one in own.iter().copied().filter(is_near) {
            let clashes = |other: &&Chord| {
                one.binding.action != other.binding.action
                    && (one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys))
            };
            let Some(other) = chords.iter().filter(is_near).find(clashes) else { continue };
            let at = overrides.iter().position(|set| set.action == one.binding.action)?;
            return Some(Conflict { at, message: told(one, other, context) });
        }
    }
    None
}

fn told(one: &Chord, other: &Chord, context: Context) -> String {
    let (name, taken) = (name_of(one.binding.action), name_of(other.binding.action));
    let place = context.title();
    if one.keys == other.keys {
        format!(
            "{one} would mean both `{name}` and `{taken}` ({place}); give one of them another key"
        )
    } else {
        format!(
            "{one} for `{name}` and {other} for `{taken}` begin alike ({place}); give one of them \
             another key"
        )
    }
}

#[cfg(test)]
mod tests;
