//! The commands that look into a store: `list`, `show`, and what `doctor` says about it.

use std::fs;
use std::iter::repeat_n;

use super::program::{Program, Run};
use super::stored::{self, HELLO, Sent};

/// A program whose store has these deliveries.
fn with_deliveries(sent: impl IntoIterator<Item = Sent>) -> Program {
    let program = Program::with_config("store.file = 'kept.db'");
    stored::keep(&program.file("kept.db"), sent);
    program
}

fn ids(run: &Run) -> Vec<i64> {
    run.json().iter().map(|line| line["id"].as_i64().unwrap()).collect()
}

#[test]
fn list_prints_the_newest_last_and_no_more_than_asked_for() {
    let program = with_deliveries([HELLO; 60]);
    let listed = |arguments: &[&str]| {
        let run = program.run(&[&["list", "--format", "json"], arguments].concat());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        ids(&run)
    };
    let newest = |count: i64| (61 - count..=60).collect::<Vec<_>>();
    assert_eq!(listed(&[]), newest(50));
    assert_eq!(listed(&["--limit", "3"]), newest(3));
    assert_eq!(listed(&["--limit", "1000"]), newest(60));
    assert_eq!(listed(&["--limit", "0"]), newest(60));
}

#[test]
fn list_takes_more_pages_than_one() {
    let program = with_deliveries(repeat_n(HELLO, 450));
    for limit in ["0", "450", "401"] {
        let run = program.run(&["list", "--limit", limit]);
        let count = if limit == "0" { 450 } else { limit.parse().unwrap() };
        assert_eq!(run.out.lines().count(), count, "{limit}");
        assert!(run.out.lines().last().unwrap().starts_with("   450  "), "{limit}");
    }
}

