//! Rewrites single values, and learns from those that must not be shared what to look for elsewhere.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::encoded::Encoded;
use super::names::{self, Sensitivity};
use super::scan::{self, Literals};
use super::stand_ins::StandIns;

/// From this length on, a secret is found within words too.
const LONG_SECRET: usize = 8;

/// From this length on, a number that must not be shared is looked for elsewhere.
const LONG_NUMBER: usize = 6;

/// What a rewritten value keeps as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Rewrites a text; none if it may stay.
pub(super) type Rewriting = fn(&str, &mut Pen<'_>) -> Option<String>;

/// Rewrites the values of one request.
#[derive(Debug)]
pub(super) struct Pen<'a> {
    pub(super) stand_ins: &'a mut StandIns,
    pub(super) literals: &'a mut Literals,
    /// Whether something was learnt that may stand in what was rewritten before.
    pub(super) has_learnt: bool,
}

impl Pen<'_> {
    /// What stands for a text that must not be shared. An empty one tells nothing.
    pub(super) fn replaced(&mut self, text: &str, why: Sensitivity) -> String {
        if text.trim().is_empty() {
            return text.to_owned();
        }
        let is_word = why == Sensitivity::Personal || text.len() < LONG_SECRET;
        self.has_learnt |= self.literals.add(text, is_word);
        self.stand_ins.text(text).to_owned()
    }

    /// What stands for a number that must not be shared.
    pub(super) fn number(&mut self, text: &str) -> String {
        if text.len() >= LONG_NUMBER {
            self.has_learnt |= self.literals.add(text, true);
        }
        self.stand_ins.number(text).to_owned()
    }

    /// A text with stand-ins for what is found in it; none if it may stay. The query of an address is
    /// read as one.
    pub(super) fn text(&mut self, text: &str) -> Option<String> {
        let is_address = ["http://", "https://"].iter().any(|start| text.starts_with(start));
        let halves = is_address.then(|| self.read(text).halves('?')).flatten();
        let Some((front, query)) = halves else {
            return self.scanned(text);
        };
        let new_front = self.scanned(front);
        let new_query = self.pairs(query, |text, pen| pen.scanned(text));
        (new_front.is_some() || new_query.is_some()).then(|| {
            let front = new_front.unwrap_or_else(|| front.to_owned());
            format!("{front}?{}", new_query.unwrap_or_else(|| query.to_owned()))
        })
    }

    /// A text that stays but for what is found in it.
    pub(super) fn kept(&mut self, text: &str) -> String {
        self.text(text).unwrap_or_else(|| text.to_owned())
    }

    fn scanned(&mut self, text: &str) -> Option<String> {
        let places = scan::places(text, self.literals);
        let mut rewritten = String::with_capacity(if places.is_empty() { 0 } else { text.len() });
        let mut end = 0;
        for place in &places {
            rewritten.push_str(text.get(end..place.start)?);
            rewritten.push_str(self.stand_ins.text(text.get(place.clone())?));
            end = place.end;
        }
        rewritten.push_str(text.get(end..)?);
        (!places.is_empty()).then_some(rewritten)
    }

    /// The text with what is known in it.
    pub(super) fn read<'t>(&self, text: &'t str) -> Encoded<'t> {
        Encoded::new(text, self.literals)
    }

    /// `name=value` pairs of a query or a form; none if all may stay. What stays keeps its encoding.
    /// `value` rewrites a value whose name tells nothing.
    pub(super) fn pairs(&mut self, text: &str, value: Rewriting) -> Option<String> {
        self.each_part(text, '&', |pair, pen| pen.pair(pair, value))
    }

    fn pair(&mut self, pair: &str, rewriting: Rewriting) -> Option<String> {
        let halves = self.read(pair).halves('=');
        let (name, value) = halves.unwrap_or((pair, ""));
        let decoded = |text| self.read(text).decoded(b' ');
        let (Some(name_text), Some(value_text)) = (decoded(name), decoded(value)) else {
            return Some(encoded(&self.replaced(pair, Sensitivity::Secret)));
        };
        let new_value = match names::of_parameter(&name_text) {
            Some(_) if value_text.is_empty() => None,
            Some(why) => Some(self.replaced(&value_text, why)),
            None => rewriting(&value_text, self),
        };
        let new_name = self.text(&name_text);
        (new_name.is_some() || new_value.is_some()).then(|| {
            let name = new_name.map_or_else(|| name.to_owned(), |text| encoded(&text));
            let value = new_value.map_or_else(|| value.to_owned(), |text| encoded(&text));
            let equals = if halves.is_some() { "=" } else { "" };
            format!("{name}{equals}{value}")
        })
    }

    /// A path, whose segments may hold what is known from elsewhere; none if all may stay. What cannot
    /// be decoded is replaced whole, as it is in a query.
    pub(super) fn path(&mut self, path: &str) -> Option<String> {
        let new = self.each_part(path, '/', |segment, pen| {
            let new = match pen.read(segment).decoded(b'+') {
                Some(text) => pen.text(&text),
                None => Some(pen.replaced(segment, Sensitivity::Secret)),
            };
            new.map(|text| encoded(&text))
        })?;
        // A path begins with a `/` even if one was replaced.
        let is_cut = path.starts_with('/') && !new.starts_with('/');
        Some(if is_cut { format!("/{new}") } else { new })
    }

    /// Rewrites each part between separators; none if all may stay.
    fn each_part(
        &mut self,
        text: &str,
        separator: char,
        mut rewriting: impl FnMut(&str, &mut Self) -> Option<String>,
    ) -> Option<String> {
        let parts = self.read(text).parts(separator);
        let new = parts.iter().map(|part| rewriting(part, self)).collect::<Vec<_>>();
        new.iter().any(Option::is_some).then(|| {
            let each = new.into_iter().zip(parts);
            let each = each.map(|(new, old)| new.unwrap_or_else(|| old.to_owned()));
            each.collect::<Vec<_>>().join(&separator.to_string())
        })
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
