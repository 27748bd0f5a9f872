//! The times of `since:` and `until:`.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

const UNITS: [(&str, i64); 6] = [
    ("ms", 1),
    ("s", 1_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
    ("w", 604_800_000),
];

/// Reads a duration back from now (`90s`, `1h30m`, `2d`), RFC 3339, or a date with or without a
/// time, taken as UTC. To the microsecond, which is what the store keeps.
pub(super) fn parse(text: &str, now: Timestamp) -> Option<Timestamp> {
    let time = match milliseconds(text) {
        Some(back) => now.checked_sub(SignedDuration::from_millis(back)).ok()?,
        None => text.parse::<Timestamp>().ok().or_else(|| utc(text))?,
    };
    Timestamp::from_microsecond(time.as_microsecond()).ok()
}

fn utc(text: &str) -> Option<Timestamp> {
    let civil = text.parse::<DateTime>().ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

fn milliseconds(text: &str) -> Option<i64> {
    let mut total = 0_i64;
    let mut rest = text;
    loop {
        let (number, behind) = rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit())?)?;
        let letters = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, next) = behind.split_at_checked(letters)?;
        let (_, factor) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
        total = total.checked_add(number.parse::<i64>().ok()?.checked_mul(factor)?)?;
        rest = next;
        if rest.is_empty() {
            return Some(total);
        }
    }
}
