#![cfg(unix)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio_util::sync::CancellationToken;

use super::run;
use crate::app::document::View;
use crate::app::document::shown::Value;
use crate::app::piping::{Ending, MOST, Printed};

/// More than fits into a pipe, so that somebody has to read it.
const BIG: usize = 5 << 20;

const DEADLINE: Duration = Duration::from_secs(20);

async fn run_with(line: &str, body: Bytes) -> (Ending, Printed) {
    let cancel = CancellationToken::new();
    let running = run(line, None, body, |_| {}, &cancel);
    tokio::time::timeout(DEADLINE, running).await.expect("the command ends")
}

/// The lines as they are shown, with what is said between them.
fn lines(printed: &Printed) -> Vec<String> {
    let view = View::new(printed.document.clone());
    let rows = view.rows(0..view.len()).map(|row| match row.value {
        Value::Text { text, .. } => String::from_utf8_lossy(text).into_owned(),
        Value::Problem(sentence) => format!("[{sentence}]"),
        other => format!("{other:?}"),
    });
    rows.collect()
}

#[tokio::test]
async fn a_command_reads_the_body_and_what_it_prints_is_kept() {
    let zeros = Bytes::from(vec![b'0'; BIG]);
    for (line, body, expected) in [
        ("cat", Bytes::from("{\"a\":\n1}"), vec!["{\"a\":", "1}"]),
        ("wc -c | tr -d ' '", zeros, vec!["5242880"]),
        ("cat; echo \"$0\" $#", Bytes::new(), vec!["sh 0"]),
        ("echo out; echo no >&2", Bytes::new(), vec!["out", "[standard error:]", "no"]),
        ("printf '\\033[2J\\n'", Bytes::new(), vec!["\u{1b}[2J"]),
    ] {
        let (ending, printed) = run_with(line, body).await;
        assert_eq!(
            (ending, lines(&printed)),
            (Ending::Done, expected.iter().map(ToString::to_string).collect()),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_command_that_does_not_read_a_big_body_is_no_mistake() {
    let body = Bytes::from(vec![b'0'; BIG]);
    for line in ["true", "echo done", "head -c 1 > /dev/null", "exec <&-; echo closed"] {
        let (ending, _) = run_with(line, body.clone()).await;
        assert_eq!(ending, Ending::Done, "{line}");
    }
}

#[tokio::test]
async fn a_command_that_does_not_end_well_is_told() {
    for (line, expected) in [
        ("exit 3", "ended with exit status: 3"),
        ("no-such-command-anywhere", "ended with exit status: 127"),
        ("kill -KILL $$", "ended with signal: 9 (SIGKILL)"),
    ] {
        assert_eq!(run_with(line, Bytes::new()).await.0, Ending::Failed(expected.to_owned()));
    }
    let cancel = CancellationToken::new();
    let none = run("cat", Some("/no/such/shell".into()), Bytes::new(), |_| {}, &cancel).await.0;
    let Ending::Unstarted(why) = none else { panic!("{none:?}") };
    assert!(why.starts_with("the shell cannot be started: "), "{why}");
}

#[tokio::test]
async fn more_than_anybody_reads_is_cut_off_and_ends_the_command() {
    let (ending, printed) = run_with("yes", Bytes::new()).await;
    assert_eq!(ending, Ending::Done);
    assert!(printed.is_cut);
    assert_eq!(lines(&printed).len(), MOST / 2);
}

#[tokio::test]
async fn what_is_printed_first_is_told_at_once() {
    let (told, cancel) = (AtomicUsize::new(0), CancellationToken::new());
    let tell = |printed: Printed| {
        assert_eq!(lines(&printed), ["first"]);
        told.fetch_add(1, Ordering::SeqCst);
        cancel.cancel();
    };
    let running = run("echo first; exec sleep 1000", None, Bytes::new(), tell, &cancel);
    let (ending, printed) = tokio::time::timeout(DEADLINE, running).await.unwrap();
    assert_eq!((ending, lines(&printed)), (Ending::Cancelled, vec!["first".to_owned()]));
    assert_eq!(told.load(Ordering::SeqCst), 1);
}

/// Whether a process is there and not only waits for somebody to ask how it ended.
#[cfg(target_os = "linux")]
fn is_alive(process: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_command_that_is_cancelled_or_left_ends_with_all_that_it_started() {
    let line = "sleep 1000 & echo $! $$; exec sleep 1000";
    for is_left in [false, true] {
        let (begun, mut processes) = tokio::sync::mpsc::unbounded_channel();
        let cancel = CancellationToken::new();
        let tell = |printed: Printed| begun.send(lines(&printed)[0].clone()).unwrap();
        let mut running = Box::pin(run(line, None, Bytes::from("x"), tell, &cancel));
        let told = tokio::select! {
            _ = &mut running => panic!("it does not end by itself"),
            told = processes.recv() => told.unwrap(),
        };
        let processes = told.split(' ').collect::<Vec<_>>();
        assert!(processes.iter().all(|process| is_alive(process)), "{told}");
        if is_left {
            drop(running);
        } else {
            cancel.cancel();
            assert_eq!(running.await.0, Ending::Cancelled);
        }
        let gone = async {
            while processes.iter().any(|process| is_alive(process)) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(DEADLINE, gone).await.expect("nothing of it is left");
    }
}
