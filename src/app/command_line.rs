//! What is typed behind `:`, and what it means. What it does not do: nothing is carried out here.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::delivery::DeliveryId;

/// A line that was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// `goto`: show the list from there on.
    GoTo(Place),
}

/// A place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A delivery, by its number.
    Delivery(DeliveryId),
    /// The newest delivery that arrived before then.
    Before(Timestamp),
}

/// Reads a line. Times without a zone are in `zone`; a time of day is the last one that has come by
/// `now`.
///
/// # Errors
/// What is wrong and what to type instead.
pub fn parse(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Line, String> {
    let text = text.trim();
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match name {
        "goto" => place(rest.trim(), zone, now).map(Line::GoTo).ok_or_else(|| {
            "goto takes a number, a time such as 10:42, or a day such as 2026-11-21".to_owned()
        }),
        "" => Err("there is no command; one is goto 10:42".to_owned()),
        _ => Err(format!("there is no command {name}; one is goto 10:42")),
    }
}

fn place(text: &str, zone: &TimeZone, now: Timestamp) -> Option<Place> {
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
