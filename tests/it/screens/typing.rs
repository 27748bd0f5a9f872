//! The palette, commands with what may stand there, leaving, and a stream that stands still.

use hookscope::app::message::Message;
use hookscope::domain::replay::Progress;

use super::text_of;
use crate::scene::{Scene, record};
use crate::views::check;
use hookscope::ui::theme::Theme;

fn typed(size: (u16, u16), keys: &str, text: &str) -> Scene {
    let mut scene = Scene::companies(size);
    scene.press(keys);
    if !text.is_empty() {
        scene.write(text);
    }
    scene
}

#[test]
fn the_palette_tells_what_can_be_done_with_its_keys() {
    check("palette", |size| typed(size, "ctrl-p", ""));
    check("palette_found", |size| typed(size, "ctrl-p", "cop"));
    let nothing = typed((80, 24), "ctrl-p", "qqqq");
    insta::assert_snapshot!("palette_nothing", text_of(&nothing.draw(&Theme::default())));
}

#[test]
fn what_may_be_typed_stands_above_the_command_line() {
    check("command_line", |size| typed(size, ":", ""));
    check("command_line_begun", |size| typed(size, ":", "mar"));
    check("command_line_value", |size| {
        let mut scene = typed(size, ":", "filter event:");
        scene.press("tab tab");
        scene
    });
    check("command_line_mistake", |size| {
        let mut scene = typed(size, ":", "mark-al");
        scene.press("enter");
        scene
    });
}

#[test]
fn what_may_be_typed_stands_below_a_filter_when_it_is_asked_for() {
    check("filter_completed", |size| {
        let mut scene = typed(size, "f", "auth:");
        scene.press("tab tab");
        scene
    });
}

#[test]
fn keys_that_may_follow_are_listed() {
    check("pending", |size| {
        let mut scene = Scene::busy(size);
        scene.press("y");
        scene
    });
}

#[test]
fn leaving_is_asked_about_while_a_replay_runs() {
    check("quitting", |size| {
        let mut scene = typed(size, "R enter", "");
        scene.send(Message::Replaying(Progress { done: 412, total: 1_000, ..Progress::default() }));
        scene.press("q");
        scene
    });
}

#[test]
fn a_stream_that_stands_still_says_so() {
    check("paused", |size| {
        let mut scene = typed(size, "j p", "");
        for id in 1_189..1_201 {
            scene.arrive(record(id, "2026-11-21T10:42:09Z", "acme", "{}"));
        }
        scene
    });
}

#[test]
fn what_is_deleted_can_be_brought_back_and_the_status_bar_says_how_long() {
    check("deleted", |size| typed(size, "space space d", ""));
}
