//! Deliveries that go, by whoever's hand, and marks that stay.

use std::sync::Arc;

use hookscope::app::command::Command;
use hookscope::app::deletion::Deleted;
use hookscope::app::deliveries::matches::Matches;
use hookscope::app::key::Key;
use hookscope::app::message::Message;
use hookscope::app::update::update;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::delivery::DeliveryId;

use super::stage::{Stage, at};

fn ids(ids: impl IntoIterator<Item = i64>) -> Vec<DeliveryId> {
    ids.into_iter().map(DeliveryId).collect()
}

/// The store deletes these and tells of it.
fn retain(stage: &mut Stage, gone: impl IntoIterator<Item = i64>) {
    let gone = ids(gone);
    stage.gone.extend(&gone);
    assert_eq!(stage.send(Message::Arrived(Arrival::Deleted(gone.into()))), []);
}

fn notices(stage: &Stage) -> String {
    let texts = stage.app.toasts.iter().map(|toast| toast.notice.text.clone());
    texts.collect::<Vec<_>>().join("; ")
}

#[test]
fn what_retention_deletes_vanishes_and_the_selection_and_the_count_survive() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("j j j j j");
    assert_eq!(stage.glimpse(), "stream 25");
    retain(&mut stage, 1..=20);
    assert_eq!(stage.glimpse(), "stream 25");
    assert_eq!(stage.app.traffic.stored(), Some(10));
    assert_eq!(stage.app.deliveries.window().len(), 10);
    retain(&mut stage, 21..=25);
    assert_eq!(stage.glimpse(), "stream 26", "nothing older is left, so the nearest newer one");
    stage.capture();
    assert_eq!((stage.glimpse().as_str(), stage.app.traffic.stored()), ("stream 26", Some(6)));
}

#[test]
fn rows_above_what_is_in_sight_go_without_a_jump() {
    let mut stage = Stage::new(80, 15, 500);
    for _ in 0..60 {
        stage.press("j");
    }
    let (top, shown) = (stage.app.deliveries.top(), stage.glimpse());
    retain(&mut stage, 490..=499);
    assert_eq!((stage.app.deliveries.top(), stage.glimpse()), (top - 10, shown));
}

#[test]
fn when_all_rows_in_memory_go_others_are_read() {
    let mut stage = Stage::new(120, 40, 1_000);
    retain(&mut stage, 500..=1_000);
    assert_eq!(stage.glimpse(), "stream 499 follow");
    stage.press("j j");
    retain(&mut stage, 1..=499);
    assert_eq!(stage.glimpse(), "stream 0 follow", "the first to arrive is selected");
    assert!(stage.app.is_first_screen(), "nothing is there to be shown");
}

#[test]
fn a_page_that_was_read_before_a_deletion_does_not_bring_it_back() {
    let mut stage = Stage::new(120, 40, 1_000);
    stage.press("j");
    let commands = update(&mut stage.app, Message::Key(Key::parse("G").expect("a key")));
    let page = commands.iter().find_map(|command| stage.reply(command)).expect("a page");
    retain(&mut stage, [1, 2]);
    stage.send(page);
    assert_eq!(stage.glimpse(), "stream 3");
}

#[test]
fn what_another_program_deletes_or_marks_is_noticed() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("j");
    stage.gone.extend(ids(20..=29));
    stage.marked.extend(ids([3, 4]));
    assert_eq!(stage.send(Message::StoreChanged), []);
    assert_eq!(stage.glimpse(), "stream 19 marked 2");
    assert_eq!(stage.app.traffic.stored(), Some(20));
    assert_eq!(stage.app.deliveries.window().len(), 20);
}

#[test]
fn marks_are_there_again_at_the_next_start_and_go_with_their_delivery() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("space space");
    assert_eq!(stage.marked, ids([29, 30]).into_iter().collect());
    retain(&mut stage, [29]);
    assert_eq!(stage.app.replaying.marks.count(), 1);
    stage.press("u");
    assert_eq!(stage.marked.len(), 1, "what is gone needs no mark taken away");
}

#[test]
fn marking_everything_is_one_write() {
    let mut stage = Stage::new(120, 40, 150);
    let commands = update(&mut stage.app, Message::Key(Key::parse("*").expect("a key")));
    let all = ids((1..=150).rev());
    assert_eq!(commands, [Command::Mark { ids: all, marked: true }]);
}

#[test]
fn what_comes_of_a_deletion_is_told() {
    for (deleted, told) in [
        (Ok(Deleted { gone: 1, in_use: 0 }), "1 delivery deleted"),
        (
            Ok(Deleted { gone: 12, in_use: 2 }),
            "12 deliveries deleted; 2 stay: they wait for an app or are being replayed",
        ),
        (Err("the disk is full".to_owned()), "not everything is deleted: the disk is full"),
    ] {
        let mut stage = Stage::new(120, 40, 3);
        stage.send(Message::Deleted { ids: ids([7]).into(), outcome: deleted });
        assert_eq!(notices(&stage), told);
    }
}

/// Seconds pass, one after the other; what the store is told to delete meanwhile.
fn wait(stage: &mut Stage, from: i64, seconds: i64) -> Vec<Command> {
    let ticks = (1..=seconds).map(|second| Message::Tick(at(from + second)));
    ticks.flat_map(|tick| update(&mut stage.app, tick)).collect()
}

