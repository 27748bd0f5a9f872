//! The stream in another order, and values of bodies as its columns.

use hookscope::app::deliveries::column::Column;
use hookscope::app::message::{Gesture, Message};
use hookscope::app::screen::screen;
use hookscope::app::table;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::pin::Pin;

use super::Begin::{self, Empty, Narrow, Wide};
use super::stage::{Stage, mouse};

/// What is pressed, and what it comes to.
#[rustfmt::skip]
pub(super) const SORTING: &[(Begin, &str, &str)] = &[
    // the list of columns
    (Wide, "s", "stream 30 follow | columns arrival/11"),
    (Narrow, "s", "stream 30 follow | columns arrival/8"),
    (Wide, "s j down k", "stream 30 follow | columns account/11"),
    (Wide, "s G up end", "stream 30 follow | columns /note/11"),
    (Wide, "s G g g", "stream 30 follow | columns arrival/11"),
    (Wide, "s end home", "stream 30 follow | columns arrival/11"),
    (Wide, "s ctrl-d ctrl-u", "stream 30 follow | columns arrival/11"),
    (Wide, "s pagedown pageup", "stream 30 follow | columns arrival/11"),
    (Wide, "s esc", "stream 30 follow"),
    (Wide, "s q", "stream 30 follow"),
    (Wide, "s s", "stream 30 follow"),
    (Wide, "s enter", "stream 30 follow"),
    (Wide, "s space", "stream 30 follow | columns arrival/11"),
    // in another order, and the other way
    (Wide, "s G k k k enter", "stream 9 by size"),
    (Wide, "s G k k k enter s enter", "stream 30 by -size"),
    (Wide, "s G k k k enter s enter s enter", "stream 9 by size"),
    (Wide, "s G k k k enter s g g enter", "stream 9"),
    (Narrow, "s G enter G", "stream 10 by size"),
    (Empty, "s G enter", "stream 0 follow"),
    // by what bodies have
    (Wide, "s G enter", "stream 1 by /note"),
    (Wide, "s G k k enter j j", "stream 3 by /trip/id"),
    (Wide, "j j s G k k enter", "stream 28 by /trip/id"),
    (Wide, "s G space k space g g enter", "stream 30 follow"),
    (Wide, "s G k k space enter", "stream 1 by /trip/id"),
    (Wide, "s G k k enter s space", "stream 1 | columns /trip/id/11"),
    // what works in the stream works there
    (Wide, "s G k k enter space space", "stream 3 by /trip/id marked 2"),
    (Wide, "s G k k enter space j j v", "stream 4 by /trip/id marked 4"),
    (Wide, "s G k k enter *", "stream 1 by /trip/id marked 30"),
    (Wide, "s G k k enter j enter", "detail 2 row 0 by /trip/id"),
    (Wide, "s G k k enter d", "stream 2 by /trip/id deleted 1"),
    (Wide, "s G k k enter R", "stream 1 by /trip/id | replay target"),
    (Wide, "s G k k enter / h o o k s / 2 enter n", "stream 20 by /trip/id"),
    (Wide, "s G k k enter c", "stream 1 by /trip/id"),
    (Wide, "s G k k enter G c", "stream 30 by /trip/id | comparison 0"),
    (Wide, "s G k k enter f i d : > 2 5 enter", "stream 26 by /trip/id f:id:>25"),
    (Wide, "s G k k enter : g o t o space 5 enter", "stream 5 by /trip/id"),
    // back
    (Wide, "s G k k enter j j esc", "stream 3"),
    (Wide, "s G k k enter enter esc", "stream 1 by /trip/id"),
    (Wide, "s G k k enter F", "stream 30 follow"),
    (Wide, "s G k k enter f i d : > 2 5 enter esc", "stream 26 f:id:>25"),
    (Wide, "s G k k enter f i d : > 2 5 enter esc esc", "stream 26"),
    (Wide, "f i d : > 2 5 enter s G k k enter", "stream 26 by /trip/id f:id:>25"),
    (Wide, "s G k k enter j enter j j P", "stream 2 f:2"),
    // commands
    (Wide, ": s o r t space - s i z e enter", "stream 30 by -size"),
    (Wide, ": s o r t space s i z e enter : s o r t space a r r i v a l enter", "stream 9"),
    (Wide, ": s o r t enter", "stream 30 follow | columns arrival/11"),
    (Wide, ": s o r t space / n tab enter", "stream 1 by /note"),
    (Wide, ": c o l u m n space / n tab enter s end", "stream 30 follow | columns /trip/legs/11"),
    (Wide, ": c o l u m n enter", "stream 30 follow | columns arrival/11"),
    (Wide, ": u n c o l u m n space / a enter", "stream 30 follow"),
    // a value of the body
    (Wide, "enter j j C", "detail 30 row 2"),
    (Wide, "enter C", "detail 30 row 0"),
];

