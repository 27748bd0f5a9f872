//! Commands, the palette, leaving, and a stream that stands still.

use std::sync::Arc;
use std::time::Duration;

use hookscope::app::command::Command;
use hookscope::app::key::Key;
use hookscope::app::message::Message;
use hookscope::app::names::action_of;
use hookscope::app::overrides::{self, Override};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::filter::Filter;
use hookscope::domain::plan::{Pace, Plan, Proof};
use hookscope::domain::replay::Progress;
use hookscope::domain::shape::Hold;

use super::Begin::{self, Before, Empty, Narrow, Wide};
use super::begin;
use super::stage::{self, Stage};

/// What is typed, and what it comes to.
#[rustfmt::skip]
pub(super) const TYPING: &[(Begin, &str, &str)] = &[
    // commands
    (Wide, ":", "stream 30 follow | command>"),
    (Empty, ":", "stream 0 follow | command>"),
    (Wide, "S :", "acme whs-41 | command>"),
    (Wide, ": g o t o space 1 2 enter", "stream 12"),
    (Narrow, ": s h o w space 1 2 enter", "detail 12 row 0 Overview"),
    (Narrow, ": v e r i f y enter", "detail 30 row 0 Auth"),
    (Narrow, ": v e r i f y space 1 2 enter", "detail 12 row 0 Auth"),
    (Wide, ": l i s t space / 2 enter", "stream 29 follow f:/2"),
    (Wide, "enter : g o t o space 1 2 enter", "detail 12 row 0"),
    (Wide, ": g o t o space x enter", "stream 30 follow | mistake>goto x"),
    (Wide, ": g o t o space x enter backspace", "stream 30 follow | command>goto "),
    (Wide, ": g o t o esc", "stream 30 follow"),
    (Wide, ": m a r k - a l l enter", "stream 30 follow marked 30"),
    (Wide, ": f o l d enter", "stream 30 follow | mistake>fold"),
    (Wide, "enter j : f o l d enter", "detail 30 row 1 rows 4"),
    (Wide, ": f i l t e r enter", "stream 30 follow | filter>"),
    (Wide, ": f i l t e r space i d : 7 enter", "stream 7 follow f:id:7"),
    (Wide, ": f i l t e r space i d : x enter", "stream 30 follow | mistake>filter id:x"),
    (Wide, ": d e l e t e space i d : < 4 enter", "stream 3 follow f:id:<4 | delete all 3 deliveries that match id:<4?"),
    (Wide, ": s u b s space t e m p s enter", "temps nothing"),
    (Wide, ": s u b s space t e m p enter", "stream 30 follow | mistake>subs temp"),
    (Wide, ": e x p o r t space - - r e d a c t enter", "stream 30 follow | export form"),
    (Wide, ": r e p l a y space - - t i m e s space 2 enter", "stream 30 follow"),
    (Wide, ": z o o m enter z : up enter", "stream 30 follow zoomed"),
    // completion
    (Wide, ": g o t tab", "stream 30 follow | command>goto"),
    (Wide, ": m a r tab tab", "stream 30 follow | command>mark-range"),
    (Wide, ": m a r tab tab shift-tab", "stream 30 follow | command>mark"),
    (Wide, ": f i l t e r space a c c tab a tab", "stream 30 follow | command>filter account:acme"),
    (Wide, "f i d tab 7", "stream 7 follow f:id:7 | filter>id:7"),
    (Wide, "/ a c c tab", "stream 30 follow | absent>acc"),
    // what was typed before
    (Wide, ": w r a p enter : up", "stream 30 follow wrap | command>wrap"),
    (Wide, ": w r a p enter : w r a p enter : z o o m enter : up up up", "stream 30 follow zoomed | command>wrap"),
    (Wide, ": w r a p enter : x up down", "stream 30 follow wrap | command>x"),
    // the palette
    (Wide, "ctrl-p", "stream 30 follow | palette goto>"),
    (Wide, "ctrl-p m a l l", "stream 30 follow | palette mark-all>mall"),
    (Wide, "ctrl-p m a l l enter", "stream 30 follow marked 30"),
    (Wide, "ctrl-p g o t o enter 1 2 enter", "stream 12"),
    (Wide, "ctrl-p f i l t e r tab i d : 7 enter", "stream 7 follow f:id:7"),
    (Wide, "ctrl-p z o o m tab", "stream 30 follow | command>zoom"),
    (Wide, "ctrl-p q q q q enter tab", "stream 30 follow | palette nothing>qqqq"),
    (Wide, "ctrl-p down down up", "stream 30 follow | palette filter>"),
    (Wide, "ctrl-p pagedown pageup end home", "stream 30 follow | palette goto>"),
    (Wide, "ctrl-p end", "stream 30 follow | palette suspend>"),
    (Wide, "ctrl-p esc", "stream 30 follow"),
    (Wide, "ctrl-p ctrl-p", "stream 30 follow"),
    (Wide, "S ctrl-p s w i", "acme whs-41 | palette switch>swi"),
    (Empty, "ctrl-p c o p y - e x", "stream 0 follow | palette copy-example>copy-ex"),
    // only what is marked
    (Wide, "* M", "stream 30 follow f:is:marked marked 30"),
    (Wide, "* f i d : 7 enter M", "stream 7 follow f:id:7 is:marked marked 30"),
    (Wide, "* f i d : 7 enter M M", "stream 7 follow f:id:7 marked 30"),
    (Wide, "M M", "stream 30 follow"),
    // going back from the top
    (Wide, "* f i d : > 2 0 enter esc", "stream 30 follow marked 30"),
    (Wide, "* f i d : > 2 0 enter esc esc", "stream 30 follow"),
    // a stream that stands still
    (Wide, "p", "stream 30 follow paused +0"),
    (Wide, "p p", "stream 30 follow"),
    (Narrow, "p j", "stream 29 paused +0"),
];

