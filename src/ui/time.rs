//! Times as text. What time it is now and which zone it is come in as values.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::app::state::TimeFormat;
use crate::app::table::TIME;

/// The columns of a time in a list.
pub const COLUMNS: usize = TIME as usize;

/// A clock to write times by.
#[derive(Clone, Debug)]
pub struct Clock<'a> {
    /// How times are written.
    pub format: TimeFormat,
    /// The zone of local times.
    pub zone: &'a TimeZone,
    /// What time it is.
    pub now: Timestamp,
}

impl Clock<'_> {
    /// A time in a list, at most [`COLUMNS`] wide: the time of a day that is today, the day of
    /// another, or how long ago it was.
    #[must_use]
    pub fn short(&self, at: Timestamp) -> String {
        if self.format == TimeFormat::Relative {
            return ago(self.now.duration_since(at));
        }
        let zone = self.zone();
        let (at, now) = (at.to_zoned(zone.clone()), self.now.to_zoned(zone));
        let pattern = match (at.date() == now.date(), at.year() == now.year()) {
            (true, _) => "%H:%M:%S",
            (false, true) => "%b %d",
            (false, false) => "%Y-%m",
        };
        at.strftime(pattern).to_string()
    }

    /// A time of the last days by its weekday and hour; an older one by its day.
    #[must_use]
    pub fn weekday(&self, at: Timestamp) -> String {
        let passed = self.now.duration_since(at);
        if self.format == TimeFormat::Relative {
            return format!("{} ago", ago(passed));
        }
        let is_recent = passed < SignedDuration::from_hours(6 * 24);
        let pattern = if is_recent { "%a %H:%M" } else { "%Y-%m-%d" };
        at.to_zoned(self.zone()).strftime(pattern).to_string()
    }

    /// A time whole, to the millisecond, with its zone and how long ago it was.
    #[must_use]
    pub fn long(&self, at: Timestamp) -> String {
        let text = at.to_zoned(self.zone()).strftime("%Y-%m-%d %H:%M:%S%.3f %Z").to_string();
        let ago = ago(self.now.duration_since(at));
        match self.format {
            TimeFormat::Relative if ago == NOW => format!("{NOW}, {text}"),
            TimeFormat::Relative => format!("{ago} ago, {text}"),
            TimeFormat::Local | TimeFormat::Utc => text,
        }
    }

    fn zone(&self) -> TimeZone {
        match self.format {
            TimeFormat::Utc => TimeZone::UTC,
            TimeFormat::Local | TimeFormat::Relative => self.zone.clone(),
        }
    }
}

const NOW: &str = "now";

/// How long ago, in the largest unit that fits: `12s`, `5m`, `3h`, `40d`. A time that lies ahead,
/// by a clock that was set back, is `now`.
fn ago(passed: SignedDuration) -> String {
    match passed.as_secs() {
        ..1 => NOW.to_owned(),
        _ => later(passed),
    }
}

/// How long after something else, in the largest unit that fits; less than nothing is `0s`.
pub(super) fn later(passed: SignedDuration) -> String {
    match passed.as_secs().max(0) {
        seconds @ ..60 => format!("{seconds}s"),
        seconds @ 60..3_600 => format!("{}m", seconds / 60),
        seconds @ 3_600..86_400 => format!("{}h", seconds / 3_600),
        seconds => format!("{}d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests;
