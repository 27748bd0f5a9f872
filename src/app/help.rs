//! The lines of the help, made from the bindings and narrowed down by what is typed.

use super::context::Context;
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

/// What the mouse does: with what, what it does, and what that is called.
pub const MOUSE: [(&str, &str, &str); 5] = [
    ("wheel", "scroll what is under it", ""),
    ("click", "select a row or a tab; on the title of a delivery: back", ""),
    ("click", "on the name of a column: sort by it, the other way", "sort"),
    ("drag", "on the line between the panes: move it", ""),
    ("shift-drag", "select text, as the terminal does without a mouse here", "mouse off"),
];

/// The heading of the mouse.
pub const MOUSE_TITLE: &str = "Mouse";

/// The help as seen from `context`: what works there stands first. With something typed only the
/// lines that hold it, among keys, hints, names and headings.
#[must_use]
pub fn lines(keymap: &Keymap, context: Context, typed: &str) -> Vec<HelpLine> {
    let needle = Needle::new(typed.trim());
    let near = context.chain();
    let far = Context::ALL.iter().filter(|other| !near.contains(other));
    let mut lines = Vec::new();
    let keys = near.iter().chain(far).map(|place| (place.title(), keys_of(keymap, *place)));
    for (title, mut keys) in keys.chain([(MOUSE_TITLE, mouse())]) {
        let whole = needle.is_empty() || needle.is_in(title);
        keys.retain(|line| whole || line.holds(&needle));
        if !keys.is_empty() {
            lines.push(HelpLine::Heading(title));
        }
        lines.extend(keys);
    }
    lines
}

/// A line for each thing that the mouse does.
fn mouse() -> Vec<HelpLine> {
    let line = |(keys, hint, name): (&str, _, _)| {
        let keys = keys.to_owned();
        HelpLine::Keys { keys, hint, name }
    };
    MOUSE.map(line).to_vec()
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
