use std::time::Duration;

use http::StatusCode;

use super::{Desk, sheet};
use crate::app::fixtures::{at, record};
use crate::app::key::Key;
use crate::app::subscribing::form::Form;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::Answer;
use crate::domain::name::EndpointName;
use crate::domain::shape::{Manner, Reply, Shape, Span};

fn shape(status: u16, span: Span) -> Shape {
    let status = StatusCode::from_u16(status).unwrap();
    Shape { reply: Answer { status, ..Answer::default() }.into(), span }
}

fn default() -> EndpointName {
    EndpointName::from("default")
}

fn write(form: &mut Form, text: &str) {
    form.fields.type_key(Key::parse("ctrl-u").unwrap());
    form.fields.paste(text);
    sheet::changed(form);
}

#[test]
fn an_answer_for_the_next_delivery_is_used_up_by_one_that_got_it() {
    for (span, endpoint, status, is_left) in [
        (Span::Next, "default", 503, false),
        // It was answered before the answer was set.
        (Span::Next, "default", 200, true),
        (Span::Next, "other", 503, true),
        (Span::UntilTakenBack, "default", 503, true),
    ] {
        let mut desk = Desk::default();
        desk.set_shape(&endpoint.into(), Some(shape(503, span)));
        let mut record = record(1);
        record.answered.status = StatusCode::from_u16(status).unwrap();
        desk.answered(&record);
        assert_eq!(!desk.shapes().is_empty(), is_left, "{span:?} {endpoint} {status}");
    }
}

#[test]
fn what_is_held_counts_down_and_is_let_go_at_its_end() {
    let mut desk = Desk::default();
    for id in [1, 2] {
        desk.wait(&record(id), Duration::from_secs(20), at(id));
    }
    assert_eq!(desk.held()[0].seconds_left(at(1)), 20);
    assert_eq!(desk.held()[1].seconds_left(at(20)), 2);
    assert_eq!(desk.next(None).unwrap().id, DeliveryId(1));
    assert_eq!(desk.next(Some(DeliveryId(2))).unwrap().id, DeliveryId(2));
    desk.expire(at(21));
    assert_eq!(desk.next(None).unwrap().id, DeliveryId(2));
    desk.let_go(DeliveryId(2));
    assert_eq!(desk.held(), []);
}

#[test]
fn a_preset_fills_the_form_and_what_is_typed_ends_it() {
    let mut form = sheet::shape(&default(), None);
    assert_eq!(sheet::shape_of(&mut form), Some(shape(500, Span::Next)));
    for _ in 0..5 {
        form.turn(true);
        sheet::changed(&mut form);
    }
    assert_eq!(sheet::shape_of(&mut form).unwrap().reply.manner, Manner::Silent);
    form.turn(true);
    sheet::changed(&mut form);
    let drip = sheet::shape_of(&mut form).unwrap().reply;
    assert!(matches!(drip.manner, Manner::Drip(_)));
    assert!(!drip.answer.body.is_empty());
    form.fields.step(true);
    write(&mut form, "418");
    assert_eq!(sheet::shape_of(&mut form).unwrap().reply.answer.status, 418);
}

#[test]
fn what_is_set_is_shown_again_and_can_be_taken_back_or_changed() {
    let answer = Answer {
        status: StatusCode::IM_A_TEAPOT,
        headers: vec![Answer::header("x-a", "1").unwrap()],
        body: "two\nlines".into(),
        delay: Duration::from_millis(2_500),
    };
    let reply = Reply { answer, manner: Manner::Silent };
    let set = Shape { reply, span: Span::UntilTakenBack };
    let mut form = sheet::shape(&default(), Some(&set));
    assert!(sheet::takes_back(&form));
    assert_eq!(sheet::shape_of(&mut form), Some(set));
    form.fields.step(true);
    write(&mut form, "404");
    assert!(!sheet::takes_back(&form));
}

#[test]
fn what_is_no_value_is_said_at_its_field() {
    for (steps, text, said) in [
        (1, "99", "from 200 to 599"),
        (1, "x", "from 200 to 599"),
        (4, "no colon", "is not a header"),
        (4, "content-length: 3", "follows from the answer"),
        (5, "2", "not a duration"),
    ] {
        let mut form = sheet::shape(&default(), None);
        for _ in 0..steps {
            form.fields.step(true);
        }
        write(&mut form, text);
        assert_eq!(sheet::shape_of(&mut form), None, "{text}");
        let mistake = form.fields.field().unwrap().mistake.as_ref().unwrap();
        assert!(mistake.contains(said), "{text}: {mistake}");
    }
}

#[test]
fn a_hold_has_a_filter_and_a_budget() {
    let mut form = sheet::hold("method:PUT");
    let hold = sheet::hold_of(&mut form, at(0)).unwrap();
    assert_eq!(
        (hold.filter.to_string(), hold.budget),
        ("method:PUT".into(), Duration::from_secs(30))
    );
    write(&mut form, "id:x");
    assert_eq!(sheet::hold_of(&mut form, at(0)), None);
    assert!(form.fields.field().unwrap().mistake.is_some());
    write(&mut form, "");
    assert!(sheet::hold_of(&mut form, at(0)).unwrap().filter.is_empty());
    form.fields.step(true);
    write(&mut form, "0s");
    assert_eq!(sheet::hold_of(&mut form, at(0)), None);
}
