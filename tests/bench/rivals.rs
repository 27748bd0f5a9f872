//! Other programs that take webhooks, under the same load, as far as they are on the path.
//!
//! `tests/bench/rivals.sh` installs what can be installed and runs this.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::load::{Load, Outcome, Target};
use crate::server::{Kind, Server, peak_memory};
use crate::{ROUNDS, SPAN, median};

/// A program that takes webhooks.
struct Rival {
    name: &'static str,
    /// Where it keeps what it took.
    keeps: &'static str,
    program: &'static str,
    /// How it is started to listen at the port, to keep in the folder that it is started in and,
    /// where it is a proxy, to hand on to the app.
    arguments: fn(u16, SocketAddr) -> String,
    /// Asks it for a path to deliver to, where it does not take every path.
    path: fn(SocketAddr) -> String,
}

/// Each as it comes, but for limits that would make it refuse the load.
const RIVALS: [Rival; 4] = [
    Rival {
        name: "hookscope",
        keeps: "SQLite, synced",
        program: env!("CARGO_BIN_EXE_hookscope"),
        arguments: |port, _| format!("--store h.db listen --headless --addr 127.0.0.1:{port}"),
        path: any_path,
    },
    Rival {
        name: "hookbin",
        keeps: "SQLite",
        program: "hookbin",
        arguments: |port, _| {
            const MANY: &str = "1000000000";
            format!("serve --port {port} --data . --rate-limit {MANY} --max-requests {MANY}")
        },
        path: |address| {
            let made = post(address, "/api/hooks", "{}").expect("it makes a hook");
            let (_, id) = made.split_once("\"hook_id\":\"").expect("it tells the hook's id");
            format!("/h/{}", id.split('"').next().unwrap_or_default())
        },
    },
    Rival {
        name: "hookline",
        keeps: "SQLite",
        program: "hookline",
        arguments: |port, _| format!("listen --port {port}"),
        path: any_path,
    },
    Rival {
        name: "mitmdump",
        keeps: "a file",
        program: "mitmdump",
        arguments: |port, app| {
            format!("-q --listen-host 127.0.0.1 -p {port} --mode reverse:http://{app} -w flows")
        },
        path: any_path,
    },
];

/// What one round showed.
struct Round {
    outcome: Outcome,
    /// From the start of the program to its first answer.
    start: Duration,
    peak_kib: u64,
}

pub(crate) fn measure() {
    const CONNECTIONS: usize = 64;
    println!(
        "programs that keep what they take: 500 B, {CONNECTIONS} connections; ratio to the first"
    );
    println!(
        "{:<10} {:<15} {:>9} {:>7} {:>9} {:>8} {:>9}",
        "program", "keeps in", "per s", "ratio", "p99 ms", "peak MB", "start ms"
    );
    let app = Server::start(Kind::Bare);
    let mut rounds = RIVALS.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (rival, rounds) in RIVALS.iter().zip(&mut rounds) {
            let load = Load { body: 500, connections: CONNECTIONS, span: SPAN };
            rounds.extend(rival.round(load, app.address));
        }
    }
    let mut first = None;
    for (rival, rounds) in RIVALS.iter().zip(rounds) {
        if rounds.is_empty() {
            println!("{:<10} is not on the path", rival.name);
            continue;
        }
        let mut starts = rounds.iter().map(|round| round.start).collect::<Vec<_>>();
        starts.sort();
        let peak = rounds.iter().map(|round| round.peak_kib).max().unwrap_or_default();
        let Outcome { rate, p99, .. } = median(rounds.iter().map(|round| round.outcome).collect());
        println!(
            "{:<10} {:<15} {rate:>9.0} {:>7.3} {:>9.2} {:>8.1} {:>9.0}",
            rival.name,
            rival.keeps,
            rate / *first.get_or_insert(rate),
            p99.as_secs_f64() * 1e3,
            peak as f64 * 1024.0 / 1e6,
            starts[starts.len() / 2].as_secs_f64() * 1e3,
        );
    }
}

impl Rival {
    /// Nothing if the program is not there.
    fn round(&self, load: Load, app: SocketAddr) -> Option<Round> {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("it is writable");
        let port = free_port();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let begun = Instant::now();
        let running = Running::start(self, port, folder.path(), app)?;
        // hyper and its like answer whatever comes; who makes paths first answers 404.
        while post(address, "/hooks/shop", "{}").is_none() {
            assert!(begun.elapsed() < Duration::from_secs(60), "{} does not answer", self.name);
            std::thread::sleep(Duration::from_millis(1));
        }
        let start = begun.elapsed();
        let outcome = load.run(Target { address, path: (self.path)(address) });
        Some(Round { outcome, start, peak_kib: peak_memory(running.0.id()).unwrap_or_default() })
    }
}

/// A program under load; dropping it ends it.
struct Running(Child);

impl Running {
    fn start(rival: &Rival, port: u16, folder: &Path, app: SocketAddr) -> Option<Self> {
        let child = Command::new(rival.program)
            .args((rival.arguments)(port, app).split(' '))
            .env("HOME", folder)
            .env("XDG_DATA_HOME", folder)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        child.ok().map(Self)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The answer's text, once somebody answers.
fn post(address: SocketAddr, path: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    (!answer.is_empty()).then_some(answer)
}

fn any_path(address: SocketAddr) -> String {
    Target::from(address).path
}

/// A port that was free a moment ago, for programs that cannot tell which one they took.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("it is bound").port()
}
