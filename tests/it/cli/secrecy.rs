//! Secrets are planted wherever there is a place for one, and everything that the program says is
//! searched for them: output, errors, log, screen, exports, and the store where it must not hold them.

mod stage;

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use portable_pty::CommandBuilder;
use serde_json::json;

use crate::pty::Pty;
use crate::standins::avinode::{API_TOKEN, BEARER, CLIENT};
use crate::standins::avionte;
use crate::standins::server::Answer;
use stage::{Listener, Stage, deliver};

const LITERAL: &str = "literal-s3cret-of-the-config";
const VARIABLE: &str = "variable-s3cret-of-the-config";
const FILE: &str = "file-s3cret-of-the-config";
const COMMAND: &str = "command-s3cret-of-the-config";
const KEY: &str = "key-s3cret-of-hotel";
const HOOK: &str = "hook-s3cret-of-a-subscription";

/// What is configured, and what providers give for it: nobody ever sees it.
const OURS: [&str; 11] = [
    LITERAL,
    VARIABLE,
    FILE,
    COMMAND,
    KEY,
    HOOK,
    API_TOKEN,
    BEARER,
    CLIENT.1,
    "avinode-fetched-token-",
    avionte::CLIENT_SECRET,
];

/// What senders prove themselves with in a header: masked until it is asked for, never in a log.
const SENT: [&str; 4] =
    ["sent-bearer-s3cret", "sent-cookie-s3cret", "sent-key-s3cret", "sent-basic-s3cret"];

/// What stands in the target and in the body: shown as it was sent, never in a log, never shared.
const WITHIN: [&str; 2] = ["query-s3cret-of-a-sender", "member-s3cret-of-a-sender"];

/// Fails if one of the secrets stands in the text, in a form that it may come back in.
fn lacks(what: &str, text: &str, secrets: &[&str]) {
    for secret in secrets {
        let base64 = STANDARD.encode(secret);
        let pair = STANDARD.encode(format!("u:{secret}"));
        let quoted = serde_json::to_string(secret).unwrap();
        let encoded = secret.replace('&', "%26").replace('=', "%3D");
        for form in [
            secret,
            base64.trim_end_matches('='),
            pair.trim_end_matches('='),
            quoted.trim_matches('"'),
            &encoded,
        ] {
            assert!(!text.contains(form), "{what} holds {secret} as {form}:\n{text}");
        }
    }
}

#[test]
fn a_planted_secret_is_in_nothing_that_is_said() {
    let stage = Stage::new();
    let listener = Listener::start(&stage, "");
    deliver(listener.address);
    let (lines, log) = listener.end();
    assert_eq!(lines.matches("\"kind\":\"delivery\"").count(), 7, "{lines}");
    for secrets in [&OURS[..], &SENT] {
        lacks("listen", &lines, secrets);
    }
    for secrets in [&OURS[..], &SENT, &WITHIN] {
        lacks("the log", &log, secrets);
    }
    reading(&stage);
    calling(&stage);
    mistaken(&stage);
    on_screen(&stage);
    kept(&stage);
}

/// Everything that looks into the store.
fn reading(stage: &Stage) {
    let mut lines =
        ["list", "list --format json", "wait --since 1h", "wait --since 1h --format json"]
            .map(str::to_owned)
            .to_vec();
    for id in 1..=7 {
        for format in ["text", "json", "raw"] {
            lines.push(format!("show {id} --format {format} -vv"));
        }
        lines.push(format!("verify {id} -vv"));
        lines.push(format!("verify {id} --format json"));
        lines.push(format!("replay {id} --to http://127.0.0.1:1 --dry-run -vv"));
        lines.push(format!("replay {id} --to http://127.0.0.1:1 -vv --format json"));
    }
    lines.push("replay 1..2 --to http://127.0.0.1:1 --resign --dry-run -vv".to_owned());
    for form in ["ndjson", "har", "http", "curl"] {
        lines.push(format!("export -vv --as {form}"));
    }
    for line in &lines {
        lacks(line, &stage.said(line), &SENT);
    }
    for form in ["ndjson", "har", "http", "curl"] {
        let line = format!("export --redact -vv --as {form}");
        let said = stage.said(&line);
        lacks(&line, &said, &SENT);
        lacks(&line, &said, &WITHIN);
    }
    for line in ["doctor", "doctor --format json -vv", "providers", "providers --format json"] {
        stage.said(line);
    }
}