/// State, keys, the commands that are left to the runtime.
pub(super) fn commands() -> Vec<(Begin, &'static str, Vec<Command>)> {
    let replay =
        |plan: Plan| Command::Replay { plan: Box::new(plan), endpoints: ["default".into()].into() };
    let usual = Plan::verbatim(vec![DeliveryId(30)], begin::url("http://127.0.0.1:3000"));
    let running = || replay(usual.clone());
    let to = Plan::verbatim(vec![DeliveryId(30)], begin::url("http://b.test"));
    let slowly = Plan {
        proof: Proof::Afresh { by: None, keeps_id: false },
        times: 2,
        pace: Pace::Gap(Duration::from_secs(1)),
        ..Plan::verbatim(vec![DeliveryId(30)], begin::url("http://a.test/last"))
    };
    let filter = Filter::parse("id:7", stage::at(0)).expect("a filter");
    let hold = Hold { filter: Arc::new(filter), budget: Duration::from_secs(30) };
    vec![
        (Wide, ": q u i t enter", vec![Command::Quit]),
        (Wide, "ctrl-p q u i t enter", vec![Command::Quit]),
        (
            Wide,
            ": r e p l a y space - - t o space h t t p : / / b . t e s t enter",
            vec![replay(to)],
        ),
        (
            Before,
            ": r e p l a y space - - r e s i g n space - - t i m e s space 2 space - - g a p space 1 s enter",
            vec![replay(slowly)],
        ),
        (Wide, ": h o l d space i d : 7 enter", vec![Command::Hold(Some(hold))]),
        // Leaving is asked about while something runs.
        (Wide, "R enter q", vec![running()]),
        (Wide, "R enter q n", vec![running()]),
        (Wide, "R enter q esc", vec![running()]),
        (Wide, "R enter q y", vec![running(), Command::Quit]),
        (Wide, "R enter q enter", vec![running(), Command::Quit]),
        (Wide, "R enter Q", vec![running(), Command::Quit]),
        (Narrow, "R enter tab q q", vec![running()]),
    ]
}

/// What was told last.
fn told(stage: &Stage) -> String {
    let toast = stage.app.toasts.iter().next_back();
    toast.map(|toast| toast.notice.text.clone()).unwrap_or_default()
}

