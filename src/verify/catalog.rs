//! Schemes by name: those that are code, the recipes of known senders (`assets/schemes.toml`), and
//! the user's own recipes, which have the same form and may build on the others with `like`.
//!
//! It resolves no secrets and reads no files: both come in as values.
//!
//! Reading order: [`Catalog`] here, [`auth`], then `builtin` (schemes that are code) and [`recipes`]
//! (those that are data) on top of `form`, `table` and `value`.

pub mod nearest;
mod value;
mod table;
mod form;
pub mod recipes;
pub mod auth;
mod builtin;

use std::sync::{Arc, LazyLock};

pub use auth::{Auth, SchemeError};
pub use recipes::RecipeError;

use super::clock::Window;
use super::mac::Mac;
use super::recipe::Recipe;
use super::scheme::Scheme;
use super::template::Part;
use crate::domain::name::SchemeName;
use builtin::BUILTIN;
use nearest::nearest;
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
        BUILTIN.iter().map(|(name, _)| *name).chain(self.recipes.names())
    }

    /// The scheme that an `auth` table describes.
    pub fn scheme(&self, auth: &Auth) -> Result<Scheme, SchemeError> {
        let name = auth.scheme.as_str();
        if let Some((_, make)) = BUILTIN.iter().find(|(builtin, _)| *builtin == name) {
            return make(auth);
        }
        match self.recipes.find(name) {
            Some(recipe) => mac(auth, recipe),
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

fn mac(auth: &Auth, recipe: &Arc<Recipe>) -> Result<Scheme, SchemeError> {
    let mut welcome = vec!["secret"];
    if recipe.timestamp.is_some() {
        welcome.extend(["tolerance", "future"]);
    }
    if recipe.message.has(&Part::Url) {
        welcome.push("url");
    }
    auth.welcome(&welcome)?;
    let name = SchemeName::from(auth.scheme.as_str());
    if auth.secrets.is_empty() {
        return Ok(Scheme::Keyless(name));
    }
    let key = |secret| {
        let secret = auth.not_empty("secret", secret)?;
        recipe.key.read(secret).ok_or_else(|| {
            let encoding = recipe.key.encoding.map(|encoding| format!(" in {encoding}"));
            let encoding = encoding.unwrap_or_default();
            auth.unusable(
                "secret",
                format!("is not a key{encoding}; does it have white space or quotes?"),
            )
        })
    };
    let keys = auth.secrets.iter().map(key).collect::<Result<_, _>>()?;
    let window = recipe.timestamp.as_ref().map(|rule| rule.window).unwrap_or_default();
    let window =
        Window { back: auth.tolerance.or(window.back), ahead: auth.future.or(window.ahead) };
    Ok(Scheme::Mac(Mac { name, recipe: Arc::clone(recipe), keys, window, url: auth.url.clone() }))
}

#[cfg(test)]
mod tests;
