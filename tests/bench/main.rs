//! `cargo bench`: what capture costs, beside a bare hyper server in the same run.
//!
//! Absolute figures depend on the machine; the ratios are what to compare. `cargo bench -- capture`
//! runs one part alone; the parts are `capture`, `forward`, `keep`, `memory`, `screen`,
//! `keys`, `explain`, `replay`, `search`, `stored` and, only if named, `rivals`.

#![expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]

mod explain;
mod keys;
mod load;
mod million;
mod replay;
mod rivals;
mod screen;
mod search;
mod server;

use std::process::ExitCode;
use std::time::Duration;

use load::{Load, Outcome};
use mimalloc::MiMalloc;
use server::{Kind, Server};

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How long each server is under load.
const SPAN: Duration = Duration::from_secs(3);

/// How often each row is measured; the median is printed.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let arguments = std::env::args().skip(1).filter(|a| a != "--bench").collect::<Vec<_>>();
    if let [flag, kind, with @ ..] = &arguments[..]
        && flag == server::FLAG
    {
        let with = with.first().map(String::as_str);
        server::serve(kind.parse().expect("the parent names a kind"), with);
        return ExitCode::SUCCESS;
    }
    let wanted = |part: &str| arguments.is_empty() || arguments.iter().any(|a| a == part);
    if wanted("capture") {
        capture();
    }
    if wanted("forward") {
        forward();
    }
    if wanted("keep") {
        keep();
    }
    if wanted("memory") {
        memory();
    }
    if wanted("screen") {
        screen::measure();
    }
    if wanted("keys") {
        keys::measure();
    }
    if wanted("explain") {
        explain::measure();
    }
    if wanted("replay") {
        replay::measure();
    }
    if wanted("search") {
        search::measure();
    }
    if wanted("stored") {
        search::capture();
    }
    if arguments.iter().any(|argument| argument == "rivals") {
        rivals::measure();
    }
    ExitCode::SUCCESS
}

fn capture() {
    println!(
        "captures per second over loopback, keep-alive, JSON bodies; ratio to the bare server"
    );
    println!(
        "{:>6} {:>6}  {:<8} {:>9} {:>7} {:>9} {:>9}",
        "body", "conns", "server", "per s", "ratio", "p50 ms", "p99 ms"
    );
    for body in [500, 10_000] {
        for connections in [1, 64, 256] {
            row(Load { body, connections, span: SPAN });
        }
    }
}

/// What handing on to an app costs those who deliver. The app is a bare server.
fn forward() {
    println!("captures per second without and with forwarding to a bare server; their ratio");
    let app = Server::start(Kind::Bare);
    for connections in [1, 64] {
        let load = Load { body: 500, connections, span: SPAN };
        let mut outcomes = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            let plain = Server::start(Kind::Full);
            outcomes[0].push(load.run(plain.address));
            drop(plain);
            let forwarding = Server::forwarding_to(app.address);
            outcomes[1].push(load.run(forwarding.address));
        }
        let [plain, forwarding] = outcomes.map(median);
        println!(
            "{connections:>6} connections  {:>9.0} {:>9.0} {:>7.3}",
            plain.rate,
            forwarding.rate,
            forwarding.rate / plain.rate
        );
    }
}

/// What deleting a large backlog costs those who deliver.
fn keep() {
    println!("captures per second without and with a backlog that is deleted; their ratio");
    for connections in [1, 64] {
        let load = Load { body: 500, connections, span: SPAN };
        let outcomes = [Kind::Full, Kind::Keeping].map(|kind| {
            let rounds = (0..ROUNDS).map(|_| load.run(Server::start(kind).address));
            median(rounds.collect())
        });
        let [plain, keeping] = outcomes;
        println!(
            "{connections:>6} connections  {:>9.0} {:>9.0} {:>7.3}  p99 {:.2} and {:.2} ms",
            plain.rate,
            keeping.rate,
            keeping.rate / plain.rate,
            plain.p99.as_secs_f64() * 1e3,
            keeping.p99.as_secs_f64() * 1e3,
        );
    }
}

fn row(load: Load) {
    let mut outcomes = Kind::ALL.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (kind, outcomes) in Kind::ALL.into_iter().zip(&mut outcomes) {
            let server = Server::start(kind);
            outcomes.push(load.run(server.address));
        }
    }
    let medians = outcomes.map(median);
    let bare = medians[0].rate;
    for (kind, outcome) in Kind::ALL.into_iter().zip(&medians) {
        let Outcome { rate, p50, p99 } = outcome;
        println!(
            "{:>6} {:>6}  {:<8} {rate:>9.0} {:>7.3} {:>9.2} {:>9.2}",
            load.body,
            load.connections,
            kind.as_str(),
            rate / bare,
            p50.as_secs_f64() * 1e3,
            p99.as_secs_f64() * 1e3,
        );
    }
}

fn median(mut outcomes: Vec<Outcome>) -> Outcome {
    outcomes.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    outcomes.swap_remove(outcomes.len() / 2)
}

fn memory() {
    const DELIVERIES: u64 = 200_000;
    let server = Server::start(Kind::Full);
    let load = Load { body: 500, connections: 64, span: Duration::MAX };
    load.run_for(server.address, DELIVERIES);
    match server.peak_memory() {
        Some(kib) => {
            let mb = kib as f64 * 1024.0 / 1e6;
            println!("peak memory after {DELIVERIES} deliveries of 500 B: {mb:.1} MB");
        }
        None => println!("peak memory: this system does not tell"),
    }
}
