//! Notices that the machine slept: the clock went on and the time of this program did not.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

use crate::app::sleeps::Sleep;

/// A clock that is set forward by less is none of our business, and a shorter sleep harms nobody.
const LEAST: SignedDuration = SignedDuration::from_secs(30);

/// When it was looked the last time, by both clocks.
#[derive(Debug)]
pub(super) struct Waking {
    at: Timestamp,
    since: Instant,
}

impl Waking {
    /// Looks from now on.
    pub(super) fn new(at: Timestamp, since: Instant) -> Self {
        Self { at, since }
    }

    /// The sleep since the last look, if there was one. On systems whose programs' time goes on in a
    /// sleep there never is.
    pub(super) fn look(&mut self, at: Timestamp, now: Instant) -> Option<Sleep> {
        let awake = SignedDuration::try_from(now - self.since).unwrap_or(SignedDuration::MAX);
        let before = std::mem::replace(self, Self { at, since: now });
        let asleep = at.duration_since(before.at).checked_sub(awake)?;
        (asleep >= LEAST).then_some(Sleep { from: before.at, until: at })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn it_slept_if_the_clock_went_on_without_the_program() {
        let (at, since) = (Timestamp::UNIX_EPOCH, Instant::now());
        for (by_clock, awake, slept) in [
            (3_600, 1, true),
            (31, 1, true),
            (30, 1, false),
            // It idled.
            (3_600, 3_600, false),
            // The clock was set back.
            (-3_600, 1, false),
        ] {
            let mut waking = Waking::new(at, since);
            let now = at + SignedDuration::from_secs(by_clock);
            let sleep = waking.look(now, since + Duration::from_secs(awake));
            assert_eq!(sleep, slept.then_some(Sleep { from: at, until: now }), "{by_clock}");
            assert_eq!(waking.look(now, since + Duration::from_secs(awake)), None, "told once");
        }
    }
}
