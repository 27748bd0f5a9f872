//! The lines of the help, made from the bindings and narrowed down by what is typed.

use super::bindings::Context;
use super::keymap::Keymap;
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
    },
}

/// The help as seen from `context`: what works there stands first. With something typed only the
/// lines that hold it, among keys, hints and headings.
#[must_use]
pub fn lines(keymap: &Keymap, context: Context, typed: &str) -> Vec<HelpLine> {
    let needle = Needle::new(typed.trim());
    let near = context.chain();
    let far = Context::ALL.iter().filter(|other| !near.contains(other));
    let mut lines = Vec::new();
    for place in near.iter().chain(far) {
        let whole = needle.is_empty() || needle.is_in(place.title());
        let mut keys = keys_of(keymap, *place);
        keys.retain(|(keys, hint)| whole || needle.is_in(keys) || needle.is_in(hint));
        if !keys.is_empty() {
            lines.push(HelpLine::Heading(place.title()));
        }
        lines.extend(keys.into_iter().map(|(keys, hint)| HelpLine::Keys { keys, hint }));
    }
    lines
}

/// Keys and hint of each binding of one context.
fn keys_of(keymap: &Keymap, context: Context) -> Vec<(String, &'static str)> {
    let chords = keymap.chords().filter(|chord| chord.binding.context == context);
    let mut keys: Vec<(String, &'static str)> = Vec::new();
    for chord in chords {
        match keys.last_mut() {
            Some((written, hint)) if *hint == chord.binding.hint => {
                written.push_str(", ");
                written.push_str(&chord.to_string());
            }
            _ => keys.push((chord.to_string(), chord.binding.hint)),
        }
    }
    keys
}

#[cfg(test)]
mod tests;
