//! Deliveries are written to a file, and where replays went is remembered.

use std::fs;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use hookscope::domain::url::Url;
use hookscope::providers::accounts::Accounts;
use jiff::Timestamp;
use serde_json::Value;

use super::Running;
use crate::replaying::server::{Raw, Reply, ok};
use crate::support::Listening;

/// Types a text in place of what stands in a field.
fn overwrite(running: &Running, text: &str) {
    let clear = KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL);
    running.keyboard.send(Event::Key(clear)).unwrap();
    running.press(text);
}

#[tokio::test(flavor = "multi_thread")]
async fn marked_deliveries_are_written_to_a_file_that_replaces_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shared.ndjson");
    let running = Running::start(120, 40).await;
    for number in 1..=3 {
        running.post(&format!("/hooks/{number}"), "{}").await;
    }
    running.screen.wait_for("/hooks/3").await;
    running.press("*");
    for name in ["shared.ndjson", "shared-2.ndjson"] {
        running.press("E\t");
        overwrite(&running, file.to_str().unwrap());
        running.press("\r");
        running.screen.wait_for("3 deliveries written to").await;
        running.screen.wait_for(&format!("/{name}")).await;
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let targets = lines.map(|line| line["target"].clone()).collect::<Vec<_>>();
        assert_eq!(targets, ["/hooks/1", "/hooks/2", "/hooks/3"]);
    }
    running.press("E\t");
    overwrite(&running, folder.path().join("missing/a.har").to_str().unwrap());
    running.press("\r");
    running.screen.wait_for("there is no folder").await;
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_goes_where_the_last_one_of_a_former_run_went() {
    let server = Raw::start(|_, _| Reply::Close(ok(204))).await;
    let listening = Listening::start().await;
    let store = listening.store.clone();
    let endpoint = || ["default".into()].into();
    store.use_replay_target(endpoint(), server.url(), Timestamp::now()).await.unwrap();
    let running = Running::with(listening, Accounts::default(), (120, 40));
    running.post("/hooks/shop", "{}").await;
    running.screen.wait_for("/hooks/shop").await;
    running.press("r");
    running.screen.wait_for("204").await;
    assert_eq!(server.requests().len(), 1);
    running.press("R");
    overwrite(&running, &format!("{}/other", server.url()));
    running.press("\r");
    let other = Url::parse(&format!("{}/other", server.url())).unwrap();
    while store.replay_targets().await.unwrap()[&"default".into()][0] != other {
        tokio::task::yield_now().await;
    }
}
