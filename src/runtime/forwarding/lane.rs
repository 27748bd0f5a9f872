//! Hands the deliveries of one line on, one after the other.

use std::pin::pin;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::line::{Count, Line};
use super::sending::{self, Sending};
use crate::app::forwarding::{Forward, Trouble, TroubleKind};
use crate::domain::arrival::Arrival;
use crate::domain::attempt::{Attempt, AttemptError, Call, Outcome, Timing};
use crate::domain::name::EndpointName;
use crate::domain::record::Record;

/// How often a delivery goes out whose connection ends without an answer, before it is put aside.
const MOST_TRIES: u32 = 5;

/// The pause before an app that is down is looked at again, at first and at most.
const PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How often an app with nothing to do is looked at while somebody watches.
const LOOK: Duration = Duration::from_secs(10);

/// An app that takes longer for its answer is said to.
const SLOW: Duration = Duration::from_secs(2);

/// How often what waits is counted while there is trouble.
const COUNT: Duration = Duration::from_secs(1);

/// So many arrivals while one delivery was handed on are a flood …
const FLOOD: usize = 8;
/// … which has the processor for so long before the next one is handed on.
const WAY: Duration = Duration::from_millis(5);

/// How long what is under way has at the end.
const GRACE: Duration = Duration::from_secs(2);

/// A line and what it is sent with.
pub(super) struct Lane {
    number: usize,
    line: Line,
    sending: Sending,
    arrivals: broadcast::Receiver<Arrival>,
    skips: watch::Receiver<u64>,
    stop: CancellationToken,
    trouble: Option<(TroubleKind, Timestamp, Count)>,
    /// Whether the app has answered since a delivery was put aside.
    has_answered: bool,
    next_look: Instant,
}

/// What a lane listens to: arrivals, wishes to skip, and the end.
pub(super) type Heard = (broadcast::Receiver<Arrival>, watch::Receiver<u64>, CancellationToken);

/// How a wait ended.
enum Waited {
    /// The app can be connected to.
    Reachable,
    /// The delivery is not sent any more, at least not now.
    Left,
}

impl Lane {
    pub(super) fn new(number: usize, line: Line, sending: Sending, heard: Heard) -> Self {
        let (arrivals, skips, stop) = heard;
        let (trouble, next_look) = (None, Instant::now());
        let has_answered = true;
        Self { number, line, sending, arrivals, skips, stop, trouble, has_answered, next_look }
    }

    /// Hands on until the end.
    pub(super) async fn run(mut self) {
        while !self.stop.is_cancelled() {
            match self.line.next().await {
                Ok(Some(record)) => {
                    self.hand_on(&record).await;
                    self.give_way().await;
                }
                Ok(None) => self.rest().await,
                Err(error) => {
                    tracing::warn!(%error, "what is to be handed on could not be read");
                    tokio::select! {
                        () = sleep(COUNT) => {}
                        () = self.stop.cancelled() => {}
                    }
                }
            }
        }
        self.sending.keeping.done(self.line.done()).await;
    }

    /// Sends a delivery until the app has answered, or it is put aside or skipped.
    async fn hand_on(&mut self, record: &Record) {
        let call = match self.sending.call(record, &self.line.to) {
            Ok(call) => call,
            Err(attempt) => return self.put_aside(record, *attempt).await,
        };
        let (mut pause, mut broken) = (PAUSE, 0);
        loop {
            let Some(attempt) = self.send(record, &call).await else { return };
            if is_taken(&attempt) {
                self.well().await;
                self.has_answered = true;
                return self.done(record, attempt).await;
            }
            broken += u32::from(attempt.timing.connect.is_some());
            // Where every delivery ends like this, it is the app that is broken, and all wait.
            if broken >= MOST_TRIES && self.has_answered {
                self.has_answered = false;
                return self.put_aside(record, attempt).await;
            }
            let why = attempt.sentence();
            self.sending.keep(attempt, None).await;
            if self.trouble.is_none() {
                tracing::warn!("deliveries wait for {}: {why}", self.line.to.authority());
            }
            self.troubled(TroubleKind::Down).await;
            match self.until_reachable(&mut pause).await {
                Waited::Reachable => {}
                Waited::Left => return,
            }
        }
    }

    /// Sends once; none if that was broken off.
    async fn send(&mut self, record: &Record, call: &Call) -> Option<Attempt> {
        let sending = self.sending.clone();
        let (started_at, begun) = (Timestamp::now(), Instant::now());
        let mut sent = pin!(sending.send(record, call));
        let mut told = begun + SLOW;
        loop {
            let has_trouble = self.trouble.is_some();
            tokio::select! {
                biased;
                attempt = &mut sent => return Some(attempt),
                () = cut_off(&self.stop) => return None,
                Ok(()) = self.skips.changed(), if has_trouble => {
                    let timing = Timing { total: begun.elapsed(), ..Timing::default() };
                    let attempt = sending::attempt(record, call, started_at, timing, broken_off());
                    self.sending.keep(attempt, None).await;
                    self.skip().await;
                    return None;
                }
                () = sleep_until(told) => {
                    let kind = self.trouble.map_or(TroubleKind::Slow, |(kind, ..)| kind);
                    self.troubled(kind).await;
                    told = Instant::now() + COUNT;
                }
            }
        }
    }

