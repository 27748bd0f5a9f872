//! `export` and `import`: what leaves one store comes into another as it was.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::record::Record;
use hookscope::domain::verdict::Verdict;
use hookscope::storage::Store;
use serde_json::Value;

use super::program::Program;
use super::stored::{self, HELLO, Sent, keep};

const BINARY: Sent = Sent {
    method: "PUT",
    target: "/bin?a=%20&b[]={1}",
    headers: &[("X-B", "2"), ("x-a", ""), ("X-B", "1"), ("Content-Type", "application/x-y")],
    body: b"\xff\x00\n### not a separator\nPOST / HTTP/1.1\n\n",
};

const BARE: Sent = Sent { method: "GET", target: "/bare", headers: &[], body: b"" };

const PERSON: Sent = Sent {
    method: "POST",
    target: "/github?token=t0p-s3cret-query&mail=anna@example.test",
    headers: &[
        ("Host", "hooks.example.test"),
        ("Content-Type", "application/json"),
        ("Authorization", "Bearer s3ssion-t0ken"),
        ("X-Hub-Signature-256", "sha256=00"),
        ("Content-Length", "0"),
    ],
    body: br#"{ "guest_name" : "Anna Meyer", "n": 1.50, "note":"Anna Meyer, s3ssion-t0ken, r3al-s3cret","n":2 }"#,
};

const CONFIG: &str = "[[endpoint]]\nname = 'gh'\npath = '/github'\n\
    auth = { scheme = 'github', secret = 'r3al-s3cret' }\n\
    [[endpoint]]\nname = 'rest'\npath = '/*'\n";

/// A program with these deliveries in its store.
fn with_store(config: &str, sent: &[Sent]) -> Program {
    let program = Program::with_config(config);
    keep(&program.file("a.db"), sent.iter().copied());
    program
}

fn records(program: &Program, store: &str) -> Vec<Record> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let store = Store::open_to_read(&program.file(store)).unwrap();
        let mut records = Vec::new();
        for id in 1.. {
            let Some(record) = store.load(DeliveryId(id)).await.unwrap() else { break };
            records.push(record);
        }
        store.close().await;
        records
    })
}