#[test]
fn list_prints_only_what_matches_the_filter() {
    let get = Sent { method: "GET", target: "/other", body: b"", ..HELLO };
    let program = with_deliveries([HELLO, get, HELLO]);
    assert_eq!(ids(&program.run(&["list", "method:GET", "--format", "json"])), [2]);
    assert_eq!(ids(&program.run(&["list", "method:POST", "hello", "--format=json"])), [1, 3]);
    assert_eq!(ids(&program.run(&["list", "--format", "json", "--", "-method:POST"])), [2]);

    let run = program.run(&["list", "method:PUT"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert_eq!(run.err, "no delivery matches\n");
    assert_eq!(program.run(&["list", "method:PUT", "-q"]).err, "");
}

#[test]
fn a_mistake_in_a_filter_is_pointed_at() {
    let program = with_deliveries([]);
    let run = program.run(&["list", "method:GET", "autth:refuted"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    let [message, filter, caret] = run.err.lines().collect::<Vec<_>>()[..] else {
        panic!("three lines: {}", run.err)
    };
    assert!(message.starts_with("hookscope: cannot read the filter: "), "{message}");
    assert_eq!(filter, "  method:GET autth:refuted");
    assert_eq!(caret, "             ^");
    let run = program.run(&["list", "autth:refuted", "--format", "json"]);
    assert_eq!(run.json()[0]["code"], "filter");
}

#[test]
fn a_listed_delivery_is_one_line_whatever_was_sent() {
    let hostile = Sent { target: "/\u{1b}]0;owned\u{7}\u{202e}", ..HELLO };
    let run = with_deliveries([hostile, HELLO]).run(&["list"]);
    assert_eq!(run.out.lines().count(), 2);
    let [hostile, hello] = run.out.lines().collect::<Vec<_>>()[..] else { panic!("{}", run.out) };
    assert!(!hostile.contains(['\x1b', '\x07', '\u{202e}']), "{hostile:?}");
    assert!(hello.ends_with("200       18 B        POST /hello?x=1"), "{hello}");
}

#[test]
fn credentials_are_shown_only_when_they_are_asked_for() {
    let program = with_deliveries([HELLO]);
    for arguments in [
        &["list", "--format", "json"][..],
        &["show", "1"],
        &["show", "1", "--format", "json"],
        &["show", "1", "--format", "raw"],
    ] {
        assert!(!program.run(arguments).out.contains("tr0ub4dor"), "{arguments:?}");
        let revealed = program.run(&[arguments, &["--reveal"]].concat()).out;
        assert!(revealed.contains("tr0ub4dor"), "{arguments:?}");
    }
}

#[test]
fn show_prints_a_delivery_for_people() {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"received  \S+ \S+", "received  [time]");
    settings.add_filter(r"after [0-9.]+ ms", "after [took]");
    let run = with_deliveries([HELLO]).run(&["show", "1"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    settings.bind(|| insta::assert_snapshot!("show", run.out));
}

#[test]
fn show_prints_a_part_alone() {
    let program = with_deliveries([HELLO]);
    let text = |part| program.run(&["show", "1", "--part", part]).out;
    assert_eq!(text("body"), "{\"hello\":\"world\"}\n");
    assert!(text("head").starts_with("POST /hello?x=1 HTTP/1.1\nContent-Type: application/json\n"));
    assert!(text("auth").starts_with("auth      · unchecked\n"), "{}", text("auth"));
    assert!(text("answer").starts_with("answer    200 OK"), "{}", text("answer"));

    for (part, members) in [
        ("head", &["method", "target", "version", "headers", "headers_exact"][..]),
        ("body", &["body_size", "body_sha256", "body"]),
        ("auth", &["auth"]),
        ("answer", &["answer"]),
    ] {
        let run = program.run(&["show", "1", "--part", part, "--format", "json"]);
        let [line] = &run.json()[..] else { panic!("one line: {}", run.out) };
        let keys = line.as_object().unwrap().keys().skip(3).collect::<Vec<_>>();
        assert_eq!(keys, members, "{part}");
    }
}

#[test]
fn a_raw_body_is_the_exact_bytes() {
    let body = b"\xff\x00\r\nno end of line";
    let program = with_deliveries([Sent { body, ..HELLO }]);
    let raw = |part| {
        let arguments = ["show", "1", "--part", part, "--format", "raw"];
        program.command(&arguments).output().unwrap().stdout
    };
    assert_eq!(raw("body"), body);
    let head = b"POST /hello?x=1 HTTP/1.1\r\n\
                 Content-Type: application/json\r\nAUTHORIZATION: ***\r\n\r\n";
    assert_eq!(raw("head"), head);
    assert_eq!(raw("all"), [&head[..], body].concat());

    let run = program.run(&["show", "1", "--part", "auth", "--format", "raw"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    let text = program.run(&["show", "1", "--part", "body"]).out;
    assert_eq!(text, "(18 B that are not text; --part body --format raw has them)\n");
}

#[test]
fn a_delivery_that_is_not_there_is_a_no() {
    let program = with_deliveries([HELLO]);
    let run = program.run(&["show", "2", "--format", "json"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.json()[0]["code"], "not_found");
    assert!(
        run.err.starts_with("hookscope: there is no delivery 2 in this store; "),
        "{}",
        run.err
    );
}

#[test]
fn a_store_that_cannot_be_read_ends_with_3_and_is_left_as_it_is() {
    let program = Program::new();
    let other = program.file("other.db");
    fs::write(&other, "not a store at all, but something else").unwrap();
    for (store, code) in [("missing.db", "store_missing"), ("other.db", "not_a_store")] {
        let run = program.run(&["list", "--store", store, "--format", "json"]);
        assert_eq!(run.code, Some(3), "{store}");
        let [line] = &run.json()[..] else { panic!("one line: {}", run.out) };
        assert_eq!(line["code"], code);
        assert!(line["hint"].as_str().unwrap().contains("--store"), "{line}");
    }
    assert!(!program.file("missing.db").exists());
    assert_eq!(fs::read(&other).unwrap(), b"not a store at all, but something else");

    let run = program.run(&["list", "--store", ":memory:"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("name a file with --store"), "{}", run.err);
}

#[test]
fn a_store_is_found_by_environment_and_flag() {
    let program = with_deliveries([HELLO]);
    stored::keep(&program.file("two.db"), [HELLO; 2]);
    stored::keep(&program.file("three.db"), [HELLO; 3]);
    let list = |arguments: &[&str]| {
        let output = program.command(arguments).env("HOOKSCOPE_STORE", "two.db").output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().count()
    };
    assert_eq!(program.run(&["list"]).out.lines().count(), 1);
    assert_eq!(list(&["list"]), 2);
    assert_eq!(list(&["list", "--store", "three.db"]), 3);
}

#[test]
fn doctor_tells_who_uses_the_store() {
    let program = with_deliveries([HELLO; 2]);
    let store = || {
        let run = program.run(&["doctor"]);
        run.out.lines().find(|line| line.contains("  store: ")).unwrap().to_owned()
    };
    assert!(store().ends_with("kept.db, 2 deliveries, not in use"), "{}", store());
    let listener = stored::open(&program.file("kept.db"));
    let shown = store();
    assert!(shown.starts_with("ok "), "{shown}");
    assert!(shown.contains("in use by another hookscope (pid "), "{shown}");
    assert!(shown.contains("listening on 127.0.0.1:4000"), "{shown}");
    drop(listener);
}

#[cfg(unix)]
#[test]
fn doctor_warns_of_a_store_that_others_read_and_says_no_to_one_that_is_none() {
    use std::os::unix::fs::PermissionsExt;

    let program = with_deliveries([HELLO]);
    let file = program.file("kept.db");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let run = program.run(&["doctor"]);
    assert!(run.out.contains(" is open to others (mode 644); chmod 600 "), "{}", run.out);

    fs::write(&file, "not a store at all, but something else").unwrap();
    let run = program.run(&["doctor"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("error    store: "), "{}", run.out);
}

#[test]
fn a_list_whose_reader_has_seen_enough_is_no_failure() {
    let program = with_deliveries([HELLO; 3]);
    for arguments in [&["list"][..], &["list", "--format", "json"], &["show", "1"]] {
        assert_eq!(program.unread(arguments), (Some(0), String::new()), "{arguments:?}");
    }
}
