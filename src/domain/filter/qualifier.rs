//! The qualifiers: the words before a colon, and what each takes.

use jiff::Timestamp;

use super::error::FilterError;
use super::moment;
use super::proof::Proof;
use super::scan::Piece;
use super::span::Span;
use super::term::{NO_ACCOUNT, Test};
use super::word::Word;
use crate::domain::event::ProviderId;

/// One qualifier. `read` gives back the value that does not fit.
struct Qualifier {
    name: &'static str,
    takes: &'static str,
    read: for<'v> fn(&'v [Piece], Timestamp) -> Result<Test, &'v Piece>,
}

const QUALIFIERS: &[Qualifier] = &[
    Qualifier {
        name: "provider",
        takes: "avinode, schedaero, avionte or channex",
        read: |values, _| each(values, provider).map(Test::Provider),
    },
    Qualifier {
        name: "endpoint",
        takes: "names of endpoints",
        read: |values, _| each(values, name).map(Test::Endpoint),
    },
    Qualifier {
        name: "account",
        takes: "names of accounts, or none",
        read: |values, _| accounts(values).map(Test::Account),
    },
    Qualifier {
        name: "event",
        takes: "kinds of events",
        read: |values, _| each(values, name).map(Test::Event),
    },
    Qualifier {
        name: "auth",
        takes: "verified, refuted, unchecked, stale, or a reason such as signature_mismatch",
        read: |values, _| each(values, proof).map(Test::Auth),
    },
    Qualifier {
        name: "status",
        takes: "200, 2xx, >=400 or 400..499",
        read: |values, _| each(values, status).map(Test::Status),
    },
    Qualifier {
        name: "method",
        takes: "methods such as POST",
        read: |values, _| each(values, name).map(Test::Method),
    },
    Qualifier {
        name: "since",
        takes: "one time: back from now as in 30m, 1h, 2d, or a date such as 2026-11-21T10:00Z",
        read: |values, now| only(values, |text| moment::parse(text, now)).map(Test::Since),
    },
    Qualifier {
        name: "until",
        takes: "one time: back from now as in 30m, 1h, 2d, or a date such as 2026-11-21T10:00Z",
        read: |values, now| only(values, |text| moment::parse(text, now)).map(Test::Until),
    },
    Qualifier {
        name: "id",
        takes: "42, 40..50 or >=40",
        read: |values, _| each(values, Span::parse).map(Test::Id),
    },
    Qualifier {
        name: "is",
        takes: "repeat, marked, noted or tagged",
        read: |values, _| only(values, state),
    },
    Qualifier {
        name: "header",
        takes: "texts in header fields, such as \"x-id: 7\"",
        read: |values, _| each(values, word).map(Test::Header),
    },
    Qualifier {
        name: "tag",
        takes: "tags that were given",
        read: |values, _| each(values, name).map(Test::Tag),
    },
    Qualifier {
        name: "note",
        takes: "texts of notes",
        read: |values, _| each(values, word).map(Test::Note),
    },
];

/// The names of all qualifiers.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    QUALIFIERS.iter().map(|qualifier| qualifier.name)
}

/// The test that a qualifier makes of its values, of which there is at least one.
pub(super) fn read(name: &Piece, values: &[Piece], now: Timestamp) -> Result<Test, FilterError> {
    let lower = name.text.to_ascii_lowercase();
    let known = QUALIFIERS.iter().find(|known| known.name == lower);
    let Qualifier { name, takes, read } =
        known.ok_or_else(|| FilterError::new(name.at, unknown(&name.text, &lower)))?;
    read(values, now).map_err(|wrong| {
        let message = match wrong.text.as_str() {
            "" => format!("a value is missing; {name}: takes {takes}"),
            text => match which_takes(wrong, now) {
                Some(other) => format!("`{text}` does not fit, did you mean {other}:{text}?"),
                None => format!("`{text}` does not fit; {name}: takes {takes}"),
            },
        };
        FilterError::new(wrong.at, message)
    })
}

/// The qualifier that takes this among few other words.
fn which_takes(value: &Piece, now: Timestamp) -> Option<&'static str> {
    const OF_FEW_WORDS: [&str; 3] = ["provider", "auth", "is"];
    let mut known = QUALIFIERS.iter().filter(|known| OF_FEW_WORDS.contains(&known.name));
    let takes = |known: &&Qualifier| (known.read)(std::slice::from_ref(value), now).is_ok();
    known.find(takes).map(|known| known.name)
}

fn unknown(typed: &str, lower: &str) -> String {
    let common = |name: &str| name.bytes().zip(lower.bytes()).take_while(|(a, b)| a == b).count();
    let nearest = QUALIFIERS.iter().max_by_key(|known| common(known.name));
    let hint = if let Some(near) = nearest.filter(|known| common(known.name) > 1) {
        format!("did you mean {}:?", near.name)
    } else {
        let names = QUALIFIERS.iter().map(|known| known.name).collect::<Vec<_>>();
        format!("known are {}", names.join(", "))
    };
    format!("{typed}: is unknown, {hint} (to search for the text put it in quotes)")
}

fn each<T>(values: &[Piece], read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, &Piece> {
    values.iter().map(|piece| read(&piece.text).ok_or(piece)).collect()
}

fn only<T>(values: &[Piece], read: impl Fn(&str) -> Option<T>) -> Result<T, &Piece> {
    match values.get(1) {
        Some(second) => Err(second),
        None => read(&values[0].text).ok_or(&values[0]),
    }
}

/// Names of accounts; the bare word for having none is none.
fn accounts(values: &[Piece]) -> Result<Vec<Option<String>>, &Piece> {
    let is_none = |piece: &Piece| !piece.quoted && piece.text.eq_ignore_ascii_case(NO_ACCOUNT);
    let read =
        |piece| if is_none(piece) { Ok(None) } else { name(&piece.text).map(Some).ok_or(piece) };
    values.iter().map(read).collect()
}

/// What a delivery can be.
const STATES: [(&str, Test); 4] = [
    ("repeat", Test::Repeat),
    ("marked", Test::Marked),
    ("noted", Test::Noted),
    ("tagged", Test::Tagged),
];

/// The words for what a delivery can be.
pub(super) fn states() -> impl Iterator<Item = &'static str> {
    STATES.iter().map(|(name, _)| *name)
}

fn state(text: &str) -> Option<Test> {
    STATES.iter().find(|(name, _)| *name == text).map(|(_, test)| test.clone())
}

fn name(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn word(text: &str) -> Option<Word> {
    (!text.is_empty()).then(|| Word::new(text))
}

fn provider(text: &str) -> Option<ProviderId> {
    ProviderId::from_name(&text.to_ascii_lowercase())
}

fn proof(text: &str) -> Option<Proof> {
    Proof::all().find(|proof| proof.as_str() == text.to_ascii_lowercase())
}

/// A span of statuses, or a class of them such as `4xx`.
fn status(text: &str) -> Option<Span> {
    match text.as_bytes() {
        [class @ b'1'..=b'9', b'x' | b'X', b'x' | b'X'] => {
            let from = i64::from(class - b'0') * 100;
            Some(Span { from, to: from + 99 })
        }
        _ => Span::parse(text),
    }
}
