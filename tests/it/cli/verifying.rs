//! `verify` and `providers`.

use std::fs;
use std::process::Output;

use super::program::{Program, Run};
use super::stored::{self, Sent};

const SECRET: &str = "It's a Secret to Everybody";

/// The example of GitHub's documentation.
const GITHUB: Sent = Sent {
    method: "POST",
    target: "/github",
    headers: &[(
        "X-Hub-Signature-256",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    )],
    body: b"Hello, World!",
};

/// The example of Slack's documentation, as a file.
const SLACK: &str = "POST /slack HTTP/1.1\n\
    Content-Type: application/x-www-form-urlencoded\n\
    X-Slack-Request-Timestamp: 1531420618\n\
    X-Slack-Signature: v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503\n\n\
    token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&\
    channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&\
    response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F\
    96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

const SLACK_SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

/// A program with the delivery of GitHub in its store, and this secret at the endpoint.
fn with_github(secret: &str) -> Program {
    let program = Program::with_config(&format!(
        "store.file = 'kept.db'\n[[endpoint]]\nname = 'default'\npath = '/*'\n\
         auth = {{ scheme = 'github', secret = \"{secret}\" }}"
    ));
    stored::keep(&program.file("kept.db"), [GITHUB]);
    program
}

fn run(program: &Program, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = program.command(arguments);
    let Output { status, stdout, stderr } =
        command.envs(variables.iter().copied()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: status.code(), out: text(stdout), err: text(stderr) }
}

