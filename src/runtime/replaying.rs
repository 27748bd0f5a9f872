//! A plan is carried out: deliveries are read from the store a few at a time, sent as planned, and
//! each attempt is kept. However many there are, only so much is in memory.
//!
//! Nothing is decided here that the plan does not say.
//!
//! Reading order: [`told`], `schedule` (what goes out when), `sending` (one request), `lanes` (several side
//! by side), `keeping` (what came of them, in the store), then [`Outward::replay`].

pub mod told;
mod schedule;
mod sending;
mod lanes;
mod keeping;
mod reserved;

use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};
use tokio_util::sync::CancellationToken;

use super::outward::Outward;
use crate::client::Client;
use crate::domain::attempt::Call;
use crate::domain::delivery::DeliveryId;
use crate::domain::plan::Plan;
use crate::domain::replay::{Next, Progress, Summary};
use crate::providers::route::Routes;
use keeping::{Keeper, keeper};
use lanes::{Lanes, Shared};
use reserved::reserved;
use schedule::{Due, Missing, Planned, Schedule, fresh_id};
use sending::{Ended, Sending, call, read, read_one};
use told::Told;

/// Progress is not told more often.
const BETWEEN: Duration = Duration::from_millis(100);

impl Outward {
    /// The call that would send a delivery as planned, or why there is none. Nothing goes out.
    pub async fn rehearse(
        &self,
        delivery: DeliveryId,
        plan: &Plan,
        routes: &Routes,
    ) -> Result<Call, String> {
        let delivery = read_one(&self.store, delivery).await?;
        let call = call(&delivery, plan, routes, Timestamp::now(), fresh_id(&plan.proof));
        call.map(|call| self.sender(plan).completed(call)).map_err(|error| error.to_string())
    }

    /// Connections are used again only while a plan lasts, and only if it has many requests: to some
    /// servers one that waits is one that keeps others out.
    fn sender(&self, plan: &Plan) -> Client {
        let client = self.client.clone();
        if plan.total() > 1 { client.reusing() } else { client }
    }

    /// Carries out a plan; returns when everything has come to its end and is kept. What is signed
    /// afresh is signed by the endpoints of `routes`. After `cancel` nothing more goes out, and what
    /// is under way comes to its end.
    ///
    /// What happens is told to `tell`. While it is full everything waits for it, but for progress,
    /// which is left out then.
    pub async fn replay(
        &self,
        plan: &Plan,
        routes: &Routes,
        tell: mpsc::Sender<Told>,
        cancel: CancellationToken,
    ) -> Summary {
        let sending = Sending { client: self.sender(plan), store: &self.store, plan, routes };
        let store = self.store.clone();
        let (keeper, keeping) = keeper(self, tell.clone());
        let schedule = Schedule::new(plan, move |ids| read(store.clone(), ids));
        let shared = Shared::new(&sending, schedule);
        let run = Run {
            shared: &shared,
            lanes: Lanes::new(&shared, |planned| shared.lane(planned)),
            keeper,
            tell,
            progress: Progress { total: plan.total(), ..Progress::default() },
            begun: Instant::now(),
            has_news: false,
            is_cancelled: false,
        };
        let work = Box::pin(async { tokio::join!(run.until_the_end(cancel), keeping) });
        let (summary, ()) = reserved(&self.store, &plan.deliveries, work).await;
        summary
    }
}

/// A plan that is being carried out.
struct Run<'a, S, F> {
    shared: &'a Shared<'a>,
    lanes: Lanes<'a, S, F>,
    keeper: Keeper,
    tell: mpsc::Sender<Told>,
    progress: Progress,
    begun: Instant,
    /// Whether there is more to tell than was told.
    has_news: bool,
    is_cancelled: bool,
}

impl<S: Fn(Planned) -> F, F: Future<Output = ()>> Run<'_, S, F> {
    async fn until_the_end(mut self, cancel: CancellationToken) -> Summary {
        // Told at once: a timer whose time has come already may take a millisecond to say so.
        self.tell_progress(None);
        let mut ticks = interval_at(self.begun + BETWEEN, BETWEEN);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut cancelled = pin!(cancel.cancelled());
        loop {
            let next = self.lanes.start_what_is_due();
            let (is_over, wants_more) = {
                let schedule = self.shared.schedule();
                (schedule.is_over(), schedule.wants_more())
            };
            if self.lanes.are_empty() && is_over {
                break;
            }
            let shared = self.shared;
            tokio::select! {
                biased;
                () = &mut cancelled, if !is_over => {
                    shared.schedule().end();
                    self.is_cancelled = true;
                }
                _ = ticks.tick(), if self.has_news => self.tell_progress(next),
                loaded = poll_fn(|context| shared.schedule().poll_load(context)), if wants_more => {
                    for missing in loaded {
                        self.missing(missing).await;
                    }
                }
                ended = self.lanes.ended() => {
                    for ended in ended {
                        self.ended(ended).await;
                    }
                }
                // Made only when it is waited for.
                () = async { sleep_until(next.map_or(self.begun, |next| next.due)).await },
                    if next.is_some() => {}
            }
        }
        let Progress { total, tally, .. } = self.progress;
        Summary { total, tally, took: self.begun.elapsed(), is_cancelled: self.is_cancelled }
    }

    fn tell_progress(&mut self, next: Option<Due>) {
        let next = next.filter(|_| self.lanes.are_empty()).map(|Due { due, of }| Next {
            at: Timestamp::now() + due.saturating_duration_since(Instant::now()),
            delivery: of.delivery,
            attempt: of.nth,
        });
        self.progress.elapsed = self.begun.elapsed();
        let progress = Progress { next, ..self.progress.clone() };
        // Who does not keep up is told the next time.
        self.has_news = self.tell.try_send(Told::Progress(progress)).is_err();
    }

    async fn ended(&mut self, Ended { of, outcome }: Ended) {
        self.has_news = true;
        let attempt = match outcome {
            Ok(attempt) => attempt,
            Err(why) => {
                return self.missing(Missing { delivery: of.delivery, times: 1, why }).await;
            }
        };
        let delay =
            self.shared.sending.retry_after(&attempt, of.nth).filter(|_| !self.is_cancelled);
        if let Some(delay) = delay {
            self.progress.tally.retried += 1;
            self.shared.schedule().retry(of, Instant::now() + delay);
        } else {
            self.progress.done += 1;
            self.progress.tally.count(&attempt);
        }
        self.keeper.keep(attempt).await;
    }

    async fn missing(&mut self, Missing { delivery, times, why }: Missing) {
        self.has_news = true;
        self.progress.done += times;
        self.progress.tally.count_unsent(times, &why);
        // Nobody has to listen.
        let _ = self.tell.send(Told::Unsent { delivery, why }).await;
    }
}
