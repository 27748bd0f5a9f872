use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use super::{Ending, MOST_REMEMBERED, Output, Pipe, Piping, Printed, Source};
use crate::app::document::Document;
use crate::app::search::Step;
use crate::domain::delivery::DeliveryId;

fn output() -> Output {
    let pipe = Pipe { command: "jq .".to_owned(), source: Source::Delivery(DeliveryId(7)) };
    Output::new(1, pipe, Timestamp::UNIX_EPOCH)
}

fn printed(output: &str, errors: &str, is_cut: bool) -> Printed {
    let bytes = |text: &str| Bytes::copy_from_slice(text.as_bytes());
    Printed { document: Arc::new(Document::of_output(bytes(output), bytes(errors))), is_cut }
}

#[test]
fn a_command_is_remembered_once_and_the_last_one_first() {
    let mut piping = Piping::default();
    for typed in ["jq .", "wc", "jq ."] {
        piping.remember(typed);
    }
    assert_eq!(piping.history, ["jq .", "wc"]);
    for number in 0..2 * MOST_REMEMBERED {
        piping.remember(&number.to_string());
    }
    assert_eq!(piping.history.len(), MOST_REMEMBERED);
    assert_eq!(piping.history[0], "199");
}

#[test]
fn how_a_command_is_stands_in_a_sentence() {
    let at = |seconds| Timestamp::UNIX_EPOCH + Duration::from_secs(seconds);
    let mut running = output();
    assert_eq!(running.status(at(3)), "running, 3 s");
    running.print(printed("a", "", true));
    assert!(running.cancel());
    assert!(!running.cancel(), "once is enough");
    assert_eq!(running.status(at(4)), "is being ended, 4 s, cut off behind 1 MiB");
    for (ending, expected) in [
        (Ending::Done, "done in 12 ms"),
        (
            Ending::Failed("ended with exit status: 2".to_owned()),
            "ended with exit status: 2, after 12 ms",
        ),
        (Ending::Cancelled, "ended by you after 12 ms"),
        (Ending::Unstarted("there is no shell".to_owned()), "there is no shell"),
    ] {
        let mut ended = output();
        ended.end(ending, Duration::from_millis(12));
        assert_eq!(ended.status(at(9)), expected);
        assert!(!ended.cancel(), "there is nothing to end");
    }
}

#[test]
fn what_is_looked_for_is_found_in_what_is_printed_later() {
    let mut output = output();
    output.print(printed("one\ntwo\n", "", false));
    assert!(output.search("two"));
    assert_eq!(output.view().cursor(), 1);
    output.print(printed("one\ntwo\nthree\n", "two again\n", false));
    assert_eq!(output.view().cursor(), 1, "the place stays");
    assert!(output.step(Step::Next));
    assert_eq!(output.view().cursor(), 4, "behind the line that parts both");
    assert!(output.step(Step::Previous));
    assert_eq!(output.view().cursor(), 1);
}
