//! Leases over real sockets: taken, given back, left open, and changed by somebody else meanwhile.

mod dashboard;

use hookscope::domain::subscription::Subscription;
use hookscope::runtime::leasing;
use hookscope::runtime::subscribing::not_done::NotDone;
use hookscope::runtime::undertaken::Undertaken;
use serde_json::json;

use crate::standins::avinode::{Standin, refusal};
use crate::standins::server::Answer;
use crate::subscribing::{Bench, HERE, acme};

const BEFORE: &str = "https://before.example.test/hook";

struct Scene {
    standin: Standin,
    bench: Bench,
    undertaken: Undertaken,
    id: String,
}

impl Scene {
    fn new() -> Self {
        let standin = Standin::start();
        let bench = Bench::new(vec![standin.account()]);
        let id = standin.seed(&json!({
            "targetURI": BEFORE, "displayName": "theirs", "eventTypes": ["TripRequest"], "kept": 7,
        }));
        Self { standin, bench, undertaken: Undertaken::default(), id }
    }

    async fn take(&self, of: Subscription) -> Result<Vec<String>, NotDone> {
        let (subscribing, target) = (&self.bench.subscribing, format!("{HERE}/avinode"));
        leasing::take(subscribing, &self.undertaken, &acme(), of, target).await
    }

    async fn taken() -> Self {
        let scene = Self::new();
        scene.take(scene.bench.only().await).await.unwrap();
        scene
    }

    async fn give_back(&self) -> Result<Vec<String>, NotDone> {
        leasing::give_back(&self.bench.subscribing, &acme(), &self.id).await
    }

    async fn open(&self) -> usize {
        self.bench.subscribing.outward.store.open_leases().await.unwrap().len()
    }

    fn target(&self) -> String {
        self.standin.settings()[0]["targetURI"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_lease_points_here_and_back_and_changes_nothing_else() {
    let scene = Scene::taken().await;
    assert_eq!(scene.target(), format!("{HERE}/avinode"));
    let listed = scene.bench.list().await.listed;
    assert!(listed[0].leased && !listed[0].ours, "{listed:?}");

    let told = scene.give_back().await.unwrap();
    assert_eq!(told, [format!("{} points to {BEFORE} again", scene.id)]);
    assert_eq!((scene.target().as_str(), scene.open().await), (BEFORE, 0));
    assert_eq!(scene.standin.settings()[0]["kept"], 7);
    assert!(!scene.bench.list().await.listed[0].leased);
}

#[tokio::test]
async fn there_is_one_lease_of_a_subscription_at_a_time() {
    let scene = Scene::taken().await;
    let again = scene.take(scene.bench.only().await).await.unwrap_err();
    assert!(again.to_string().contains("points here by a lease already"), "{again}");
    assert_eq!(scene.open().await, 1);
    scene.give_back().await.unwrap();
    let none = scene.give_back().await.unwrap_err();
    assert!(none.to_string().contains("no open lease"), "{none}");
}

#[tokio::test]
async fn a_lease_that_the_provider_refuses_is_none() {
    let scene = Scene::new();
    let of = scene.bench.only().await;
    scene.standin.set_answer(refusal(403, "", "no", None));
    scene.take(of).await.unwrap_err();
    assert_eq!(scene.open().await, 0);
}

#[tokio::test]
async fn a_lease_of_which_nobody_knows_stays_open_and_is_settled_by_what_is_listed() {
    let scene = Scene::new();
    let of = scene.bench.only().await;
    scene.standin.set_answer(Answer::html(502));
    scene.take(of).await.unwrap_err();
    assert_eq!(scene.open().await, 1);
    scene.standin.set_answer(None);
    let told = scene.give_back().await.unwrap();
    assert_eq!(told, [format!("{} points to {BEFORE} already", scene.id)]);
    assert_eq!(scene.open().await, 0);
}

#[tokio::test]
async fn what_somebody_pointed_elsewhere_meanwhile_stays_there() {
    let scene = Scene::taken().await;
    let theirs = "https://theirs.example.test/";
    scene.standin.change(&scene.id, "targetURI", json!(theirs));
    let told = scene.give_back().await.unwrap();
    assert!(told[0].contains(theirs) && told[0].contains(BEFORE), "{told:?}");
    assert_eq!((scene.target().as_str(), scene.open().await), (theirs, 0));
}

#[tokio::test]
async fn what_is_gone_has_nothing_to_be_pointed_back() {
    let scene = Scene::taken().await;
    scene.standin.rebuild();
    let told = scene.give_back().await.unwrap();
    assert!(told[0].contains("is gone at the provider"), "{told:?}");
    assert_eq!(scene.open().await, 0);
}

#[tokio::test]
async fn a_lease_that_cannot_be_given_back_stays_open() {
    let scene = Scene::taken().await;
    scene.standin.set_answer(Answer::html(503));
    scene.give_back().await.unwrap_err();
    assert_eq!(scene.open().await, 1);
}

#[tokio::test]
async fn the_end_of_a_run_gives_back_what_it_has_taken_and_nothing_else() {
    let scene = Scene::taken().await;
    let other = scene.standin.seed(&json!({"targetURI": BEFORE, "displayName": "other"}));
    let of = scene.bench.subscribing.find(&acme(), &other).await.unwrap().unwrap();
    let another_run = Undertaken::default();
    let target = format!("{HERE}/other");
    leasing::take(&scene.bench.subscribing, &another_run, &acme(), of, target).await.unwrap();

    let given = leasing::give_back_all(&scene.bench.subscribing, &scene.undertaken).await.unwrap();
    let [(lease, Ok(_))] = &given[..] else { panic!("{given:?}") };
    assert_eq!(lease.subscription, scene.id);
    assert_eq!((scene.target().as_str(), scene.open().await), (BEFORE, 1));
}

#[tokio::test]
async fn after_a_crash_the_next_run_knows_of_the_lease_and_can_end_it() {
    let scene = Scene::taken().await;
    let Scene { standin, bench, undertaken, id } = scene;
    let bench = bench.restarted().await;
    let store = &bench.subscribing.outward.store;
    assert!(leasing::left_open(store, &undertaken).await.unwrap().is_empty());
    let next = Undertaken::default();
    let open = leasing::left_open(store, &next).await.unwrap();
    assert_eq!(open[0].previous_target, BEFORE);
    // It is no lease of this run, so its end does not give it back unasked.
    assert!(leasing::give_back_all(&bench.subscribing, &next).await.unwrap().is_empty());

    leasing::give_back(&bench.subscribing, &acme(), &id).await.unwrap();
    assert_eq!(standin.settings()[0]["targetURI"], BEFORE);
}

#[tokio::test]
async fn a_lease_that_is_forgotten_leaves_the_subscription_as_it_is() {
    let scene = Scene::taken().await;
    let store = &scene.bench.subscribing.outward.store;
    let told = leasing::forget(store, &acme(), &scene.id).await.unwrap();
    assert!(told[0].contains("stays pointed to"), "{told:?}");
    assert_eq!((scene.target(), scene.open().await), (format!("{HERE}/avinode"), 0));
}
