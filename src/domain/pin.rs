//! A place in JSON bodies that is shown as a column of a list, and what stands there.

use std::sync::Arc;

use super::json_pointer::{find, steps};

/// Characters of a value that are kept.
const MOST: usize = 64;

/// A place in JSON bodies, named by a pointer (RFC 6901). It also leads into JSON that is kept inside a
/// string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    pointer: Arc<str>,
    steps: Arc<[String]>,
}

impl Pin {
    /// The place of that pointer; none if the text is no pointer, or names a whole body.
    #[must_use]
    pub fn new(pointer: &str) -> Option<Self> {
        let steps = steps(pointer).filter(|steps| !steps.is_empty())?;
        Some(Self { pointer: pointer.into(), steps: steps.into() })
    }

    /// The pointer.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What a column of it is called: the last step, or all of it if that has no name.
    #[must_use]
    pub fn title(&self) -> &str {
        self.steps.last().filter(|step| !step.is_empty()).map_or(&*self.pointer, String::as_str)
    }

    /// What stands there in a body; none if nothing does, or the body is no JSON.
    #[must_use]
    pub fn cell_in(&self, body: &[u8]) -> Option<Cell> {
        find(body, &self.steps).map(|json| Cell::of(&json))
    }
}

/// What the bodies of deliveries have at several places: at each pin what stands there.
pub type Cells = Box<[Option<Cell>]>;

/// What a body has at these places.
#[must_use]
pub fn cells_in(pins: &[Pin], body: &[u8]) -> Cells {
    pins.iter().map(|pin| pin.cell_in(body)).collect()
}

/// A value as it is shown in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its beginning: of a string its text, of anything else its JSON on one line.
    pub text: String,
    /// Its size, if it is a number, or a string that reads like one.
    pub number: Option<f64>,
}

impl Cell {
    fn of(json: &[u8]) -> Self {
        let text = serde_json::from_slice::<String>(json)
            .unwrap_or_else(|_| beginning(String::from_utf8_lossy(json).split_whitespace()));
        Self::of_text(&text)
    }

    /// A text that is no JSON.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let text = cut(text);
        let number = serde_json::from_str::<serde_json::Number>(&text).ok();
        Self { number: number.and_then(|number| number.as_f64()), text }
    }
}

/// The words with a space between them, no more than are kept.
fn beginning<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.take(MOST).collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
