//! Signed times: how they are written, and how far they may lie from the arrival.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::refutation::Refutation;
use crate::domain::verdict::Reason;

/// How a sender writes the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFormat {
    /// Seconds since 1970, digits only.
    Unix,
    /// Milliseconds since 1970, digits only.
    UnixMillis,
    /// As in `2026-11-21T10:00:00Z`.
    Rfc3339,
    /// As in `Sat, 21 Nov 2026 10:00:00 GMT` (RFC 9110 section 5.6.7).
    HttpDate,
}

impl TimeFormat {
    /// Whole seconds since 1970; none if the text is not of this form. Digits may name a time
    /// beyond any calendar: it can still be compared.
    pub(super) fn read(self, text: &[u8]) -> Option<i64> {
        match self {
            Self::Unix => digits(text),
            Self::UnixMillis => digits(text).map(|millis| millis / 1000),
            Self::Rfc3339 => {
                let time = std::str::from_utf8(text).ok()?.parse::<Timestamp>().ok()?;
                Some(time.as_second())
            }
            Self::HttpDate => {
                let time = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
                Some(time.as_second())
            }
        }
    }

    /// The time as a sender writes it.
    pub(super) fn write(self, at: Timestamp) -> String {
        match self {
            Self::Unix => at.as_second().to_string(),
            Self::UnixMillis => at.as_millisecond().to_string(),
            Self::Rfc3339 => at.to_string(),
            Self::HttpDate => rfc2822::DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&at)
                .expect("nothing is signed before the year 0"),
        }
    }
}

impl fmt::Display for TimeFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unix => "a number of seconds since 1970",
            Self::UnixMillis => "a number of milliseconds since 1970",
            Self::Rfc3339 => "of the form 2026-11-21T10:00:00Z",
            Self::HttpDate => "of the form Sat, 21 Nov 2026 10:00:00 GMT",
        })
    }
}

fn digits(text: &[u8]) -> Option<i64> {
    if !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// How far a signed time may lie from the arrival; a side that is absent is not checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// How far back.
    pub back: Option<Duration>,
    /// How far ahead.
    pub ahead: Option<Duration>,
}

/// How far ahead a time may lie before it is worth a note, where the side is not checked.
const NOTABLE: Duration = Duration::from_secs(300);

impl Window {
    /// Whether any side is checked.
    pub(super) fn is_limited(self) -> bool {
        self.back.is_some() || self.ahead.is_some()
    }

    /// A note about a time that lies far ahead and is not refused for it.
    pub(super) fn remark(self, signed: i64, at: Timestamp) -> Option<String> {
        let ahead = Duration::from_secs(signed.saturating_sub(at.as_second()).try_into().ok()?);
        let is_notable = self.back.is_some() && self.ahead.is_none() && ahead > NOTABLE;
        is_notable.then(|| {
            let ahead = ahead.as_secs();
            format!("the signed time lies {ahead} s after the arrival; not every library of this sender takes that")
        })
    }

    /// Judges a signed time, in seconds since 1970, against the arrival. Both count as whole
    /// seconds, as in the senders' own libraries, and the limits themselves are still allowed.
    pub(super) fn judge(self, signed: i64, at: Timestamp) -> Result<(), Refutation> {
        let arrived = at.as_second();
        let apart = Duration::from_secs(arrived.abs_diff(signed));
        let (limit, reason, side) = if signed <= arrived {
            (self.back, Reason::Stale, "before")
        } else {
            (self.ahead, Reason::InFuture, "after")
        };
        match limit {
            Some(limit) if apart > limit => {
                let (apart, limit) = (apart.as_secs(), limit.as_secs_f64());
                let message = format!(
                    "the signature holds, but was made {apart} s {side} the arrival; {limit} s are allowed"
                );
                Err(Refutation::new(reason, message))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
