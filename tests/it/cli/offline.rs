//! `--offline`, for every command that calls somebody: not one connection leaves for an address that
//! is not this machine's own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::program::{Program, Run};
use super::stored::{self, HELLO};
use crate::pty::send_signal;

/// Counts who connects. Its address leads to this machine and is not one of loopback, as that of a
/// stranger whom the system would find.
struct Stranger {
    authority: String,
    knocks: Arc<AtomicUsize>,
}

impl Stranger {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let authority = format!("0.0.0.0:{}", listener.local_addr().unwrap().port());
        let knocks = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&knocks);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                counted.fetch_add(1, Ordering::SeqCst);
                drop(stream);
            }
        });
        Self { authority, knocks }
    }

    fn knocks(&self) -> usize {
        self.knocks.swap(0, Ordering::SeqCst)
    }
}

/// Accounts whose calls, or calls for a token, go to the stranger.
fn program(stranger: &Stranger) -> Program {
    let far = &stranger.authority;
    let program = Program::with_config(&format!(
        "store.file = 'kept.db'\nlisten.addr = '127.0.0.1:0'\n\
         listen.public_url = 'https://dev.example.test'\n\
         [[endpoint]]\nname = 'all'\npath = '/*'\n\
         [[account]]\nname = 'direct'\nprovider = 'avinode'\nbase_url = 'https://{far}/api'\n\
         hosts = ['{far}']\ncredentials = {{ api_token = 'a', bearer = 'b' }}\n\
         [[account]]\nname = 'client'\nprovider = 'avinode'\nbase_url = 'http://127.0.0.1:1/api'\n\
         token_url = 'https://{far}/token'\nhosts = ['127.0.0.1:1', '{far}']\n\
         credentials = {{ api_token = 'a', client_id = 'c', client_secret = 'd' }}\n"
    ));
    stored::keep(&program.file("kept.db"), [HELLO]);
    program
}

#[test]
fn no_command_calls_anybody_but_this_machine() {
    let stranger = Stranger::start();
    let program = program(&stranger);
    let far = &stranger.authority;
    let subs = "--target https://dev.example.test/x --events TripRequest --client-id c \
                --client-secret-env SECRET --yes";
    for line in [
        format!("fetch 1 --account direct --url https://{far}/api/rfqs/1"),
        "fetch 1 --account client --url http://127.0.0.1:1/api/rfqs/1".to_owned(),
        "subs list --account direct".to_owned(),
        "subs list --account client".to_owned(),
        format!("subs create --name a --account direct {subs}"),
        "subs lease --account direct --id 1 --yes".to_owned(),
        "subs test --account direct --id 1 --yes".to_owned(),
        "subs delete --account direct --id 1 --yes".to_owned(),
        format!("replay 1 --to http://{far}"),
        format!("replay 1 --to https://{far} --insecure"),
        format!("trigger avinode TripRequest --to http://{far}"),
        "doctor".to_owned(),
    ] {
        let run = run(&program, &line);
        assert!(stranger.knocks() > 0, "{line} calls nobody: {run:?}");
        let run = self::run(&program, &format!("{line} --offline"));
        assert_eq!(stranger.knocks(), 0, "{line}");
        let said = format!("{}{}", run.out, run.err);
        assert!(said.contains("--offline"), "{line}: {said}");
    }
}

fn run(program: &Program, line: &str) -> Run {
    let mut command = program.command(&line.split_whitespace().collect::<Vec<_>>());
    let output = command.env("SECRET", "s3cret").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn nothing_is_handed_on_to_anybody_but_this_machine() {
    let stranger = Stranger::start();
    let program = program(&stranger);
    for (option, expected) in [(None, "reset"), (Some("--offline"), "offline")] {
        let attempt = handed_on(&program, &format!("http://{}", stranger.authority), option);
        assert_eq!((&attempt["purpose"], &attempt["error"]), (&"forward".into(), &expected.into()));
        assert_eq!(stranger.knocks() > 0, option.is_none(), "{attempt}");
    }
}

/// The first attempt to hand a delivery on.
fn handed_on(program: &Program, to: &str, option: Option<&str>) -> Value {
    let arguments = ["listen", "--format", "json", "--forward", to];
    let mut command = program.command(&arguments);
    let mut child =
        command.args(option).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut lines = lines.map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
    let listening = lines.next().unwrap();
    let url = listening["url"].as_str().unwrap();
    send(url.strip_prefix("http://").unwrap().parse().unwrap());
    let attempt = lines.find(|line| line["kind"] == "attempt").unwrap();
    end(&mut child);
    attempt
}

fn send(address: SocketAddr) {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = b"POST /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    stream.write_all(request).unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
}

fn end(child: &mut Child) {
    send_signal(child.id(), "KILL");
    child.wait().unwrap();
}
