//! `replay`.

use std::fs;
use std::sync::LazyLock;

use http::StatusCode;
use portable_pty::CommandBuilder;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::program::Program;
use super::stored::{self, HELLO, Sent};
use crate::client::tls::Authority;
use crate::headless::Headless;
use crate::pty::Pty;
use crate::replaying::server::{Raw, Reply, ok};

const STORE: &str = "store.file = 'kept.db'\n";

const BINARY: Sent =
    Sent { method: "PUT", target: "/bytes", headers: &[("X-A", "")], body: b"\x00\xff\r\n" };

/// A program with three deliveries in its store.
fn program() -> Program {
    with_config("")
}

fn with_config(config: &str) -> Program {
    let program = Program::with_config(&format!("{STORE}{config}"));
    stored::keep(&program.file("kept.db"), [HELLO, BINARY, HELLO]);
    program
}

/// A server that goes on while the program runs.
fn started<T>(server: impl Future<Output = T>) -> T {
    static SERVERS: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    SERVERS.block_on(server)
}

fn answering(status: u16) -> Raw {
    started(Raw::start(move |_, _| Reply::Keep(ok(status))))
}

fn heads(server: &Raw) -> Vec<String> {
    let requests = server.requests();
    let texts = requests.iter().map(|request| String::from_utf8_lossy(request).into_owned());
    texts.map(|text| text.lines().next().unwrap().to_owned()).collect()
}

