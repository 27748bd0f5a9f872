//! What arrives, is loaded, clicked, pasted or resized.

use std::net::SocketAddr;

use hookscope::app::command::{Command, Copied};
use hookscope::app::health::StoreHealth;
use hookscope::app::key::Key;
use hookscope::app::message::{CopyOutcome, Gesture, Message};
use hookscope::app::overlay::Overlay;
use hookscope::app::screen::{screen, tabs};
use hookscope::app::tab::Tab;
use hookscope::app::update::update;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::refusal::{Refusal, RefusalReason};
use ratatui::layout::{Rect, Size};

use super::stage::{Stage, at, mouse};

fn wide() -> Stage {
    Stage::new(120, 40, 30)
}

fn narrow() -> Stage {
    Stage::new(80, 15, 30)
}

fn key(text: &str) -> Message {
    Message::Key(Key::parse(text).expect("the test names a key"))
}

#[test]
fn what_is_being_read_is_not_replaced_by_what_arrives() {
    let mut stage = wide();
    stage.press("enter j");
    stage.capture();
    stage.capture();
    assert_eq!(stage.glimpse(), "detail 30 row 1");
    assert_eq!(stage.app.detail.id(), Some(DeliveryId(30)));
    assert_eq!(stage.app.traffic.stored(), Some(32));
    stage.press("esc F");
    assert_eq!(stage.glimpse(), "stream 32 follow");
    assert_eq!(stage.app.detail.id(), Some(DeliveryId(32)));
}

#[test]
fn the_first_delivery_ends_the_first_screen() {
    let mut stage = Stage::new(80, 24, 0);
    assert!(stage.app.is_first_screen());
    stage.capture();
    assert!(!stage.app.is_first_screen());
    assert_eq!(stage.glimpse(), "stream 1 follow");
}

#[test]
fn a_fast_selection_loads_one_delivery_at_a_time_and_ends_at_the_last() {
    let mut stage = wide();
    let mut pending = Vec::new();
    for _ in 0..10 {
        pending.extend(update(&mut stage.app, key("j")));
    }
    assert_eq!(pending, [Command::LoadRecord(DeliveryId(29))]);
    let reply = stage.reply(&pending[0]).unwrap();
    stage.send(reply);
    assert_eq!(stage.app.detail.id(), Some(DeliveryId(20)));
}

#[test]
fn a_refused_request_is_told_and_a_failing_store_stays_red_until_the_next_capture() {
    let mut stage = wide();
    let refusal = |reason, message: &str| {
        let peer = SocketAddr::from(([127, 0, 0, 1], 1));
        let message = message.to_owned();
        Message::Arrived(Arrival::Refused(Refusal { at: at(0), peer, reason, message }))
    };
    stage.send(refusal(RefusalReason::BodyTooLarge, "the body has more than 10 MiB"));
    assert_eq!(stage.app.health.trouble(), None);
    stage.send(refusal(RefusalReason::StoreFailed, "the disk is full"));
    assert_eq!(stage.app.health.trouble(), Some("the disk is full"));
    let toasts = stage.app.toasts.iter().map(|toast| &*toast.notice.text).collect::<Vec<_>>();
    assert_eq!(
        toasts,
        ["refused with 413: the body has more than 10 MiB", "refused with 503: the disk is full"]
    );
    assert_eq!(stage.app.traffic.refused(), 2);
    stage.capture();
    assert_eq!(stage.app.health.store, StoreHealth::Well);
}

#[test]
fn a_store_that_another_program_writes_is_read_and_counted_again() {
    let mut stage = wide();
    stage.stored = 40;
    stage.send(Message::StoreChanged);
    assert_eq!(stage.glimpse(), "stream 40 follow");
    assert_eq!(stage.app.traffic.stored(), Some(40));
    stage.press("j");
    stage.stored = 50;
    stage.send(Message::Lagged(10));
    stage.send(Message::Tick(at(1)));
    assert_eq!(stage.glimpse(), "stream 39");
    assert_eq!(stage.app.traffic.stored(), Some(50));
    assert_eq!(stage.app.deliveries.window().len(), 50);
}

