//! Plans are carried out over real sockets, against servers that answer well and badly.

pub(crate) mod server;
mod exact;
mod reuse;
mod signed;
mod misbehaving;

use std::sync::Arc;
use std::time::Duration;

use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::domain::attempt::{Attempt, AttemptId, Purpose};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::event::ProviderId;
use hookscope::domain::keep::Keep;
use hookscope::domain::plan::{Pace, Plan};
use hookscope::domain::replay::{Progress, Summary};
use hookscope::domain::url::Url;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::Routes;
use hookscope::runtime::outward::Outward;
use hookscope::runtime::replaying::told::Told;
use hookscope::storage::Store;
use hookscope::storage::retention::Sweep;
use jiff::Timestamp;
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::support::{Listening, post, within};
use server::{Raw, Reply, ok};

fn outward(store: &Store, policy: Policy) -> Outward {
    Outward { store: store.clone(), client: Client::new(policy), accounts: Accounts::default() }
}

/// A replay that goes on, and what it tells.
struct Running {
    told: Receiver<Told>,
    cancel: CancellationToken,
    ended: JoinHandle<Summary>,
}

impl Running {
    fn start(outward: Outward, plan: Plan, routes: Routes) -> Self {
        let (tell, told) = mpsc::channel(4);
        let cancel = CancellationToken::new();
        let token = cancel.clone();
        let ended = tokio::spawn(async move { outward.replay(&plan, &routes, tell, token).await });
        Self { told, cancel, ended }
    }

    /// What is told until the end, and the summary.
    async fn end(mut self) -> (Vec<Told>, Summary) {
        let mut all = Vec::new();
        while let Some(told) = within(self.told.recv()).await {
            all.push(told);
        }
        (all, within(self.ended).await.unwrap())
    }

    /// Waits until progress of this kind is told.
    async fn until(&mut self, is_reached: impl Fn(&Progress) -> bool) -> Progress {
        loop {
            match within(self.told.recv()).await.expect("it goes on") {
                Told::Progress(progress) if is_reached(&progress) => return progress,
                _ => {}
            }
        }
    }
}

/// Carries a plan out to its end.
async fn replay(store: &Store, plan: Plan) -> (Vec<Told>, Summary) {
    Running::start(outward(store, Policy::default()), plan, Routes::default()).end().await
}

/// A listener that has captured so many deliveries, whose bodies count from 1.
async fn captured(count: usize) -> Listening {
    let listening = Listening::start().await;
    for number in 1..=count {
        let path = format!("/hook?n={number}");
        assert_eq!(listening.send(post(&path, "", &number.to_string())).await.status, 200);
    }
    listening
}

fn ids(count: i64) -> Vec<DeliveryId> {
    (1..=count).map(DeliveryId).collect()
}

fn attempts(told: &[Told]) -> Vec<(Option<AttemptId>, Arc<Attempt>)> {
    let attempts = told.iter().filter_map(|told| match told {
        Told::Attempted { id, attempt } => Some((*id, Arc::clone(attempt))),
        _ => None,
    });
    attempts.collect()
}

/// The part behind the head of each request.
fn bodies(requests: &[Vec<u8>]) -> Vec<String> {
    let texts = requests.iter().map(|request| String::from_utf8_lossy(request).into_owned());
    texts.map(|text| text.split_once("\r\n\r\n").unwrap().1.to_owned()).collect()
}

#[tokio::test]
async fn deliveries_go_out_in_order_and_every_attempt_is_kept() {
    let listening = captured(12).await;
    let server = Raw::start(|_, nth| Reply::Keep(ok(if nth == 3 { 500 } else { 200 }))).await;
    let (told, summary) = replay(&listening.store, Plan::verbatim(ids(12), server.url())).await;
    assert_eq!(bodies(&server.requests()), (1..=12).map(|n| n.to_string()).collect::<Vec<_>>());
    assert_eq!(
        (summary.total, summary.tally.answered_2xx, summary.tally.answered_other),
        (12, 11, 1)
    );
    assert_eq!(summary.tally.by_status, [(200, 11), (500, 1)].into());
    assert!(!summary.is_cancelled && !summary.is_success());
    let attempts = attempts(&told);
    assert_eq!(attempts.len(), 12);
    for (number, (id, attempt)) in (1..).zip(attempts) {
        let kept = listening.store.attempts(DeliveryId(number)).await.unwrap();
        let [(kept_id, kept)] = &kept[..] else { panic!("one attempt of {number}: {kept:?}") };
        assert_eq!((id, attempt.delivery), (Some(*kept_id), Some(DeliveryId(number))));
        assert_eq!((kept.purpose, &kept.outcome), (Purpose::Replay, &attempt.outcome));
    }
}