#[test]
fn deliveries_are_sent_again_and_each_attempt_is_printed() {
    let program = program();
    let server = answering(204);
    let to = server.url().to_string();
    let run = program.run(&["replay", "3", "1..2", "--to", &to, "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let lines = run.json();
    let keys = lines[0].as_object().unwrap().keys().take(8).collect::<Vec<_>>();
    assert_eq!(keys, ["kind", "id", "delivery", "purpose", "url", "status", "took_ms", "error"]);
    let told = lines.iter().map(|line| (&line["delivery"], &line["status"], &line["purpose"]));
    let expected = [3, 1, 2].map(|id| (Value::from(id), Value::from(204), Value::from("replay")));
    assert!(told.eq(expected.iter().map(|(a, b, c)| (a, b, c))), "{}", run.out);
    assert_eq!(
        heads(&server),
        ["POST /hello?x=1 HTTP/1.1", "POST /hello?x=1 HTTP/1.1", "PUT /bytes HTTP/1.1"]
    );
    assert!(run.err.starts_with("hookscope: 3 sent in ") && run.err.contains(": 3 answered 204"));

    let text = program.run(&["replay", "2", "--to", &to, "-q"]);
    assert_eq!((text.code, text.err.as_str()), (Some(0), ""));
    let line = text.out.trim_end();
    assert!(line.starts_with("     2  ") && line.ends_with(&format!("PUT {to}/bytes")), "{line}");
    let shown = program.run(&["show", "2", "--part", "attempts"]);
    assert_eq!(shown.out.lines().count(), 2, "{}", shown.out);
}

#[test]
fn the_exit_code_tells_success_from_other_answers_from_none() {
    let program = program();
    let failing = started(Raw::start(|_, nth| Reply::Keep(ok(if nth == 2 { 500 } else { 200 }))));
    let silent = started(Raw::start(|_, nth| match nth {
        1 => Reply::Close(ok(StatusCode::NOT_FOUND.as_u16())),
        _ => Reply::Close(Vec::new()),
    }));
    let (failing, silent) = (failing.url().to_string(), silent.url().to_string());
    for (ids, to, code, part) in [
        (&["1"][..], &failing, 0, "1 answered 200"),
        (&["1", "2"], &failing, 1, "1 answered 200, 1 answered 500"),
        (&["1", "2"], &silent, 3, "1 answered 404, 1 not answered; first failure: the connection"),
        (&["1", "9"], &failing, 1, "1 answered 200, 1 not sent; first failure: the store does not"),
    ] {
        let run = program.run(&[&["replay"], ids, &["--to", to]].concat());
        assert_eq!(run.code, Some(code), "{run:?}");
        assert!(run.err.contains(part), "{}", run.err);
    }
    let run = program.run(&["replay", "9", "--to", &failing, "--format", "json"]);
    let last = run.json().pop().unwrap();
    assert_eq!(
        (run.code, &last["kind"], &last["code"]),
        (Some(1), &"error".into(), &"not_sent".into())
    );
}

#[test]
fn without_a_target_deliveries_go_where_the_config_hands_them_on_to() {
    let server = answering(204);
    let to = server.url().to_string();
    let program = with_config(&format!("listen.forward = '{to}'\n"));
    let run = program.run(&["replay", "1", "2..3"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(server.requests().len(), 3);
    let endpoint = |forward: &str| {
        format!("[[endpoint]]\nname = 'default'\npath = '/*'\nforward = {forward}\n")
    };
    for (config, part) in [
        (endpoint(&format!("[{{ to = '{to}' }}, {{ to = '{to}/b' }}]")), "more than one target"),
        (
            format!("listen.forward = '{to}'\n[[endpoint]]\nname = 'a'\npath = '/a'"),
            "nothing tells",
        ),
    ] {
        let run = with_config(&config).run(&["replay", "1"]);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains(part) && run.err.contains("say where with --to"), "{}", run.err);
    }
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_command_line_that_cannot_work_sends_nothing_and_ends_with_2() {
    let program = program();
    fs::write(program.file("empty.pem"), "").unwrap();
    let to = "--to=http://127.0.0.1:9";
    for (arguments, part) in [
        (&["1"][..], "nothing tells where to send it; say where with --to URL"),
        (&["one", to], "a delivery is named by its number in `list`, several as in 40..50"),
        (&["1", "--to", "localhost"], "the address is relative"),
        (&["1", to, "--times", "0"], "0 is not in 1..="),
        (&["1", to, "--parallel", "257"], "257 is not in 1..=256"),
        (&["1", to, "--gap", "1"], "is not a duration such as 250ms"),
        (&["1", to, "--gap", "1s", "--original-spacing"], "cannot be used with"),
        (&["1", to, "--set", "a"], "a change is written POINTER=JSON"),
        (&["1", to, "--header", "X"], "a header field is written as in 'X-Name: value'"),
        (&["1", to, "--endpoint", "acme"], "--resign"),
        (&["1", to, "--resign", "--endpoint", "acme"], "there is no endpoint acme"),
        (&["1", to, "--retry-like", "avinode"], "use --retry-like avionte or channex, or --times"),
        (&["1", to, "--body", "missing.json"], "the body missing.json cannot be read"),
        (&["1", to, "--ca", "missing.pem"], "the file missing.pem of --ca cannot be read"),
        (&["1", to, "--ca", "empty.pem"], "the file empty.pem of --ca has no certificate"),
        (&["1", to, "--reveal"], "--dry-run"),
    ] {
        let run = program.run(&[&["replay"], arguments].concat());
        assert_eq!(run.code, Some(2), "{arguments:?}: {run:?}");
        assert!(run.err.contains(part), "{arguments:?}: {}", run.err);
        assert_eq!(run.out, "");
    }
}

#[test]
fn a_dry_run_prints_the_bytes_and_sends_nothing() {
    let program = program();
    let server = answering(200);
    let to = server.url().to_string();
    let given =
        ["replay", "1", "--to", &to, "--dry-run", "--set", "/hello=[1]", "--header", "X-B: c"];
    let masked = program.run(&given);
    assert_eq!((masked.code, masked.err.as_str()), (Some(0), ""));
    let uid = "01928c5e-0000-7000-8000-000000000000";
    let expected = |authorization: &str| {
        format!(
            "POST /hello?x=1 HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             AUTHORIZATION: {authorization}\r\nhookscope-delivery: {uid}\r\nX-B: c\r\n\
             Content-Length: 13\r\nConnection: close\r\n\r\n{{\"hello\":[1]}}",
            server.address
        )
    };
    assert_eq!(masked.out, expected("***"));
    let revealed = program.run(&[&given[..], &["--reveal"]].concat());
    assert_eq!(revealed.out, expected("Bearer tr0ub4dor"));
    assert!(server.requests().is_empty());
    let sent =
        program.run(&given.iter().copied().filter(|a| *a != "--dry-run").collect::<Vec<_>>());
    assert_eq!(sent.code, Some(0), "{sent:?}");
    assert_eq!(String::from_utf8(server.requests().remove(0)).unwrap(), revealed.out);

    let json = program.run(&[&given[..], &["--format", "json"]].concat()).json();
    let [line] = &json[..] else { panic!("one line: {json:?}") };
    assert_eq!((&line["kind"], &line["delivery"]), (&"request".into(), &1.into()));
    assert_eq!(line["headers"][2], serde_json::json!(["AUTHORIZATION", "***"]));
    assert_eq!(line["body"]["text"], "{\"hello\":[1]}");

    let run = program.run(&["replay", "3", "--to", &to, "--dry-run", "--retry-like", "channex"]);
    assert!(run.err.contains("would try again after 1, 2, 4, 8, 15 and 30 minutes"), "{}", run.err);
}

#[test]
fn body_header_and_mark_are_as_asked_for() {
    let program = program();
    fs::write(program.file("other.json"), b"{\"a\":1}").unwrap();
    let server = answering(200);
    let to = format!("{}/elsewhere?y=2", server.url());
    let arguments = [
        "replay",
        "1",
        "--to",
        &to,
        "--no-mark",
        "--body",
        "other.json",
        "--set",
        "/b=2",
        "--header",
        "authorization:",
        "--header",
        "content-type: text/plain",
    ];
    let run = program.run(&arguments);
    assert_eq!(run.code, Some(0), "{run:?}");
    let sent = String::from_utf8(server.requests().remove(0)).unwrap();
    assert_eq!(
        sent,
        format!(
            "POST /elsewhere?y=2 HTTP/1.1\r\nHost: {}\r\ncontent-type: text/plain\r\n\
             Content-Length: 13\r\nConnection: close\r\n\r\n{{\"a\":1,\"b\":2}}",
            server.address
        )
    );
}

const SIGNED: &str = "[[endpoint]]\nname = 'default'\npath = '/*'\n\
    auth = { scheme = 'standard_webhooks', secret = 'c2VjcmV0' }\n";

#[test]
fn beside_a_listener_it_is_signed_afresh_and_accepted_there() {
    let program = with_config(SIGNED);
    let listener = Headless::start(&program.file("kept.db"));
    let to = format!("http://{}", listener.address);
    let plain = program.run(&["replay", "1", "--to", &to]);
    assert_eq!(plain.code, Some(0), "{plain:?}");
    assert_eq!(listener.line("delivery")["auth"]["reason"], "missing_credential");
    let afresh = program.run(&["replay", "1", "--to", &to, "--resign"]);
    assert_eq!(afresh.code, Some(0), "{afresh:?}");
    let line = listener.line("delivery");
    assert_eq!(line["auth"]["verdict"], "verified", "{line}");
    let headers = line["headers"].as_array().unwrap();
    assert!(headers.iter().any(|pair| pair[0] == "hookscope-delivery"), "{line}");
    let shown = program.run(&["show", "1", "--part", "attempts"]);
    assert_eq!(shown.out.lines().count(), 2, "kept beside the listener: {}", shown.out);
}

#[test]
fn a_server_is_believed_by_its_authority_or_because_the_user_says_so() {
    let program = program();
    let authority = Authority::new("ours");
    let server = started(authority.server(&["localhost"], |_| {}));
    fs::write(program.file("ca.pem"), &authority.pem).unwrap();
    let to = format!("https://localhost:{}", server.port());
    let given = ["replay", "1", "--to", &to, "--no-mark", "--header", "content-length:"];

    let strict = program.run(&[&given[..], &["--format", "json"]].concat());
    assert_eq!(strict.code, Some(3), "{strict:?}");
    assert_eq!(strict.json()[0]["error"], "tls");
    let trusting = program.run(&[&given[..], &["--ca", "ca.pem"]].concat());
    assert_eq!(trusting.code, Some(0), "{trusting:?}");
    assert!(!trusting.err.contains("insecure"), "{}", trusting.err);
    let insecure = program.run(&[&given[..], &["--insecure", "--color", "always"]].concat());
    assert_eq!(insecure.code, Some(0), "{insecure:?}");
    let warning = "hookscope: \u{1b}[31minsecure: certificates are not checked";
    assert!(insecure.err.starts_with(warning), "{}", insecure.err);
    let attempts = program.run(&["show", "1", "--part", "attempts", "--format", "json"]).json();
    let told = attempts.iter().map(|attempt| attempt["insecure"].as_bool());
    assert_eq!(told.collect::<Vec<_>>(), [None, None, Some(true)], "{attempts:?}");
    let text = program.run(&["show", "1", "--part", "attempts", "--color", "always"]).out;
    let red = text.lines().map(|line| line.ends_with("\u{1b}[31minsecure\u{1b}[0m"));
    assert_eq!(red.collect::<Vec<_>>(), [false, false, true], "{text}");
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_without_a_word() {
    let program = program();
    let server = answering(200);
    let to = server.url().to_string();
    let given = ["replay", "1", "--to", &to, "--times", "500", "-q"];
    let (code, err) = program.unread(&given);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(server.requests().len() < 500, "{}", server.requests().len());
}

#[test]
fn who_sends_many_from_a_terminal_sees_how_far_it_has_come() {
    let program = program();
    let mut command = CommandBuilder::new("sh");
    let replay = "exec \"$0\" replay 1..3 --to http://127.0.0.1:1 --gap 1h >told";
    command.args(["-c", replay, env!("CARGO_BIN_EXE_hookscope")]);
    let mut pty = Pty::run(command, &program.file("."), (100, 10));
    pty.wait_for("replayed 1 of 3");
    pty.signal("INT");
    pty.wait_for("hookscope: 1 sent");
    assert_eq!(pty.end().exit_code(), 3);
    let told = fs::read_to_string(program.file("told")).unwrap();
    assert!(told.contains("nothing listens") && !told.contains(" of 3"), "{told}");
}
