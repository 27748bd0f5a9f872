//! One field of a form: what is typed or chosen there, and what is wrong with it.

use std::borrow::Cow;

use serde_json::Value;

use super::choice::{EventChoice, SecretChoice};
use super::recalled::Recalled;
use crate::app::editor::{Block, Editor};
use crate::app::key::Key;
use crate::domain::subscription::{FieldKind, FieldValue, FormField};

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key in drafts and rejections.
    pub key: &'static str,
    /// What to call it.
    pub label: &'static str,
    /// What it means.
    pub help: Cow<'static, str>,
    /// What is typed or chosen.
    pub input: Input,
    /// What is wrong with it, in our words or the provider's.
    pub mistake: Option<String>,
    /// It has a value even if that is empty: it began with one, or was set since.
    is_given: bool,
}

/// What is typed or chosen in a field.
#[derive(Clone, Debug)]
pub enum Input {
    /// A line of text.
    Line(Editor),
    /// A line of text that can be one of before.
    Recalled(Recalled),
    /// Yes or no.
    Flag(bool),
    /// One of several.
    Choice {
        /// What there is to choose from.
        options: Vec<String>,
        /// The chosen one.
        chosen: usize,
    },
    /// Some of the events that are documented.
    Events(EventChoice),
    /// JSON.
    Json(Block),
    /// Lines of text.
    Lines(Block),
    /// Where a secret comes from.
    Secret(SecretChoice),
}

impl Field {
    /// A field that begins with this.
    #[must_use]
    pub fn new(
        key: &'static str,
        label: &'static str,
        help: impl Into<Cow<'static, str>>,
        input: Input,
    ) -> Self {
        Self { key, label, help: help.into(), input, mistake: None, is_given: false }
    }

    /// A further field of a provider, with the value that it has.
    #[must_use]
    pub fn further(field: &FormField, value: Option<&FieldValue>) -> Self {
        let input = match (field.kind, value) {
            (FieldKind::Text, Some(FieldValue::Text(text))) => Input::Line(Editor::new(text)),
            (FieldKind::Text, _) => Input::Line(Editor::default()),
            (FieldKind::Flag, value) => Input::Flag(value == Some(&FieldValue::Flag(true))),
            (FieldKind::Json, Some(FieldValue::Json(value))) => {
                Input::Json(Block::new(&format!("{value:#}")))
            }
            (FieldKind::Json, _) => Input::Json(Block::new("")),
            (FieldKind::Secret, Some(FieldValue::Secret(place))) => {
                Input::Secret(SecretChoice::of(place))
            }
            (FieldKind::Secret, _) => Input::Secret(SecretChoice::default()),
        };
        let field = Self::new(field.key, field.label, field.help, input);
        Self { is_given: value.is_some(), ..field }
    }

    /// What is typed in a line; empty in other fields.
    #[must_use]
    pub fn line(&self) -> &str {
        match &self.input {
            Input::Line(editor) => editor.text().trim(),
            Input::Recalled(recalled) => recalled.editor.text().trim(),
            _ => "",
        }
    }

    /// Whether it is set.
    #[must_use]
    pub fn is_on(&self) -> bool {
        matches!(self.input, Input::Flag(true))
    }

    /// The value of a further field; none if it is not given, so that it stays as it is.
    ///
    /// # Errors
    /// When what was typed is no value of its kind.
    pub fn value(&self) -> Result<Option<FieldValue>, String> {
        let value = match &self.input {
            Input::Line(_) if self.line().is_empty() && !self.is_given => None,
            Input::Line(_) => Some(FieldValue::Text(self.line().to_owned())),
            Input::Flag(flag) => self.is_given.then_some(FieldValue::Flag(*flag)),
            Input::Json(block) => json(&block.text(), self.is_given)?.map(FieldValue::Json),
            Input::Secret(secret) => secret.place()?.map(FieldValue::Secret),
            Input::Recalled(_) | Input::Lines(_) | Input::Choice { .. } | Input::Events(_) => None,
        };
        Ok(value)
    }

    /// Gives it a key to type; true if that changed it.
    pub fn type_key(&mut self, key: Key) -> bool {
        let changed = match &mut self.input {
            Input::Line(editor) => editor.input(key),
            Input::Recalled(recalled) => recalled.editor.input(key),
            Input::Json(block) | Input::Lines(block) => block.input(key),
            Input::Secret(secret) => secret.input(key),
            Input::Flag(_) | Input::Choice { .. } | Input::Events(_) => false,
        };
        self.changed(changed)
    }

    /// Gives it a pasted text.
    pub fn paste(&mut self, text: &str) -> bool {
        let changed = match &mut self.input {
            Input::Line(editor) => editor.paste(text),
            Input::Recalled(recalled) => recalled.editor.paste(text),
            Input::Json(block) | Input::Lines(block) => block.paste(text),
            Input::Secret(secret) => secret.paste(text),
            Input::Flag(_) | Input::Choice { .. } | Input::Events(_) => false,
        };
        self.changed(changed)
    }

    /// Begins a new line, where there are several.
    pub fn break_line(&mut self) {
        if let Input::Json(block) | Input::Lines(block) = &mut self.input {
            let changed = block.break_line();
            self.changed(changed);
        }
    }

    /// Sets it to another of its values: the one behind or before, or what is under the cursor.
    pub fn turn(&mut self, forward: bool) {
        match &mut self.input {
            Input::Flag(flag) => {
                *flag = !*flag;
                self.is_given = true;
            }
            Input::Choice { options, chosen } => {
                let step = if forward { 1 } else { options.len().saturating_sub(1) };
                *chosen = (*chosen + step) % options.len().max(1);
            }
            Input::Events(events) => events.toggle(),
            Input::Secret(secret) => secret.turn(forward),
            Input::Line(_) | Input::Recalled(_) | Input::Json(_) | Input::Lines(_) => return,
        }
        self.mistake = None;
    }

    /// Moves within it; false if it has nothing there.
    pub fn move_by(&mut self, rows: isize) -> bool {
        match &mut self.input {
            Input::Events(events) => events.move_by(rows),
            Input::Recalled(recalled) => recalled.move_by(rows),
            Input::Json(block) | Input::Lines(block) => block.move_by(rows),
            Input::Line(_) | Input::Flag(_) | Input::Choice { .. } | Input::Secret(_) => false,
        }
    }

    fn changed(&mut self, changed: bool) -> bool {
        if changed {
            self.mistake = None;
        }
        changed
    }
}

/// A JSON object of texts. An empty text is one without members where a value was given before.
fn json(text: &str, is_given: bool) -> Result<Option<Value>, String> {
    if text.trim().is_empty() {
        return Ok(is_given.then(|| Value::Object(serde_json::Map::new())));
    }
    let value =
        serde_json::from_str::<Value>(text).map_err(|error| format!("not JSON: {error}"))?;
    let is_of_texts = |members: &serde_json::Map<_, Value>| members.values().all(Value::is_string);
    if value.as_object().is_some_and(is_of_texts) {
        Ok(Some(value))
    } else {
        Err("it has to be an object of texts, such as {\"name\": \"value\"}".to_owned())
    }
}

#[cfg(test)]
mod tests;
