//! Durations as people write them: a whole number and a unit.

use std::time::Duration;

use jiff::SignedDuration;

const DURATION_UNITS: &[(&str, u64)] =
    &[("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// Reads a duration: a whole number and one of `ms`, `s`, `m`, `h`, `d`.
///
/// # Errors
/// When it is none, in a sentence.
pub fn duration(text: &str) -> Result<Duration, String> {
    scaled(text, DURATION_UNITS)
        .map(Duration::from_millis)
        .ok_or_else(|| format!("{text:?} is not a duration such as 250ms, 30s, 5m, 2h or 90d"))
}

/// The number times its unit; none if the unit is not in the table or the product does not fit.
#[must_use]
pub fn scaled(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
    number.parse::<u64>().ok()?.checked_mul(*factor)
}

/// About how long, in whole units of the two largest that fit: `0s`, `45s`, `1m 30s`, `2h`, `3d 4h`.
/// Less than nothing is `0s`.
#[must_use]
pub fn rounded(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    let units = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];
    let largest = units.iter().position(|(size, _)| seconds >= *size).unwrap_or(units.len() - 1);
    let mut left = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units.iter().skip(largest).take(2) {
        if left / size > 0 {
            parts.push(format!("{}{unit}", left / size));
        }
        left %= size;
    }
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_told_in_the_two_largest_units() {
        for (seconds, expected) in [
            (-5, "0s"),
            (0, "0s"),
            (45, "45s"),
            (60, "1m"),
            (90, "1m 30s"),
            (7_200, "2h"),
            (7_201, "2h"),
            (86_399, "23h 59m"),
            (273_600, "3d 4h"),
        ] {
            assert_eq!(rounded(SignedDuration::from_secs(seconds)), expected);
        }
    }
}
