//! `delete`, retention beside a listener, and what `doctor` says about room.

use std::fs;
use std::path::Path;
use std::time::Instant;

use hookscope::domain::delivery::DeliveryId;
use hookscope::storage::Store;

use super::program::{Program, Run};
use super::stored::{self, HELLO};
use crate::headless::Headless;
use crate::support::DEADLINE;

fn with_deliveries(count: usize, config: &str) -> Program {
    let program = Program::with_config(&format!("store.file = 'kept.db'\n{config}"));
    stored::keep(&program.file("kept.db"), std::iter::repeat_n(HELLO, count));
    program
}

fn mark(file: &Path, ids: &[i64]) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let store = Store::open_beside(file).unwrap();
        store.mark(ids.iter().copied().map(DeliveryId).collect(), true).await.unwrap();
        store.close().await;
    });
}

fn left(program: &Program) -> Vec<i64> {
    let run = program.run(&["list", "--limit", "0", "--format", "json"]);
    let id = |line: &serde_json::Value| line["id"].as_i64().unwrap_or_else(|| panic!("{run:?}"));
    run.json().iter().map(id).collect()
}

fn said(run: &Run) -> (Option<i32>, &str, &str) {
    (run.code, &run.out, &run.err)
}

#[test]
fn delete_takes_numbers_and_a_filter_and_prints_how_many_are_gone() {
    let program = with_deliveries(12, "");
    mark(&program.file("kept.db"), &[3, 12]);
    let run = program.run(&["delete", "1", "4..6", "99", "--yes"]);
    assert_eq!(said(&run), (Some(0), "4 deleted\n", ""));
    let run = program.run(&["delete", "--filter", "-is:marked id:<=8", "--yes"]);
    assert_eq!(said(&run), (Some(0), "3 deleted\n", ""));
    assert_eq!(left(&program), [3, 9, 10, 11, 12]);
    let run = program.run(&["delete", "8..10", "--filter", "is:marked", "--yes"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.starts_with("hookscope: there is no such delivery"), "{}", run.err);
    let run = program.run(&["delete", "12", "--yes", "--format", "json"]);
    assert_eq!(run.out, "{\"kind\":\"deleted\",\"gone\":1,\"in_use\":0}\n");
    let run = program.run(&["show", "3", "--format", "json"]);
    assert_eq!(run.json()[0]["marked"], true);
}

#[test]
fn nothing_is_deleted_where_nobody_can_be_asked_or_the_command_line_is_wrong() {
    let program = with_deliveries(3, "");
    for (arguments, part) in [
        (&["delete", "1"][..], "there is no terminal to ask at; say yes with --yes"),
        (&["delete", "--yes"], "required arguments were not provided"),
        (&["delete", "0", "--yes"], "a delivery is named by its number"),
        (&["delete", "--yes", "--filter", "is:old"], "`old` does not fit; is: takes"),
    ] {
        let run = program.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.err.contains(part), "{arguments:?}: {}", run.err);
    }
    assert_eq!(left(&program), [1, 2, 3]);
}

#[test]
fn a_listener_keeps_what_the_config_says_and_deleting_goes_on_beside_it() {
    let program = with_deliveries(40, "store.keep = { count = 5 }");
    let file = program.file("kept.db");
    mark(&file, &[2]);
    assert_eq!(left(&program).len(), 40, "who only looks deletes nothing");
    let listener = Headless::start(&file);
    let until = |ids: &[i64]| {
        let begun = Instant::now();
        while left(&program) != ids {
            assert!(begun.elapsed() < DEADLINE, "{:?} instead of {ids:?}", left(&program));
        }
    };
    until(&[2, 36, 37, 38, 39, 40]);
    listener.send("/hello", "", "new");
    until(&[2, 37, 38, 39, 40, 41]);
    let run = program.run(&["delete", "2", "39", "--yes"]);
    assert_eq!(said(&run), (Some(0), "2 deleted\n", ""));
    assert_eq!(left(&program), [37, 38, 40, 41]);
}

#[test]
fn doctor_tells_how_much_room_the_store_takes_and_what_is_too_much() {
    let program = with_deliveries(4, "");
    let line = |what: &str| {
        let run = program.run(&["doctor"]);
        let line = run.out.lines().find(|line| line.contains(&format!("  {what}: ")));
        line.unwrap_or_else(|| panic!("{}", run.out)).to_owned()
    };
    let room = line("room");
    assert!(room.contains(" on disk, 0 B of it free, and 0 B of log; 4 deliveries"), "{room}");
    assert!(
        line("keep")
            .ends_with("keep: everything; set keep under [store] to have old deliveries deleted")
    );
    if cfg!(unix) {
        assert!(line("disk").ends_with(" free where the store is"));
    }
    mark(&program.file("kept.db"), &[1]);
    let config = "store.file = 'kept.db'\nstore.keep = { count = 1, age = '5m' }";
    fs::write(program.file("hookscope.toml"), config).unwrap();
    let keep = line("keep");
    assert!(keep.contains("keep: count 1, age 5m; too much now: 2 deliveries"), "{keep}");
    assert!(keep.ends_with("; 1 marked stay in any case"), "{keep}");
}
