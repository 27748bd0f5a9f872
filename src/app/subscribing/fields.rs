//! The fields of a form, and which of them has the keys.

use super::field::{Field, Input};
use crate::app::context::Context;
use crate::app::key::Key;

/// Fields from the top, and a row that goes on below them.
#[derive(Clone, Debug)]
pub struct Fields {
    all: Vec<Field>,
    /// What is wrong with them as a whole.
    pub message: Option<String>,
    /// The field that has the keys; behind the last one stands the row that goes on.
    focus: usize,
}

impl Fields {
    /// Fields of which the first has the keys.
    #[must_use]
    pub fn new(all: Vec<Field>) -> Self {
        Self { all, message: None, focus: 0 }
    }

    /// The fields.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Field> {
        self.all.iter()
    }

    /// The fields, to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.all.iter_mut()
    }

    /// How many fields there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The field that has the keys; none on the row that goes on.
    #[must_use]
    pub fn field(&self) -> Option<&Field> {
        self.all.get(self.focus)
    }

    /// The same, to type in.
    pub fn field_mut(&mut self) -> Option<&mut Field> {
        self.all.get_mut(self.focus)
    }

    /// The number of the field that has the keys; that of the row that goes on is the number of
    /// fields.
    #[must_use]
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// The field of that key.
    #[must_use]
    pub fn field_of(&self, key: &str) -> Option<&Field> {
        self.all.iter().find(|field| field.key == key)
    }

    /// The same, to change it.
    pub fn field_of_mut(&mut self, key: &str) -> Option<&mut Field> {
        self.all.iter_mut().find(|field| field.key == key)
    }

    /// What is typed in the line of that key; empty where there is none.
    #[must_use]
    pub fn line(&self, key: &str) -> &str {
        self.field_of(key).map_or("", Field::line)
    }

    /// The context of its keys: that of the field that has them.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.field().map(|field| &field.input) {
            Some(Input::Line(_) | Input::Recalled(_)) | None => Context::Form,
            Some(Input::Json(_) | Input::Lines(_)) => Context::FormText,
            Some(Input::Flag(_) | Input::Choice { .. } | Input::Events(_) | Input::Secret(_)) => {
                Context::FormChoice
            }
        }
    }

    /// Goes to the next field, or to the one before; around the ends.
    pub fn step(&mut self, forward: bool) {
        let stops = self.all.len() + 1;
        let step = if forward { 1 } else { stops - 1 };
        self.focus_on((self.focus + step) % stops, forward);
    }

    /// Moves within the field that has the keys, and at its end to the neighbouring one.
    pub fn move_by(&mut self, rows: isize) {
        if rows == 0 {
            return;
        }
        let moved = self.all.get_mut(self.focus).is_some_and(|field| field.move_by(rows));
        let to = self.focus.saturating_add_signed(rows.signum()).min(self.all.len());
        if !moved && to != self.focus {
            self.focus_on(to, rows > 0);
        }
    }

    fn focus_on(&mut self, at: usize, from_above: bool) {
        self.focus = at;
        if let Some(Field { input: Input::Events(events), .. }) = self.all.get_mut(at) {
            events.enter(from_above);
        }
    }

    /// Gives a key to the field that has them.
    pub fn type_key(&mut self, key: Key) {
        if let Some(field) = self.field_mut() {
            field.type_key(key);
        }
    }

    /// Gives a pasted text to the field that has the keys.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.field_mut() {
            field.paste(text);
        }
    }

    /// Begins a new line in the field that has the keys.
    pub fn break_line(&mut self) {
        if let Some(field) = self.field_mut() {
            field.break_line();
        }
    }

    /// Gives the keys to the first field with a mistake, if there is one.
    pub fn to_mistake(&mut self) {
        let mistaken = self.all.iter().position(|field| field.mistake.is_some());
        self.focus = mistaken.unwrap_or(self.focus);
    }
}
