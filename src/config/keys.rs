//! The keys of the dashboard as the config has them: the name of an action, and what means it.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::mistake::Mistake;
use super::reading::text;
use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::app::names;
use crate::app::overrides::{self, Override};
use crate::domain::nearest::suggestion;

/// The table of keys.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    overrides: Vec<Override>,
    /// Where the keys of each begin in the file, in bytes.
    places: Vec<usize>,
}

impl Keys {
    /// What keys mean by them. `file` is the text that they were read from.
    ///
    /// # Errors
    /// When a key would mean two things at once, or something could not be done any more.
    pub fn keymap(&self, file: &str) -> Result<Keymap, Mistake> {
        overrides::keymap(&self.overrides).map_err(|conflict| {
            let place = self.places.get(conflict.at).copied().unwrap_or(0);
            Mistake::at(place, file, conflict.message)
        })
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Table;

        impl<'de> Visitor<'de> for Table {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of keys by the names of actions")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Keys::default();
                while let Some(Name(action)) = map.next_key()? {
                    let sequences = map.next_value::<Spanned<Sequences>>()?;
                    keys.places.push(sequences.span().start);
                    let Sequences(sequences) = sequences.into_inner();
                    keys.overrides.push(Override { action, keys: sequences });
                }
                Ok(keys)
            }
        }

        deserializer.deserialize_map(Table)
    }
}

/// The name of an action.
struct Name(Action);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, |name| {
            names::action_of(name).map(Self).ok_or_else(|| {
                format!("there is no action {name}{}", suggestion(name, names::all()))
            })
        })
    }
}

/// What means an action: one sequence of keys, or several.
struct Sequences(Vec<Vec<Key>>);

impl<'de> Deserialize<'de> for Sequences {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "keys are a text or an array of texts")]
        enum Written {
            One(String),
            Several(Vec<String>),
        }
        let written = match Written::deserialize(deserializer)? {
            Written::One(text) if text.trim().is_empty() => Vec::new(),
            Written::One(text) => vec![text],
            Written::Several(texts) => texts,
        };
        let read = |text: &String| {
            let keys = Key::parse_sequence(text).filter(|keys| !keys.is_empty());
            keys.ok_or_else(|| {
                D::Error::custom(format!(
                    "{text:?} is no key; keys are written as j, G, ctrl-d, alt-x, shift-tab, enter, \
                     f1, or g g for one after the other"
                ))
            })
        };
        written.iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests;
