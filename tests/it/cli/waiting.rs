//! `wait`: beside a listener, and with nobody there.

use std::path::PathBuf;
use std::process::Stdio;
#[cfg(target_os = "linux")]
use std::time::Duration;
use std::time::Instant;

use super::program::{Program, Run};
use super::stored::{self, HELLO, Sent};
use crate::headless::Headless;
#[cfg(target_os = "linux")]
use crate::support::DEADLINE;

const OTHER: Sent = Sent { method: "PUT", target: "/other", headers: &[], body: b"" };

fn program() -> (Program, PathBuf) {
    let program = Program::with_config("store.file = 'kept.db'\n");
    let file = program.file("kept.db");
    (program, file)
}

/// Starts to wait, runs `meanwhile`, and returns how the wait ended.
fn wait(program: &Program, arguments: &[&str], meanwhile: impl FnOnce()) -> Run {
    let mut command = program.command(&[&["wait"], arguments].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    meanwhile();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn it_ends_when_a_matching_delivery_arrives() {
    let (program, file) = program();
    let listener = Headless::start(&file);
    listener.send("/before", "", "{}");
    // A delivery from before the start does not count, and nobody knows when it starts: so they
    // come until it has ended.
    let mut command = program.command(&["wait", "/b=2", "--format", "json", "--timeout", "20s"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    while child.try_wait().unwrap().is_none() {
        listener.send("/a", "", r#"{"b":1}"#);
        listener.send("/a", "", r#"{"b":2}"#);
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let lines = String::from_utf8(output.stdout).unwrap();
    let line: serde_json::Value = serde_json::from_str(lines.trim_end()).unwrap();
    assert_eq!((&line["kind"], &line["body"]["text"]), (&"delivery".into(), &r#"{"b":2}"#.into()));
}

#[test]
fn a_listener_may_start_later_than_who_waits_for_it() {
    let (program, file) = program();
    let run = wait(&program, &["--timeout", "20s", "method:POST"], || {
        Headless::start(&file).send("/first", "", "{}");
    });
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.trim_end().ends_with("POST /first"), "{}", run.out);
}

/// How often the program went to sleep so far: who asks again and again does so again and again.
#[cfg(target_os = "linux")]
fn sleeps(process: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let status =
        tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok());
    let count = |status: String| {
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        line.and_then(|count| count.trim().parse::<u64>().ok()).unwrap_or_default()
    };
    status.map(count).sum()
}

/// Waits until the program does nothing for longer than a step of asking takes.
#[cfg(target_os = "linux")]
fn until_still(process: u32) {
    let until = Instant::now() + DEADLINE;
    loop {
        let before = sleeps(process);
        std::thread::sleep(Duration::from_millis(400));
        if before > 0 && sleeps(process) == before {
            return;
        }
        assert!(Instant::now() < until, "it never stands still");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn while_nothing_happens_nothing_is_done_and_a_delivery_is_answered_soon() {
    let (program, file) = program();
    let mut command = program.command(&["wait", "--timeout", "60s", "method:POST"]);
    let child = command.stdout(Stdio::piped()).spawn().unwrap();
    // There is no store to look into, and then one that nobody writes to.
    until_still(child.id());
    let listener = Headless::start(&file);
    until_still(child.id());
    let begun = Instant::now();
    listener.send("/first", "", "{}");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    // Some 60 ms when nothing else runs.
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn what_was_captured_since_then_counts_and_as_many_are_printed_as_were_asked_for() {
    let (program, file) = program();
    stored::keep(&file, [HELLO, OTHER, HELLO, HELLO]);
    let since = "2024-11-21T10:00:01Z";
    let run = program.run(&["wait", "--since", since, "--count", "2", "method:POST"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let ids = run.out.lines().map(|line| line.split_whitespace().next().unwrap());
    assert_eq!(ids.collect::<Vec<_>>(), ["3", "4"]);
}

#[test]
fn when_the_time_is_over_the_answer_is_no() {
    let (program, file) = program();
    stored::keep(&file, [HELLO, OTHER]);
    for (arguments, message) in [
        (&["--timeout", "100ms"][..], "no delivery came within 100ms"),
        (&["--timeout", "0s", "--since", "365000d"], "no delivery came within 0ns"),
        (
            &["--timeout", "300ms", "--since", "36500d", "--count", "3"],
            "2 of 3 deliveries came within 300ms",
        ),
    ] {
        let begun = Instant::now();
        let run = program.run(&[&["wait"], arguments].concat());
        if !arguments.contains(&"0s") {
            assert!(begun.elapsed().as_millis() >= 100);
        }
        assert_eq!(run.code, Some(1), "{arguments:?}: {run:?}");
        assert!(run.err.contains(message), "{arguments:?}: {}", run.err);
    }
    let run = program.run(&["wait", "--timeout", "1ms", "--format", "json"]);
    assert_eq!(run.json()[0]["code"], "timeout");
}

#[test]
fn a_filter_or_time_that_cannot_be_read_ends_with_2() {
    let (program, _) = program();
    for (arguments, part) in [
        (&["evnt:x"][..], "cannot read the filter: "),
        (&["--since", "yesterday"], "--since is neither a duration such as 30s nor a time"),
        (&["--since", "1h is:repeat"], "--since is neither"),
        (&["--timeout", "soon"], "is not a duration such as"),
        (&["--count", "0"], "0 is not in 1..="),
    ] {
        let run = program.run(&[&["wait"], arguments].concat());
        assert_eq!(run.code, Some(2), "{arguments:?}: {run:?}");
        assert!(run.err.contains(part), "{arguments:?}: {}", run.err);
    }
}
