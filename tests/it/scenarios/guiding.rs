//! The first steps of somebody new.

use hookscope::app::command::{Command, Copied};
use hookscope::app::guide::{Standing, Step, Writing};
use hookscope::app::guiding;
use hookscope::app::message::Message;
use hookscope::app::overlay::Overlay;
use hookscope::app::session::FirstRun;
use hookscope::domain::event::ProviderId;
use hookscope::domain::proposal::{Beginning, Proposal, Table};
use hookscope::domain::url::Url;

use super::Begin::{self, Empty, Named, New};
use super::stage::Stage;

/// Nothing was captured and nothing is configured.
pub(super) fn new() -> Stage {
    let mut stage = Stage::new(80, 24, 0);
    stage.app.session.first_run =
        Some(FirstRun { file: "hookscope.toml".to_owned(), env_files: vec![".env".to_owned()] });
    guiding::open(&mut stage.app);
    stage
}

/// The names were looked at.
pub(super) fn named() -> Stage {
    let mut stage = new();
    assert_eq!(stage.press("enter enter"), [Command::LookForNames]);
    stage.send(Message::NamesFound { proposals: proposals(), left_out: Vec::new() });
    stage
}

fn proposals() -> Vec<Proposal> {
    let account = Table::Account(ProviderId::Channex);
    [("a", Table::Endpoint), ("b", Table::Endpoint), ("c", account)]
        .map(|(name, table)| Proposal { name: name.to_owned(), table, values: Vec::new() })
        .to_vec()
}

/// What is typed, and what it comes to.
#[rustfmt::skip]
pub(super) const GUIDING: &[(Begin, &str, &str)] = &[
    (New, "", "stream 0 follow | guide Send"),
    (New, "enter", "stream 0 follow | guide Secret"),
    (New, "tab tab", "stream 0 follow | guide Forward>"),
    (New, "tab tab tab", "stream 0 follow | guide Write"),
    (New, "tab tab tab tab", "stream 0 follow"),
    (New, "tab shift-tab", "stream 0 follow | guide Send"),
    (New, "shift-tab", "stream 0 follow | guide Send"),
    (New, "esc", "stream 0 follow"),
    (New, "esc i", "stream 0 follow | guide Send"),
    (Empty, "i", "stream 0 follow"),
    (New, "x q", "stream 0 follow | guide Send"),
    (New, "t", "stream 0 follow | guide Send | samples 1/87>"),
    (New, "t esc", "stream 0 follow | guide Send"),
    (New, "f1", "stream 0 follow | guide Send | help>"),
    (New, "tab tab enter", "stream 0 follow | guide Write"),
    (New, "tab tab f t p enter", "stream 0 follow | guide Forward>ftp"),
    (New, "tab tab x tab shift-tab", "stream 0 follow | guide Forward>"),
    (Named, "down space up", "stream 0 follow | guide Secret"),
    (Named, "enter", "stream 0 follow | guide Forward>"),
    (Named, "down down up space", "stream 0 follow | guide Secret"),
];

/// State, keys, the commands that are left to the runtime.
pub(super) fn commands() -> Vec<(Begin, &'static str, Vec<Command>)> {
    let env_files = vec![".env".to_owned()];
    let empty = Beginning { env_files: env_files.clone(), ..Beginning::default() };
    let [a, b, c] = <[Proposal; 3]>::try_from(proposals()).expect("three");
    let chosen = Beginning {
        env_files,
        chosen: vec![a],
        proposed: vec![b, c],
        forward: Url::parse("http://a.test").ok(),
    };
    let write = |beginning| vec![Command::WriteConfig(Box::new(beginning))];
    let text = "curl http://127.0.0.1:4000/hello -d '{\"hello\":\"world\"}'".to_owned();
    vec![
        (New, "y", vec![Command::Copy { what: Copied::Example, text }]),
        (New, "tab enter", vec![Command::LookForNames]),
        (New, "tab enter enter", vec![Command::LookForNames]),
        (New, "tab tab tab enter", write(empty.clone())),
        (New, "tab tab tab enter enter", write(empty)),
        (Named, "down space enter h t t p : / / a . t e s t enter enter", write(chosen)),
    ]
}

/// What the steps have come to, if they are shown.
fn told(stage: &Stage) -> Option<(Step, Standing, Writing)> {
    match stage.app.overlays.last() {
        Some(Overlay::Guide(guide)) => {
            Some((guide.step(), guide.standing(Step::Send), guide.writing().clone()))
        }
        _ => None,
    }
}

#[test]
fn the_steps_are_shown_at_a_start_with_nothing_stored_and_nothing_configured() {
    for (stored, is_first, shown) in [(0, true, true), (3, true, false), (0, false, false)] {
        let mut stage = new();
        stage.press("esc");
        if !is_first {
            stage.app.session.first_run = None;
        }
        stage.stored = stored;
        let mut anew = hookscope::app::state::App::new(
            stage.app.session.clone(),
            stage.app.health.clone(),
            stage.app.keymap.clone(),
            stage.app.now,
        );
        anew.size = stage.app.size;
        let commands = hookscope::app::update::start(&mut anew);
        stage.app = anew;
        assert_eq!(stage.answer(commands), []);
        assert_eq!(told(&stage).is_some(), shown, "{stored} {is_first}");
        stage.press("esc");
        stage.send(Message::StoreChanged);
        assert_eq!(told(&stage), None, "they do not come back by themselves");
    }
}

#[test]
fn the_first_delivery_ticks_the_first_step_off() {
    let mut stage = new();
    stage.capture();
    assert_eq!(told(&stage), Some((Step::Secret, Standing::Done, Writing::Unasked)));
}

#[test]
fn what_cannot_be_written_is_said_and_can_be_tried_again() {
    let mut stage = new();
    stage.press("tab tab tab enter");
    let reason = "hookscope.toml is already there and was left as it is".to_owned();
    stage.send(Message::ConfigWritten(Err(reason.clone())));
    assert_eq!(told(&stage).map(|(.., writing)| writing), Some(Writing::Failed(reason)));
    assert!(matches!(stage.press("enter")[..], [Command::WriteConfig(_)]));
    stage.send(Message::ConfigWritten(Ok(())));
    assert_eq!(told(&stage).map(|(.., writing)| writing), Some(Writing::Written));
    stage.press("enter");
    assert_eq!(stage.glimpse(), "stream 0 follow");
}

#[test]
fn who_closed_the_steps_is_told_what_became_of_the_config_and_of_files() {
    let mut stage = new();
    stage.press("tab tab tab enter esc");
    stage.send(Message::ConfigWritten(Ok(())));
    let left_out = vec![".env was left out: it is longer than 64 KiB".to_owned()];
    stage.send(Message::NamesFound { proposals: Vec::new(), left_out: left_out.clone() });
    let said = stage.app.toasts.iter().map(|toast| toast.notice.text.clone()).collect::<Vec<_>>();
    assert_eq!(said[0], "the config is written; the next start takes it up");
    assert_eq!(said[1..], left_out);
}
