//! What there is to read on top of the panes: the log, the overview, the timeline.

use std::sync::Arc;
use std::time::Duration;

use hookscope::app::command::Command;
use hookscope::app::message::Message;
use hookscope::app::update::update;
use hookscope::domain::attempt::Purpose;
use hookscope::domain::egress::{Aim, Egress, Ending, Told};
use http::StatusCode;

use super::Begin::{self, Empty, Narrow, Wide};
use super::stage::at;

/// What is pressed, and what it comes to.
#[rustfmt::skip]
pub(super) const READING: &[(Begin, &str, &str)] = &[
    // the log: a line about all of it, an empty one, then what there is
    (Wide, "g l", "stream 30 follow | Notices 1"),
    (Empty, "g l", "stream 0 follow | Notices 1"),
    (Wide, "S g l", "acme whs-41 | Notices 1"),
    (Wide, ": l o g enter", "stream 30 follow | Notices 1"),
    (Wide, "ctrl-p l o g enter", "stream 30 follow | Notices 1"),
    (Wide, "n g l", "stream 30 follow | Notices 2"),
    (Wide, "g l tab", "stream 30 follow | Connections 2"),
    (Wide, "g l tab shift-tab", "stream 30 follow | Notices 1"),
    (Wide, "g l ] l right", "stream 30 follow | Connections 2"),
    (Wide, "g l [ h left", "stream 30 follow | Connections 2"),
    (Wide, "g l k", "stream 30 follow | Notices 0"),
    (Wide, "g l up down", "stream 30 follow | Notices 1"),
    (Wide, "g l k j", "stream 30 follow | Notices 1"),
    (Wide, "g l g g", "stream 30 follow | Notices 0"),
    (Wide, "g l g g G", "stream 30 follow | Notices 1"),
    (Wide, "g l home", "stream 30 follow | Notices 0"),
    (Wide, "g l home end", "stream 30 follow | Notices 1"),
    (Narrow, "g l ctrl-u", "stream 30 follow | Notices 0"),
    (Narrow, "g l ctrl-u ctrl-d", "stream 30 follow | Notices 1"),
    (Narrow, "g l pageup", "stream 30 follow | Notices 0"),
    (Narrow, "g l pageup pagedown", "stream 30 follow | Notices 1"),
    (Wide, "g l T", "stream 30 follow utc | Notices 1"),
    (Wide, "g l esc", "stream 30 follow"),
    (Wide, "enter g l q", "detail 30 row 0"),
    // the overview of everything: from the top
    (Wide, "g o", "stream 30 follow | Overview 0"),
    (Wide, ": o v e r v i e w - a l l enter", "stream 30 follow | Overview 0"),
    (Wide, "g o j j k", "stream 30 follow | Overview 1"),
    (Wide, "g o tab", "stream 30 follow | Overview 0"),
    (Wide, "S g o", "acme whs-41 | Overview 0"),
    (Empty, "1", "stream 0 follow | Overview 0"),
    (Wide, "g o esc", "stream 30 follow"),
    // the timeline of an event
    (Wide, "g e", "stream 30 follow | Timeline 0"),
    (Narrow, ": t i m e l i n e enter", "detail 30 row 0 | Timeline 0"),
    (Narrow, "g e esc", "detail 30 row 0"),
    (Empty, "g e", "stream 0 follow"),
];

pub(super) fn egress() -> Egress {
    Egress {
        at: at(0),
        host: "app.test".to_owned(),
        aim: Aim::Attempt(Purpose::Forward),
        ending: Ending::Answered(StatusCode::OK),
        reused: false,
        took: Duration::from_millis(3),
        sent: 7,
        received: 9,
    }
}

#[test]
fn who_reads_the_newest_line_goes_on_reading_it_and_who_reads_another_stays_there() {
    let mut stage = Wide.stage();
    stage.press("g l tab");
    let more = || Message::Connected(Told { all: vec![egress(), egress()], forgotten: 0 });
    stage.send(more());
    assert_eq!(stage.glimpse(), "stream 30 follow | Connections 4");
    stage.press("k");
    stage.send(more());
    assert_eq!(stage.glimpse(), "stream 30 follow | Connections 3");
    stage.press("G");
    assert_eq!(stage.glimpse(), "stream 30 follow | Connections 6");
}

#[test]
fn a_notice_is_kept_when_it_is_gone_from_the_screen() {
    let mut stage = Wide.stage();
    stage.press("n");
    stage.send(Message::Tick(at(3_600)));
    assert!(stage.app.toasts.is_empty());
    stage.press("g l");
    let lines = stage.app.journal.notice_lines();
    assert!(
        lines.iter().any(|line| line.value().ends_with("nothing is looked for: / begins a search"))
    );
}

/// What the dashboard asks for when something happens, without an answer.
fn asked(stage: &mut super::stage::Stage, message: Message) -> usize {
    let commands = update(&mut stage.app, message);
    commands.iter().filter(|command| **command == Command::LoadOverview).count()
}

#[test]
fn the_overview_is_read_when_it_is_shown_and_again_once_a_second_at_most_while_something_comes() {
    let mut stage = Wide.stage();
    let found = || Message::OverviewLoaded(Ok(Arc::default()));
    assert_eq!(asked(&mut stage, Message::StoreChanged), 0, "nobody looks");
    stage.press("g o");
    assert_eq!(asked(&mut stage, Message::Tick(at(9))), 0, "nothing came");
    assert_eq!(asked(&mut stage, Message::StoreChanged), 1);
    assert_eq!(asked(&mut stage, Message::StoreChanged), 0, "it is being read");
    assert_eq!(asked(&mut stage, found()), 0, "within the same second");
    assert!(stage.app.needs_tick());
    assert_eq!(asked(&mut stage, Message::Tick(at(10))), 1);
    assert_eq!(asked(&mut stage, found()), 0);
    assert_eq!(asked(&mut stage, Message::Tick(at(99))), 0);
    stage.press("esc");
    assert_eq!(asked(&mut stage, Message::StoreChanged), 0, "nobody looks any more");
}

#[test]
fn without_a_delivery_the_overview_is_shown_in_its_place() {
    let mut stage = Wide.stage();
    assert!(stage.app.overview.found().is_none());
    stage.press("f i d : > 9 9 enter");
    assert_eq!(stage.glimpse(), "stream 0 follow f:id:>99");
    assert!(stage.app.overview.found().is_some());
}