#[test]
fn a_sample_is_sent_by_its_name() {
    let mut stage = Wide.stage();
    stage.press(":");
    stage.send(Message::Paste("trigger channex booking_new --without-data".to_owned()));
    let commands = stage.press("enter");
    let [Command::SendSample { sample, url, .. }] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!((sample.event, &*url.to_string()), ("booking_new", "http://127.0.0.1:4000/hello"));
}

#[test]
fn a_replay_by_command_needs_to_know_where_to() {
    let mut stage = Wide.stage();
    stage.press(":");
    stage.send(Message::Paste("replay --times 2".to_owned()));
    assert_eq!(stage.press("enter"), []);
    assert_eq!(told(&stage), "nothing was replayed yet: say where to with --to URL");
}

#[test]
fn the_question_before_quitting_goes_with_what_is_under_way() {
    let mut stage = Wide.stage();
    stage.press("R enter q");
    assert_eq!(stage.glimpse(), "stream 30 follow replaying | quitting");
    let question = || hookscope::app::leaving::question(&stage.app);
    let expected = "a replay is under way: what is not sent yet will not be. Quit?";
    assert_eq!(question().as_deref(), Some(expected));
    stage.send(Message::Replaying(Progress { done: 3, total: 10, ..Progress::default() }));
    let expected = "a replay is under way, 3 of 10: what is not sent yet will not be. Quit?";
    assert_eq!(hookscope::app::leaving::question(&stage.app).as_deref(), Some(expected));
}

#[test]
fn while_the_stream_stands_still_what_arrives_is_counted_and_then_shown() {
    for (keys, still, then) in [
        ("p", "stream 30 follow paused +2", "stream 32 follow"),
        ("j p", "stream 29 paused +2", "stream 29"),
        (
            "f i d : > 3 1 enter p",
            "stream 0 follow paused +1 f:id:>31",
            "stream 32 follow f:id:>31",
        ),
    ] {
        let mut stage = Wide.stage();
        stage.press(keys);
        stage.capture();
        stage.capture();
        assert_eq!(stage.glimpse(), still, "{keys}");
        assert_eq!(stage.app.traffic.stored(), Some(32), "it is captured all the same");
        stage.press("p");
        assert_eq!(stage.glimpse(), then, "{keys}");
    }
    let mut stage = Narrow.stage();
    stage.press("j p");
    stage.capture();
    stage.press("p");
    assert_eq!(stage.app.deliveries.unseen().count, 1, "and told as new");
}

#[test]
fn what_was_lost_while_the_stream_stood_still_is_read_when_it_goes_on() {
    let mut stage = Wide.stage();
    stage.press("p");
    stage.stored += 3;
    stage.send(Message::Lagged(3));
    assert_eq!(stage.glimpse(), "stream 30 follow paused +0");
    assert!(stage.app.paused.is_some_and(|held_back| held_back.or_more));
    stage.press("p");
    assert_eq!(stage.glimpse(), "stream 33 follow");
}

#[test]
fn the_keys_of_the_user_are_those_that_work() {
    let keys = vec![Key::parse_sequence("ctrl-a").expect("a key")];
    let action = action_of("mark-all").expect("an action");
    let mut stage = Wide.stage();
    let keymap = overrides::keymap(&[Override { action, keys }]).expect("no conflict");
    stage.app.keymap = Arc::new(keymap);
    stage.press("*");
    assert_eq!(stage.glimpse(), "stream 30 follow");
    stage.press("ctrl-a");
    assert_eq!(stage.glimpse(), "stream 30 follow marked 30");
}

#[test]
fn what_is_said_names_the_keys_of_the_user() {
    let said = |keys: Option<&str>| {
        let keys = keys.into_iter().filter_map(Key::parse_sequence).collect();
        let action = action_of("hold").expect("an action");
        let mut stage = Wide.stage();
        let keymap = overrides::keymap(&[Override { action, keys }]).expect("no conflict");
        stage.app.keymap = Arc::new(keymap);
        stage.press("g a");
        stage.app.toasts.iter().map(|toast| toast.notice.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(said(Some("g h")), ["no delivery is held: g h holds those that arrive"]);
    assert_eq!(said(None), ["no delivery is held: :hold holds those that arrive"]);
}
