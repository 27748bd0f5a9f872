//! The whole program hands on, and is killed on the way.

use std::collections::HashSet;
use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::app::{App, answer, nowhere, ok};
use crate::headless::Headless;

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(future)
}

fn configure(store: &Path, app: SocketAddr) {
    let config = format!("[listen]\nforward = \"http://{app}\"\n");
    fs::write(store.parent().unwrap().join("hookscope.toml"), config).unwrap();
}

#[test]
fn what_waits_when_the_program_is_killed_goes_on_in_order_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let place = nowhere();
    configure(&store, place);
    let mut sent = Vec::new();
    for round in 0..3 {
        let mut listener = Headless::start(&store);
        for number in 0..5 {
            let path = format!("/{round}/{number}");
            assert!(listener.send(&path, "", "x").starts_with("HTTP/1.1 200"));
            sent.push(path);
        }
        listener.kill();
    }
    let app = App::start_at(place, ok);
    let listener = Headless::start(&store);
    assert_eq!(run(app.targets(sent.len())), sent);
    let line = loop {
        let line = listener.line("attempt");
        if line["status"] == 200 {
            break line;
        }
    };
    assert_eq!((&line["purpose"], &line["delivery"]), (&"forward".into(), &1.into()));
}

#[test]
fn killed_on_the_way_it_repeats_what_it_did_last_and_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let app = App::start(|_| answer(204, "", ""));
    configure(&store, app.address);
    let mut sent = Vec::new();
    for round in 0..4 {
        let mut listener = Headless::start(&store);
        let begun = sent.len();
        while sent.len() < begun + 40 {
            let path = format!("/{round}/{}", sent.len());
            assert!(listener.send(&path, "", "x").starts_with("HTTP/1.1 200"));
            sent.push(path);
        }
        run(app.got(begun + 10));
        listener.kill();
    }
    let _listener = Headless::start(&store);
    let mut got = run(app.targets(sent.len()));
    while got.last() != sent.last() {
        got = run(app.targets(got.len() + 1));
    }
    let most = sent.len() + 4 * 33;
    assert!(got.len() <= most, "{} for {}", got.len(), sent.len());
    let mut known = HashSet::new();
    got.retain(|target| known.insert(target.clone()));
    assert_eq!(got, sent, "in order, whatever is repeated");
}

#[cfg(unix)]
#[test]
fn the_end_waits_for_the_answer_that_is_on_its_way() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let gate = nowhere();
    let app = App::start(move |_| {
        // Somebody opens the gate.
        while TcpStream::connect(gate).is_err() {
            std::thread::park_timeout(Duration::from_millis(1));
        }
        answer(200, "", "")
    });
    configure(&store, app.address);
    let mut listener = Headless::start(&store);
    listener.send("/", "", "x");
    run(app.got(1));
    let pid = listener.child.id().to_string();
    let ended = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(ended.success());
    let _gate = std::net::TcpListener::bind(gate).unwrap();
    let line = listener.line("attempt");
    assert_eq!(line["status"], 200);
    listener.line("stopped");
    assert!(listener.child.wait().unwrap().success());
}
