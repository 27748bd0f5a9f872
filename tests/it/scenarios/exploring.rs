//! Bringing together what belongs together: deliveries side by side, and all that hold a value.

use hookscope::app::lines::Line;

use super::Begin::{self, Empty, Linked, Narrow, Wide};
use super::stage::Stage;

/// What is typed, and what it comes to.
#[rustfmt::skip]
pub(super) const EXPLORING: &[(Begin, &str, &str)] = &[
    (Wide, "c", "stream 30 follow | comparison 0"),
    (Wide, "c d j q", "stream 30 follow"),
    (Wide, "space space c", "stream 28 marked 2 | comparison 0"),
    (Wide, "space G c", "stream 1 marked 1 | comparison 0"),
    (Wide, "space k c", "stream 30 marked 1 | comparison 0"),
    (Wide, "space space space c", "stream 27 marked 3"),
    (Wide, "G c", "stream 1"),
    (Narrow, "enter c", "detail 30 row 0 | comparison 0"),
    (Wide, ": c o m p a r e enter", "stream 30 follow | comparison 0"),
    (Empty, "c", "stream 0 follow"),
    // from a value to all that hold it, and back
    (Wide, "j j enter j j P", "stream 28 f:28"),
    (Wide, "j enter G k P", "stream 29 f:n29"),
    (Wide, "j enter G k P backspace", "detail 29 row 5"),
    (Wide, "enter j j j P", "stream 30 f:2"),
    (Wide, "enter j j j P j j enter j j P", "stream 28 f:28"),
    (Wide, "enter j j j P j j enter j j P backspace", "detail 28 row 2 f:2"),
    (Wide, "enter j j j P j j enter j j P backspace backspace", "detail 30 row 0"),
    (Wide, "enter 2 j j P", "stream 30 Headers f:header:localhost"),
    (Narrow, "enter j j j P j", "stream 29 f:2"),
    (Narrow, "enter j j j P esc backspace", "stream 30"),
    (Wide, "enter 2 j j j P", "detail 30 row 3 Headers"),
    (Wide, "enter P", "detail 30 row 0"),
    (Wide, "enter 1 P", "detail 30 row 0 Overview"),
    (Wide, "backspace", "stream 30 follow"),
];

/// The title of the comparison on top, and what it says of both sides.
fn compared(stage: &Stage) -> String {
    let Some(super::Overlay::Comparison(comparing)) = stage.app.overlays.last() else {
        return "nothing".to_owned();
    };
    let lines = comparing.lines().lines().iter();
    let sides = lines.filter(|line| matches!(line.name(), "before" | "after" | "request"));
    let sides = sides.map(Line::value).collect::<Vec<_>>();
    format!("{}: {}", comparing.title(), sides.join(", "))
}

#[test]
fn the_marked_ones_are_compared_else_this_with_the_one_before_the_earlier_one_first() {
    let title = |one: i64, other: i64| {
        format!(
            "Compare #{one} and #{other}: differences: delivery #{one}, delivery #{other}, \
             POST /hooks/{one} → POST /hooks/{other}"
        )
    };
    for (keys, expected) in [
        ("c", title(29, 30)),
        ("space j space c", title(28, 30)),
        ("j j space G c", title(1, 28)),
        ("enter space c", title(29, 30)),
    ] {
        let mut stage = Wide.stage();
        stage.press(keys);
        assert_eq!(compared(&stage), expected, "{keys}");
    }
}

#[test]
fn what_was_fetched_is_compared_with_its_delivery() {
    let mut stage = Linked.stage();
    stage.press("enter 6 } c");
    let told = compared(&stage);
    assert!(told.starts_with("Compare answers of #30: differences: delivery #30"), "{told}");
}