#[tokio::test]
async fn a_plan_sends_each_as_often_and_as_many_at_once_as_it_says() {
    let listening = captured(3).await;
    let server = Raw::start(|_, _| Reply::Keep(ok(204))).await;
    let plan = Plan { times: 5, parallel: 4, ..Plan::verbatim(ids(3), server.url()) };
    let (told, summary) = replay(&listening.store, plan).await;
    assert_eq!((summary.total, summary.tally.answered_2xx), (15, 15));
    assert_eq!(attempts(&told).len(), 15);
    assert!(server.connections() <= 4, "{}", server.connections());
    let mut bodies = bodies(&server.requests());
    bodies.sort();
    assert_eq!(bodies.concat(), "111112222233333");
}

#[tokio::test]
async fn credentials_are_masked_in_what_is_kept_and_not_in_what_goes_out() {
    let listening = Listening::start().await;
    listening.send(post("/", "Authorization: Bearer tr0ub4dor\r\n", "{}")).await;
    let server = Raw::start(|_, _| Reply::Close(ok(200))).await;
    let (told, _) = replay(&listening.store, Plan::verbatim(ids(1), server.url())).await;
    let sent = String::from_utf8(server.requests().remove(0)).unwrap();
    assert!(sent.contains("\r\nAuthorization: Bearer tr0ub4dor\r\n"), "{sent}");
    let kept = listening.store.attempts(DeliveryId(1)).await.unwrap();
    for attempt in [&*attempts(&told)[0].1, &kept[0].1] {
        assert_eq!(attempt.call.request.headers.text("authorization"), Some("***"));
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_told_and_the_rest_goes_out() {
    let listening = captured(2).await;
    let server = Raw::start(|_, _| Reply::Keep(ok(200))).await;
    let deliveries = [1, 99, 2].map(DeliveryId).to_vec();
    let plan = Plan { times: 2, ..Plan::verbatim(deliveries, server.url()) };
    let (told, summary) = replay(&listening.store, plan).await;
    let unsent = told.iter().filter(|told| matches!(told, Told::Unsent { .. })).collect::<Vec<_>>();
    let why = "the store does not have it any more".to_owned();
    assert_eq!(unsent, [&Told::Unsent { delivery: DeliveryId(99), why: why.clone() }]);
    assert_eq!((summary.tally.answered_2xx, summary.tally.unsent), (4, 2));
    assert_eq!(summary.tally.first_failure, Some(why));
    assert_eq!(bodies(&server.requests()), ["1", "1", "2", "2"]);
}

#[tokio::test]
async fn a_cancelled_replay_lets_what_is_under_way_come_to_its_end() {
    let listening = captured(10).await;
    let server = Raw::start(|_, _| Reply::Gated(ok(200))).await;
    let plan = Plan { parallel: 2, ..Plan::verbatim(ids(10), server.url()) };
    let outward = outward(&listening.store, Policy::default());
    let running = Running::start(outward, plan, Routes::default());
    server.has(2).await;
    running.cancel.cancel();
    server.gate.add_permits(10);
    let (told, summary) = running.end().await;
    assert_eq!((server.requests().len(), attempts(&told).len()), (2, 2));
    assert_eq!((summary.tally.answered_2xx, summary.is_cancelled), (2, true));
}

#[tokio::test]
async fn a_cancel_after_the_last_request_cancels_nothing() {
    let listening = captured(1).await;
    let server = Raw::start(|_, _| Reply::Gated(ok(200))).await;
    let outward = outward(&listening.store, Policy::default());
    let plan = Plan::verbatim(ids(1), server.url());
    let mut running = Running::start(outward, plan, Routes::default());
    server.has(1).await;
    // It is known by then that there is no other delivery.
    running.until(|_| true).await;
    running.cancel.cancel();
    server.gate.add_permits(1);
    let (_, summary) = running.end().await;
    assert_eq!((summary.tally.answered_2xx, summary.is_cancelled), (1, false));
}

#[tokio::test]
async fn a_failure_is_tried_again_when_the_provider_would() {
    let listening = captured(1).await;
    let server = Raw::start(|_, nth| Reply::Close(ok(if nth == 1 { 503 } else { 200 }))).await;
    let like =
        Plan { retry_like: Some(ProviderId::Avionte), ..Plan::verbatim(ids(1), server.url()) };
    let (told, summary) = replay(&listening.store, like).await;
    assert_eq!(server.requests().len(), 2, "the second try of Avionté comes at once");
    assert_eq!(attempts(&told).len(), 2);
    assert_eq!((summary.tally.answered_2xx, summary.tally.retried), (1, 1));
    assert!(summary.is_success() && summary.tally.answered_other == 0);
}

#[tokio::test]
async fn a_later_try_is_foretold_and_holds_nobody_up() {
    let listening = captured(2).await;
    // The first delivery fails twice, and its third try comes a minute later.
    let server = Raw::start(|request, _| {
        let is_first = request.ends_with(b"\r\n\r\n1");
        Reply::Close(ok(if is_first { 500 } else { 200 }))
    })
    .await;
    let plan =
        Plan { retry_like: Some(ProviderId::Avionte), ..Plan::verbatim(ids(2), server.url()) };
    let begun = Timestamp::now();
    let outward = outward(&listening.store, Policy::default());
    let mut running = Running::start(outward, plan, Routes::default());
    let waiting = running.until(|progress| progress.next.is_some()).await;
    let next = waiting.next.unwrap();
    assert_eq!((next.delivery, next.attempt), (DeliveryId(1), 3));
    let until = next.at.duration_since(begun);
    assert!((55..=70).contains(&until.as_secs()), "{until:?}");
    assert_eq!((waiting.done, waiting.tally.answered_2xx, waiting.tally.retried), (1, 1, 2));
    running.cancel.cancel();
    let (_, summary) = running.end().await;
    assert!(summary.is_cancelled);
}

#[tokio::test]
async fn a_gap_lies_between_the_beginnings() {
    let listening = captured(3).await;
    let server = Raw::start(|_, _| Reply::Keep(ok(200))).await;
    let gap = Duration::from_millis(40);
    let plan = Plan { pace: Pace::Gap(gap), parallel: 3, ..Plan::verbatim(ids(3), server.url()) };
    let (told, summary) = replay(&listening.store, plan).await;
    assert_eq!(bodies(&server.requests()), ["1", "2", "3"]);
    assert!(summary.took >= gap * 2, "{:?}", summary.took);
    let begun = attempts(&told).iter().map(|(_, attempt)| attempt.started_at).collect::<Vec<_>>();
    // The clock of the machine may be a little off the one that is waited by.
    let least = Duration::from_millis(35).try_into().unwrap();
    assert!(begun.windows(2).all(|pair| pair[1].duration_since(pair[0]) >= least), "{begun:?}");
}

#[tokio::test]
async fn progress_is_told_at_the_start_and_not_too_often() {
    let listening = captured(200).await;
    let server = Raw::start(|_, _| Reply::Keep(ok(200))).await;
    let (told, summary) = replay(&listening.store, Plan::verbatim(ids(200), server.url())).await;
    let progress = told.iter().filter_map(|told| match told {
        Told::Progress(progress) => Some(progress),
        _ => None,
    });
    let progress = progress.collect::<Vec<_>>();
    assert_eq!((progress[0].total, progress[0].done), (200, 0));
    assert!(progress.len() as u128 <= 2 + summary.took.as_millis() / 100, "{}", progress.len());
    assert!(progress.windows(2).all(|pair| pair[0].done <= pair[1].done));
}

#[tokio::test]
async fn a_rehearsal_shows_what_would_go_out_and_sends_nothing() {
    let listening = captured(1).await;
    let server = Raw::start(|_, _| Reply::Close(ok(200))).await;
    let plan = Plan::verbatim(ids(1), server.url());
    let outward = outward(&listening.store, Policy::default());
    let call = outward.rehearse(DeliveryId(1), &plan, &Routes::default()).await.unwrap();
    assert!(server.requests().is_empty());
    replay(&listening.store, plan.clone()).await;
    let sent = server.requests().remove(0);
    let head = String::from_utf8(call.request.headers.to_block()).unwrap();
    assert_eq!(
        String::from_utf8(sent).unwrap(),
        format!("POST {} HTTP/1.1\r\n{head}\r\n1", call.request.target)
    );
    let missing = outward.rehearse(DeliveryId(9), &plan, &Routes::default()).await;
    assert_eq!(missing, Err("the store does not have it any more".to_owned()));
    let url = Url::parse("http://127.0.0.1:1/").unwrap();
    let plan = Plan { target: url, ..plan };
    assert!(outward.rehearse(DeliveryId(1), &plan, &Routes::default()).await.is_ok());
}

#[tokio::test]
async fn what_is_being_replayed_is_not_deleted_before_the_end() {
    let listening = captured(3).await;
    let server = Raw::start(|_, _| Reply::Keep(ok(200))).await;
    let pace = Pace::Gap(Duration::from_secs(600));
    let plan = Plan { pace, ..Plan::verbatim(ids(2), server.url()) };
    let mut running =
        Running::start(outward(&listening.store, Policy::default()), plan, Routes::default());
    running.until(|progress| progress.done == 1).await;
    let nothing = Keep { count: Some(0), ..Keep::default() };
    let sweep = || async {
        let upkeep = listening.store.upkeep();
        upkeep.sweep(nothing, Sweep::default(), Timestamp::now()).await.unwrap().gone
    };
    assert_eq!(sweep().await, [DeliveryId(3)]);
    running.cancel.cancel();
    running.end().await;
    assert_eq!(sweep().await, ids(2));
}
