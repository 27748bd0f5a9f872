//! What came in of late, counted: the newest deliveries of a store, of which only so many are looked
//! at.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;

use super::delivery::DeliveryId;
use super::event::ProviderId;

/// So many deliveries are looked at, the newest.
pub const MOST: u32 = 10_000;

/// Over so many of them answer times are told.
pub const MOST_TIMED: u32 = 1_000;

/// Minutes that are counted each by itself.
pub const MINUTES: usize = 60;

/// So many names of a kind are told, the most frequent.
pub const MOST_NAMES: usize = 8;

/// So many events are remembered whose last delivery was not accepted.
const MOST_UNACCEPTED: usize = 100;

/// What came in of late.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// How many deliveries were looked at, at most [`MOST`].
    pub looked_at: u64,
    /// When the oldest of them arrived.
    pub since: Option<Timestamp>,
    /// How many of them arrived in each of the last [`MINUTES`], the running one last.
    pub minutes: Vec<u32>,
    /// Their providers.
    pub providers: Shares,
    /// Their accounts.
    pub accounts: Shares,
    /// Their events.
    pub events: Shares,
    /// Their verdicts.
    pub verdicts: Shares,
    /// How long answers took; none where that is not known.
    pub answers: Option<Answers>,
    /// The last delivery of each event, newest first, where it was not answered with success.
    pub unaccepted: Vec<Unaccepted>,
}

/// How many have which name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// The names that most have, those first.
    pub named: Vec<(String, u64)>,
    /// How many have another one.
    pub others: u64,
    /// How many have none.
    pub nameless: u64,
}

/// How long answers took, from the head of a request to what was stored of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Of so many deliveries it is known.
    pub of: usize,
    /// Half of them took no longer.
    pub median: Duration,
    /// Of a hundred one took longer.
    pub p99: Duration,
}

/// A delivery after which another one may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unaccepted {
    /// The delivery.
    pub id: DeliveryId,
    /// Who sent it.
    pub provider: ProviderId,
    /// What it reports.
    pub event: Option<String>,
    /// What was answered.
    pub status: StatusCode,
    /// It is the n-th of its event.
    pub repeat: u32,
    /// When it arrived.
    pub received_at: Timestamp,
}

/// A delivery that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its number.
    pub id: DeliveryId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Who sent it, if that is known.
    pub provider: Option<ProviderId>,
    /// Whose it is, if that is known.
    pub account: Option<&'a str>,
    /// What it reports, if that is known.
    pub event: Option<&'a str>,
    /// The word of its verdict.
    pub verdict: &'a str,
    /// What was answered.
    pub status: StatusCode,
    /// It is the n-th of its event.
    pub repeat: u32,
    /// Equal for deliveries of the same event.
    pub sameness: i64,
}

/// Counts deliveries, newest first.
#[derive(Debug)]
pub struct Counting {
    now: Timestamp,
    overview: Overview,
    providers: Names,
    accounts: Names,
    events: Names,
    verdicts: Names,
    met: BTreeSet<i64>,
}

impl Counting {
    /// Nothing is counted yet.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        let overview = Overview { minutes: vec![0; MINUTES], ..Overview::default() };
        let [providers, accounts, events, verdicts] = [const { Names::new() }; 4];
        Self { now, overview, providers, accounts, events, verdicts, met: BTreeSet::new() }
    }

    /// Counts a delivery that is older than those before.
    pub fn add(&mut self, seen: &Seen<'_>) {
        self.overview.looked_at += 1;
        self.overview.since = Some(seen.received_at);
        let passed = self.now.duration_since(seen.received_at).as_secs().max(0) / 60;
        let minute = usize::try_from(passed).ok().and_then(|back| (MINUTES - 1).checked_sub(back));
        if let Some(minute) = minute.and_then(|minute| self.overview.minutes.get_mut(minute)) {
            *minute += 1;
        }
        self.providers.add(seen.provider.map(ProviderId::as_str));
        self.accounts.add(seen.account);
        self.events.add(seen.event);
        self.verdicts.add(Some(seen.verdict));
        let Some(provider) = seen.provider else { return };
        let is_last = self.met.insert(seen.sameness);
        let is_wanted =
            !seen.status.is_success() && self.overview.unaccepted.len() < MOST_UNACCEPTED;
        if is_last && is_wanted {
            let Seen { id, received_at, status, repeat, .. } = *seen;
            let event = seen.event.map(str::to_owned);
            let unaccepted = Unaccepted { id, provider, event, status, repeat, received_at };
            self.overview.unaccepted.push(unaccepted);
        }
    }

    /// What was counted, and how long answers took.
    #[must_use]
    pub fn ended(self, mut took: Vec<Duration>) -> Overview {
        took.sort_unstable();
        // The nearest rank: it is one that was measured.
        let at = |hundredths: usize| (took.len() * hundredths).div_ceil(100).saturating_sub(1);
        let answers = took.first().map(|_| Answers {
            of: took.len(),
            median: took[at(50)],
            p99: took[at(99)],
        });
        Overview {
            providers: self.providers.shares(),
            accounts: self.accounts.shares(),
            events: self.events.shares(),
            verdicts: self.verdicts.shares(),
            answers,
            ..self.overview
        }
    }
}

/// Names with how many have them.
#[derive(Debug)]
struct Names {
    named: BTreeMap<String, u64>,
    nameless: u64,
}

impl Names {
    const fn new() -> Self {
        Self { named: BTreeMap::new(), nameless: 0 }
    }

    fn add(&mut self, name: Option<&str>) {
        match name.map(|name| (name, self.named.get_mut(name))) {
            Some((_, Some(count))) => *count += 1,
            Some((name, None)) => drop(self.named.insert(name.to_owned(), 1)),
            None => self.nameless += 1,
        }
    }

    fn shares(self) -> Shares {
        let mut named = self.named.into_iter().collect::<Vec<_>>();
        // Equal ones stay in the order of their names.
        named.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let others = named.iter().skip(MOST_NAMES).map(|(_, count)| count).sum();
        named.truncate(MOST_NAMES);
        Shares { named, others, nameless: self.nameless }
    }
}

#[cfg(test)]
mod tests;
