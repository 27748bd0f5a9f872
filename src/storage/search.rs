//! A filter as SQL with bound values. It finds what [`Filter::matches`] finds.
//!
//! Free text and values in bodies are scanned by functions of our own, which look at the stored
//! bytes in place; the cheap conditions stand before them.

use std::borrow::Cow;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Error, Result};

use super::body;
use crate::domain::filter::Filter;
use crate::domain::filter::pointer::Pointer;
use crate::domain::filter::proof::Proof;
use crate::domain::filter::span::Span;
use crate::domain::filter::term::{Term, Test};
use crate::domain::filter::word::{Fields, Word};
use crate::domain::verdict::Reason;

/// What stands behind `WHERE`, and the values of its question marks in order.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
    has_annotations: bool,
}

/// The condition that a filter is, for a store that may be too old for annotations.
pub(super) fn condition(filter: &Filter, has_annotations: bool) -> Condition {
    let cheap = filter.terms().iter().filter(|term| !reads_body(term));
    all(cheap.chain(filter.terms().iter().filter(|term| reads_body(term))), has_annotations)
}

/// The condition on `facets` that a filter is, as far as it is one; none if it is not.
pub(super) fn on_facets(filter: &Filter) -> Option<Condition> {
    let terms = || filter.terms().iter().filter(|term| is_on_facets(term));
    terms().next().is_some().then(|| all(terms(), false))
}

/// Whether a term looks for something in the bytes of deliveries.
pub(super) fn reads_body(term: &Term) -> bool {
    matches!(term.test, Test::Text(_) | Test::Header(_) | Test::Pointer(_))
}

/// Whether the lists tell everything about a term but for numbers and times.
pub(super) fn is_listed(term: &Term) -> bool {
    !reads_body(term) && !is_annotation(term)
}

/// Whether a term asks what the user says.
fn is_annotation(term: &Term) -> bool {
    let Term { test, .. } = term;
    matches!(test, Test::Marked | Test::Noted | Test::Tagged | Test::Tag(_) | Test::Note(_))
}

fn is_on_facets(term: &Term) -> bool {
    is_listed(term) && !matches!(term.test, Test::Id(_) | Test::Since(_) | Test::Until(_))
}

fn all<'a>(terms: impl Iterator<Item = &'a Term>, has_annotations: bool) -> Condition {
    let mut condition = Condition { sql: "TRUE".to_owned(), values: Vec::new(), has_annotations };
    for term in terms {
        let test = condition.test(&term.test);
        // A comparison with a column that is NULL is neither true nor false.
        let test = if term.negated { format!("NOT ifnull({test}, FALSE)") } else { test };
        condition.sql.extend([" AND ", &test]);
    }
    condition
}

impl Condition {
    fn test(&mut self, test: &Test) -> String {
        match test {
            Test::Text(word) => {
                self.values.push(text(word.text()));
                "holds_text(?, target, resource_id, event_key, uid, body_size, body)".to_owned()
            }
            Test::Header(any) => self.any(any, |condition, word| {
                condition.values.push(text(word.text()));
                "holds_word(?, headers)".to_owned()
            }),
            Test::Pointer(pointer) => {
                self.values.extend([text(pointer.path()), text(pointer.value())]);
                self.values.push(Value::from(pointer.quoted()));
                "holds_value(?, ?, ?, body_size, body)".to_owned()
            }
            Test::Provider(any) => self.named("provider", any.iter().map(|id| id.as_str())),
            Test::Endpoint(any) => self.named("endpoint", any),
            Test::Account(any) => {
                let named = self.named("account", any.iter().flatten());
                let or_none = if any.contains(&None) { " OR account IS NULL" } else { "" };
                format!("({named}{or_none})")
            }
            Test::Method(any) => self.named("method", any),
            Test::Event(any) => {
                let kind = self.named("event_kind", any);
                let candidate = self.named("value", any);
                format!(
                    "({kind} OR EXISTS (SELECT 1 FROM json_each(candidates) WHERE {candidate}))"
                )
            }
            Test::Auth(any) => self.any(any, |condition, proof| condition.proof(*proof)),
            Test::Status(any) => self.any(any, |condition, span| condition.span("status", *span)),
            Test::Id(any) => self.any(any, |condition, span| condition.span("id", *span)),
            Test::Since(time) => {
                self.values.push(Value::Integer(time.as_microsecond()));
                "received_at >= ?".to_owned()
            }
            Test::Until(time) => {
                self.values.push(Value::Integer(time.as_microsecond()));
                "received_at < ?".to_owned()
            }
            Test::Repeat => "repeat > 1".to_owned(),
            Test::Marked => self.annotated("annotations WHERE marked"),
            Test::Noted => self.annotated("annotations WHERE note IS NOT NULL"),
            Test::Tagged => self.annotated("annotations WHERE tags IS NOT NULL"),
            Test::Tag(any) if self.has_annotations => {
                let tag = self.named("value", any);
                self.annotated(&format!("annotations, json_each(tags) WHERE {tag}"))
            }
            Test::Note(any) if self.has_annotations => {
                let note = self.any(any, |condition, word| {
                    condition.values.push(text(word.text()));
                    "holds_word(?, note)".to_owned()
                });
                self.annotated(&format!("annotations WHERE {note}"))
            }
            Test::Tag(_) | Test::Note(_) => "FALSE".to_owned(),
        }
    }