    /// Waits until the app can be connected to. Nothing is asked of it.
    async fn until_reachable(&mut self, pause: &mut Duration) -> Waited {
        loop {
            let (client, to) = (self.sending.client.clone(), self.line.to.clone());
            let wait = std::mem::replace(pause, (*pause * 2).min(LONGEST_PAUSE));
            let mut reached = pin!(async move {
                sleep(wait).await;
                client.reach_target(&to).await
            });
            let reached = loop {
                tokio::select! {
                    biased;
                    reached = &mut reached => break reached,
                    () = self.stop.cancelled() => return Waited::Left,
                    Ok(()) = self.skips.changed() => {
                        self.skip().await;
                        return Waited::Left;
                    }
                    () = sleep(COUNT) => self.troubled(TroubleKind::Down).await,
                }
            };
            if reached.is_ok() {
                return Waited::Reachable;
            }
        }
    }

    /// Nothing waits: until there is something, or the app has to be looked at.
    async fn rest(&mut self) {
        if let Some(done) = self.line.done_if_far() {
            self.sending.keeping.done(done).await;
        }
        let (client, to) = (self.sending.client.clone(), self.line.to.clone());
        let (next_look, name) = (self.next_look, self.line.endpoint.name.clone());
        let look = async move {
            sleep_until(next_look).await;
            client.reach_target(&to).await
        };
        let reached = tokio::select! {
            biased;
            () = self.stop.cancelled() => return,
            () = arrived(&mut self.arrivals, &name) => return,
            reached = look, if self.sending.reports.is_watched() => reached,
        };
        match reached {
            Ok(()) => self.well().await,
            Err(_) => self.troubled(TroubleKind::Down).await,
        }
    }

    /// Lets a flood of deliveries pass, whose senders would else wait for the processor.
    async fn give_way(&mut self) {
        let is_flood = self.arrivals.len() >= FLOOD;
        // What arrived is in the store, where the line finds it.
        self.arrivals = self.arrivals.resubscribe();
        if is_flood {
            sleep(WAY).await;
        }
    }

    /// The turn of a delivery is over.
    async fn done(&mut self, record: &Record, attempt: Attempt) {
        self.line.pass(record.id);
        if let Some((_, _, count)) = &mut self.trouble {
            *count = self.line.count();
        }
        let done = self.line.done();
        self.sending.keep(attempt, Some(done)).await;
    }

    /// A delivery does not get through, and the next one has its turn.
    async fn put_aside(&mut self, record: &Record, attempt: Attempt) {
        let (id, to) = (record.id, self.line.to.authority());
        let text = format!("#{id} was not handed on to {to}: {}", attempt.sentence());
        self.done(record, attempt).await;
        self.sending.reports.warn(text).await;
    }

    async fn skip(&mut self) {
        if let Err(error) = self.line.skip().await {
            return self.sending.reports.warn(format!("nothing was skipped: {error}")).await;
        }
        self.sending.keeping.done(self.line.done()).await;
        if let Some((_, _, count)) = &mut self.trouble {
            *count = self.line.count();
        }
        self.show().await;
    }

    async fn well(&mut self) {
        if self.trouble.take().is_some() {
            tracing::info!("{} takes deliveries again", self.line.to.authority());
        }
        self.next_look = Instant::now() + LOOK;
        self.show().await;
    }

    async fn troubled(&mut self, kind: TroubleKind) {
        if self.trouble.is_none() {
            // A wish from before is not about this.
            self.skips.mark_unchanged();
        }
        let begins = || (kind, Timestamp::now(), self.line.count());
        let (_, since, mut count) = self.trouble.unwrap_or_else(begins);
        if self.sending.reports.is_watched()
            && let Err(error) = self.line.count_on(&mut count).await
        {
            tracing::warn!(%error, "what waits could not be counted");
        }
        self.trouble = Some((kind, since, count));
        self.next_look = Instant::now() + LONGEST_PAUSE;
        self.show().await;
    }

    async fn show(&self) {
        let trouble = self.trouble.map(|(kind, since, count)| {
            let waiting = count.waiting;
            Trouble { kind, since, waiting }
        });
        let target = self.line.to.authority().to_owned();
        self.sending.reports.show(self.number, Forward { target, trouble }).await;
    }
}

/// Whether the app has got it: it answered, if only with more than is read.
fn is_taken(attempt: &Attempt) -> bool {
    use AttemptError::TooLarge;
    matches!(attempt.outcome, Outcome::Answered(_) | Outcome::Failed { error: TooLarge, .. })
}

/// What came of an attempt that the user did not want to wait for.
fn broken_off() -> Outcome {
    let message = "it was broken off before the app had answered: what waited was skipped";
    Outcome::Failed { error: AttemptError::Reset, message: message.to_owned() }
}

async fn cut_off(stop: &CancellationToken) {
    stop.cancelled().await;
    sleep(GRACE).await;
}

/// Returns when a delivery of this endpoint may have arrived.
async fn arrived(arrivals: &mut broadcast::Receiver<Arrival>, endpoint: &EndpointName) {
    loop {
        match arrivals.recv().await {
            Ok(Arrival::Captured(record)) if record.delivery.endpoint == *endpoint => break,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => break,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
    // What else has arrived is found with it.
    while matches!(arrivals.try_recv(), Ok(_) | Err(TryRecvError::Lagged(_))) {}
}