/// Exports in that form to a file and imports it into the store `b.db`.
fn passed_on(program: &Program, form: &str, options: &[&str]) -> String {
    let arguments = [&["export", "--store", "a.db", "--as", form], options].concat();
    let output = program.command(&arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let file = program.file("shared");
    fs::write(&file, &output.stdout).unwrap();
    let _ = fs::remove_file(program.file("b.db"));
    let run = program.run(&["import", "shared", "--store", "b.db"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    run.out
}

#[test]
fn what_is_exported_in_any_form_is_imported_as_it_was() {
    let program = with_store("", &[HELLO, BINARY, BARE]);
    let sent = records(&program, "a.db");
    for form in ["ndjson", "har", "http"] {
        let printed = passed_on(&program, form, &["--reveal"]);
        assert_eq!(printed, "1\n2\n3\n", "{form}");
        let mut received = records(&program, "b.db");
        for (sent, received) in sent.iter().zip(&mut received) {
            assert_eq!(received.answered.took, None, "{form}");
            received.answered.took = sent.answered.took;
            assert_eq!(received, sent, "{form}");
        }
    }
    passed_on(&program, "curl", &["--reveal"]);
    for (sent, received) in sent.iter().zip(records(&program, "b.db")) {
        let (sent, received) = (&sent.delivery.request, received.delivery.request);
        assert_eq!((&received.method, &received.target), (&sent.method, &sent.target));
        assert_eq!(received.body, sent.body);
        let own = received.headers.iter().filter(|f| !f.is("host") && !f.is("content-length"));
        assert_eq!(own.collect::<Vec<_>>(), sent.headers.iter().collect::<Vec<_>>());
    }
}

#[test]
fn credentials_are_masked_unless_revealed_and_that_is_told() {
    let program = with_store("", &[HELLO]);
    for form in ["ndjson", "har", "http", "curl"] {
        let run = program.run(&["export", "--store", "a.db", "--as", form]);
        assert!(!run.out.contains("tr0ub4dor") && run.out.contains("***"), "{form}: {}", run.out);
        fs::write(program.file("masked"), run.out).unwrap();
        let run = program.run(&["import", "masked", "--store", "c.db"]);
        assert!(run.err.contains("masked in the file") && run.err.contains("AUTHORIZATION"));
    }
}

#[test]
fn a_redacted_file_holds_no_secret_and_verifies_by_the_secret_in_it() {
    let program = with_store(CONFIG, &[PERSON]);
    // As it was captured there: at its endpoint.
    passed_on(&program, "ndjson", &["--reveal"]);
    fs::rename(program.file("b.db"), program.file("a.db")).unwrap();
    for form in ["ndjson", "har", "http", "curl"] {
        let run = program.run(&["export", "--store", "a.db", "--as", form, "--redact"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{form}");
        for secret in ["t0p-s3cret-query", "anna@", "s3ssion", "Anna", "Meyer", "r3al-s3cret"] {
            assert!(!run.out.contains(secret), "{form} holds {secret}: {}", run.out);
        }
        let auth = r#"auth = { scheme = "github", secret = "fixture-secret-of-github" }"#;
        let told = run.out.replace('\\', "");
        assert!(told.contains(auth), "{form}: {}", run.out);

        fs::write(program.file("shared"), &run.out).unwrap();
        let config = format!("[[endpoint]]\nname = 'gh'\npath = '/github'\n{auth}\n");
        fs::write(program.file("theirs.toml"), config).unwrap();
        let theirs = format!("{form}.db");
        let run = program.run(&["import", "shared", "--store", &theirs, "--config", "theirs.toml"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.err.contains(auth) || form == "curl", "{}", run.err);
        let [record] = &records(&program, &theirs)[..] else { panic!("one delivery") };
        assert!(matches!(record.inspection.verdict, Verdict::Verified { .. }), "{record:?}");
        let body = std::str::from_utf8(&record.delivery.request.body).unwrap();
        assert_eq!(
            body,
            r#"{ "guest_name" : "redacted-1", "n": 1.50, "note":"redacted-1, redacted-3, redacted-2","n":2 }"#
        );
    }
}

#[test]
fn a_har_is_one_document_of_the_format() {
    let program = with_store("", &[HELLO, BINARY]);
    for (filter, count) in [("id:1..2", 2), ("id:9", 0)] {
        let run = program.run(&["export", filter, "--store", "a.db", "--as", "har"]);
        let har = serde_json::from_str::<Value>(&run.out).unwrap();
        assert_eq!(har["log"]["version"], "1.2");
        assert_eq!(har["log"]["entries"].as_array().unwrap().len(), count);
        assert_eq!(run.err.contains("no delivery matches"), count == 0, "{}", run.err);
    }
    let run = program.run(&["export", "id:1", "--store", "a.db", "--as", "har"]);
    let har = serde_json::from_str::<Value>(&run.out).unwrap();
    let entry = &har["log"]["entries"][0];
    assert_eq!(entry["request"]["url"], "http://127.0.0.1:4000/hello?x=1");
    assert_eq!(entry["request"]["queryString"][0]["value"], "1");
    assert_eq!(entry["request"]["postData"]["text"], "{\"hello\":\"world\"}\n");
    assert_eq!(entry["response"]["status"], 200);
    for member in ["startedDateTime", "time", "cache", "timings"] {
        assert!(!entry[member].is_null(), "{member}");
    }
}

#[test]
fn an_id_is_kept_where_it_is_free() {
    let program = with_store("", &[HELLO]);
    let run = program.run(&["export", "--store", "a.db"]);
    fs::write(program.file("twice"), format!("{0}{0}", run.out)).unwrap();
    let run = program.run(&["import", "twice", "--store", "a.db"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "2\n3\n"));
    assert!(run.err.contains("imported 2 deliveries"), "{}", run.err);
    let records = records(&program, "a.db");
    let uids = records.iter().map(|record| record.delivery.uid);
    assert_eq!(uids.collect::<std::collections::HashSet<_>>().len(), 3);
    assert_eq!(records[2].repeat, 3);
    assert_eq!(records[2].delivery.received_at, records[0].delivery.received_at);
}

#[test]
fn a_command_line_comes_in_over_standard_input() {
    let program = Program::with_config(CONFIG);
    let command = "curl https://a.test/github -H 'X-A: it'\\''s' \\\n  --json '{\"a\":1}' -sL\n";
    let mut child = program
        .command(&["import", "-", "--store", "a.db"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(command.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "1\n");
    assert!(String::from_utf8(output.stderr).unwrap().contains("not taken over: --location"));
    let [record] = &records(&program, "a.db")[..] else { panic!("one delivery") };
    let delivery = &record.delivery;
    assert_eq!((delivery.endpoint.as_str(), &delivery.request.body[..]), ("gh", &b"{\"a\":1}"[..]));
    assert_eq!(delivery.request.headers.text("x-a"), Some("it's"));
    assert_eq!(record.inspection.verdict.as_str(), "refuted");
}

#[test]
fn a_file_with_a_mistake_is_not_imported_and_the_line_is_told() {
    let program = with_store("", &[HELLO]);
    let line = program.run(&["export", "--store", "a.db"]).out;
    for (text, part) in [
        (String::new(), "the file is empty"),
        (
            format!("{line}{{\"kind\":\"delivery\"}}\n"),
            "line 2: this line cannot be read: missing field",
        ),
        ("### a\nGET / HTTP/1.1\n\n### b\nGET\n".to_owned(), "line 5: this is no request line"),
        ("### a\nGET / HTTP/1.1\nno colon\n".to_owned(), "line 3: this is no header"),
        ("{\n  \"log\": 1\n}".to_owned(), "line 2: neither a HAR nor lines of deliveries"),
        (
            "curl a.test\ncurl a.test -d @body.json\n".to_owned(),
            "line 2: the body is in the file body.json",
        ),
        ("curl a.test -H \"X: $TOKEN\"".to_owned(), "only the shell knows what $TOKEN stands for"),
        ("curl a.test \\\n -F x=y".to_owned(), "line 2: --form: parts of a form"),
    ] {
        fs::write(program.file("bad"), &text).unwrap();
        let run = program.run(&["import", "bad", "--store", "b.db"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{text}: {run:?}");
        assert!(run.err.starts_with("hookscope: bad: ") && run.err.contains(part), "{}", run.err);
        assert!(!program.file("b.db").exists());
    }
}

#[test]
fn what_stands_in_the_way_of_an_import_is_told() {
    let program = with_store(CONFIG, &[HELLO]);
    fs::write(program.file("in"), "GET /x HTTP/1.1\n\n").unwrap();
    let import = |arguments: &[&str]| {
        program.run(&[&["import", "in", "--store", "a.db"], arguments].concat())
    };
    let held = stored::open(&program.file("a.db"));
    let run = import(&[]);
    assert_eq!(run.code, Some(3), "{run:?}");
    let part = "listening on 127.0.0.1:4000); stop it for the import";
    assert!(run.err.contains(part), "{}", run.err);
    drop(held);
    let run = import(&["--endpoint", "gj"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("there is no endpoint gj; did you mean gh?"), "{}", run.err);
    let run = program.run(&["import", "nowhere", "--store", "a.db"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("cannot read nowhere"), "{}", run.err);
    let run = program.run(&["import", "in", "--store", ":memory:"]);
    assert_eq!(run.code, Some(2));
    fs::write(program.file("hookscope.toml"), "[[endpoint]]\nname = 'gh'\npath = '/github'\n")
        .unwrap();
    let run = import(&[]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("no endpoint is configured for /x; name one with --endpoint"));
    assert_eq!(import(&["--endpoint", "gh"]).code, Some(0));
}

#[test]
fn a_reader_of_an_export_that_has_seen_enough_is_no_failure() {
    let program = with_store("", &[HELLO]);
    for form in ["ndjson", "har", "curl", "http"] {
        let run = program.unread(&["export", "--store", "a.db", "--as", form]);
        assert_eq!(run, (Some(0), String::new()), "{form}");
    }
}

#[test]
fn an_export_takes_more_pages_than_one() {
    let program = with_store("", &vec![BARE; 450]);
    let run = program.run(&["export", "--store", "a.db", "--as", "har"]);
    let har = serde_json::from_str::<Value>(&run.out).unwrap();
    let entries = har["log"]["entries"].as_array().unwrap().iter();
    let ids = entries.map(|entry| entry["_hookscope"]["uid"].to_string()).collect::<Vec<_>>();
    assert_eq!(ids.len(), 450);
    assert!(ids.is_sorted());
}

#[test]
fn what_redaction_cannot_do_is_told() {
    let key = include_str!("../../data/keys/rfc9421-p256.pub.pem");
    let config = format!(
        "[[endpoint]]\nname = 'default'\npath = '/*'\n\
         auth = {{ scheme = 'sendgrid', public_key = '''{key}''' }}\n"
    );
    let program = with_store(&config, &[BINARY, BINARY, BARE]);
    let run = program.run(&["export", "--store", "a.db", "--redact"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.err,
        "delivery 1 and 2 more: endpoint default is not signed afresh: only the sender can sign for sendgrid\n\
         delivery 1 and 1 more: the body is not text and was taken out\n"
    );
    assert!(!run.out.contains("\"fixture\""), "{}", run.out);

    fs::write(program.file("hookscope.toml"), "[[endpoint]]\nname = 'other'\npath = '/*'\n")
        .unwrap();
    let run = program.run(&["export", "id:3", "--store", "a.db", "--redact"]);
    let told = "delivery 3: endpoint default is not signed afresh: it is not configured any more\n";
    assert_eq!((run.code, run.err.as_str()), (Some(0), told));

    let run = program.run(&["export", "--redact", "--reveal"]);
    assert_eq!(run.code, Some(2), "{run:?}");
}
