//! Where the secrets are planted: accounts at three providers, endpoints of every scheme that sends a
//! secret as it is, and deliveries that prove themselves.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::thread::JoinHandle;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{COMMAND, FILE, HOOK, KEY, LITERAL, OURS, SENT, VARIABLE, WITHIN, lacks};
use crate::cli::program::{Program, Run};
use crate::pty::send_signal;
use crate::standins::avinode::{API_TOKEN, BEARER, CLIENT, Standin};
use crate::standins::avionte::{self, Avionte};
use crate::standins::channex::Channex;

pub(super) struct Stage {
    pub(super) avinode: Standin,
    pub(super) channex: Channex,
    pub(super) avionte: Avionte,
    pub(super) program: Program,
}

impl Stage {
    pub(super) fn new() -> Self {
        let (avinode, channex, avionte) = (Standin::start(), Channex::start(), Avionte::start());
        let hotel = channex.organization("hotel", KEY, "property-1");
        let account = |name: &str,
                       provider: &str,
                       base_url: String,
                       host: &str,
                       credentials: &str| {
            format!(
                "[[account]]\nname = '{name}'\nprovider = '{provider}'\nbase_url = '{base_url}'\n\
                 hosts = ['{host}']\ncredentials = {{ {credentials} }}\n"
            )
        };
        let at_avinode = |name: &str, credentials: &str| {
            let url = avinode.url();
            account(name, "avinode", url.to_string(), url.authority(), credentials)
        };
        let temps = avionte.base_url();
        let config = [
            format!(
                "store.file = 'kept.db'\nlisten.public_url = 'https://dev.example.test'\n\
                 [[endpoint]]\nname = 'literal'\npath = '/literal'\n\
                 auth = {{ scheme = 'bearer', token = '{LITERAL}' }}\n\
                 [[endpoint]]\nname = 'variable'\npath = '/variable'\n\
                 auth = {{ scheme = 'basic', username = 'u', password = {{ env = 'VARIABLE' }} }}\n\
                 [[endpoint]]\nname = 'file'\npath = '/file'\n\
                 auth = {{ scheme = 'github', secret = {{ file = 'file' }} }}\n\
                 [[endpoint]]\nname = 'command'\npath = '/command'\n\
                 auth = {{ scheme = 'header', header = 'X-Key', value = {{ command = 'cat command' }} }}\n\
                 [[endpoint]]\nname = 'rest'\npath = '/*'\n"
            ),
            at_avinode("direct", "api_token = { file = 'api-token' }, bearer = { env = 'BEARER' }"),
            at_avinode(
                "client",
                &format!(
                    "api_token = {{ file = 'api-token' }}, client_id = '{}', \
                     client_secret = {{ env = 'CLIENT' }}",
                    CLIENT.0
                ),
            ),
            account(
                "hotel",
                "channex",
                hotel.base_url.to_string(),
                hotel.base_url.authority(),
                "api_key = { command = 'cat key' }, property = 'property-1'",
            ),
            account(
                "temps",
                "avionte",
                temps.to_string(),
                temps.authority(),
                &format!(
                    "api_key = '{}', client_id = '{}', client_secret = {{ env = 'TEMPS' }}, \
                     tenant_id = {}",
                    avionte::API_KEY,
                    avionte::CLIENT,
                    avionte::TENANT
                ),
            ),
        ];
        let program = Program::with_config(&config.concat());
        for (name, secret) in
            [("file", FILE), ("command", COMMAND), ("api-token", API_TOKEN), ("key", KEY)]
        {
            fs::write(program.file(name), format!("{secret}\n")).unwrap();
        }
        Self { avinode, channex, avionte, program }
    }

    pub(super) fn environment() -> [(&'static str, &'static str); 5] {
        [
            ("VARIABLE", VARIABLE),
            ("BEARER", BEARER),
            ("CLIENT", CLIENT.1),
            ("TEMPS", avionte::CLIENT_SECRET),
            ("HOOK", HOOK),
        ]
    }

    fn command(&self, line: &str) -> std::process::Command {
        let mut command = self.program.command(&line.split_whitespace().collect::<Vec<_>>());
        command.envs(Self::environment());
        command
    }

    fn run(&self, line: &str) -> Run {
        let output = self.command(line).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Run { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// What the command says, which has none of ours in it.
    pub(super) fn said(&self, line: &str) -> String {
        let run = self.run(line);
        let said = format!("{}{}", run.out, run.err);
        assert!(!said.is_empty(), "{line} says nothing");
        lacks(line, &said, &OURS);
        said
    }
}

/// A listener in a process of its own that says as much as it can.
pub(super) struct Listener {
    child: Child,
    pub(super) address: SocketAddr,
    out: JoinHandle<String>,
    err: JoinHandle<String>,
}

impl Listener {
    pub(super) fn start(stage: &Stage, options: &str) -> Self {
        let line = format!("listen -vv --addr 127.0.0.1:0 --format json {options}");
        let mut command = stage.command(&line);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut err = child.stderr.take().unwrap();
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let listening = serde_json::from_str::<serde_json::Value>(&first).unwrap();
        let address = listening["url"].as_str().unwrap().strip_prefix("http://").unwrap();
        let mut rest = String::new();
        let out = std::thread::spawn(move || {
            out.read_to_string(&mut rest).unwrap();
            rest
        });
        let mut log = String::new();
        let err = std::thread::spawn(move || {
            err.read_to_string(&mut log).unwrap();
            log
        });
        Self { child, address: address.parse().unwrap(), out, err }
    }

    /// Lines and log.
    pub(super) fn end(mut self) -> (String, String) {
        send_signal(self.child.id(), "INT");
        assert!(self.child.wait().unwrap().success());
        (self.out.join().unwrap(), self.err.join().unwrap())
    }
}

fn send(address: SocketAddr, target: &str, headers: &str, body: &str) {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST {target} HTTP/1.1\r\nHost: dev.example.test\r\nConnection: close\r\n{headers}\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
}

/// Deliveries that prove themselves by what is configured, and by what is not.
pub(super) fn deliver(address: SocketAddr) {
    let [bearer, cookie, key, password] = SENT;
    let [query, member] = WITHIN;
    let basic = |password: &str| STANDARD.encode(format!("u:{password}"));
    send(address, "/literal", &format!("Authorization: Bearer {LITERAL}\r\n"), "{}");
    send(address, "/variable", &format!("Authorization: Basic {}\r\n", basic(VARIABLE)), "{}");
    send(address, "/command", &format!("X-Key: {COMMAND}\r\n"), "{}");
    send(address, "/literal", &format!("Authorization: Bearer {bearer}\r\n"), "{}");
    send(address, "/variable", &format!("Authorization: Basic {}\r\n", basic(password)), "{}");
    let headers = format!("Cookie: session={cookie}\r\nX-Api-Key: {key}\r\n");
    let body = json!({"type": "rfqs", "id": "arfq-1", "client_secret": member}).to_string();
    send(address, &format!("/other?access_token={query}&x=1"), &headers, &body);
    send(address, "/file", "X-Hub-Signature-256: sha256=00\r\n", "{}");
}
