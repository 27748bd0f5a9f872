//! What a provider does with the answers it gets: which it accepts, and when it tries again. Facts
//! of its documents alone; what they leave open is said to be open.

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;

use crate::domain::event::ProviderId;

/// The documented rules of a provider for its deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Which answers it accepts.
    pub accepted: &'static str,
    /// When it tries again.
    pub retries: &'static str,
    /// What else a receiver should know.
    pub notes: &'static [&'static str],
}

/// What is to be expected after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The answer is accepted: nothing.
    Nothing,
    /// The next attempt, then.
    At(Timestamp),
    /// More attempts, at times that are not documented; none after this one.
    Until(Timestamp),
    /// This was the last attempt; what happens instead.
    Over(&'static str),
    /// The documents do not say whether this answer is tried again; what they do say.
    NotStated(&'static str),
}

/// The documented rules of a provider.
#[must_use]
pub fn rules(provider: ProviderId) -> Rules {
    match provider {
        ProviderId::Avinode | ProviderId::Schedaero => AVINODE_GROUP,
        ProviderId::Avionte => AVIONTE,
        ProviderId::Channex => CHANNEX,
    }
}

/// <https://developer.avinodegroup.com/docs/getting-started-webhooks>
const AVINODE_GROUP: Rules = Rules {
    accepted: "200 only",
    retries: "again and again for 48 hours; at what intervals is not documented",
    notes: &[
        "several deliveries may run at once, and identical ones may come more than once",
        "the sandbox is rebuilt every week, mostly Mondays 06 to 08 UTC; subscriptions made there are then probably lost",
    ],
};

/// <https://developer.avionte.com/docs/webhooks>
const AVIONTE: Rules = Rules {
    accepted: "200 or 201",
    retries: "on 4xx and 5xx: at once, after a minute, and once more at once; what other statuses do is not documented",
    notes: &[
        "after the fourth attempt it goes into a queue at Avionté and does not come by itself",
        "deliveries come from 52.200.5.50",
    ],
};

/// <https://docs.channex.io/api-v.1-documentation/webhook-collection>
const CHANNEX: Rules = Rules {
    accepted: "not documented; only 5xx and time-outs are said to be tried again",
    retries: "after 1, 2, 4, 8, 15 and 30 minutes, then 1, 2, 4, 6 and 10 hours",
    notes: &[
        "at most 11 attempts; whether the first one counts is not documented",
        "an older event may come after a newer one: read the state, do not trust the order",
    ],
};

const HOUR: u64 = 3_600;

/// How long Avinode tries.
const AVINODE_GIVES_UP: Duration = Duration::from_secs(48 * HOUR);

/// Seconds from each attempt of Avionté to the next.
const AVIONTE_DELAYS: &[u64] = &[0, 60, 0];

/// Seconds from each attempt of Channex to the next.
const CHANNEX_DELAYS: &[u64] =
    &[60, 120, 240, 480, 900, 1_800, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 10 * HOUR];

/// How long after its `attempt`-th try (1 is the first) a provider tries again. None if that was the
/// last one, or if its documents do not say when.
#[must_use]
pub fn delay_after(provider: ProviderId, attempt: u32) -> Option<Duration> {
    let delays = match provider {
        ProviderId::Avinode | ProviderId::Schedaero => &[],
        ProviderId::Avionte => AVIONTE_DELAYS,
        ProviderId::Channex => CHANNEX_DELAYS,
    };
    let index = usize::try_from(attempt.max(1) - 1).unwrap_or(usize::MAX);
    delays.get(index).copied().map(Duration::from_secs)
}

/// What to expect after the `attempt`-th delivery of an event (1 is the first) was answered so at
/// that time.
#[must_use]
pub fn next(provider: ProviderId, status: StatusCode, attempt: u32, answered: Timestamp) -> Next {
    match provider {
        ProviderId::Avinode | ProviderId::Schedaero if status == StatusCode::OK => Next::Nothing,
        ProviderId::Avinode | ProviderId::Schedaero => {
            Next::Until(answered.saturating_add(AVINODE_GIVES_UP).unwrap_or(answered))
        }
        ProviderId::Avionte => match status.as_u16() {
            200 | 201 => Next::Nothing,
            400..600 => after(
                provider,
                attempt,
                answered,
                "Avionté puts it into a queue of its own after four attempts",
            ),
            _ => Next::NotStated("Avionté accepts 200 and 201 and tries again on 4xx and 5xx"),
        },
        ProviderId::Channex => match status.as_u16() {
            200..300 => Next::Nothing,
            500..600 => after(provider, attempt, answered, "Channex gives up after 11 attempts"),
            _ => Next::NotStated("Channex says only that 5xx and time-outs are tried again"),
        },
    }
}

fn after(provider: ProviderId, attempt: u32, answered: Timestamp, over: &'static str) -> Next {
    let Some(delay) = delay_after(provider, attempt) else { return Next::Over(over) };
    Next::At(answered.saturating_add(delay).unwrap_or(answered))
}

#[cfg(test)]
mod tests;
