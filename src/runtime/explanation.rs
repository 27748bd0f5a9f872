//! Finds out why deliveries were refuted, beside the listener and one after the other: a search
//! takes thousands of times as long as a check.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::capture::feed::Feed;
use crate::domain::arrival::Arrival;
use crate::domain::name::EndpointName;
use crate::domain::record::Record;
use crate::domain::verdict::{Standing, Verdict};
use crate::providers::route::Routes;
use crate::storage::Store;
use crate::verify;
use crate::verify::explain::Limits;
use crate::verify::scheme::Scheme;

/// Explains what arrives until the feed ends. What a flood washes away stays without clues until
/// somebody asks for that delivery.
pub async fn run(mut arrivals: Receiver<Arrival>, store: Store, feed: Feed, routes: Routes) {
    let mut clock = Clock::default();
    loop {
        let record = match arrivals.recv().await {
            Ok(Arrival::Captured(record)) => record,
            Ok(_) | Err(RecvError::Lagged(_)) => {
                continue;
            }
            Err(RecvError::Closed) => return,
        };
        match record.inspection.verdict {
            Verdict::Refuted { .. } => {}
            Verdict::Verified { .. } => {
                clock.is_right_for(&record.delivery.endpoint);
                continue;
            }
            Verdict::Unchecked { .. } => continue,
        }
        let (id, searched) = (record.id, routes.clone());
        let endpoint = record.delivery.endpoint.clone();
        let searching = tokio::task::spawn_blocking(move || {
            (explained(&record, &searched), seconds_off(&record, &searched))
        });
        let (explained, off) = match searching.await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "a refuted delivery could not be explained");
                continue;
            }
        };
        let machine = off.and_then(|seconds| clock.tell(endpoint, seconds));
        let Some(mut verdict) = explained else { continue };
        if let (Verdict::Refuted { clues, .. }, Some(machine)) = (&mut verdict, machine) {
            let of_clock = clues.iter_mut().filter(|clue| clue.code == "clock");
            of_clock.for_each(|clue| clue.message.clone_from(&machine));
        }
        match store.reinspect(id, verdict, None).await {
            Ok(Some(record)) => feed.publish(Arrival::Reinspected(Arc::new(record))),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "clues could not be stored"),
        }
    }
}

/// The offsets of recent deliveries whose time is wrong, and their endpoints, newest last.
#[derive(Debug, Default)]
struct Clock(VecDeque<(EndpointName, i64)>);

impl Clock {
    /// So many deliveries with one offset are no coincidence.
    const MANY: usize = 3;

    /// Offsets this near to each other, in seconds, are one.
    const NEAR: u64 = 5;

    /// Takes in how many seconds the signed time lies before the arrival. What to think of it, if the
    /// last ones all show the same offset: then it is this machine's clock.
    fn tell(&mut self, endpoint: EndpointName, apart: i64) -> Option<String> {
        if self.0.len() == Self::MANY {
            self.0.pop_front();
        }
        self.0.push_back((endpoint, apart));
        let is_one = self.0.iter().all(|(_, other)| other.abs_diff(apart) <= Self::NEAR);
        let way = if apart > 0 { "ahead" } else { "behind" };
        (is_one && self.0.len() == Self::MANY).then(|| {
            let (many, seconds) = (Self::MANY, apart.unsigned_abs());
            format!(
                "the last {many} such deliveries are all {seconds} s off: this machine's clock is {way}, set it"
            )
        })
    }

    /// A delivery verified where others had a wrong time: it is theirs that is wrong.
    fn is_right_for(&mut self, endpoint: &EndpointName) {
        if self.0.iter().any(|(other, _)| other == endpoint) {
            self.0.clear();
        }
    }
}

/// How many seconds the signed time lies before the arrival, where that is what was refuted.
fn seconds_off(record: &Record, routes: &Routes) -> Option<i64> {
    let delivery = &record.delivery;
    let route = routes.named(&delivery.endpoint)?;
    let is_stale = record.inspection.verdict.standing() == Standing::Stale;
    let received = route.received(delivery.received_at);
    is_stale.then(|| verify::evidence(&delivery.request, &received, &route.scheme).apart)?
}

/// The verdict of a refuted delivery with the clues that a search finds; none if there are none.
fn explained(record: &Record, routes: &Routes) -> Option<Verdict> {
    let delivery = &record.delivery;
    let route = routes.named(&delivery.endpoint)?;
    let received = route.received(delivery.received_at);
    let others = routes.iter().filter(|other| other.endpoint.name != delivery.endpoint);
    let others = others
        .map(|other| (&other.endpoint.name, &other.scheme))
        .collect::<Vec<(&EndpointName, &Scheme)>>();
    let limits = Limits::default();
    let found = verify::explain(&delivery.request, &received, &route.scheme, &others, limits);
    match &record.inspection.verdict {
        Verdict::Refuted { scheme, reason, message, .. } if !found.is_empty() => {
            Some(Verdict::Refuted {
                scheme: scheme.clone(),
                reason: *reason,
                message: message.clone(),
                clues: found,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, EndpointName};

    #[test]
    fn three_deliveries_with_one_offset_are_the_machines_clock() {
        let mut clock = Clock::default();
        let mut tell = |apart| clock.tell(EndpointName::from("shop"), apart);
        assert_eq!(tell(420), None);
        assert_eq!(tell(422), None);
        assert!(tell(419).unwrap().contains("419 s off: this machine's clock is ahead"));
        assert_eq!(tell(9_000), None, "one that is merely old is no offset");
        assert_eq!(tell(420), None);
        assert_eq!(tell(421), None);
        assert!(tell(420).is_some());
        assert_eq!([-400, -401].map(&mut tell), [None, None]);
        assert!(tell(-400).unwrap().contains("behind"));
    }

    #[test]
    fn a_delivery_in_time_between_old_ones_clears_the_machines_clock() {
        for (in_time, told) in [("shop", false), ("crm", true)] {
            let mut clock = Clock::default();
            for _ in 0..2 {
                assert_eq!(clock.tell(EndpointName::from("shop"), 3_600), None);
            }
            clock.is_right_for(&EndpointName::from(in_time));
            let third = clock.tell(EndpointName::from("shop"), 3_600);
            assert_eq!(third.is_some(), told, "{in_time}: its scheme may know no time");
        }
    }
}
