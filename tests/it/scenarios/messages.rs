//! What arrives, is loaded, clicked, pasted or resized.

use std::net::SocketAddr;
use std::sync::Arc;

use hookscope::app::attempted::Opened;
use hookscope::app::command::{Command, Copied};
use hookscope::app::detail::attempts::Listed;
use hookscope::app::health::StoreHealth;
use hookscope::app::key::Key;
use hookscope::app::links::Entry;
use hookscope::app::message::{CopyOutcome, Gesture, Message};
use hookscope::app::overlay::Overlay;
use hookscope::app::screen::{screen, tabs};
use hookscope::app::tab::Tab;
use hookscope::app::update::update;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::attempt::AttemptId;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::refusal::{Refusal, RefusalReason};
use hookscope::domain::url::Url;
use hookscope::providers::accounts::Accounts;
use jiff::Timestamp;
use ratatui::layout::{Rect, Size};

use super::company::fetched;
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
fn a_time_is_gone_to_by_the_delivery_that_the_store_finds() {
    let mut stage = wide();
    let before = Timestamp::from_second(86_400).unwrap();
    let asked = stage.press(": g o t o space 1 9 7 0 - 0 1 - 0 1 enter");
    assert_eq!(asked, [Command::Locate(before)]);
    stage.send(Message::Located(Ok(Some(DeliveryId(12)))));
    assert_eq!(stage.glimpse(), "stream 12");
    stage.send(Message::Located(Ok(None)));
    assert_eq!(stage.glimpse(), "stream 1");
    assert!(stage.app.toasts.iter().any(|toast| toast.notice.text.contains("the oldest")));
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
    stage.send(click(tabs(detail.head, &stage.app.detail, Tab::Body)[Tab::Auth as usize], 0));
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

fn toasts(stage: &Stage) -> Vec<&str> {
    stage.app.toasts.iter().map(|toast| &*toast.notice.text).collect()
}

/// The list of attempts: the path of each address, the newest first.
fn listed(stage: &Stage) -> Vec<String> {
    let attempts = stage.app.detail.attempts().expect("a delivery is shown");
    let listed = attempts.listed().map(|listed| match listed {
        Listed::UnderWay(fetching) => format!("fetching {}", fetching.url.target()),
        Listed::Done(opened) => opened.attempt.call.url.target().to_owned(),
    });
    listed.collect()
}

/// The fetch comes back, stored if it has a number.
fn come_back(stage: &mut Stage, sent: &Command, id: Option<i64>) {
    let Command::Fetch { delivery, url, .. } = sent else { panic!("not a fetch: {sent:?}") };
    let attempt = fetched(3, *delivery, url);
    if id.is_some() {
        stage.attempts.push(attempt.clone());
    }
    stage.send(Message::Attempted { id: id.map(AttemptId), attempt: Arc::new(attempt) });
}

#[test]
fn a_fetch_is_shown_at_once_and_its_answer_as_soon_as_it_is_stored() {
    let mut stage = Stage::linked(120, 40);
    let sent = stage.press("o");
    assert_eq!(stage.glimpse(), "stream 30 Attempts 1/3", "it follows no more");
    assert_eq!(stage.app.detail.title(Tab::Attempts), "Attempts 3");
    assert_eq!(listed(&stage), ["fetching /api/rfqs/arfq-30", "/api/rfqs", "/api/rfqs"]);
    come_back(&mut stage, &sent[0], Some(3));
    assert_eq!(listed(&stage), ["/api/rfqs/arfq-30", "/api/rfqs", "/api/rfqs"]);
    assert_eq!(stage.glimpse(), "stream 30 Attempts 1/3");
    assert_eq!(toasts(&stage), [""; 0], "what is in sight is not told twice");
}

#[test]
fn two_fetches_of_one_address_are_under_way_at_once_and_told_apart() {
    let mut stage = Stage::linked(120, 40);
    let sent = [stage.press("o"), stage.press("o")].concat();
    assert_eq!(stage.glimpse(), "stream 30 Attempts 1/4");
    come_back(&mut stage, &sent[0], Some(3));
    assert_eq!(listed(&stage)[0..2], ["fetching /api/rfqs/arfq-30", "/api/rfqs/arfq-30"]);
    come_back(&mut stage, &sent[1], Some(4));
    assert_eq!(listed(&stage)[0..2], ["/api/rfqs/arfq-30", "/api/rfqs/arfq-30"]);
}

#[test]
fn an_answer_for_a_delivery_that_is_not_shown_is_told_and_is_there_later() {
    let mut stage = Stage::linked(120, 40);
    let sent = stage.press("j o");
    stage.press("j");
    assert_eq!(listed(&stage), ["/api/rfqs", "/api/rfqs"], "it belongs to another delivery");
    stage.press("k");
    assert_eq!(listed(&stage)[0], "fetching /api/rfqs/arfq-29", "it is still on its way");
    stage.press("j");
    come_back(&mut stage, &sent[0], Some(3));
    assert_eq!(toasts(&stage), ["fetched for #29: 200 OK in 120 ms"]);
    stage.press("k");
    assert_eq!(listed(&stage)[0], "/api/rfqs/arfq-29");
}

#[test]
fn a_fetch_is_about_the_delivery_that_was_selected_when_it_was_asked_for() {
    let mut stage = Stage::linked(80, 24);
    let asked = [update(&mut stage.app, key("o")), update(&mut stage.app, key("j"))].concat();
    assert_eq!(asked, [Command::LoadRecord(DeliveryId(30))]);
    let reply = stage.reply(&asked[0]).unwrap();
    let commands = stage.send(reply);
    let [Command::Fetch { delivery, .. }] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!(*delivery, DeliveryId(30));
}

#[test]
fn what_is_being_read_stays_when_the_list_is_read_again() {
    let mut stage = Stage::linked(120, 40);
    stage.press("6 enter } j j j");
    let url = Url::parse("https://a.test/").unwrap();
    let attempt = Arc::new(fetched(3, DeliveryId(30), &url));
    stage.attempts.push((*attempt).clone());
    stage.send(Message::Attempted { id: Some(AttemptId(3)), attempt });
    assert_eq!(stage.glimpse(), "detail 30 row 3 Attempts 3/3");
}

#[test]
fn an_answer_that_cannot_be_stored_is_shown_all_the_same() {
    let mut stage = Stage::linked(120, 40);
    let sent = stage.press("o");
    come_back(&mut stage, &sent[0], None);
    assert_eq!(listed(&stage), ["/api/rfqs/arfq-30", "/api/rfqs", "/api/rfqs"]);
    assert!(toasts(&stage)[0].starts_with("the attempt could not be stored"));
}

#[test]
fn what_cannot_be_fetched_says_what_to_do() {
    let mut stage = wide();
    stage.press("o");
    assert_eq!(
        toasts(&stage),
        [
            "this delivery matches no account; set account for the endpoint default, or match for an [[account]], in the config: g c opens it"
        ]
    );
    let mut stage = Stage::linked(120, 40);
    stage.app.session.accounts = Accounts::default();
    stage.press("enter j j o");
    assert_eq!(
        toasts(&stage),
        [
            "the account acme is not configured; add an [[account]] of that name to the config: g c opens it"
        ]
    );
    assert_eq!(stage.glimpse(), "detail 30 row 2");
}

#[test]
fn the_links_are_those_of_the_provider_then_those_of_the_body_each_once() {
    let mut stage = Stage::linked(120, 40);
    stage.press("g f");
    let Some(Overlay::Links(links)) = stage.app.overlays.last() else { panic!("no list") };
    let told = links.list.entries().iter().map(Entry::told).collect::<Vec<_>>();
    assert_eq!(told, ["https://sandbox.avinode.com/api/rfqs/arfq-30", "https://other.test/30"]);
    assert_eq!(links.list.entries()[1].label, "$.note");
}

#[test]
fn attempts_that_cannot_be_read_are_asked_for_again_with_the_next_key() {
    let mut stage = Stage::linked(120, 40);
    let asked = update(&mut stage.app, key("6"));
    assert_eq!(asked, [Command::LoadAttempts(DeliveryId(30))]);
    let delivery = DeliveryId(30);
    stage.send(Message::AttemptsLoaded { delivery, attempts: Err("gone".to_owned()) });
    assert_eq!(stage.app.detail.value().as_deref(), Some("the attempts cannot be read: gone"));
    stage.press("w");
    assert_eq!(listed(&stage).len(), 2);
    stage.send(Message::AttemptsLoaded { delivery, attempts: Err("gone again".to_owned()) });
    assert_eq!(listed(&stage).len(), 2, "what was read before stays");
    assert_eq!(toasts(&stage), ["the attempts cannot be read: gone again"]);
    let late = Message::AttemptsLoaded { delivery: DeliveryId(1), attempts: Ok(Opened::default()) };
    stage.send(late);
    assert_eq!(listed(&stage).len(), 2, "it is about another delivery");
}

#[test]
fn a_click_in_the_list_of_attempts_selects_one_and_below_it_moves_the_cursor() {
    let mut stage = Stage::linked(120, 40);
    stage.press("6");
    let rows = screen(stage.app.size, &stage.app).unwrap().detail.unwrap().rows;
    let click = |below: u16| mouse(rows.x + 3, rows.y + below, Gesture::Click);
    stage.send(click(1));
    assert_eq!(stage.glimpse(), "detail 30 row 0 Attempts 2/2");
    stage.send(click(2));
    assert_eq!(stage.glimpse(), "detail 30 row 0 Attempts 2/2", "the line between them is nothing");
    stage.send(click(3 + 4));
    assert_eq!(stage.glimpse(), "detail 30 row 4 Attempts 2/2");
    stage.send(mouse(rows.x, rows.y, Gesture::WheelDown));
    assert_eq!(stage.glimpse(), "detail 30 row 7 Attempts 2/2");
}

#[test]
fn the_editor_of_the_config_tells_when_changes_count() {
    let mut stage = wide();
    stage.send(Message::ConfigEdited(Ok(())));
    stage.send(Message::ConfigEdited(Err("there is no vi".to_owned())));
    assert_eq!(
        toasts(&stage),
        ["changes to the config take effect at the next start", "there is no vi"]
    );
}
