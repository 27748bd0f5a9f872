//! Bodies that go to commands of the user's, and addresses that go to the browser.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hookscope::app::command::{Command, Copied};
use hookscope::app::document::Document;
use hookscope::app::message::{Message, NotBrowsed, Opened};
use hookscope::app::piping::{Ending, Pipe, Printed, Source};
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::links::WebPage;

use super::Begin::{self, Empty, Linked, LinkedNarrow, Narrow, Wide};
use super::stage::{self, Stage};

/// What is typed, and what it comes to.
#[rustfmt::skip]
pub(super) const PIPING: &[(Begin, &str, &str)] = &[
    (Wide, "|", "stream 30 follow | pipe>"),
    (Narrow, "j enter |", "detail 29 row 0 | pipe>"),
    (Wide, "| j q esc", "stream 30 follow"),
    (Wide, "| enter", "stream 30 follow"),
    (Wide, "| ! enter", "stream 30 follow"),
    (Empty, "|", "stream 0 follow"),
    (Empty, ": p i p e space w c enter", "stream 0 follow"),
    // the browser
    (Linked, "O", "stream 30 follow | links 1/2"),
    (LinkedNarrow, ": b r o w s e enter", "stream 30 follow | links 1/2"),
    (Wide, "O", "stream 30 follow"),
    (Empty, "O", "stream 0 follow"),
];

/// What the newest attempt of a linked delivery was answered.
const ANSWER: &str = r#"{"attempt":2,"next":"https://other.test/next"}"#;

fn pipe(run: u64, command: &str, source: Source) -> Command {
    Command::Pipe { run, pipe: Pipe { command: command.to_owned(), source } }
}

fn page(address: &str) -> Command {
    Command::Browse(WebPage::at(address).expect("an address"))
}

/// State, keys, the commands that are left to the runtime.
pub(super) fn commands() -> Vec<(Begin, &'static str, Vec<Command>)> {
    let of = |run, command, id| pipe(run, command, Source::Delivery(DeliveryId(id)));
    let answer = Bytes::from(ANSWER);
    let to_hand_over = |command: &str, id| Command::LoadToHandOver {
        command: command.to_owned(),
        delivery: DeliveryId(id),
    };
    vec![
        (Wide, "j | j q space . enter", vec![of(1, "jq .", 29)]),
        (Narrow, "enter | w c enter", vec![of(1, "wc", 30)]),
        (Wide, ": p i p e space j q space . enter", vec![of(1, "jq .", 30)]),
        // The last one stands there, the ones before are gone through and completed.
        (
            Wide,
            "| w c enter esc esc | enter",
            vec![of(1, "wc", 30), Command::CancelPipe, of(2, "wc", 30)],
        ),
        (
            Wide,
            "| w c enter q q | ctrl-u c a t enter q q | up enter q q | down enter",
            vec![
                of(1, "wc", 30),
                Command::CancelPipe,
                of(2, "cat", 30),
                Command::CancelPipe,
                of(3, "wc", 30),
                Command::CancelPipe,
                of(4, "wc", 30),
            ],
        ),
        (
            Wide,
            "| w c space - l enter q q | ctrl-u w tab enter",
            vec![of(1, "wc -l", 30), Command::CancelPipe, of(2, "wc -l", 30)],
        ),
        (
            Wide,
            "| w c enter q q : p i p e space w tab enter",
            vec![of(1, "wc", 30), Command::CancelPipe, of(2, "wc", 30)],
        ),
        // What is printed is read like everything else.
        (
            Wide,
            "| w c enter j down k up g g home G end ctrl-d ctrl-u pagedown pageup w / x enter n N esc q",
            vec![of(1, "wc", 30), Command::CancelPipe],
        ),
        // With the terminal.
        (Wide, "| ! f x enter", vec![to_hand_over("fx", 30)]),
        (Wide, "j : p i p e space ! space l e s s enter", vec![to_hand_over("less", 29)]),
        // An answer that is looked at.
        (
            Linked,
            "enter 6 | w c enter",
            vec![pipe(1, "wc", Source::Answer(DeliveryId(30), answer.clone()))],
        ),
        (
            Linked,
            "enter 6 | ! f x enter",
            vec![Command::HandOver { command: "fx".to_owned(), body: answer }],
        ),
        (Linked, "6 tab tab | w c enter", vec![of(1, "wc", 30)]),
        // The browser.
        (Linked, "j g f j O", vec![page("https://other.test/29")]),
        (Linked, "j O O", vec![page("https://sandbox.avinode.com/api/rfqs/arfq-29")]),
        (Linked, "j enter j j j O", vec![page("https://other.test/29")]),
    ]
}

/// What was told last.
fn told(stage: &Stage) -> String {
    let toast = stage.app.toasts.iter().next_back();
    toast.map(|toast| toast.notice.text.clone()).unwrap_or_default()
}

fn printed(text: &'static str) -> Printed {
    let document = Document::of_output(Bytes::from(text), Bytes::new());
    Printed { document: Arc::new(document), is_cut: false }
}

