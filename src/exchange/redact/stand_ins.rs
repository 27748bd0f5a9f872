//! What stands in place of values: the same for the same, another for another, of the same kind.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use ring::digest::{SHA256, digest};

use super::scan::{self, STAND_IN_DOMAIN};

/// So many values have stand-ins of their own; further ones share one.
const MOST: usize = 1_000_000;

/// The longest text that is looked at as a number, a date or a phone number, in bytes.
const LONGEST_NUMBER: usize = 40;

/// The stand-ins of one export. Values are known by their digests alone.
#[derive(Debug, Default)]
pub(super) struct StandIns {
    known: HashMap<[u8; 16], Box<str>>,
    counts: [usize; Kind::COUNT],
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Email,
    Uuid,
    Date,
    /// Digits with what people write between them.
    Digits,
    /// A number of JSON.
    Number,
    Text,
}

impl Kind {
    const COUNT: usize = 6;

    fn of(text: &str) -> Self {
        let is_short = text.len() <= LONGEST_NUMBER;
        let is_digits = || {
            text.bytes().any(|byte| byte.is_ascii_digit())
                && text.bytes().all(|byte| byte.is_ascii_digit() || b" +-()./".contains(&byte))
        };
        if is_short && text.len() == 36 && uuid::Uuid::try_parse(text).is_ok() {
            Self::Uuid
        } else if is_short && date_of(text).is_some() {
            Self::Date
        } else if is_short && is_digits() {
            Self::Digits
        } else if is_email(text) {
            Self::Email
        } else {
            Self::Text
        }
    }
}

impl StandIns {
    /// What stands for this text.
    pub(super) fn text(&mut self, text: &str) -> &str {
        self.of(Kind::of(text), text)
    }

    /// What stands for this number, as it is written in JSON.
    pub(super) fn number(&mut self, text: &str) -> &str {
        self.of(Kind::Number, text)
    }

    fn of(&mut self, kind: Kind, value: &str) -> &str {
        // Letter case tells no two addresses apart.
        let folded = if kind == Kind::Email { value.to_lowercase() } else { value.to_owned() };
        let tag = [kind as u8];
        let digest = digest(&SHA256, &[&tag[..], folded.as_bytes()].concat());
        let key = *digest.as_ref().first_chunk().expect("SHA-256 has 32 bytes");
        let is_full = self.known.len() >= MOST;
        let counts = &mut self.counts;
        if is_full && !self.known.contains_key(&key) {
            return "redacted";
        }
        self.known.entry(key).or_insert_with(|| {
            let count = &mut counts[kind as usize];
            let mut stand_in = value.to_owned();
            while stand_in == value {
                *count += 1;
                stand_in = written(kind, value, *count);
            }
            stand_in.into()
        })
    }
}

/// The n-th stand-in of a kind.
fn written(kind: Kind, value: &str, n: usize) -> String {
    match kind {
        Kind::Email => format!("person-{n}@{STAND_IN_DOMAIN}"),
        Kind::Uuid => format!("00000000-0000-4000-8000-{n:012}"),
        Kind::Date => dated(value, n),
        Kind::Digits => digits(value, n),
        Kind::Number => number(value, n),
        Kind::Text => format!("redacted-{n}"),
    }
}

/// The date at the beginning, if the text is a date, alone or with a time.
fn date_of(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    let is_date = rest.is_empty() || rest.starts_with(['T', ' ']);
    day.parse().ok().filter(|_| is_date)
}

fn dated(value: &str, n: usize) -> String {
    let days = i32::try_from(n % 36_500).unwrap_or_default();
    let day = date(1900, 1, 1).saturating_add(days.days());
    match value.get(10..) {
        Some("") | None => day.to_string(),
        // Once around the century, the seconds tell two apart.
        Some(_) => format!("{day}T00:{:02}:{:02}Z", n / 36_500 / 60 % 60, n / 36_500 % 60),
    }
}

