//! A lease from the dashboard: a key takes it, the end of the program gives it back, and after a
//! crash the next start asks.

use std::fs;

use serde_json::json;
use tempfile::TempDir;

use super::BEFORE;
use crate::pty::Pty;
use crate::standins::avinode::{API_TOKEN, BEARER, Standin};
use crate::standins::server::Answer;

const HERE: &str = "https://dev.example.test/avinode";

struct Scene {
    standin: Standin,
    folder: TempDir,
    id: String,
}

impl Scene {
    fn new() -> Self {
        let standin = Standin::start();
        let id =
            standin.seed(&json!({"targetURI": BEFORE, "displayName": "ours", "eventTypes": []}));
        let folder = tempfile::tempdir().unwrap();
        let base_url = standin.url();
        let config = format!(
            "listen.public_url = 'https://dev.example.test'\n\
             [[account]]\nname = 'acme'\nprovider = 'avinode'\nbase_url = '{base_url}'\n\
             hosts = ['{}']\n\
             credentials = {{ api_token = {{ file = 'token' }}, bearer = {{ file = 'bearer' }} }}\n\
             [[endpoint]]\nname = 'acme'\npath = '/avinode'\naccount = 'acme'\n",
            base_url.authority()
        );
        for (name, text) in
            [("hookscope.toml", config.as_str()), ("token", API_TOKEN), ("bearer", BEARER)]
        {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self { standin, folder, id }
    }

    fn start(&self) -> Pty {
        Pty::start(&["listen", "--addr", "127.0.0.1:0"], self.folder.path(), (120, 40))
    }

    /// The dashboard with the lease taken.
    fn leased(&self) -> Pty {
        let mut pty = self.start();
        pty.wait_for("Waiting for the first delivery");
        pty.type_keys("S");
        pty.wait_for(BEFORE);
        pty.type_keys("L");
        pty.wait_for("enter send it");
        pty.type_keys("\r");
        pty.wait_for("points to");
        assert_eq!(self.target(), HERE);
        pty
    }

    fn target(&self) -> String {
        self.standin.settings()[0]["targetURI"].as_str().unwrap().to_owned()
    }
}

#[test]
fn the_end_of_the_dashboard_points_the_subscription_back_and_says_so() {
    let scene = Scene::new();
    let mut pty = scene.leased();
    pty.type_keys("Q");
    assert!(pty.end().success());
    pty.assert_restored();
    assert_eq!(scene.target(), BEFORE);
    let contents = pty.contents();
    let told = format!("hookscope: acme: {} points to {BEFORE} again", scene.id);
    assert!(contents.contains(&told), "{contents}");
}

#[test]
fn a_provider_that_does_not_answer_at_the_end_does_not_hold_who_is_in_a_hurry() {
    let scene = Scene::new();
    let mut pty = scene.leased();
    scene.standin.set_answer(Answer::Never);
    pty.type_keys("Q");
    pty.wait_for("0 refused, stored in");
    pty.signal("INT");
    assert!(pty.end().success());
    let contents = pty.contents();
    assert!(contents.contains("leases stay open; the next start asks about them"), "{contents}");
    assert_eq!(scene.target(), HERE);
}

#[test]
fn after_a_crash_the_next_start_asks_and_gives_back_on_yes() {
    let scene = Scene::new();
    let mut pty = scene.leased();
    pty.signal("KILL");
    pty.end();
    assert_eq!(scene.target(), HERE);

    let mut pty = scene.start();
    pty.wait_for("Leases left open");
    pty.wait_for(BEFORE);
    pty.type_keys("y");
    pty.wait_for(&format!("points to {BEFORE} again"));
    assert_eq!(scene.target(), BEFORE);
    pty.type_keys("Q");
    assert!(pty.end().success());
}
