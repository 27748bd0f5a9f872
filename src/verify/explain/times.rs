//! A signed time in another unit, and clocks that differ.

use std::time::Duration;

use jiff::Timestamp;

use super::search::{Case, Probe, Probes};
use crate::verify::clock::{TimeFormat, Window};
use crate::verify::oauth1::OAuth1;
use crate::verify::recipe::{Recipe, TimestampRule};
use crate::verify::scheme::Scheme;
use crate::verify::signature::Signature;

use super::reshape::with_recipe;

const FORMATS: [TimeFormat; 4] =
    [TimeFormat::Unix, TimeFormat::UnixMillis, TimeFormat::Rfc3339, TimeFormat::HttpDate];

/// The signed time read in another way.
pub(super) fn units<'a>(case: &'a Case<'a>) -> Probes<'a> {
    match case.scheme {
        Scheme::Signature(signature) => {
            let Some(rule) = &signature.recipe.timestamp else {
                return Box::new(std::iter::empty());
            };
            let formats = FORMATS.into_iter().filter(|format| *format != rule.format);
            let formats = formats.map(|format| {
                let timestamp = Some(TimestampRule { format, ..rule.clone() });
                let recipe = Recipe { timestamp, ..(*signature.recipe).clone() };
                let message = format!(
                    "the signed time is {format}, where the recipe expects one that is {}: have the sender \
                     write it so, or use a recipe with another format", rule.format
                );
                Probe::new("timestamp_unit", message).with_scheme(with_recipe(signature, recipe))
            });
            Box::new(formats.chain(scaled(case, signature.window)))
        }
        Scheme::OAuth1(oauth1) => Box::new(scaled(case, oauth1.window).into_iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Without any window, if the time would be within it in another unit.
fn scaled(case: &Case<'_>, window: Window) -> Option<Probe> {
    const UNITS: [(&str, i64); 3] =
        [("milliseconds", 1_000), ("microseconds", 1_000_000), ("nanoseconds", 1_000_000_000)];
    let (seconds, _) = signed_seconds(case)?;
    let fits = |(_, unit): &(&str, i64)| window.judge(seconds / unit, case.received.at).is_ok();
    let (unit, _) = UNITS.into_iter().find(fits)?;
    let message = format!(
        "the signed time is a number of {unit}, where seconds are expected: have the sender divide it"
    );
    let open = Window::default();
    let scheme = match case.scheme {
        Scheme::Signature(signature) => {
            Scheme::Signature(Box::new(Signature { window: open, ..(**signature).clone() }))
        }
        Scheme::OAuth1(oauth1) => {
            Scheme::OAuth1(Box::new(OAuth1 { window: open, ..(**oauth1).clone() }))
        }
        _ => return None,
    };
    Some(Probe::new("timestamp_unit", message).with_scheme(scheme))
}

/// At the time that was signed.
pub(super) fn clocks<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let probe = signed_seconds(case).and_then(|(seconds, leeway)| {
        let at = Timestamp::from_second(seconds.checked_add(leeway)?).ok()?;
        let apart = case.received.at.as_second() - seconds;
        let distance = duration(apart.unsigned_abs());
        let message = if apart >= 0 {
            format!(
                "made {distance} before it arrived: the clocks differ by that, or it was sent again \
                 later; set the clocks, or give a longer tolerance"
            )
        } else {
            format!(
                "made {distance} after it arrived by this machine's clock, which is behind, or the \
                 sender's is ahead: set the clocks"
            )
        };
        Some(Probe { at: Some(at), ..Probe::new("clock", message) })
    });
    Box::new(probe.into_iter())
}

/// The time that counts for staleness, and where the clock would have to be seen from there, both in
/// seconds.
fn signed_seconds(case: &Case<'_>) -> Option<(i64, i64)> {
    match case.scheme {
        Scheme::Signature(signature) => Some((signature.signed_seconds(case.request)?, 0)),
        Scheme::OAuth1(_) => Some((OAuth1::signed_seconds(case.request)?, 0)),
        Scheme::HttpSignatures(signatures) => Some((signatures.created(case.request)?, 0)),
        Scheme::Jwt(jwt) => {
            let now = case.received.at.as_second();
            let (not_before, expires) = jwt.times(case.request);
            // The last second that a token is good for is the one before it expires.
            let over = expires.filter(|end| *end <= now).map(|end| (end, -1));
            over.or_else(|| not_before.map(|not_before| (not_before, 0)))
        }
        _ => None,
    }
}

fn duration(seconds: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("days", 86_400), ("h", 3_600), ("min", 60)];
    let unit = UNITS.into_iter().find(|(_, unit)| seconds >= 2 * unit);
    let exact = Duration::from_secs(seconds).as_secs();
    match unit {
        Some((name, unit)) => format!("{exact} s (about {} {name})", seconds / unit),
        None => format!("{exact} s"),
    }
}