/// The text with the digits of n in place of its own, zeros in front; n alone if it has not enough.
fn digits(value: &str, n: usize) -> String {
    let places = value.bytes().filter(u8::is_ascii_digit).count();
    let text = format!("{n:0places$}");
    let mut digits = text.chars();
    let written =
        value.chars().map(|c| if c.is_ascii_digit() { digits.next().unwrap_or('0') } else { c });
    let written = written.collect();
    if text.len() == places { written } else { text }
}

/// A number of as many digits, counted down from the highest; more digits when these are used up.
fn number(value: &str, n: usize) -> String {
    let (sign, places) =
        if let Some(rest) = value.strip_prefix('-') { ("-", rest) } else { ("", value) };
    let mantissa = places.split(['e', 'E']).next().unwrap_or(places);
    let whole = mantissa.split('.').next().unwrap_or(mantissa).len();
    let places = mantissa.bytes().filter(u8::is_ascii_digit).count().clamp(1, LONGEST_NUMBER);
    let highest = 10_u128.pow(u32::try_from(places.min(38)).unwrap_or(38)) - 1;
    let lowest = highest / 10;
    let n = n as u128;
    let text =
        if highest - lowest > n { (highest - n).to_string() } else { format!("1{n:0places$}") };
    match text.split_at_checked(whole) {
        Some((front, back)) if mantissa.contains('.') && !front.is_empty() && !back.is_empty() => {
            format!("{sign}{front}.{back}")
        }
        _ => format!("{sign}{text}"),
    }
}

fn is_email(text: &str) -> bool {
    scan::emails(text.as_bytes()).next() == Some(0..text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::StandIns;

    #[test]
    fn a_stand_in_is_of_the_kind_of_its_value() {
        let mut stand_ins = StandIns::default();
        for (value, expected) in [
            ("Anna Meyer", "redacted-1"),
            ("anna@example.test", "person-1@redacted.invalid"),
            ("ANNA@example.test", "person-1@redacted.invalid"),
            ("0c0150aa-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000001"),
            ("1980-04-01", "1900-01-02"),
            ("+49 (170) 123-4567", "+00 (000) 000-0001"),
            ("Otto", "redacted-2"),
            ("Anna Meyer", "redacted-1"),
            ("7", "2"),
        ] {
            assert_eq!(stand_ins.text(value), expected, "{value}");
        }
        for (value, expected) in [("1200", "9998"), ("-12.50", "-99.97"), ("7", "6"), ("5", "4")] {
            assert_eq!(stand_ins.number(value), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn no_two_values_share_a_stand_in(values in prop::collection::hash_set("[a-z]{1,3}|[0-9]{1,3}|[0-9]{2}-[0-9]{2}|19[0-9]{2}-0[1-9]-1[0-9]", 1..80)) {
            let mut stand_ins = StandIns::default();
            let all = values.iter().map(|value| stand_ins.text(value).to_owned()).collect::<Vec<_>>();
            for (value, stand_in) in values.iter().zip(&all) {
                prop_assert_ne!(value, stand_in);
                prop_assert_eq!(stand_ins.text(value), stand_in);
            }
            let distinct = all.iter().collect::<std::collections::HashSet<_>>();
            prop_assert_eq!(distinct.len(), all.len());
        }

        #[test]
        fn a_number_stays_one_and_another(values in prop::collection::hash_set("-?(0|[1-9][0-9]{0,4})(\\.[0-9]{1,3})?(e[0-9])?", 1..80)) {
            let mut stand_ins = StandIns::default();
            let all = values.iter().map(|value| stand_ins.number(value).to_owned()).collect::<Vec<_>>();
            for (value, stand_in) in values.iter().zip(&all) {
                prop_assert_ne!(value, stand_in);
                prop_assert!(serde_json::from_str::<serde_json::Number>(stand_in).is_ok(), "{}", stand_in);
            }
            let distinct = all.iter().collect::<std::collections::HashSet<_>>();
            prop_assert_eq!(distinct.len(), all.len());
        }
    }
}
