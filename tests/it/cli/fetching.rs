//! `fetch`, and the attempts that `show` prints, against a server of this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};

use super::program::Program;
use super::stored::{self, HELLO};

/// A server that answers each request with the next answer, and tells what it was asked.
struct Server {
    address: SocketAddr,
    asked: Receiver<Vec<String>>,
}

impl Server {
    /// Status and body of each answer.
    fn answering(answers: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let answers = answers.iter().map(|(status, body)| {
            let length = body.len();
            format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nSet-Cookie: a=s3cret\r\n\
                 Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            )
        });
        let answers = answers.collect::<Vec<_>>();
        let (tell, asked) = channel();
        std::thread::spawn(move || {
            for answer in answers {
                let Ok((stream, _)) = listener.accept() else { return };
                let head = BufReader::new(&stream).lines().map_while(Result::ok);
                let head = head.take_while(|line| !line.is_empty()).collect::<Vec<_>>();
                let _ = (&stream).write_all(answer.as_bytes());
                if tell.send(head).is_err() {
                    return;
                }
            }
        });
        Self { address, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// A program with one delivery and an account whose only host is that address.
fn program(host: SocketAddr) -> Program {
    let program = Program::with_config(&format!(
        "store.file = 'kept.db'\n\
         [[account]]\nname = 'acme'\nprovider = 'avinode'\nbase_url = 'http://{host}/api'\n\
         hosts = ['{host}']\ncredentials = {{ api_token = 'token-s3cret', bearer = 'bearer-s3cret' }}\n"
    ));
    stored::keep(&program.file("kept.db"), [HELLO]);
    program
}

#[test]
fn a_fetch_without_an_account_is_a_wrong_command_line() {
    let program = Program::with_config("store.file = 'kept.db'");
    stored::keep(&program.file("kept.db"), [HELLO]);
    for (arguments, code, part) in [
        (&["fetch", "1"][..], 2, "delivery 1 matches no account; name one with --account"),
        (&["fetch", "1", "--account", "acme"], 2, "there is no account acme in the config"),
        (&["fetch", "1", "--url", "http://u:p@h/"], 2, "the address carries a user name"),
        (&["fetch", "2", "--account", "acme"], 1, "there is no delivery 2 in this store"),
    ] {
        let run = program.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(code), ""), "{arguments:?}");
        assert!(run.err.contains(part), "{arguments:?}: {}", run.err);
    }
    let run = Program::new().run(&["fetch", "1", "--store", "nowhere.db"]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert!(run.err.contains("nowhere.db"), "{}", run.err);
}

#[test]
fn a_fetch_prints_the_attempt_and_keeps_it() {
    let server = Server::answering(&[("200 OK", r#"{"price":1}"#), ("200 OK", r#"{"price":2}"#)]);
    let program = program(server.address);
    let url = server.url("/api/rfqs/arfq-1");
    let arguments = ["fetch", "1", "--account", "acme", "--url", &url];
    let run = program.run(&[&arguments[..], &["--format", "json"]].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    let [line] = &run.json()[..] else { panic!("one line: {}", run.out) };
    assert_eq!((&line["kind"], &line["purpose"]), (&"attempt".into(), &"fetch".into()));
    assert_eq!(
        (&line["id"], &line["delivery"], &line["status"]),
        (&1.into(), &1.into(), &200.into())
    );
    assert_eq!(line["url"], url);
    assert_eq!(line["response"]["body"]["text"], r#"{"price":1}"#);
    assert!(!run.out.contains("s3cret"), "{}", run.out);
    let head = server.asked.recv().unwrap();
    assert_eq!(head[0], "GET /api/rfqs/arfq-1 HTTP/1.1");

    let run = program.run(&arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(run.out.starts_with("fetch     200 OK in "), "{}", run.out);
    assert!(run.out.contains("changed   /price  1 → 2\n"), "{}", run.out);
    assert!(run.out.ends_with("\n\n{\"price\":2}\n"), "{}", run.out);

    let shown = program.run(&["show", "1", "--part", "attempts", "--format", "json"]).json();
    let bodies = shown.iter().map(|line| line["response"]["body"]["text"].as_str().unwrap());
    assert_eq!(bodies.collect::<Vec<_>>(), [r#"{"price":1}"#, r#"{"price":2}"#]);
    let shown = program.run(&["show", "1", "--part", "attempts"]);
    assert_eq!((shown.code, shown.out.lines().count()), (Some(0), 2), "{}", shown.out);
    assert!(shown.out.lines().all(|line| line.ends_with(&format!("GET {url}"))), "{}", shown.out);
}

#[test]
fn the_exit_code_tells_a_no_from_no_answer() {
    let server = Server::answering(&[("404 Not Found", "{}")]);
    let program = program(server.address);
    let fetch = |url: &str| {
        let run = program.run(&["fetch", "1", "--account=acme", "--format=json", "--url", url]);
        let line = run.json().remove(0);
        (run.code, line["status"].as_u64(), line["error"].as_str().map(str::to_owned))
    };
    assert_eq!(fetch(&server.url("/x")), (Some(1), Some(404), None));
    let other = "http://127.0.0.1:9/x";
    assert_eq!(fetch(other), (Some(3), None, Some("host_not_allowed".to_owned())));
    // It has answered its last request.
    server.asked.recv().unwrap();
    while std::net::TcpStream::connect(server.address).is_ok() {
        std::thread::yield_now();
    }
    assert_eq!(fetch(&server.url("/x")), (Some(3), None, Some("refused".to_owned())));
}

#[test]
fn a_fetch_works_beside_a_program_that_writes_the_store() {
    let server = Server::answering(&[("200 OK", "{}")]);
    let program = program(server.address);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let held = stored::open(&program.file("kept.db"));
    let url = server.url("/x");
    let run = program.run(&["fetch", "1", "--account", "acme", "--url", &url, "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert_eq!(run.json()[0]["id"], 1);
    runtime.block_on(held.close());
}
