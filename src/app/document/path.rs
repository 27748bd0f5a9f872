//! Where a row stands and what it holds, as text to read and to copy.

use std::fmt::Write as _;

use super::flat::Document;
use super::lexer::unescaped;
use super::plain::decoded;
use super::row::Kind;

/// Stands between a string and the path within the JSON that it holds.
const WITHIN: &str = " » ";

/// So many bytes are enough to tell one value from another.
const BEGINNING: usize = 200;

impl Document {
    /// The place of a row: a JSON path (`$.a.b[3]`), the name of a pair, a line or an offset.
    pub(super) fn path(&self, at: usize) -> String {
        let mut text = String::new();
        for at in self.lineage(at) {
            let row = &self.rows[at];
            let parent = &self.rows[row.parent as usize];
            match (row.kind, parent.kind) {
                (Kind::Text, _) => push(&mut text, format_args!("line {}", row.name)),
                (Kind::Hex, _) => push(&mut text, format_args!("offset {:#x}", row.start)),
                (Kind::Problem, _) => {}
                (Kind::Pair, _) => text.push_str(&lossy(&self.name(at).unwrap_or_default())),
                _ if row.parent as usize == at => text.push('$'),
                (_, Kind::Object) => push_key(&mut text, &self.decoded_key(at)),
                (_, Kind::Array) => push(&mut text, format_args!("[{}]", row.name)),
                _ => push(&mut text, format_args!("{WITHIN}$")),
            }
        }
        text
    }

    /// The RFC 6901 pointer of a row within its own JSON text: for JSON in a string, from that
    /// string's beginning on. None for what is not JSON.
    pub(super) fn pointer(&self, at: usize) -> Option<String> {
        if let Kind::Pair | Kind::Text | Kind::Hex | Kind::Problem = self.rows[at].kind {
            return None;
        }
        let mut text = String::new();
        for at in self.lineage(at) {
            let row = &self.rows[at];
            let parent = &self.rows[row.parent as usize];
            match parent.kind {
                _ if row.parent as usize == at => {}
                Kind::Object | Kind::Array => self.push_step(&mut text, at),
                _ => text.clear(),
            }
        }
        Some(text)
    }

    /// The RFC 6901 pointer of a row within the whole body, going on within JSON in a string. None for
    /// the body itself and for what is not in JSON.
    pub(super) fn pointer_from_top(&self, at: usize) -> Option<String> {
        let mut text = String::new();
        for at in self.lineage(at) {
            if let Kind::Pair | Kind::Text | Kind::Hex | Kind::Problem = self.rows[at].kind {
                return None;
            }
            self.push_step(&mut text, at);
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// The single values of a JSON body, at most so many: the pointer of each, and how it begins.
    #[must_use]
    pub fn values(&self, most: usize) -> Vec<(String, String)> {
        let single = |at: &usize| {
            let kind = self.rows[*at].kind;
            matches!(kind, Kind::String | Kind::Number | Kind::Boolean | Kind::Null)
        };
        let values = (0..self.rows.len()).filter(single).filter_map(|at| {
            let pointer = self.pointer_from_top(at)?;
            let raw = self.raw(&self.rows[at]);
            let is_short = raw.len() <= BEGINNING;
            let value = if is_short { self.value_text(at) } else { lossy(&raw[..BEGINNING]) };
            Some((pointer, value))
        });
        values.take(most).collect()
    }

    /// The step from what a row stands in to the row, if it stands in an object or a list.
    fn push_step(&self, text: &mut String, at: usize) {
        let row = &self.rows[at];
        match self.rows[row.parent as usize].kind {
            _ if row.parent as usize == at => {}
            Kind::Object => {
                let key = self.decoded_key(at).replace('~', "~0").replace('/', "~1");
                push(text, format_args!("/{key}"));
            }
            Kind::Array => push(text, format_args!("/{}", row.name)),
            _ => {}
        }
    }

    /// The row and what it stands in, outermost first. A closing bracket is its container.
    fn lineage(&self, at: usize) -> Vec<usize> {
        let mut rows = Vec::new();
        let mut at = self.opening(at);
        loop {
            rows.push(at);
            let parent = self.rows[at].parent as usize;
            if parent == at {
                break;
            }
            at = parent;
        }
        rows.reverse();
        rows
    }

    /// The row that opened a container or began a string, for the one that ends or continues it.
    pub(super) fn opening(&self, at: usize) -> usize {
        match self.rows[at].kind {
            Kind::Close | Kind::Part => self.rows[at].parent as usize,
            _ => at,
        }
    }

    /// What a row holds: the text of a string, the exact bytes of anything else, a whole line.
    /// Bytes that are no text become U+FFFD.
    pub(super) fn value_text(&self, at: usize) -> String {
        let at = self.opening(at);
        let row = &self.rows[at];
        let raw = self.raw(row);
        match row.kind {
            Kind::String => lossy(&unescaped(raw)),
            Kind::Pair => lossy(&decoded(raw)),
            Kind::Text => lossy(self.whole_line(at)),
            Kind::Hex => hex(raw),
            Kind::Problem => self.problems[row.name as usize].clone(),
            _ => lossy(raw),
        }
    }

    /// A single value as it was sent, a string without its quotes; none for what is more than that, or
    /// no text, or nothing. Within JSON in a string it is written otherwise outside if it has escapes.
    pub(super) fn literal(&self, at: usize) -> Option<String> {
        let at = self.opening(at);
        let row = &self.rows[at];
        let raw = match row.kind {
            Kind::Object | Kind::Array | Kind::Hex | Kind::Problem => return None,
            Kind::String => self.raw(row).strip_prefix(b"\"")?.strip_suffix(b"\"")?,
            Kind::Text => self.whole_line(at),
            _ => self.raw(row),
        };
        let text = std::str::from_utf8(raw).ok()?.trim();
        let is_changed = row.source > 0 && text.contains('\\');
        let is_fit = !is_changed && !text.is_empty() && !text.contains(char::is_control);
        is_fit.then(|| text.to_owned())
    }

    fn whole_line(&self, at: usize) -> &[u8] {
        let first = (0..=at).rev().find(|row| !self.is_rest(*row)).unwrap_or(at);
        let last = (at..self.len()).find(|row| !self.rows[*row].continued).unwrap_or(at);
        let span = self.rows[first].span().start..self.rows[last].span().end;
        self.source(&self.rows[at]).get(span).unwrap_or_default()
    }

    fn decoded_key(&self, at: usize) -> String {
        lossy(&unescaped(self.key(at).unwrap_or_default()))
    }
}

fn push_key(text: &mut String, key: &str) {
    let mut characters = key.chars();
    let is_word = characters.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && characters.all(|c| c.is_alphanumeric() || c == '_');
    if is_word {
        push(text, format_args!(".{key}"));
    } else {
        push(text, format_args!("[{key:?}]"));
    }
}

fn push(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(what);
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
