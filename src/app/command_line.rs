//! What is typed behind `:`, what it means, and what may stand there. What it does not do: nothing is
//! carried out here.
//!
//! Every action can be typed by its name; what takes arguments stands in the table of [`verbs`].
//!
//! Reading order: [`mod@line`], [`place`], [`values`], [`verbs`], then here.

pub mod place;
pub mod line;
pub mod values;
pub mod verbs;

use super::bindings;
use super::names;
use crate::domain::nearest::suggestion;
use line::{Line, Reading};
use verbs::VERBS;

/// Reads a line.
///
/// # Errors
/// What is wrong and what to type instead.
pub fn parse(text: &str, reading: &Reading<'_>) -> Result<Line, String> {
    let (name, rest) = cut(text.trim());
    let action = names::action_of(name);
    let verb = VERBS.iter().find(|verb| verb.name == name);
    let wrong_place = || format!("{name} does not work here");
    match (verb, action) {
        (_, Some(action)) if rest.is_empty() => {
            let is_here = bindings::here(reading.context).any(|known| known.action == action);
            is_here.then_some(Line::Act(action)).ok_or_else(wrong_place)
        }
        (Some(verb), _) if !reading.context.chain().contains(&verb.context) => Err(wrong_place()),
        (Some(verb), _) => (verb.read)(rest, reading).map(Line::Run),
        (None, Some(_)) => Err(format!("{name} takes nothing behind it")),
        (None, None) if name.is_empty() => Err("there is no command; one is goto 10:42".to_owned()),
        (None, None) => {
            let known = VERBS.iter().map(|verb| verb.name).chain(names::all());
            Err(format!("there is no command {name}{}", suggestion(name, known)))
        }
    }
}

/// The first word, and what stands behind it.
fn cut(text: &str) -> (&str, &str) {
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (name, rest.trim())
}

#[cfg(test)]
mod tests;
