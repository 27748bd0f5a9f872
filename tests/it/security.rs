//! What a stranger gets: nothing. Who may reach the listener is said, who reaches it can only send,
//! what is written is for its owner alone, and what was sent is run by nobody.

mod files;
mod hostile;

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use hookscope::app::health::{Report, StoreHealth};
use hookscope::app::message::Message;
use hookscope::ui::theme::Theme;

use crate::scene::Scene;
use crate::screens::text_of;
use crate::support::{Listening, post};

/// The first line on standard error of a listener at that address.
fn first_word(addr: &str, format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_hookscope"))
        .args(["listen", "--headless", "--store", ":memory:", "--addr", addr, "--format", format])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    line
}

#[test]
fn a_listener_that_others_can_reach_says_so_first() {
    for format in ["text", "json"] {
        let line = first_word("0.0.0.0:0", format);
        assert!(line.starts_with("hookscope: http://0.0.0.0:"), "{line}");
        assert!(line.contains("is open to the network"), "{line}");
    }
    assert!(first_word("127.0.0.1:0", "text").starts_with("hookscope: listening on"));
}

#[test]
fn the_bar_says_for_as_long_as_it_runs_that_others_can_reach_the_listener() {
    let failing = StoreHealth::Failing("the disk is full".to_owned());
    for size in [(40, 10), (80, 24), (120, 40), (200, 60)] {
        let shows =
            |scene: &Scene| text_of(&scene.draw(&Theme::default())).contains("open to the network");
        let mut scene = Scene::busy(size);
        assert!(!shows(&scene), "{size:?}");
        scene.app.session.listening = Some("http://0.0.0.0:4000".to_owned());
        assert!(shows(&scene), "{size:?}");
        scene.press("? esc enter 3 z");
        assert!(shows(&scene), "{size:?}");
        scene.send(Message::Health(Report::Store(failing.clone())));
        assert!(size.0 < 80 || shows(&scene), "{size:?}");
    }
}

#[tokio::test]
async fn whoever_asks_gets_no_answer_but_that_of_a_capture() {
    let listening = Listening::start().await;
    listening.send(post("/orders", "X-A: kept-header\r\n", "kept-body")).await;
    let mut stored = 1;
    for line in [
        "GET / HTTP/1.1\r\nHost: 127.0.0.1",
        "GET / HTTP/1.1\r\nHost: evil.example.test",
        "GET / HTTP/1.1\r\nHost: hookscope.localhost:80\r\nOrigin: https://evil.example.test",
        "GET http://169.254.169.254/latest/ HTTP/1.1\r\nHost: 169.254.169.254",
        "GET /orders HTTP/1.1\r\nHost: a\r\nX-Forwarded-Host: 127.0.0.1\r\nForwarded: host=b",
        "GET /../../hookscope.db HTTP/1.1\r\nHost: a",
        "GET /api/deliveries/1 HTTP/1.1\r\nHost: a",
        "GET /metrics HTTP/1.1\r\nHost: a",
        "OPTIONS * HTTP/1.1\r\nHost: a",
        "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\nAccess-Control-Request-Method: PUT",
        "TRACE / HTTP/1.1\r\nHost: a\r\nX-B: echoed",
        "DELETE /1 HTTP/1.1\r\nHost: a",
        "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c",
    ] {
        let answered = listening.send(format!("{line}\r\n\r\n")).await;
        assert_eq!((answered.status, answered.body.len()), (200, 0), "{line}: {answered:?}");
        let head = answered.head.to_ascii_lowercase();
        for name in ["access-control", "location", "upgrade", "server", "echoed", "kept"] {
            assert!(!head.contains(name), "{line}: {head}");
        }
        stored += 1;
        assert_eq!(listening.store.count().await.unwrap(), stored, "{line}");
    }
}