#[test]
fn a_delivery_is_checked_again_with_the_scheme_of_its_endpoint() {
    let program = with_github(SECRET);
    let run = program.run(&["verify", "1"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert_eq!(run.err, "hookscope: stored as what is known of it now\n");
    assert_eq!(program.run(&["verify", "1"]).err, "", "it is what the store knows");
    assert!(run.out.starts_with("auth      ✓ verified\nscheme    github\n"), "{}", run.out);
    assert!(run.out.contains("\nsigned    13 bytes: Hello, World!\n"), "{}", run.out);
    let signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    for line in ["expected", "received"] {
        assert!(run.out.contains(&format!("{line}  {signature}\n")), "{}", run.out);
    }
}

#[test]
fn a_failure_is_a_no_with_the_change_that_would_cure_it() {
    let program = with_github(&format!(" {SECRET}\\n"));
    let run = program.run(&["verify", "1"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.contains("clue      signed with the secret without the white space"),
        "{}",
        run.out
    );
    assert!(!run.out.contains(SECRET), "{}", run.out);

    let run = program.run(&["verify", "1", "--format", "json"]);
    assert_eq!(run.code, Some(1));
    let [line] = &run.json()[..] else { panic!("one line: {}", run.out) };
    let keys = line.as_object().unwrap().keys().collect::<Vec<_>>();
    assert_eq!(keys, ["kind", "id", "endpoint", "at", "auth", "looks_like"]);
    assert_eq!((&line["kind"], &line["id"]), (&"verification".into(), &1.into()));
    assert_eq!(line["at"], "2024-11-21T10:00:00.123Z");
    assert_eq!(line["auth"]["reason"], "signature_mismatch");
    assert_eq!(line["auth"]["clues"][0]["code"], "secret_encoding");
}

#[test]
fn the_command_line_says_another_scheme_or_secret() {
    let program = with_github("another");
    let variables = [("THE_SECRET", SECRET), ("OTHER", "other")];
    for (arguments, code) in [
        (&["verify", "1", "--secret-env", "THE_SECRET"][..], 0),
        (&["verify", "1", "--scheme", "github", "--secret-env", "THE_SECRET"], 0),
        (&["verify", "1", "--scheme", "github"], 1),
        (&["verify", "1", "--secret-env", "OTHER"], 1),
        (&["verify", "1", "--scheme", "gitea", "--secret-env", "THE_SECRET"], 1),
        (&["verify", "1", "--scheme", "basic", "--key", "me", "--secret-env", "OTHER"], 1),
        (&["verify", "1", "--scheme", "oauth1", "--key", "me", "--secret-env", "OTHER"], 1),
        (&["verify", "1", "--scheme", "header", "--key", "X-Key", "--secret-env", "OTHER"], 1),
        (&["verify", "1", "--scheme", "bearer", "--secret-env", "OTHER"], 1),
    ] {
        let run = run(&program, arguments, &variables);
        assert_eq!((run.code, run.err.as_str()), (Some(code), ""), "{arguments:?}: {}", run.out);
    }
}

#[test]
fn a_request_in_a_file_is_judged_by_the_time_that_is_given() {
    let program = Program::new();
    fs::write(program.file("slack.http"), SLACK).unwrap();
    let variables = [("SLACK_SECRET", SLACK_SECRET)];
    let checked = |at: &[&str]| {
        let own =
            ["verify", "--file", "slack.http", "--scheme", "slack", "--secret-env", "SLACK_SECRET"];
        run(&program, &[&own, at].concat(), &variables)
    };
    let run = checked(&["--at", "2018-07-12T18:36:58Z"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(run.out.contains("clock     signed 0 s before the arrival\n"), "{}", run.out);
    for at in [&[][..], &["--at", "now"], &["--at", "2018-07-12T18:50:00Z"]] {
        let run = checked(at);
        assert_eq!(run.code, Some(1), "{at:?}");
        assert!(run.out.contains("reason    stale\n"), "{}", run.out);
        assert!(run.out.contains("\nclue      made "), "{}", run.out);
    }
}

#[test]
fn the_file_s_path_chooses_the_endpoint() {
    let program = Program::with_config(&format!(
        "[[endpoint]]\nname = 'other'\npath = '/other'\n\
         [[endpoint]]\nname = 'slack'\npath = '/slack'\n\
         auth = {{ scheme = 'slack', secret = '{SLACK_SECRET}', tolerance = '99999h' }}"
    ));
    fs::write(program.file("slack.http"), SLACK.replace('\n', "\r\n")).unwrap();
    let run = program.run(&["verify", "--file", "slack.http", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert_eq!((&run.json()[0]["endpoint"], &run.json()[0]["id"]), (&"slack".into(), &().into()));
}

#[test]
fn without_a_scheme_the_known_sender_is_named() {
    let program = Program::with_config("store.file = 'kept.db'");
    stored::keep(&program.file("kept.db"), [GITHUB]);
    let run = program.run(&["verify", "1"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("hint      looks like github"), "{}", run.out);
    assert!(run.out.contains("add auth = { scheme = \"github\", secret = "), "{}", run.out);
    let run = program.run(&["verify", "1", "--format", "json"]);
    assert_eq!(run.json()[0]["auth"]["reason"], "no_scheme");
    assert_eq!(run.json()[0]["looks_like"], "github");
}

#[test]
fn a_check_that_cannot_be_made_says_what_to_do() {
    let program = with_github(SECRET);
    fs::write(program.file("broken.http"), "POST / HTTP/1.1\nno colon\n").unwrap();
    for (arguments, code, part) in [
        (&["verify"][..], 2, "required arguments were not provided"),
        (&["verify", "1", "--file", "x"], 2, "cannot be used with"),
        (&["verify", "2"], 1, "there is no delivery 2"),
        (&["verify", "1", "--at", "noon"], 2, "a time is written as in 2026-11-21T10:00:00Z"),
        (
            &["verify", "1", "--scheme", "githb"],
            2,
            "there is no scheme githb; did you mean github?",
        ),
        (&["verify", "1", "--scheme", "oauth1"], 2, "give it with --key"),
        (
            &["verify", "1", "--secret-env", "NOT_SET"],
            2,
            "the environment variable NOT_SET is not set",
        ),
        (&["verify", "--file", "missing.http"], 3, "cannot read missing.http"),
        (&["verify", "--file", "broken.http"], 2, "broken.http: line 2 is not a header"),
    ] {
        let run = program.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(code), ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(part), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn providers_lists_events_and_schemes_and_marks_what_is_not_confirmed() {
    let program = Program::with_config("[scheme.mine]\nlike = 'github'");
    let run = program.run(&["providers"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for start in ["channex  provider\n", "  TripRequest ", "github ", "mine ", "oauth1 "] {
        assert!(run.out.contains(&format!("\n{start}")), "{start}: {}", run.out);
    }
    let alchemy = run.out.lines().find(|line| line.starts_with("alchemy ")).unwrap();
    assert!(alchemy.ends_with("; unconfirmed"), "{alchemy}");

    let lines = program.run(&["providers", "--format", "json"]).json();
    let of = |kind: &str| lines.iter().filter(|line| line["kind"] == kind).count();
    assert_eq!((of("provider"), of("provider") + of("scheme")), (4, lines.len()));
    assert!(of("scheme") > 70);
}

#[test]
fn providers_shows_one_by_name() {
    let program = Program::new();
    let run = program.run(&["providers", "channex", "--format", "json"]);
    let [line] = &run.json()[..] else { panic!("one line: {}", run.out) };
    assert_eq!((&line["kind"], &line["name"]), (&"provider".into(), &"channex".into()));
    assert!(!line["events"].as_array().unwrap().is_empty());
    let run = program.run(&["providers", "slack", "--format", "json"]);
    assert_eq!(run.json()[0]["handshake"], true);
    let run = program.run(&["providers", "chanex"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("there is no provider or scheme chanex; did you mean channex?"),
        "{}",
        run.err
    );
}

#[test]
fn a_reader_that_has_seen_enough_of_the_providers_is_no_failure() {
    assert_eq!(Program::new().unread(&["providers"]), (Some(0), String::new()));
}