/// Everything that speaks with a provider, who also says what it was told.
fn calling(stage: &Stage) {
    stage.channex.put(KEY, "/booking_revisions/r-1", json!({"type": "x", "id": "r-1"}));
    let echo = json!({"token": API_TOKEN, "note": format!("you sent {API_TOKEN}")});
    stage.avinode.set_resource("/rfqs/arfq-1", echo);
    let there = stage.avinode.url();
    for account in ["direct", "client"] {
        for format in ["text", "json"] {
            let line = format!("fetch 6 --account {account} --url {there}/rfqs/arfq-1");
            stage.said(&format!("{line} -vv --format {format}"));
        }
        let create = format!(
            "subs create --account {account} --name a --target https://dev.example.test/a \
             --events TripRequest --client-id c --client-secret-env HOOK --yes -vv"
        );
        stage.said(&create);
        stage.said(&format!("subs list --account {account} -vv --format json"));
    }
    stage.said(
        "subs create --account hotel --target https://dev.example.test/h --events booking \
         --secret-env HOOK --param token=hook-s3cret-of-a-subscription --yes -vv",
    );
    stage.said("subs list --account hotel -vv --format json");
    let talent = format!("{}/talent/1", stage.avionte.base_url());
    stage.avionte.put_talent("1", json!({"echo": avionte::CLIENT_SECRET}));
    stage.said(&format!("fetch 6 --account temps --url {talent} -vv --format json"));
    let refused = format!("{{\"error\":\"{}\"}}", avionte::CLIENT_SECRET);
    stage.avionte.answer_next(Answer::new(400, &[], refused));
    stage.said(&format!("fetch 6 --account temps --url {talent} -vv"));
    for id in 1..=7 {
        stage.said(&format!("show {id} --part attempts --format json"));
    }
}

/// What is said of a config that is wrong right beside a secret.
fn mistaken(stage: &Stage) {
    let file = stage.program.file("mistaken.toml");
    let endpoint = "[[endpoint]]\nname = 'a'\npath = '/a'\n";
    for auth in [
        format!("{{ scheme = 'bearer', token = '{LITERAL}', usrname = 'x' }}"),
        format!("{{ scheme = 'bearer', token = ['{LITERAL}'] }}"),
        format!("{{ scheme = 'bearer', token = {{ secret = '{LITERAL}' }} }}"),
        format!("{{ scheme = 'bearer', token = '{LITERAL}"),
        format!("{{ scheme = 'svix', secret = 'whsec_{LITERAL}!' }}"),
        format!("{{ scheme = 'github', secret = '{LITERAL}', token = '{LITERAL}' }}"),
        format!(
            "{{ scheme = 'http_message_signatures', keys = {{ k = {{ algorithm = 'ed25519', public_key = '{LITERAL}' }} }} }}"
        ),
        "{ scheme = 'bearer', token = { command = 'cat literal >&2; exit 1' } }".to_owned(),
    ] {
        fs::write(&file, format!("{endpoint}auth = {auth}\n")).unwrap();
        fs::write(stage.program.file("literal"), LITERAL).unwrap();
        for line in
            ["doctor", "list -vv", "listen -vv --addr 127.0.0.1:0 --headless --store /nowhere/x"]
        {
            stage.said(&format!("{line} --config mistaken.toml"));
        }
    }
}

/// Every tab of the dashboard, and its log.
fn on_screen(stage: &Stage) {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hookscope"));
    command.args(["open", "-vv"]);
    for (name, value) in Stage::environment() {
        command.env(name, value);
    }
    let folder = stage.program.file(".");
    let mut pty = Pty::run(command, &folder, (170, 60));
    pty.wait_for("/literal");
    let mut seen = pty.contents();
    pty.type_keys("G\r");
    for _ in 1..=7 {
        for (tab, shows) in [
            ("2", "Host"),
            ("3", "{"),
            ("4", "scheme"),
            ("5", "answered"),
            ("6", ""),
            ("1", "received"),
        ] {
            pty.type_keys(tab);
            pty.wait_for(shows);
            seen += &pty.contents();
        }
        pty.type_keys("\t1k\t");
    }
    pty.type_keys("Q");
    pty.end();
    assert!(seen.contains("***") && seen.contains(WITHIN[0]), "{seen}");
    for secrets in [&OURS[..], &SENT] {
        lacks("the screen", &seen, secrets);
    }
    let log = fs::read_to_string(log_below(&folder).expect("a log")).unwrap();
    for secrets in [&OURS[..], &SENT, &WITHIN] {
        lacks("the log of the dashboard", &log, secrets);
    }
}

fn log_below(folder: &Path) -> Option<std::path::PathBuf> {
    fs::read_dir(folder).unwrap().find_map(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return log_below(&path);
        }
        path.extension().is_some_and(|ending| ending == "log").then_some(path)
    })
}

/// Deliveries are kept as they came. What proves an account and a subscription is not kept at all.
fn kept(stage: &Stage) {
    let accounts = [KEY, HOOK, API_TOKEN, BEARER, CLIENT.1, "avinode-fetched-token-"];
    for ending in ["", "-wal"] {
        let file = stage.program.file(&format!("kept.db{ending}"));
        let bytes = fs::read(file).unwrap_or_default();
        assert!(ending == "-wal" || !bytes.is_empty());
        lacks("the store", &String::from_utf8_lossy(&bytes), &accounts);
        lacks("the store", &String::from_utf8_lossy(&bytes), &[FILE, avionte::CLIENT_SECRET]);
    }
}
