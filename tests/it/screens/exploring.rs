//! Notes and tags, two deliveries side by side, and all that hold a value.

use crate::scene::Scene;
use crate::views::check;

/// A note on one delivery, tags on another, both on a third.
fn commented(size: (u16, u16)) -> Scene {
    let mut scene = Scene::companies(size);
    for keys in [
        "m",
        "w h y space t w i c e enter",
        "j t",
        "b u g space l a t e r enter",
        "j m",
        "s e e n enter t",
        "a s k enter",
    ] {
        scene.press(keys);
    }
    scene
}

#[test]
fn what_is_written_is_shown_in_the_stream_and_in_the_overview() {
    check("comments", |size| {
        let mut scene = commented(size);
        scene.press("1 tab");
        scene
    });
    check("comments_stream", commented);
}

#[test]
fn tags_are_offered_while_they_are_typed() {
    check("tags", |size| {
        let mut scene = commented(size);
        scene.press("j t b");
        scene
    });
    check("note", |size| {
        let mut scene = commented(size);
        scene.press("m");
        scene
    });
}

#[test]
fn two_deliveries_are_shown_by_what_is_different() {
    check("comparison_of_deliveries", |size| {
        let mut scene = Scene::companies(size);
        scene.press("j c");
        scene
    });
}

#[test]
fn everything_that_holds_a_value_is_shown() {
    check("pivot", |size| {
        let mut scene = Scene::companies(size);
        scene.press("tab j P");
        scene
    });
}
