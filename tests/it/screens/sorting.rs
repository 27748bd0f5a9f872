//! The stream in another order, and with pinned columns.

use hookscope::app::message::Message;
use hookscope::domain::pin::Pin;

use crate::scene::{Scene, now, refuted};
use crate::views::check;

/// The stream with values of bodies as columns.
fn pinned(size: (u16, u16)) -> Scene {
    let mut scene = Scene::busy(size);
    for pointer in ["/trip/price/amount", "/type"] {
        assert!(scene.app.deliveries.pin(Pin::new(pointer).expect("a pointer")));
    }
    scene.send(Message::Tick(now()));
    scene
}

fn sorted(size: (u16, u16), by: &str) -> Scene {
    let mut scene = pinned(size);
    scene.press(":");
    scene.write(&format!("sort {by}"));
    scene.press("enter");
    scene
}

#[test]
fn values_of_bodies_stand_beside_what_is_always_there() {
    check("columns", pinned);
}

#[test]
fn a_sorted_stream_says_by_what_and_how_much_of_it_there_is() {
    check("sorted", |size| {
        let mut scene = sorted(size, "-size");
        scene.arrive(refuted(1_188, 4));
        scene
    });
    check("sorted_by_value", |size| sorted(size, "/type"));
    let plain = |size| {
        let mut scene = sorted(size, "/type");
        scene.app.arrangement.plain = true;
        scene
    };
    check("sorted_plain", plain);
}

#[test]
fn the_columns_are_listed_with_those_that_the_open_body_could_have() {
    check("column_sheet", |size| {
        let mut scene = pinned(size);
        scene.press("j enter esc s j j");
        scene
    });
}
