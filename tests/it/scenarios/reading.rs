//! What there is to read on top of the panes: the log.

use std::time::Duration;

use hookscope::app::message::Message;
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
];

fn egress() -> Egress {
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
