//! What is known about a scheme, for lists and help.

use super::builtin::Code;
use super::definition::{Definition, Hint, Kind};
use super::keyed;
use crate::verify::clock::Window;
use crate::verify::credentials::TokenRule;
use crate::verify::jwt::recipe::JwtRecipe;
use crate::verify::place::{Place, Source};
use crate::verify::recipe::{Recipe, TimestampRule};

/// A scheme for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it checks, in a few words; what stands in backticks is of the protocol.
    pub summary: String,
    /// The keys of an `auth` table that it has use for.
    pub keys: Vec<&'static str>,
    /// Whether no official source confirms it.
    pub unconfirmed: bool,
    /// Whether questions of its sender are answered.
    pub has_handshake: bool,
    /// What tends to go wrong with its sender.
    pub hints: &'a [Hint],
}

impl<'a> Listing<'a> {
    /// The listing of a scheme that is no recipe.
    pub(in crate::verify) fn of_code(code: &'static Code) -> Self {
        Self {
            name: code.kind,
            summary: code.summary.to_owned(),
            keys: code.keys.to_vec(),
            unconfirmed: false,
            has_handshake: false,
            hints: &[],
        }
    }

    /// The listing of a recipe.
    pub(in crate::verify) fn of_recipe(name: &'a str, definition: &'a Definition) -> Self {
        let summary = match &definition.kind {
            Kind::Signature(recipe) => signature(recipe),
            Kind::Token(rule) => token(rule),
            Kind::Jwt(recipe) => jwt(recipe),
            Kind::Code(code) => code.summary.to_owned(),
        };
        Self {
            name,
            summary,
            keys: keyed::keys(definition),
            unconfirmed: definition.unconfirmed,
            has_handshake: !definition.handshakes.is_empty(),
            hints: &definition.hints,
        }
    }
}

fn signature(recipe: &Recipe) -> String {
    let Recipe { proof, message, signature, timestamp, .. } = recipe;
    let place = whereabouts(&signature.place);
    let window = timestamp.as_ref().map(window).unwrap_or_default();
    format!("{proof} of `{message}` in {place}{window}")
}

fn window(rule: &TimestampRule) -> String {
    let Window { back, ahead } = rule.window;
    let sides = [(back, "back"), (ahead, "ahead")].into_iter();
    let sides = sides.filter_map(|(limit, side)| Some(format!("{} s {side}", limit?.as_secs())));
    let sides = sides.collect::<Vec<_>>().join(", ");
    if sides.is_empty() { sides } else { format!("; {sides}") }
}

fn token(rule: &TokenRule) -> String {
    match (&rule.word, &rule.place) {
        (Some(word), _) => format!("the secret behind `{word}` in `Authorization`"),
        (None, Some(place)) => format!("the secret in {}", whereabouts(place)),
        (None, None) => "the secret in a header of your choice".to_owned(),
    }
}

fn jwt(recipe: &JwtRecipe) -> String {
    let names = recipe.algorithms.iter().map(|algorithm| algorithm.as_str()).collect::<Vec<_>>();
    let place = match (&recipe.token.word, &recipe.token.place) {
        (Some(word), _) => format!("behind `{word}` in `Authorization`"),
        (None, Some(place)) => format!("in {}", whereabouts(place)),
        (None, None) => "in a header of your choice".to_owned(),
    };
    let algorithms =
        if names.is_empty() { String::new() } else { format!(", {}", names.join(", ")) };
    format!("a JSON web token {place}{algorithms}")
}

/// A place with its names in backticks.
fn whereabouts(place: &Place) -> String {
    let names = place.0.iter().flat_map(Source::names).map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(" or ")
}