#[test]
fn the_loop_has_to_tick_only_while_time_changes_the_screen() {
    let mut stage = wide();
    assert!(!stage.app.needs_tick());
    stage.press("T T");
    assert!(stage.app.needs_tick(), "relative times");
    stage.press("T");
    assert!(!stage.app.needs_tick());
    let outcome = CopyOutcome { clipboard: Ok(()), terminal: Ok(()) };
    stage.send(Message::Copied { what: Copied::Body, outcome });
    assert!(stage.app.needs_tick(), "a notice has to go away");
    stage.send(Message::Tick(at(60)));
    assert!(!stage.app.needs_tick());
    stage.capture();
    assert!(stage.app.needs_tick(), "the rate falls");
}

#[test]
fn a_copy_that_cannot_be_made_says_so() {
    let mut stage = narrow();
    assert_eq!(update(&mut stage.app, key("y")), []);
    let asked = update(&mut stage.app, key("y"));
    assert_eq!(asked, [Command::LoadRecord(DeliveryId(30))]);
    stage.send(Message::RecordLoaded { id: DeliveryId(30), opened: Ok(None) });
    assert_eq!(stage.app.copying, None);
    let toast = stage.app.toasts.iter().next().unwrap();
    assert_eq!(toast.notice.text, "body not copied: the store does not have it any more");
}

#[test]
fn a_click_selects_what_it_points_at_and_the_wheel_moves_in_the_pane_under_it() {
    let mut stage = wide();
    let places = screen(stage.app.size, &stage.app).unwrap();
    let (stream, detail) = (places.stream.unwrap(), places.detail.unwrap());
    let click = |area: Rect, below: u16| mouse(area.x + 1, area.y + below, Gesture::Click);
    stage.send(click(stream.rows, 4));
    assert_eq!(stage.glimpse(), "stream 26");
    stage.send(click(detail.rows, 2));
    assert_eq!(stage.glimpse(), "detail 26 row 2");
    stage.send(click(tabs(detail.head)[Tab::Auth as usize], 0));
    assert_eq!(stage.glimpse(), "detail 26 row 0 Auth");
    stage.send(mouse(stream.rows.x, stream.rows.y, Gesture::WheelDown));
    assert_eq!(stage.glimpse(), "detail 23 row 0 Auth");
    stage.send(mouse(detail.rows.x, detail.rows.y, Gesture::WheelDown));
    assert_eq!(stage.glimpse(), "detail 23 row 3 Auth");
    stage.send(mouse(detail.rows.x, detail.rows.y, Gesture::WheelUp));
    assert_eq!(stage.glimpse(), "detail 23 row 0 Auth");
    stage.send(click(stream.rows, 31));
    assert_eq!(stage.glimpse(), "stream 23 Auth", "there is no row to select");
}

#[test]
fn the_help_scrolls_no_further_than_its_last_line() {
    let mut stage = narrow();
    stage.press("? end");
    let scroll = |stage: &Stage| match stage.app.overlays.last() {
        Some(Overlay::Help(help)) => help.scroll,
        _ => panic!("the help is not open"),
    };
    let furthest = scroll(&stage);
    stage.press("pagedown");
    stage.send(mouse(0, 0, Gesture::WheelDown));
    assert_eq!(scroll(&stage), furthest);
    assert!(furthest > 0);
    stage.press("c");
    assert_eq!(scroll(&stage), 0, "what is typed is shown from the top");
}

#[test]
fn pasted_text_goes_into_the_prompt_and_nowhere_else() {
    let mut stage = wide();
    stage.send(Message::Paste("q".to_owned()));
    assert_eq!(stage.glimpse(), "stream 30 follow");
    stage.press("f");
    stage.send(Message::Paste("id:1..3\n".to_owned()));
    assert_eq!(stage.glimpse(), "stream 3 follow f:id:1..3 | filter>id:1..3");
}

#[test]
fn a_screen_that_grows_or_shrinks_keeps_the_selection() {
    let mut stage = wide();
    stage.press("j j j enter z");
    stage.send(Message::Resized(Size::new(80, 24)));
    assert_eq!(stage.glimpse(), "detail 27 row 0", "there is no pane to zoom");
    stage.send(Message::Resized(Size::new(10, 3)));
    stage.press("j");
    stage.send(Message::Resized(Size::new(200, 60)));
    assert_eq!(stage.glimpse(), "detail 27 row 1");
}
