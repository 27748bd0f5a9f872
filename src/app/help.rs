//! The lines of the help, made from the bindings and narrowed down by what is typed.

use super::bindings::Context;
use super::keymap::Keymap;
use super::names::name_of;
use super::search::Needle;

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// The name of a context.
    Heading(&'static str),
    /// What keys mean there.
    Keys {
        /// The keys, with commas between the ways to say the same.
        keys: String,
        /// What they mean.
        hint: &'static str,
        /// What that is called.
        name: &'static str,
    },
}

/// The help as seen from `context`: what works there stands first. With something typed only the
/// lines that hold it, among keys, hints, names and headings.
#[must_use]
pub fn lines(keymap: &Keymap, context: Context, typed: &str) -> Vec<HelpLine> {
    let needle = Needle::new(typed.trim());
    let near = context.chain();
    let far = Context::ALL.iter().filter(|other| !near.contains(other));
    let mut lines = Vec::new();
    for place in near.iter().chain(far) {
        let whole = needle.is_empty() || needle.is_in(place.title());
        let mut keys = keys_of(keymap, *place);
        keys.retain(|line| whole || line.holds(&needle));
        if !keys.is_empty() {
            lines.push(HelpLine::Heading(place.title()));
        }
        lines.extend(keys);
    }
    lines
}

/// A line for each binding of one context that has keys.
fn keys_of(keymap: &Keymap, context: Context) -> Vec<HelpLine> {
    let chords = keymap.chords().filter(|chord| chord.binding.context == context);
    let mut lines: Vec<HelpLine> = Vec::new();
    for chord in chords {
        match lines.last_mut() {
            Some(HelpLine::Keys { keys, hint, .. }) if *hint == chord.binding.hint => {
                keys.push_str(", ");
                keys.push_str(&chord.to_string());
            }
            _ => {
                let (hint, name) = (chord.binding.hint, name_of(chord.binding.action));
                lines.push(HelpLine::Keys { keys: chord.to_string(), hint, name });
            }
        }
    }
    lines
}

impl HelpLine {
    fn holds(&self, needle: &Needle) -> bool {
        match self {
            Self::Heading(title) => needle.is_in(title),
            Self::Keys { keys, hint, name } => {
                [keys, *hint, *name].iter().any(|text| needle.is_in(text))
            }
        }
    }
}

#[cfg(test)]
mod tests;
