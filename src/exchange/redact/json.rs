//! Rewrites the values of a JSON text and leaves every other byte of it as it is.
//!
//! It reads byte by byte and never fails: what is not quite JSON is rewritten as far as it looks
//! like it. JSON that is kept inside a string is rewritten there.

use serde::de::IgnoredAny;

use super::names::{self, Sensitivity};
use super::pen::Pen;

/// JSON within strings within strings goes so deep; what is deeper is replaced whole.
const DEEPEST: usize = 16;

/// Whether a text is an object or an array of JSON.
pub(super) fn is_container(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// A text that may be JSON, with stand-ins; none if all of it may stay.
pub(super) fn value(text: &str, pen: &mut Pen<'_>) -> Option<String> {
    if is_container(text) { rewritten(text, pen) } else { pen.text(text) }
}

/// The text with stand-ins; none if all of it may stay.
pub(super) fn rewritten(text: &str, pen: &mut Pen<'_>) -> Option<String> {
    within(text, None, 0, pen)
}

fn within(
    text: &str,
    inherited: Option<Sensitivity>,
    depth: usize,
    pen: &mut Pen<'_>,
) -> Option<String> {
    let mut walk = Walk {
        text,
        at: 0,
        copied: 0,
        out: String::new(),
        open: Vec::new(),
        value: inherited,
        inherited,
        depth,
        pen,
    };
    while walk.step() {}
    walk.finish()
}

struct Walk<'t, 'p, 'a> {
    text: &'t str,
    at: usize,
    /// Up to here, the text is written.
    copied: usize,
    out: String,
    /// Of every object and array that is open, why its values must not be shared, and whether it is
    /// an object.
    open: Vec<(Option<Sensitivity>, bool)>,
    /// Why the value that comes next must not be shared.
    value: Option<Sensitivity>,
    /// The same for the whole text.
    inherited: Option<Sensitivity>,
    depth: usize,
    pen: &'p mut Pen<'a>,
}

impl Walk<'_, '_, '_> {
    /// Goes over what is next; false at the end.
    fn step(&mut self) -> bool {
        let Some(byte) = self.text.as_bytes().get(self.at) else { return false };
        match byte {
            b'{' | b'[' => {
                self.open.push((self.value, *byte == b'{'));
                self.at += 1;
            }
            b'}' | b']' => {
                self.open.pop();
                self.at += 1;
                self.value = self.around();
            }
            b',' => {
                self.at += 1;
                self.value = self.around();
            }
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.at += 1,
        }
        true
    }

    /// Why all values of what is open must not be shared.
    fn around(&self) -> Option<Sensitivity> {
        self.open.last().map_or(self.inherited, |(why, _)| *why)
    }

    fn string(&mut self) {
        let start = self.at;
        let end = string_end(self.text.as_bytes(), start);
        let Some(token) = self.text.get(start..end) else { return self.at = end };
        self.at = end;
        let is_object = self.open.last().is_some_and(|(_, is_object)| *is_object);
        let is_name = is_object
            && self.text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'));
        // What cannot be decoded is looked at as it stands.
        let decoded = serde_json::from_str::<String>(token);
        let raw = token.trim_matches('"');
        let text = decoded.as_deref().unwrap_or(raw);
        let new = if is_name {
            self.value = self.around().or_else(|| names::of_member(text));
            self.pen.text(text)
        } else if is_container(text) && self.depth < DEEPEST {
            within(text, self.value, self.depth + 1, self.pen)
        } else if let Some(why) = self.value.or_else(|| self.too_deep(text)) {
            (!text.trim().is_empty()).then(|| self.pen.replaced(text, why))
        } else {
            self.pen.text(text)
        };
        if let Some(new) = new {
            let new = serde_json::to_string(&new).expect("a text has a JSON form");
            self.replace(start, end, &new);
        }
    }

    fn too_deep(&self, text: &str) -> Option<Sensitivity> {
        (self.depth >= DEEPEST && is_container(text)).then_some(Sensitivity::Secret)
    }

    fn number(&mut self) {
        let start = self.at;
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let length = self.text.as_bytes()[start..].iter().take_while(is_part).count();
        self.at = start + length;
        if self.value.is_some()
            && let Some(number) = self.text.get(start..self.at)
        {
            let new = self.pen.number(number);
            self.replace(start, self.at, &new);
        }
    }

    fn replace(&mut self, start: usize, end: usize, new: &str) {
        self.out.push_str(self.text.get(self.copied..start).unwrap_or_default());
        self.out.push_str(new);
        self.copied = end;
    }

    fn finish(mut self) -> Option<String> {
        if self.copied == 0 {
            return None;
        }
        self.out.push_str(self.text.get(self.copied..).unwrap_or_default());
        Some(self.out)
    }
}

/// The position behind the string that begins at `start`; the end of the text if it does not end.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match text.get(at) {
            None => return text.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at = (at + 2).min(text.len()),
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests;