fn told(stage: &Stage) -> String {
    let toast = stage.app.toasts.iter().next_back();
    toast.map(|toast| toast.notice.text.clone()).unwrap_or_default()
}

/// The values of a pinned column, from the top.
fn values(stage: &Stage, pointer: &str) -> Vec<String> {
    let pin = Pin::new(pointer).expect("a pointer");
    let list = &stage.app.deliveries;
    let cells = list.window().rows_from(0).map(|row| list.pins().cell(row.id, &pin));
    cells.map(|cell| cell.map_or_else(|| "-".to_owned(), |cell| cell.text.clone())).collect()
}

/// Clicks on the name of a column.
fn click(stage: &mut Stage, column: &Column) {
    let head = screen(stage.app.size, &stage.app).unwrap().stream.unwrap().head;
    let places = table::places(head.width, &stage.app);
    let place = places.iter().find(|place| place.column == *column).expect("it is there");
    stage.send(mouse(head.x + place.x + place.width - 1, head.y, Gesture::Click));
}

#[test]
fn the_value_under_the_cursor_becomes_a_column_and_is_taken_off_again() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("j enter j j C");
    assert_eq!(told(&stage), "/trip/id is a column of the stream");
    assert_eq!(values(&stage, "/trip/id")[..3], ["30", "29", "28"]);
    stage.capture();
    assert_eq!(values(&stage, "/trip/id")[..2], ["31", "30"]);
    stage.press("C");
    assert_eq!(told(&stage), "/trip/id is no column any more");
    assert!(stage.app.deliveries.pins().pinned().is_empty());
    stage.press("k k C");
    assert_eq!(told(&stage), "there is no JSON value here: go to one in the body");
}

#[test]
fn no_more_columns_are_pinned_than_there_is_use_for() {
    let mut stage = Stage::new(120, 40, 30);
    for pointer in ["/a", "/b", "/c", "/d", "/e"] {
        stage.press(":");
        stage.send(Message::Paste(format!("column {pointer}")));
        stage.press("enter");
    }
    assert_eq!(told(&stage), "4 columns are pinned: take one off first");
    assert_eq!(stage.app.deliveries.pins().pinned().len(), 4);
}

#[test]
fn a_click_on_the_name_of_a_column_sorts_and_the_next_one_the_other_way() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("enter j j C");
    let pinned = Column::Pinned(Pin::new("/trip/id").expect("a pointer"));
    for (column, expected) in [
        (&pinned, "stream 1 by /trip/id"),
        (&pinned, "stream 30 by -/trip/id"),
        (&pinned, "stream 1 by /trip/id"),
        (&Column::Auth, "stream 30 by auth"),
        (&Column::Arrival, "stream 30"),
    ] {
        click(&mut stage, column);
        assert_eq!(stage.glimpse(), expected);
    }
    // Between two columns there is nothing.
    let head = screen(stage.app.size, &stage.app).unwrap().stream.unwrap().head;
    stage.send(mouse(head.x, head.y, Gesture::Click));
    assert_eq!(stage.glimpse(), "stream 30");
}

#[test]
fn what_comes_is_counted_beside_a_picture_and_in_the_next_one() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("s G k k enter");
    for _ in 0..3 {
        stage.capture();
    }
    assert_eq!(stage.glimpse(), "stream 1 by /trip/id");
    assert_eq!((stage.app.deliveries.unseen().count, stage.app.deliveries.window().len()), (3, 30));
    stage.press("s enter");
    assert_eq!(stage.glimpse(), "stream 33 by -/trip/id");
    assert_eq!((stage.app.deliveries.unseen().count, stage.app.deliveries.window().len()), (0, 33));
    stage.press("p");
    stage.capture();
    stage.press("p");
    assert_eq!(stage.app.deliveries.unseen().count, 1);
    stage.gone.insert(DeliveryId(33));
    stage.send(Message::Gone([DeliveryId(33)].into()));
    assert_eq!(stage.glimpse(), "stream 32 by -/trip/id");
}
