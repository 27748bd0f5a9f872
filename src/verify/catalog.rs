//! Schemes by name: those that are code, the recipes of known senders (`assets/schemes.toml`), and
//! the user's own recipes, which have the same form and may build on the others with `like`.
//!
//! It resolves no secrets and reads no files: both come in as values.
//!
//! Reading order: [`Catalog`] here, [`auth`], `keyed` (a recipe and secrets make a scheme), then
//! `builtin` (schemes that are code) and [`recipes`] (those that are data) on top of `form`, `table`
//! and `value`.

mod value;
mod table;
pub mod auth;
mod httpsig;
mod custom;
mod builtin;
pub mod definition;
mod form;
pub mod recipes;
mod keyed;
pub mod listing;

use std::sync::LazyLock;

pub use auth::{Auth, NamedKey, SchemeError};
pub use listing::Listing;
pub use recipes::RecipeError;

use super::place::Place;
use super::scheme::Scheme;
use crate::domain::nearest::nearest;
use builtin::BUILTIN;
use definition::{Definition, Kind};
use recipes::Recipes;

static SHIPPED: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog { recipes: Recipes::default() }
        .with_user_recipes(include_str!("../../assets/schemes.toml"))
        .expect("a test reads the shipped recipes")
});

/// Every scheme that a config may name.
#[derive(Clone, Debug)]
pub struct Catalog {
    recipes: Recipes,
}

impl Catalog {
    /// The schemes that come with the program.
    #[must_use]
    pub fn builtin() -> Self {
        SHIPPED.clone()
    }

    /// Adds the recipes in the `scheme` tables of a TOML text, which may be a whole config: other
    /// tables are left alone. A recipe takes the place of one of the same name that was there.
    pub fn with_user_recipes(self, text: &str) -> Result<Self, RecipeError> {
        Ok(Self { recipes: self.recipes.with(text)? })
    }

    /// The name of every scheme, those that are code first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        BUILTIN.iter().map(|code| code.kind).chain(self.recipes.names())
    }

    /// What is known about every scheme, in the order of [`Catalog::names`].
    pub fn listings(&self) -> impl Iterator<Item = Listing<'_>> {
        let recipes = self.recipes.iter();
        let recipes = recipes.map(|(name, definition)| Listing::of_recipe(name, definition));
        BUILTIN.iter().map(Listing::of_code).chain(recipes)
    }

    /// The headers that carry a secret as it is, by some recipe. Where the user names the header, it
    /// is not among them.
    pub fn token_headers(&self) -> impl Iterator<Item = &str> {
        let places = self.recipes.iter().filter_map(|(_, definition)| match &definition.kind {
            Kind::Token(rule) => rule.place.as_ref(),
            Kind::Signature(_) | Kind::Jwt(_) | Kind::Code(_) => None,
        });
        places.flat_map(Place::header_names)
    }

    /// The recipes with their names.
    pub(super) fn definitions(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.recipes.iter()
    }

    /// The scheme that an `auth` table describes.
    pub fn scheme(&self, auth: &Auth) -> Result<Scheme, SchemeError> {
        let name = auth.scheme.as_str();
        if let Some(code) = BUILTIN.iter().find(|code| code.kind == name) {
            auth.welcome(code.keys)?;
            return (code.make)(auth);
        }
        match self.recipes.find(name) {
            Some(definition) => keyed::scheme(auth, definition),
            None => Err(SchemeError::Unknown {
                name: name.to_owned(),
                nearest: nearest(name, self.names()).map(str::to_owned),
            }),
        }
    }

    /// The scheme that several `auth` tables describe, of which any may match. None leaves the
    /// endpoint open.
    pub fn any_scheme(&self, auths: &[Auth]) -> Result<Scheme, SchemeError> {
        match auths {
            [] => Ok(Scheme::Open),
            [auth] => self.scheme(auth),
            auths => auths
                .iter()
                .map(|auth| self.scheme(auth))
                .collect::<Result<_, _>>()
                .map(Scheme::Any),
        }
    }
}

#[cfg(test)]
mod tests;
