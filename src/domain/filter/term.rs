//! One term of a filter and when it holds.

use std::fmt;

use jiff::Timestamp;

use super::pointer::Pointer;
use super::proof::Proof;
use super::span::Span;
use super::word::{Fields, Word};
use crate::domain::event::ProviderId;
use crate::domain::record::Record;

/// What stands for having no account, unless it is in quotes.
pub(super) const NO_ACCOUNT: &str = "none";

/// A test, or its opposite.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Whether the test must not hold.
    pub negated: bool,
    /// What is asked.
    pub test: Test,
}

/// What a term asks of a delivery. A list holds if any of its items does. Names are compared
/// ignoring the case of ASCII letters.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A text in target, ids or body.
    Text(Word),
    /// Who sent it.
    Provider(Vec<ProviderId>),
    /// The endpoint's name.
    Endpoint(Vec<String>),
    /// The account's name; none for a delivery that belongs to no account.
    Account(Vec<Option<String>>),
    /// The event's kind or one of its candidates.
    Event(Vec<String>),
    /// What the check of its authentication found.
    Auth(Vec<Proof>),
    /// The status that was answered.
    Status(Vec<Span>),
    /// The request's method.
    Method(Vec<String>),
    /// It arrived then or later.
    Since(Timestamp),
    /// It arrived before then.
    Until(Timestamp),
    /// Its number.
    Id(Vec<Span>),
    /// It is not the first delivery of its event.
    Repeat,
    /// The user has marked it.
    Marked,
    /// The user has written a note about it.
    Noted,
    /// The user has given it a tag.
    Tagged,
    /// One of its tags.
    Tag(Vec<String>),
    /// A text in its note.
    Note(Vec<Word>),
    /// A text in a line of its head.
    Header(Vec<Word>),
    /// A value in its JSON body.
    Pointer(Pointer),
}

impl Term {
    /// Whether it holds for the record.
    #[must_use]
    pub fn matches(&self, record: &Record) -> bool {
        self.test.matches(record) != self.negated
    }
}

impl Test {
    fn matches(&self, record: &Record) -> bool {
        let delivery = &record.delivery;
        let inspection = &record.inspection;
        match self {
            Self::Text(word) => word.is_in(&Fields::of(record)),
            Self::Provider(any) => {
                inspection.provider.is_some_and(|provider| any.contains(&provider))
            }
            Self::Endpoint(any) => is_one_of(delivery.endpoint.as_str(), any),
            Self::Account(any) => any.iter().any(|name| match (name, &inspection.account) {
                (Some(name), Some(account)) => name.eq_ignore_ascii_case(account.as_str()),
                (name, account) => name.is_none() && account.is_none(),
            }),
            Self::Event(any) => {
                let event = &inspection.event;
                event.kind.iter().chain(&event.candidates).any(|kind| is_one_of(kind, any))
            }
            Self::Auth(any) => any.iter().any(|proof| proof.fits(&inspection.verdict)),
            Self::Status(any) => {
                let status = i64::from(record.answered.status.as_u16());
                any.iter().any(|span| span.holds(status))
            }
            Self::Method(any) => is_one_of(delivery.request.method.as_str(), any),
            Self::Since(time) => delivery.received_at >= *time,
            Self::Until(time) => delivery.received_at < *time,
            Self::Id(any) => any.iter().any(|span| span.holds(record.id.0)),
            Self::Repeat => record.repeat > 1,
            Self::Marked => record.annotation.marked,
            Self::Noted => record.annotation.comment.note().is_some(),
            Self::Tagged => !record.annotation.comment.tags().is_empty(),
            Self::Tag(any) => {
                record.annotation.comment.tags().iter().any(|tag| is_one_of(tag, any))
            }
            Self::Note(any) => {
                let note = record.annotation.comment.note();
                note.is_some_and(|note| any.iter().any(|word| word.stands_in(note.as_bytes())))
            }
            Self::Header(any) => {
                let block = delivery.request.headers.to_block();
                any.iter().any(|word| word.stands_in(&block))
            }
            Self::Pointer(pointer) => pointer.is_in(&delivery.request.body),
        }
    }
}

fn is_one_of(name: &str, any: &[String]) -> bool {
    any.iter().any(|one| one.eq_ignore_ascii_case(name))
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        match &self.test {
            Test::Text(word) => f.write_str(&quoted(word.text())),
            Test::Provider(any) => list(f, "provider", any.iter().map(ToString::to_string)),
            Test::Endpoint(any) => list(f, "endpoint", any.iter().map(|name| quoted(name))),
            Test::Account(any) => {
                list(f, "account", any.iter().map(|name| account(name.as_deref())))
            }
            Test::Event(any) => list(f, "event", any.iter().map(|kind| quoted(kind))),
            Test::Auth(any) => list(f, "auth", any.iter().map(|proof| proof.as_str().to_owned())),
            Test::Status(any) => list(f, "status", any.iter().map(ToString::to_string)),
            Test::Method(any) => list(f, "method", any.iter().map(|name| quoted(name))),
            Test::Since(time) => write!(f, "since:{time}"),
            Test::Until(time) => write!(f, "until:{time}"),
            Test::Id(any) => list(f, "id", any.iter().map(ToString::to_string)),
            Test::Repeat => f.write_str("is:repeat"),
            Test::Marked => f.write_str("is:marked"),
            Test::Noted => f.write_str("is:noted"),
            Test::Tagged => f.write_str("is:tagged"),
            Test::Tag(any) => list(f, "tag", any.iter().map(|tag| quoted(tag))),
            Test::Note(any) => list(f, "note", any.iter().map(|word| quoted(word.text()))),
            Test::Header(any) => list(f, "header", any.iter().map(|word| quoted(word.text()))),
            Test::Pointer(pointer) if pointer.quoted() => {
                write!(f, "{}={}", pointer.path(), in_quotes(pointer.value()))
            }
            Test::Pointer(pointer) => write!(f, "{}={}", pointer.path(), pointer.value()),
        }
    }
}

fn list(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    items: impl Iterator<Item = String>,
) -> fmt::Result {
    write!(f, "{name}:{}", items.collect::<Vec<_>>().join(","))
}

/// An account's name, told from the word for having none.
fn account(name: Option<&str>) -> String {
    match name {
        None => NO_ACCOUNT.to_owned(),
        Some(name) if name.eq_ignore_ascii_case(NO_ACCOUNT) => in_quotes(name),
        Some(name) => quoted(name),
    }
}

/// The text as it is where it reads back as itself, else in quotes.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    if text.starts_with(char::is_alphanumeric) && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        in_quotes(text)
    }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