#[test]
fn what_is_deleted_can_be_brought_back_for_ten_seconds_and_is_then_gone_from_the_store() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("space space d");
    assert_eq!(notices(&stage), "2 deliveries deleted: U undoes");
    assert!(stage.app.needs_tick());
    assert_eq!(wait(&mut stage, 0, 9), []);
    assert_eq!(stage.app.stored(), Some(28));
    let told = wait(&mut stage, 9, 1);
    assert_eq!(told, [Command::Delete(ids([29, 30]).into())]);
    stage.press("U");
    assert_eq!(stage.glimpse(), "stream 28 deleted 2", "the store may have begun");
    stage.answer(told);
    assert_eq!(stage.glimpse(), "stream 28");
    assert_eq!(stage.gone, ids([29, 30]).into_iter().collect());
    assert_eq!(stage.app.stored(), Some(28));
    assert_eq!(notices(&stage), "nothing is deleted that can be brought back");
}

#[test]
fn each_deletion_has_its_own_ten_seconds() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("d");
    assert_eq!(wait(&mut stage, 0, 5), []);
    stage.press("d");
    assert_eq!(wait(&mut stage, 5, 5), [Command::Delete(ids([30]).into())]);
    stage.press("U");
    assert_eq!(stage.glimpse(), "stream 29 follow deleted 1");
}

#[test]
fn a_clock_that_jumps_takes_no_time_to_bring_back() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("d");
    for jump in [3_600, -3_600, 3_600] {
        assert_eq!(update(&mut stage.app, Message::Tick(at(jump))), []);
    }
    stage.press("U");
    assert_eq!(stage.glimpse(), "stream 30 follow");
}

#[test]
fn what_was_deleted_is_deleted_when_the_program_ends() {
    for end in ["Q", "q", "ctrl-c"] {
        let mut stage = Stage::new(120, 40, 30);
        stage.press("d");
        let key = Key::parse(end).expect("a key");
        let commands = update(&mut stage.app, Message::Key(key));
        assert_eq!(commands, [Command::Delete(ids([30]).into()), Command::Quit], "{end}");
    }
    let mut stage = Stage::new(120, 40, 30);
    stage.press("d");
    let commands = update(&mut stage.app, Message::Signal);
    assert_eq!(commands, [Command::Delete(ids([30]).into()), Command::Quit]);
}

#[test]
fn what_cannot_be_deleted_comes_back_with_its_mark_and_that_is_said() {
    for (outcome, told) in [
        (
            Ok(Deleted { gone: 1, in_use: 1 }),
            "1 delivery deleted; 1 stay: they wait for an app or are being replayed",
        ),
        (Err("the disk is full".to_owned()), "not everything is deleted: the disk is full"),
    ] {
        let mut stage = Stage::new(120, 40, 30);
        stage.press("space space d j");
        assert_eq!(wait(&mut stage, 0, 10).len(), 1);
        stage.gone.insert(DeliveryId(30));
        stage.send(Message::Gone(ids([30]).into()));
        stage.send(Message::Deleted { ids: ids([29, 30]).into(), outcome });
        assert_eq!(stage.glimpse(), "stream 27 marked 1", "{told}");
        assert_eq!(stage.app.deliveries.window().len(), 29);
        assert_eq!(notices(&stage), told);
    }
}

#[test]
fn nothing_that_arrives_or_is_read_meanwhile_shows_what_is_deleted() {
    let mut stage = Stage::new(120, 40, 1_000);
    stage.press("* d");
    assert_eq!(stage.glimpse(), "stream 800 follow deleted 200");
    stage.capture();
    stage.send(Message::Lagged(0));
    stage.send(Message::StoreChanged);
    assert_eq!(stage.glimpse(), "stream 1001 follow deleted 200");
    stage.press("j");
    assert_eq!(stage.glimpse(), "stream 800 deleted 200");
    stage.press("U");
    assert_eq!(stage.glimpse(), "stream 1000 marked 200");
    stage.press("k");
    assert_eq!(stage.glimpse(), "stream 1001 marked 200");
}

#[test]
fn in_another_order_it_goes_and_comes_back_too() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("s G k k enter j d");
    assert_eq!(stage.app.deliveries.window().len(), 29);
    stage.press("U");
    assert_eq!(stage.app.deliveries.window().len(), 30);
    assert!(stage.app.deliveries.sorted().is_some());
}

#[test]
fn what_another_program_deleted_meanwhile_is_not_counted_twice() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("d");
    retain(&mut stage, [30]);
    assert_eq!((stage.glimpse().as_str(), stage.app.stored()), ("stream 29 follow", Some(29)));
    assert_eq!(wait(&mut stage, 0, 11), [Command::Count], "nothing is left to delete");
}

#[test]
fn how_many_match_is_right_again_after_a_deletion() {
    let mut stage = Stage::new(120, 40, 30);
    stage.press("f i d : > 2 0 enter");
    retain(&mut stage, [25, 26]);
    for second in 1..=4 {
        stage.send(Message::Tick(at(second)));
    }
    assert_eq!(stage.app.deliveries.matches().map(Matches::count), Some(8));
}

#[test]
fn nobody_is_asked_about_deliveries_of_a_filter_that_is_gone() {
    let mut stage = Stage::new(120, 40, 30);
    let commands = update(&mut stage.app, Message::Key(Key::parse("D").expect("a key")));
    let [Command::FindToDelete(filter)] = &commands[..] else { panic!("{commands:?}") };
    let found =
        Message::FoundToDelete { filter: Arc::clone(filter), found: Ok(ids(1..=30).into()) };
    stage.press("f i d : 3 enter");
    stage.send(found);
    assert_eq!(stage.glimpse(), "stream 3 follow f:id:3");
}
