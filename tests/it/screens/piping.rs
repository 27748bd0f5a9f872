//! The prompt of commands that a body is piped to, and what they print.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hookscope::app::document::Document;
use hookscope::app::message::Message;
use hookscope::app::piping::{Ending, Printed};

use crate::scene::Scene;
use crate::views::check;

fn printed(output: &'static str, errors: &'static str) -> Printed {
    let document = Document::of_output(Bytes::from(output), Bytes::from(errors));
    Printed { document: Arc::new(document), is_cut: false }
}

/// A command in its pane, which has printed that and ended so.
fn run(size: (u16, u16), line: &str, printed: Printed, ending: Option<Ending>) -> Scene {
    let mut scene = Scene::companies(size);
    scene.press("|");
    scene.write(line);
    scene.press("enter");
    let took = Duration::from_millis(12);
    scene.send(match ending {
        Some(ending) => Message::Piped { run: 1, printed, ending, took },
        None => Message::Printed { run: 1, printed },
    });
    scene
}

#[test]
fn the_prompt_says_whose_body_goes_where_and_offers_what_was_typed_before() {
    check("pipe_prompt", |size| {
        let mut scene = Scene::companies(size);
        for line in ["jq .", "jq .trip | less", "wc -c"] {
            scene.press("| ctrl-u");
            scene.write(line);
            scene.press("enter esc esc");
        }
        scene.press("| ctrl-u j");
        scene
    });
}

#[test]
fn what_a_command_prints_has_a_pane_with_its_state_above() {
    let json = "{\n  \"trip\": {\n    \"id\": 29,\n\t\"legs\": 2\n  }\n}\n";
    check("pipe_output", |size| run(size, "jq .", printed(json, ""), Some(Ending::Done)));
    check("pipe_running", |size| run(size, "slow", printed("first line\n", ""), None));
    check("pipe_failed", |size| {
        let errors = "jq: parse error: \u{1b}[31mInvalid\u{1b}[0m literal at line 1\n";
        let ending = Ending::Failed("ended with exit status: 2".to_owned());
        run(size, "jq .", printed("", errors), Some(ending))
    });
    check("pipe_nothing", |size| run(size, "true", printed("", ""), Some(Ending::Done)));
    check("pipe_search", |size| {
        let mut scene = run(size, "jq .", printed(json, ""), Some(Ending::Done));
        scene.press("/ l e g s");
        scene
    });
}