    /// The user says something of it; nothing in a store that is too old for that.
    fn annotated(&self, rows: &str) -> String {
        if !self.has_annotations {
            return "FALSE".to_owned();
        }
        format!("id IN (SELECT delivery FROM {rows})")
    }

    /// The column is one of the names, ignoring the case of ASCII letters.
    fn named<S: AsRef<str>>(&mut self, column: &str, any: impl IntoIterator<Item = S>) -> String {
        let before = self.values.len();
        self.values.extend(any.into_iter().map(|name| text(name.as_ref())));
        let marks = vec!["?"; self.values.len() - before].join(", ");
        format!("{column} COLLATE NOCASE IN ({marks})")
    }

    fn any<T>(&mut self, any: &[T], one: impl Fn(&mut Self, &T) -> String) -> String {
        let each = any.iter().map(|item| one(self, item)).collect::<Vec<_>>();
        format!("({})", each.join(" OR "))
    }

    fn span(&mut self, column: &str, span: Span) -> String {
        self.values.extend([Value::Integer(span.from), Value::Integer(span.to)]);
        format!("{column} BETWEEN ? AND ?")
    }

    fn proof(&mut self, proof: Proof) -> String {
        let column = match proof {
            Proof::Verified | Proof::Refuted | Proof::Unchecked => "verdict",
            Proof::Failed(_) | Proof::Lacks(_) => "reason",
            Proof::Stale => {
                let reasons = [Reason::Stale, Reason::InFuture];
                return self.named("reason", reasons.iter().map(|reason| reason.as_str()));
            }
        };
        self.named(column, [proof.as_str()])
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Gives a connection the functions that conditions call.
pub(super) fn add_functions(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("holds_text", 7, flags, holds_text)?;
    connection.create_scalar_function("holds_word", 2, flags, holds_word)?;
    connection.create_scalar_function("holds_value", 5, flags, holds_value)
}

fn holds_text(context: &Context<'_>) -> Result<bool> {
    let word = context.get_or_create_aux(0, |word| word.as_str().map(Word::new))?;
    let body = plain_body(context, 5)?;
    let bytes = |index| bytes(context.get_raw(index));
    let fields = Fields {
        target: bytes(1),
        resource: bytes(2),
        key: bytes(3),
        uid: bytes(4).try_into().unwrap_or_default(),
        body: &body,
    };
    Ok(word.is_in(&fields))
}

fn holds_word(context: &Context<'_>) -> Result<bool> {
    let word = context.get_or_create_aux(0, |word| word.as_str().map(Word::new))?;
    Ok(word.stands_in(bytes(context.get_raw(1))))
}

fn holds_value(context: &Context<'_>) -> Result<bool> {
    let pointer = context.get_or_create_aux(0, |path| {
        let quoted = context.get(2).unwrap_or_default();
        let value = context.get_raw(1).as_str()?;
        path.as_str().map(|path| Pointer::new(path, value, quoted))
    })?;
    let body = plain_body(context, 3)?;
    Ok(pointer.as_ref().as_ref().is_some_and(|pointer| pointer.is_in(&body)))
}

/// A body as it came; its size is the value at this place, and what is stored the next.
fn plain_body<'a>(context: &'a Context<'_>, size: usize) -> Result<Cow<'a, [u8]>> {
    let stored = bytes(context.get_raw(size + 1));
    body::plain(stored, context.get(size)?).map_err(|error| Error::UserFunctionError(error.into()))
}

fn bytes(value: ValueRef<'_>) -> &[u8] {
    value.as_bytes_or_null().ok().flatten().unwrap_or_default()
}
