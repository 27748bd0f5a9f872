//! What is answered otherwise than configured, and what waits for an answer.

use std::sync::Arc;
use std::time::Duration;

use hookscope::app::command::Command;
use hookscope::app::detail::content::Content;
use hookscope::app::message::Message;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::endpoint::Answer;
use hookscope::domain::filter::Filter;
use hookscope::domain::shape::{Hold, Manner, Shape, Span};
use http::StatusCode;
use jiff::Timestamp;

use super::Begin::{self, Held, Wide};
use super::stage::{Stage, at, record};

/// The two newest deliveries of a stage wait for half a minute.
pub(super) fn held(mut stage: Stage) -> Stage {
    for id in [29, 30] {
        let (record, budget) = (Arc::new(record(id)), Duration::from_secs(30));
        assert_eq!(stage.send(Message::Arrived(Arrival::Held { record, budget })), []);
    }
    stage
}

fn answer(status: u16) -> Answer {
    let status = StatusCode::from_u16(status).expect("a status");
    Answer { status, ..Answer::default() }
}

fn shape(status: u16, span: Span) -> Command {
    let shape = Shape { answer: answer(status), manner: Manner::Whole, span };
    Command::ShapeAnswer { endpoint: "default".into(), shape: Some(shape) }
}

fn hold(filter: &str, seconds: u64) -> Command {
    let filter = Filter::parse(filter, Timestamp::UNIX_EPOCH).expect("a filter");
    Command::Hold(Some(Hold { filter: filter.into(), budget: Duration::from_secs(seconds) }))
}

/// State, keys, the commands that are left to the runtime.
pub(super) fn commands() -> Vec<(Begin, &'static str, Vec<Command>)> {
    let taken_back = Command::ShapeAnswer { endpoint: "default".into(), shape: None };
    let release = |id, answer| Command::Release { id: DeliveryId(id), answer };
    let long = "a right tab tab tab tab tab tab right ctrl-s";
    vec![
        (Wide, "a enter", vec![shape(500, Span::Next)]),
        (Wide, "a right enter", vec![shape(503, Span::Next)]),
        (Wide, "a tab ctrl-u 4 1 8 ctrl-s", vec![shape(418, Span::Next)]),
        (Wide, long, vec![shape(503, Span::UntilTakenBack)]),
        (Wide, "a enter a enter", vec![shape(500, Span::Next), taken_back]),
        (Wide, "a enter a right right enter", vec![shape(500, Span::Next), shape(503, Span::Next)]),
        (Wide, "H enter", vec![hold("", 30)]),
        (Wide, "H h o o k s tab ctrl-u 5 s enter", vec![hold("hooks", 5)]),
        (Wide, "H enter H", vec![hold("", 30), Command::Hold(None)]),
        // The selected one if it waits, then the oldest.
        (Held, "g a", vec![release(30, None)]),
        (Held, "j j g a g a g a", vec![release(29, None), release(30, None)]),
        (Held, "g r right enter", vec![release(30, Some(answer(503)))]),
    ]
}

#[test]
fn an_answer_for_the_next_delivery_is_used_up_by_it() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("a right right right right enter");
    assert_eq!(stage.app.desk.shapes().len(), 1);
    stage.capture();
    assert_eq!(stage.app.desk.shapes(), []);
}

#[test]
fn an_answer_that_was_used_up_unheard_is_looked_at_when_arrivals_were_lost() {
    let mut stage = Stage::new(120, 40, 30);
    assert_eq!(stage.send(Message::Lagged(1)), [], "nothing is set");
    stage.press("a right right right right enter");
    let set = stage.app.desk.shapes().to_vec();
    assert_eq!(stage.send(Message::Lagged(1)), [Command::LookAtShapes(set.clone())]);
    stage.send(Message::ShapesOver(Vec::new()));
    assert_eq!(stage.app.desk.shapes(), set);
    stage.send(Message::ShapesOver(set));
    assert_eq!(stage.app.desk.shapes(), []);
}

#[test]
fn a_delivery_shows_what_its_sender_got_in_the_end() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("5");
    let status = StatusCode::from_u16(503).expect("a status");
    let id = DeliveryId(30);
    stage.send(Message::Arrived(Arrival::Answered { id, status }));
    let row = stage.app.deliveries.window().row_of(id).expect("it is listed");
    assert_eq!(row.status, status);
    assert_eq!(stage.app.detail.record().expect("it is open").answered.status, status);
    let Some(Content::Lines(lines)) = stage.app.detail.content() else { panic!("no lines") };
    assert_eq!(lines.lines()[0].value(), "answered 503");
}

#[test]
fn what_is_held_makes_the_loop_tick_until_it_is_let_go() {
    let mut stage = held(Stage::new(120, 40, 30));
    assert!(stage.app.needs_tick());
    stage.send(Message::Arrived(Arrival::LetGo(DeliveryId(29))));
    assert!(stage.app.needs_tick());
    stage.send(Message::Tick(at(31)));
    assert!(!stage.app.needs_tick());
    assert_eq!(stage.app.desk.held(), []);
}

#[test]
fn where_nothing_listens_nothing_can_be_answered_otherwise() {
    let mut stage = Stage::new(120, 40, 30);
    stage.app.session.listening = None;
    assert_eq!(stage.press("a H"), []);
    assert_eq!(stage.glimpse(), "stream 30 follow");
    assert!(!stage.app.toasts.is_empty());
}
