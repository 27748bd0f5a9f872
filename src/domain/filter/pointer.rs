//! Equality of one value in a JSON body, found by JSON pointer (RFC 6901).

use serde_json::Value;

use super::word::contains;
use crate::domain::json_pointer::{find, steps};

/// A place in a JSON document and the value that has to stand there.
///
/// The pointer also leads into JSON that is kept inside a string. A body is parsed only if it holds
/// the longest run of plain characters of the value, so numbers are found as they are written
/// (`1.0` is not `1.00`), and a text whose letters and digits are all `\u` escapes is not found.
#[derive(Clone, Debug, PartialEq)]
pub struct Pointer {
    path: String,
    value: String,
    quoted: bool,
    steps: Vec<String>,
    json: Option<Value>,
}

impl Pointer {
    /// The value at `path`. A quoted value is a string; any other is JSON, or a string as it stands.
    /// None if the path does not begin with `/` or has a `~` that is neither `~0` nor `~1`.
    #[must_use]
    pub fn new(path: &str, value: &str, quoted: bool) -> Option<Self> {
        let steps = steps(path).filter(|steps| !steps.is_empty())?;
        let json = if quoted { None } else { serde_json::from_str(value).ok() };
        Some(Self { path: path.to_owned(), value: value.to_owned(), quoted, steps, json })
    }

    /// The pointer, escapes included.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value as it was given.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether the value was quoted and so is a string whatever it looks like.
    #[must_use]
    pub fn quoted(&self) -> bool {
        self.quoted
    }

    /// Whether the value stands at that place of the body.
    #[must_use]
    pub fn is_in(&self, body: &[u8]) -> bool {
        contains(body, self.plain_run())
            && find(body, &self.steps)
                .and_then(|found| serde_json::from_slice(&found).ok())
                .is_some_and(|value| self.equals(&value))
    }

    fn equals(&self, found: &Value) -> bool {
        self.json.as_ref() == Some(found) || found.as_str() == Some(&self.value)
    }

    /// The longest part of the value that stands in a body as it is, however the sender escapes:
    /// many escape `/`, `<`, `&`, `+` and everything beyond ASCII, nobody letters and digits.
    fn plain_run(&self) -> &[u8] {
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        let runs = self.value.as_bytes().split(|byte| !is_plain(byte));
        runs.max_by_key(|run| run.len()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
