//! A mistake in the config: where it stands, what is wrong, and the name that was probably meant.

use std::fmt;

use crate::domain::nearest::nearest;
use crate::verify::catalog::RecipeError;

/// A mistake at a place in a config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Mistake {
    /// The mistake that the parser found in this text.
    pub fn found(error: &toml::de::Error, text: &str) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        Self::at(start, text, reworded(error.message()))
    }

    /// A mistake that begins at that byte of the text.
    pub fn at(start: usize, text: &str, message: String) -> Self {
        let before = text.get(..start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            message,
        }
    }
}

impl From<RecipeError> for Mistake {
    fn from(error: RecipeError) -> Self {
        let RecipeError { line, column, message } = error;
        Self { line, column, message }
    }
}

/// Serde names an unknown key first and then all known ones, each in backticks.
fn reworded(message: &str) -> String {
    let unknown = ["unknown field", "unknown variant"].iter().any(|kind| message.starts_with(kind));
    let mut names = message.split('`').skip(1).step_by(2);
    match names.next() {
        Some(name) if unknown => {
            format!("unknown key `{name}`; {}", suggestion(name, &names.collect::<Vec<_>>()))
        }
        _ => message.replace('\n', "; ").replace("missing field", "missing key"),
    }
}

/// Names the nearest known name, or all of them if none is near.
pub fn suggestion(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("known here: {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests;
