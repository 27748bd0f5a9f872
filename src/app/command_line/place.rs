//! A place in the list, as it is typed: a number, a time, a day.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::delivery::DeliveryId;

/// A place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A delivery, by its number.
    Delivery(DeliveryId),
    /// The newest delivery that arrived before then.
    Before(Timestamp),
}

/// Reads a place. Times without a zone are in `zone`; a time of day is the last one that has come by
/// `now`.
#[must_use]
pub fn place(text: &str, zone: &TimeZone, now: Timestamp) -> Option<Place> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.parse().ok().map(|id| Place::Delivery(DeliveryId(id)));
    }
    let end = |at: Timestamp, named: SignedDuration| at.checked_add(named).ok();
    let named = SignedDuration::from_secs(if text.matches(':').count() < 2 { 60 } else { 1 });
    if let Ok(time) = text.parse::<Time>()
        && !text.contains('-')
    {
        let today = now.to_zoned(zone.clone()).date();
        let at = |day: Date| zone.to_timestamp(day.to_datetime(time)).ok();
        let at = at(today).filter(|at| *at <= now).or_else(|| at(today.yesterday().ok()?))?;
        return end(at, named).map(Place::Before);
    }
    if let Ok(day) = text.parse::<Date>()
        && !text.contains(':')
    {
        return zone
            .to_timestamp(day.tomorrow().ok()?.to_datetime(Time::midnight()))
            .ok()
            .map(Place::Before);
    }
    let at = text.parse::<Timestamp>().ok();
    let at = at.or_else(|| zone.to_timestamp(text.parse::<DateTime>().ok()?).ok())?;
    end(at, named).map(Place::Before)
}

#[cfg(test)]
mod tests;
