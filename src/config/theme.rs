//! The theme of the dashboard: one of the built-in ones, or a file of the user's that changes one of
//! them.

use std::fmt;
use std::path::PathBuf;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::mistake::Mistake;
use super::reading::text;
use crate::domain::nearest::suggestion;
use crate::ui::theme::color::{Colors, Ink};
use crate::ui::theme::paint::Paint;
use crate::ui::theme::{Palette, Role, Theme};

/// A built-in theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// For a dark background.
    Dark,
    /// For a light one.
    Light,
    /// Without colours.
    Mono,
    /// With high contrast, for whichever background there is.
    Contrast,
}

/// The word for whichever of dark and light the background asks for.
const AUTO: &str = "auto";

/// The names of the built-in themes.
const NAMES: [(&str, Option<Base>); 5] = [
    (AUTO, None),
    ("dark", Some(Base::Dark)),
    ("light", Some(Base::Light)),
    ("mono", Some(Base::Mono)),
    ("contrast", Some(Base::Contrast)),
];

/// Which theme the config names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A built-in one; none is dark or light, as the background is.
    BuiltIn(Option<Base>),
    /// That of a file, relative to the config's folder.
    File(PathBuf),
}

impl Default for Choice {
    fn default() -> Self {
        Self::BuiltIn(None)
    }
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, |text| {
            let file = PathBuf::from(text);
            if file.extension().is_some_and(|extension| extension == "toml") {
                return Ok(Self::File(file));
            }
            built_in(text)
                .map(Self::BuiltIn)
                .map_err(|error| format!("{error}, or a file of your own that ends in .toml"))
        })
    }
}

fn built_in(name: &str) -> Result<Option<Base>, String> {
    let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, base)| *base);
    named.ok_or_else(|| {
        let known = NAMES.map(|(known, _)| known);
        let near = suggestion(name, known);
        format!("there is no theme {name}{near}; a theme is one of {}", known.join(", "))
    })
}

/// A theme before it is known what the terminal can show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it begins with; none is dark or light, as the background is.
    pub base: Option<Base>,
    /// What is changed.
    pub paints: Vec<(Role, Paint)>,
}

impl Draft {
    /// Reads the text of a theme file.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        toml::from_str(text).map_err(|error| Mistake::found(&error, text))
    }

    /// Whether it looks different on dark and on light.
    #[must_use]
    pub fn depends_on_background(&self) -> bool {
        matches!(self.base, None | Some(Base::Contrast))
    }

    /// The theme for a terminal with such a background that shows so many colours.
    #[must_use]
    pub fn theme(&self, background: Palette, colors: Colors) -> Theme {
        let (palette, colors) = match self.base {
            None => (background, colors),
            Some(Base::Dark) => (Palette::Dark, colors),
            Some(Base::Light) => (Palette::Light, colors),
            Some(Base::Mono) => (background, Colors::None),
            Some(Base::Contrast) => (background.contrast(), colors),
        };
        let paint = |theme: Theme, (role, paint): &(Role, Paint)| theme.painted(*role, paint);
        self.paints.iter().fold(Theme::new(palette, colors), paint)
    }
}

impl<'de> Deserialize<'de> for Draft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Table;

        impl<'de> Visitor<'de> for Table {
            type Value = Draft;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of roles with their colours")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft, A::Error> {
                let mut draft = Draft::default();
                while let Some(name) = map.next_key()? {
                    match name {
                        Name::Base => draft.base = map.next_value::<Beginning>()?.0,
                        Name::Role(role) => {
                            draft.paints.push((role, map.next_value::<Painted>()?.0));
                        }
                    }
                }
                Ok(draft)
            }
        }

        deserializer.deserialize_map(Table)
    }
}

/// What a line of a theme is about.
enum Name {
    Base,
    Role(Role),
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const BASE: &str = "base";
        text(deserializer, |name| {
            if name == BASE {
                return Ok(Self::Base);
            }
            Role::named(name).map(Self::Role).ok_or_else(|| {
                let known = Role::all().map(Role::name).chain([BASE]);
                format!("there is no role {name}{}", suggestion(name, known))
            })
        })
    }
}

/// The theme that another begins with.
struct Beginning(Option<Base>);

impl<'de> Deserialize<'de> for Beginning {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, built_in).map(Self)
    }
}

/// A colour, as a text or as a number.
struct Written(Ink);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Color;

        impl Visitor<'_> for Color {
            type Value = Ink;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a colour")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Ink, E> {
                Ink::parse(text).map_err(E::custom)
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Ink, E> {
                self.visit_str(&number.to_string())
            }
        }

        deserializer.deserialize_any(Color).map(Self)
    }
}

/// What is said about a role: the colour of its text alone, or a table.
struct Painted(Paint);

impl<'de> Deserialize<'de> for Painted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Keys {
            front: Option<Written>,
            back: Option<Written>,
            bold: Option<bool>,
            dim: Option<bool>,
            underlined: Option<bool>,
            reversed: Option<bool>,
        }

        struct Role;

        impl<'de> Visitor<'de> for Role {
            type Value = Paint;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a colour, or a table of front, back, bold, dim, underlined, reversed")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Paint, E> {
                let front = Ink::parse(text).map_err(E::custom)?;
                Ok(Paint { front: Some(front), ..Paint::default() })
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Paint, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Paint, A::Error> {
                let keys = Keys::deserialize(MapAccessDeserializer::new(map))?;
                let Keys { front, back, bold, dim, underlined, reversed } = keys;
                let (front, back) = (front.map(|it| it.0), back.map(|it| it.0));
                Ok(Paint { front, back, bold, dim, underlined, reversed })
            }
        }

        deserializer.deserialize_any(Role).map(Self)
    }
}

#[cfg(test)]
mod tests;
