//! Changes to single values of a JSON body, by JSON pointer (RFC 6901).
//!
//! A pointer also leads into JSON that is kept inside a string, as Avionté keeps the thing that an
//! event is about. An edited body is written anew: compact, with its members in their order
//! and its numbers digit by digit.

use serde_json::Value;

use super::json_pointer::steps;

/// A value and where it is to stand: in place of what stands there, or as a new member or item.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pointer: String,
    value: Value,
}

/// Why a body cannot be edited so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// There is no `=` between pointer and value.
    NoValue,
    /// The pointer does not begin with `/`, or has a `~` that is neither `~0` nor `~1`.
    NotAPointer(String),
    /// The value is not JSON.
    NotJson(String),
    /// The body is not JSON.
    BodyNotJson,
    /// The pointer leads nowhere.
    NoSuchPlace(String),
}

impl EditError {
    /// What is wrong and what to do, for people.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NoValue => "a change is written POINTER=JSON, as in /data/id=\"a-1\"".to_owned(),
            Self::NotAPointer(text) => {
                format!("{text} is not a JSON pointer, which begins with /, as in /data/id")
            }
            Self::NotJson(text) => {
                format!(
                    "{text} is not JSON; a text needs quotes: \"{}\"",
                    text.replace('"', "\\\"")
                )
            }
            Self::BodyNotJson => "the body is not JSON, so no value in it can be set".to_owned(),
            Self::NoSuchPlace(pointer) => format!("{pointer} leads to no place in the body"),
        }
    }
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for EditError {}

impl Edit {
    /// Reads `POINTER=JSON`.
    ///
    /// # Errors
    /// When the text is something else.
    pub fn parse(text: &str) -> Result<Self, EditError> {
        let (pointer, value) = text.split_once('=').ok_or(EditError::NoValue)?;
        let value = serde_json::from_str(value).or(Err(EditError::NotJson(value.to_owned())))?;
        let sound = steps(pointer).is_some();
        if sound {
            Ok(Self { pointer: pointer.to_owned(), value })
        } else {
            Err(EditError::NotAPointer(pointer.to_owned()))
        }
    }

    fn apply(&self, body: &mut Value) -> Result<(), EditError> {
        let steps = steps(&self.pointer).unwrap_or_default();
        if set(body, &steps, &self.value) {
            Ok(())
        } else {
            Err(EditError::NoSuchPlace(self.pointer.clone()))
        }
    }
}

/// The body with all of the edits in it; without any, as it is.
///
/// # Errors
/// When the body is not JSON, or a pointer leads nowhere.
pub fn edited(body: &[u8], edits: &[Edit]) -> Result<Vec<u8>, EditError> {
    if edits.is_empty() {
        return Ok(body.to_vec());
    }
    let mut json = serde_json::from_slice(body).or(Err(EditError::BodyNotJson))?;
    for edit in edits {
        edit.apply(&mut json)?;
    }
    Ok(json.to_string().into_bytes())
}

/// Sets the value there; false if the steps lead nowhere.
fn set(json: &mut Value, steps: &[String], value: &Value) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        *json = value.clone();
        return true;
    };
    match json {
        Value::Object(members) => match members.get_mut(step) {
            Some(member) => set(member, rest, value),
            None if rest.is_empty() => {
                members.insert(step.clone(), value.clone());
                true
            }
            None => false,
        },
        Value::Array(items) => {
            let at = if step == "-" { Some(items.len()) } else { step.parse().ok() };
            match at {
                Some(at) if at < items.len() => set(&mut items[at], rest, value),
                Some(at) if at == items.len() && rest.is_empty() => {
                    items.push(value.clone());
                    true
                }
                _ => false,
            }
        }
        Value::String(text) => {
            let Ok(mut inner) = serde_json::from_str::<Value>(text) else { return false };
            let is_container = inner.is_object() || inner.is_array();
            if !is_container || !set(&mut inner, steps, value) {
                return false;
            }
            *text = inner.to_string();
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