#[test]
fn what_a_command_prints_is_shown_as_it_comes_and_how_it_ended() {
    let mut stage = Wide.stage();
    stage.press("| c a t enter");
    assert!(stage.app.needs_tick(), "its time is shown");
    assert_eq!(stage.glimpse(), "stream 30 follow | output 0 running, 0 s");
    stage.send(Message::Printed { run: 1, printed: printed("one\ntwo\n") });
    stage.press("G");
    stage.send(Message::Printed { run: 2, printed: printed("of another") });
    assert_eq!(stage.glimpse(), "stream 30 follow | output 1 running, 0 s");
    let took = Duration::from_millis(5);
    let printed = printed("one\ntwo\nthree\n");
    stage.send(Message::Piped { run: 1, printed, ending: Ending::Done, took });
    assert_eq!(stage.glimpse(), "stream 30 follow | output 1 done in 5.0 ms");
    assert!(!stage.app.needs_tick());
    stage.press("/ t h r e e enter");
    assert_eq!(stage.glimpse(), "stream 30 follow | output 2 done in 5.0 ms");
    stage.press("/ o n e enter");
    assert_eq!(stage.glimpse(), "stream 30 follow | output 0 done in 5.0 ms");
    stage.press("esc");
    assert_eq!(
        stage.glimpse(),
        "stream 30 follow | output 0 done in 5.0 ms",
        "the search has ended"
    );
    assert_eq!(stage.press("esc"), []);
    assert_eq!(stage.glimpse(), "stream 30 follow");
}

#[test]
fn what_comes_of_a_pane_that_was_closed_is_nobodys() {
    let mut stage = Wide.stage();
    stage.press("| c a t enter esc esc");
    let (printed, took) = (printed("late"), Duration::from_millis(5));
    stage.send(Message::Piped { run: 1, printed, ending: Ending::Cancelled, took });
    assert_eq!(stage.glimpse(), "stream 30 follow");
}

#[test]
fn the_terminal_is_handed_over_as_soon_as_the_body_is_there() {
    let mut stage = Wide.stage();
    let (command, body) = ("fx".to_owned(), Bytes::from("{}"));
    let ready = Message::ReadyToHandOver { command: command.clone(), body: Ok(body.clone()) };
    assert_eq!(stage.send(ready), [Command::HandOver { command: command.clone(), body }]);
    let gone = Message::ReadyToHandOver { command, body: Err("it is gone".to_owned()) };
    assert_eq!(stage.send(gone), []);
    assert_eq!(told(&stage), "it is gone");
    stage.send(Message::HandedOver(Ok(())));
    assert_eq!(told(&stage), "it is gone", "nothing is said about what went well");
    stage.send(Message::HandedOver(Err("fx ended with exit status: 1".to_owned())));
    assert_eq!(told(&stage), "fx ended with exit status: 1");
}

#[test]
fn where_there_is_no_browser_the_link_is_copied() {
    let mut stage = Wide.stage();
    let page = WebPage::at("https://a.test/x#/orders/1").unwrap();
    let browsed = |outcome| Message::Browsed { page: page.clone(), outcome };
    stage.send(browsed(Ok(())));
    assert_eq!(told(&stage), "given to the browser: https://a.test/x#/orders/1");
    let commands =
        stage.send(browsed(Err(NotBrowsed::NoBrowser("there is no display".to_owned()))));
    let copy = Command::Copy { what: Copied::Link, text: "https://a.test/x#/orders/1".to_owned() };
    assert_eq!(commands, [copy]);
    assert_eq!(
        told(&stage),
        "there is no browser here: there is no display; the link is copied instead"
    );
    stage.send(browsed(Err(NotBrowsed::Refused("a.test is not this machine".to_owned()))));
    assert_eq!(told(&stage), "not opened: a.test is not this machine");
}

#[test]
fn a_delivery_that_points_at_one_page_opens_it_at_once_and_no_other_kind_of_address() {
    for (body, expected) in [
        (r#"{"at":"https://a.test/x#/1"}"#, vec![page("https://a.test/x#/1")]),
        (r#"{"at":"see https://a.test/x."}"#, vec![page("https://a.test/x")]),
        (r#"{"at":"https://me:pass@a.test/"}"#, vec![]),
        (r#"{"at":"file:///etc/passwd","or":"javascript:alert(1)"}"#, vec![]),
    ] {
        let mut stage = Wide.stage();
        let mut record = stage::record(30);
        record.delivery.request.body = Bytes::from(body);
        let document = Arc::new(Document::of(&record.delivery.request));
        let record = Arc::new(record);
        let (evidence, about) = (Arc::default(), Arc::default());
        let opened = Opened { record, document, evidence, about };
        stage.send(Message::RecordLoaded { id: DeliveryId(30), opened: Ok(Some(opened)) });
        assert_eq!(stage.press("O"), expected, "{body}");
    }
}
