//! How much comes in: counts, the rate, and what was refused.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::domain::delivery::DeliveryId;
use crate::domain::page::Stock;
use crate::domain::refusal::Refusal;

/// Seconds that are remembered.
const SECONDS: usize = 60;

/// Seconds over which the rate is averaged.
const RATE_OVER: usize = 5;

/// What came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Traffic {
    counted: Option<Stock>,
    /// The newest delivery that was seen here.
    newest: DeliveryId,
    counting: bool,
    miscounted: bool,
    captured: u64,
    refused: u64,
    refusals: VecDeque<Refusal>,
    /// Arrivals by second; the last one is the second that runs.
    seconds: [u32; SECONDS],
    second: i64,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            counted: None,
            newest: DeliveryId(0),
            counting: false,
            miscounted: false,
            captured: 0,
            refused: 0,
            refusals: VecDeque::new(),
            seconds: [0; SECONDS],
            second: 0,
        }
    }
}

impl Traffic {
    /// More refusals than these are not kept.
    pub const MOST_REFUSALS: usize = 100;

    /// How many deliveries the store holds; none until it was counted. Numbers are given without a gap,
    /// so the newest one tells how many came since, whatever was told of here, and in whichever order.
    #[must_use]
    pub fn stored(&self) -> Option<u64> {
        let Stock { count, up_to } = self.counted?;
        Some(count + u64::try_from(self.newest.0 - up_to.0).unwrap_or(0))
    }

    /// How many were captured since the program started, as far as they were seen here.
    #[must_use]
    pub fn captured(&self) -> u64 {
        self.captured
    }

    /// How many were refused since the program started, as far as they were seen here.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// The last refusals, newest first.
    pub fn refusals(&self) -> impl ExactSizeIterator<Item = &Refusal> {
        self.refusals.iter().rev()
    }

    /// Arrivals per second, over the last five full seconds.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        let full = &self.seconds[SECONDS - 1 - RATE_OVER..SECONDS - 1];
        full.iter().map(|count| f64::from(*count)).sum::<f64>() / RATE_OVER as f64
    }

    /// Arrivals in each of the last sixty seconds, the running one last.
    #[must_use]
    pub fn history(&self) -> &[u32] {
        &self.seconds
    }

    /// Whether the rate or the history will change by time alone.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.miscounted || self.seconds.iter().any(|count| *count > 0)
    }

    /// The store is being counted.
    pub fn counting(&mut self) {
        self.counting = true;
        self.miscounted = false;
    }

    /// The count cannot be right any more.
    pub fn miscounted(&mut self) {
        self.miscounted = true;
    }

    /// Whether the store has to be counted now; it then counts as being counted.
    pub fn recount(&mut self) -> bool {
        let now = self.miscounted && !self.counting;
        if now {
            self.counting();
        }
        now
    }

    /// The store was counted, or could not be.
    pub fn count(&mut self, counted: Option<Stock>) {
        self.counting = false;
        self.counted = counted;
    }

    /// A delivery was captured.
    pub fn capture(&mut self, id: DeliveryId, now: Timestamp) {
        self.advance(now);
        self.captured += 1;
        self.newest = self.newest.max(id);
        self.add(1);
    }

    /// Deliveries are gone from the store.
    pub fn forget(&mut self, deliveries: u64) {
        if let Some(counted) = &mut self.counted {
            counted.count = counted.count.saturating_sub(deliveries);
        }
        // Nobody can tell whether the last count, or the one on its way, has them.
        self.miscounted = true;
    }

    /// Arrivals were lost on the way here.
    pub fn lag(&mut self, arrivals: u64) {
        self.miscounted = true;
        self.add(u32::try_from(arrivals).unwrap_or(u32::MAX));
    }

    fn add(&mut self, arrivals: u32) {
        let running = &mut self.seconds[SECONDS - 1];
        *running = running.saturating_add(arrivals);
    }

    /// A request was refused.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refused += 1;
        if self.refusals.len() == Self::MOST_REFUSALS {
            self.refusals.pop_front();
        }
        self.refusals.push_back(refusal);
    }

    /// Lets time pass. A clock that is set back a little stands still here, one that is set back
    /// further empties the history.
    pub fn advance(&mut self, now: Timestamp) {
        let now = now.as_second();
        let back = usize::try_from(self.second - now).unwrap_or(0);
        if (1..SECONDS).contains(&back) {
            return;
        }
        let passed = usize::try_from(now - self.second).unwrap_or(SECONDS).min(SECONDS);
        self.seconds.copy_within(passed.., 0);
        self.seconds[SECONDS - passed..].fill(0);
        self.second = now;
    }
}

#[cfg(test)]
mod tests;
