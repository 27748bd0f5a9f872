//! How a replay goes: what is told while it runs, and at its end.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use super::attempt::{Attempt, Outcome, duration_text};
use super::delivery::DeliveryId;

/// What has come of the requests of a replay: of the last try of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answered with success.
    pub answered_2xx: u64,
    /// Answered otherwise.
    pub answered_other: u64,
    /// Not answered.
    pub failed: u64,
    /// Not sent, because the delivery is gone or cannot be sent as planned.
    pub unsent: u64,
    /// How many tries were followed by another.
    pub retried: u64,
    /// How often each status was answered.
    pub by_status: BTreeMap<u16, u64>,
    /// Why the first one that was not answered or not sent was not, in words.
    pub first_failure: Option<String>,
}

impl Tally {
    /// How many requests went out, retries included.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.answered_2xx + self.answered_other + self.failed + self.retried
    }

    /// Whether everything was answered with success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.answered_other + self.failed + self.unsent == 0
    }

    /// Counts what came of a request in the end.
    pub fn count(&mut self, attempt: &Attempt) {
        match &attempt.outcome {
            Outcome::Answered(response) => {
                *self.by_status.entry(response.status.as_u16()).or_default() += 1;
                if response.status.is_success() {
                    self.answered_2xx += 1;
                } else {
                    self.answered_other += 1;
                }
            }
            Outcome::Failed { message, .. } => {
                self.failed += 1;
                self.first_failure.get_or_insert_with(|| message.clone());
            }
        }
    }

    /// Counts so many requests that were not sent.
    pub fn count_unsent(&mut self, requests: u64, why: &str) {
        self.unsent += requests;
        self.first_failure.get_or_insert_with(|| why.to_owned());
    }
}

/// How far a replay has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many requests are planned, retries not counted.
    pub total: u64,
    /// How many of them have come to their end, retries included.
    pub done: u64,
    /// What has come of them.
    pub tally: Tally,
    /// How long it has run.
    pub elapsed: Duration,
    /// When the next one goes out, if nothing is under way until then.
    pub next: Option<Next>,
}

/// A request that waits for its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// When it goes out.
    pub at: Timestamp,
    /// The delivery that it sends.
    pub delivery: DeliveryId,
    /// The how-many-th try it is, from 1.
    pub attempt: u32,
}

impl Progress {
    /// How many come to their end in a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 { self.done as f64 / seconds } else { 0.0 }
    }

    /// How long it will run on, if it goes on like that; none before the first has ended.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        let missing = self.total.saturating_sub(self.done) as f64;
        let rate = self.rate();
        (rate > 0.0).then(|| Duration::from_secs_f64((missing / rate).min(MOST_SECONDS)))
    }
}

/// A bound for what is told, so that it is a duration at all.
const MOST_SECONDS: f64 = 1e9;

/// What came of a replay in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many requests were planned, retries not counted.
    pub total: u64,
    /// What came of them.
    pub tally: Tally,
    /// How long it took.
    pub took: Duration,
    /// Whether it was ended before everything was sent.
    pub is_cancelled: bool,
}

impl Summary {
    /// Whether everything was sent and answered with success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.tally.is_success() && !self.is_cancelled
    }

    /// What came of it in a sentence: `3 sent in 1.2 s: 2 answered 200, 1 not answered (…)`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let tally = &self.tally;
        let mut parts = Vec::new();
        for (status, times) in &tally.by_status {
            parts.push(format!("{times} answered {status}"));
        }
        for (count, what) in [
            (tally.failed, "not answered"),
            (tally.unsent, "not sent"),
            (tally.retried, "of them tried again"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        let mut sentence = format!("{} sent in {}", tally.sent(), duration_text(self.took));
        if !parts.is_empty() {
            sentence.push_str(": ");
            sentence.push_str(&parts.join(", "));
        }
        if let Some(why) = &tally.first_failure {
            sentence.push_str("; first failure: ");
            sentence.push_str(why);
        }
        if self.is_cancelled {
            sentence.push_str("; ended before everything was sent");
        }
        sentence
    }
}

#[cfg(test)]
mod tests;
