//! How the screen is arranged: panes, their divider, the mouse.

use hookscope::app::command::Command;
use hookscope::app::message::{Gesture, Message};
use hookscope::app::screen::screen;
use hookscope::app::state::Focus;
use hookscope::app::tab::Tab;
use ratatui::layout::Size;

use super::stage::{Stage, mouse};

#[test]
fn the_divider_follows_the_mouse_once_it_is_taken_hold_of() {
    let mut stage = Stage::new(120, 40, 30);
    let width = |stage: &Stage| screen(stage.app.size, &stage.app).unwrap().divider.unwrap().x;
    let before = width(&stage);
    stage.send(mouse(before + 9, 5, Gesture::Drag));
    assert_eq!(width(&stage), before, "nobody took hold of it");
    stage.send(mouse(before, 5, Gesture::Click));
    stage.send(mouse(before + 9, 30, Gesture::Drag));
    assert_eq!(width(&stage), before + 9);
    stage.send(mouse(0, 0, Gesture::Drag));
    assert_eq!(width(&stage), 30, "a pane stays readable");
    stage.send(mouse(0, 0, Gesture::Release));
    stage.send(mouse(60, 0, Gesture::Drag));
    assert_eq!(width(&stage), 30);
}

#[test]
fn on_a_wide_screen_the_attempts_are_a_pane_of_their_own() {
    let mut stage = Stage::new(120, 40, 30);
    stage.send(Message::Resized(Size::new(200, 60)));
    let place = |stage: &Stage| (stage.app.focus, stage.app.detail.tab());
    for (keys, expected) in [
        ("tab", (Focus::Detail, Tab::Body)),
        ("tab", (Focus::Detail, Tab::Attempts)),
        ("tab", (Focus::Stream, Tab::Attempts)),
        ("shift-tab", (Focus::Detail, Tab::Attempts)),
        ("shift-tab", (Focus::Detail, Tab::Body)),
        ("6", (Focus::Detail, Tab::Attempts)),
        ("]", (Focus::Detail, Tab::Overview)),
        ("[", (Focus::Detail, Tab::Answer)),
    ] {
        stage.press(keys);
        assert_eq!(place(&stage), expected, "{keys}");
    }
    let places = screen(stage.app.size, &stage.app).unwrap();
    let (detail, attempts) = (places.detail.unwrap(), places.attempts.unwrap());
    assert_eq!(places.tab_of(&stage.app.detail), Tab::Answer);
    stage.send(mouse(attempts.rows.x, attempts.rows.y, Gesture::Click));
    assert_eq!(place(&stage), (Focus::Detail, Tab::Attempts));
    assert_eq!(places.tab_of(&stage.app.detail), Tab::Answer, "what is beside it stays");
    stage.send(mouse(detail.rows.x, detail.rows.y, Gesture::Click));
    assert_eq!(place(&stage), (Focus::Detail, Tab::Answer));
}

#[test]
fn a_click_on_the_way_here_goes_back() {
    let mut stage = Stage::new(80, 15, 30);
    stage.press("enter");
    let title = screen(stage.app.size, &stage.app).unwrap().detail.unwrap().title;
    stage.send(mouse(title.x + 3, title.y, Gesture::Click));
    assert_eq!(stage.glimpse(), "stream 30");
}

#[test]
fn the_mouse_is_given_back_by_a_command() {
    let mut stage = Stage::new(120, 40, 30);
    for (line, is_ours) in [("mouse off", false), ("mouse on", true)] {
        stage.press(":");
        stage.send(Message::Paste(line.to_owned()));
        assert_eq!(stage.press("enter"), [Command::TakeMouse(is_ours)]);
    }
}
