//! What is answered otherwise, and what waits for an answer.

use std::sync::Arc;
use std::time::Duration;

use hookscope::app::message::Message;
use hookscope::app::sleeps::Sleep;
use hookscope::domain::arrival::Arrival;

use crate::scene::{Scene, record};
use crate::views::check;

fn holding(size: (u16, u16)) -> Scene {
    let mut scene = Scene::busy(size);
    scene.press("H enter");
    for (id, seconds) in [(42, 23), (43, 30)] {
        let body = r#"{"event":"booking_new","payload":{},"property_id":"p-1"}"#;
        let record = Arc::new(record(id, "2026-11-21T10:42:09Z", "hotels", body));
        let budget = Duration::from_secs(seconds);
        scene.send(Message::Arrived(Arrival::Held { record, budget }));
    }
    scene
}

#[test]
fn the_sheet_says_what_is_answered_and_for_how_long() {
    check("shaping", |size| {
        let mut scene = Scene::busy(size);
        scene.press("j a right tab tab tab tab tab ctrl-u 2 s");
        scene
    });
}

#[test]
fn the_title_bar_tells_what_is_set_until_it_is_taken_back() {
    check("shaping_set", |size| {
        let mut scene = Scene::busy(size);
        scene.press("j a right tab tab tab tab tab tab right ctrl-s a");
        scene
    });
}

#[test]
fn a_bar_counts_down_what_is_held() {
    check("held", holding);
}

#[test]
fn what_is_held_and_what_it_is_answered_are_asked_for() {
    check("hold", |size| {
        let mut scene = Scene::busy(size);
        scene.press("H tab ctrl-u x enter");
        scene
    });
    check("held_answer", |size| {
        let mut scene = holding(size);
        scene.press("g r");
        scene
    });
}

#[test]
fn where_the_machine_slept_the_list_tells_that_nothing_could_arrive() {
    check("slept", |size| {
        let mut scene = Scene::busy(size);
        let [from, until] = ["2026-11-21T10:42:08Z", "2026-11-21T12:10:00Z"]
            .map(|time| time.parse().expect("it is a time"));
        scene.send(Message::Tick(until));
        scene.send(Message::Woke(Sleep { from, until }));
        let body = r#"{"event":"booking_new","payload":{},"property_id":"p-1"}"#;
        scene.arrive(record(1_189, "2026-11-21T12:10:05Z", "hotels", body));
        scene
    });
}
