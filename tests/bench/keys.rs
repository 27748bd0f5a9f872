//! From the start, and from a key, to the screen: the program in a pseudo-terminal, with a million
//! deliveries stored, while nothing arrives and while a thousand deliveries arrive in each second.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::load::{self, Load};
use crate::million::{self, DELIVERIES, Million};

/// How many keys are pressed.
const KEYS: usize = 1_000;

/// Between two keys, as a key that is held down repeats.
const BETWEEN: Duration = Duration::from_millis(30);

/// How many deliveries arrive in a second, over so many connections.
const PER_SECOND: u32 = 1_000;
const CONNECTIONS: u32 = 8;

/// How often the program is started; the median is printed.
const STARTS: usize = 5;

/// What the program asks a terminal that it does not know, and what one answers.
const QUESTION: &[u8] = b"\x1b[c";
const ANSWER: &[u8] = b"\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62;c";

/// Nothing takes so long.
const DEADLINE: Duration = Duration::from_secs(20);

const SIZE: PtySize = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };

/// What stands before the selected row.
const MARKER: char = '▌';

pub(crate) fn measure() {
    let folder = million::folder();
    let file = folder.path().join("million.db");
    Million::make().copy(&file);
    let mut starts =
        (0..STARTS).map(|_| Dashboard::start(&file, folder.path()).1).collect::<Vec<_>>();
    starts.sort_unstable();
    let median = starts[STARTS / 2].as_secs_f64() * 1e3;
    println!("milliseconds from the start to the first rows with {DELIVERIES} stored: {median:.1}");
    let (mut dashboard, _) = Dashboard::start(&file, folder.path());
    println!("milliseconds from a key to the screen with {DELIVERIES} stored, 120x40, {KEYS} keys");
    println!("{:>12}  {:>7} {:>7} {:>7}", "arriving/s", "p50", "p99", "most");
    // Away from the newest one, which would stay selected.
    dashboard.step("j", 1);
    print(0.0, dashboard.moves());
    let arriving = Arriving::start(dashboard.address());
    thread::sleep(Duration::from_secs(2));
    let (begun, before) = (Instant::now(), arriving.count());
    let times = dashboard.moves();
    let count = arriving.count() - before;
    print(count as f64 / begun.elapsed().as_secs_f64(), times);
}

fn print(rate: f64, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 1_000].as_secs_f64() * 1e3;
    println!("{rate:>12.0}  {:>7.2} {:>7.2} {:>7.2}", at(500), at(990), at(1_000));
}

/// The program with its keyboard and its screen.
struct Dashboard {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn std::io::Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
}

impl Dashboard {
    /// The program, and how long it took until its first rows were seen.
    fn start(store: &Path, folder: &Path) -> (Self, Duration) {
        let pair = native_pty_system().openpty(SIZE).expect("there are terminals");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hookscope"));
        command.args(["--addr", "127.0.0.1:0", "--store"]);
        command.arg(store);
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        command.env("HOME", folder);
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("it can be read");
        let keyboard = pair.master.take_writer().expect("it can be written to");
        let (tell, output) = channel();
        thread::spawn(move || {
            let mut bytes = vec![0; 64 * 1024];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if tell.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let cells = |count| NonZero::new(count).expect("it is not zero");
        let screen = vt100::Parser::new(cells(SIZE.rows), cells(SIZE.cols), 0);
        let mut dashboard = Self { child, keyboard, output, screen, _master: pair.master };
        let seen = dashboard.until(|screen| row(screen).is_some());
        (dashboard, seen.duration_since(begun))
    }

    fn address(&self) -> SocketAddr {
        let contents = self.screen.screen().contents();
        let mut words = contents.split_whitespace();
        let address = words.find_map(|word| word.parse().ok());
        address.expect("the first line names the address")
    }

    /// Presses a key that moves the selection by so many rows; how long it took to be seen.
    fn step(&mut self, key: &str, by: isize) -> Duration {
        let from = row(self.screen.screen()).expect("a row is selected");
        let to = from.checked_add_signed(by).expect("there are rows above");
        let pressed = Instant::now();
        self.keyboard.write_all(key.as_bytes()).expect("it reads keys");
        self.keyboard.flush().expect("it reads keys");
        let seen = self.until(|screen| row(screen) == Some(to));
        seen.saturating_duration_since(pressed)
    }

    /// Reads until the screen is as wanted; when that was.
    fn until(&mut self, is_there: impl Fn(&vt100::Screen) -> bool) -> Instant {
        let mut at = Instant::now();
        while !is_there(self.screen.screen()) {
            let (came, bytes) = self.output.recv_timeout(DEADLINE).expect("the screen changes");
            self.screen.process(&bytes);
            if memchr::memmem::find(&bytes, QUESTION).is_some() {
                self.keyboard.write_all(ANSWER).expect("it reads answers");
            }
            at = came;
        }
        at
    }

    /// Moves the selection up and down within the screen; how long each move took to be seen.
    fn moves(&mut self) -> Vec<Duration> {
        let mut times = Vec::with_capacity(KEYS);
        for number in 0..KEYS {
            let (key, by) = if number % 40 < 20 { ("j", 1) } else { ("k", -1) };
            let pressed = Instant::now();
            times.push(self.step(key, by));
            while let Some(left) = BETWEEN.checked_sub(pressed.elapsed()) {
                let Ok((_, bytes)) = self.output.recv_timeout(left) else { break };
                self.screen.process(&bytes);
            }
        }
        times
    }
}

impl Drop for Dashboard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The line of the screen that the selected row is on.
fn row(screen: &vt100::Screen) -> Option<usize> {
    screen.rows(0, 1).position(|first| first.starts_with(MARKER))
}

/// Deliveries that keep arriving, until it is dropped.
struct Arriving {
    count: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

impl Arriving {
    fn start(address: SocketAddr) -> Self {
        let arriving = Self { count: Arc::default(), is_over: Arc::default() };
        for connection in 0..CONNECTIONS {
            let (count, is_over) = (Arc::clone(&arriving.count), Arc::clone(&arriving.is_over));
            thread::spawn(move || send(address, connection as usize, &count, &is_over));
        }
        arriving
    }

    fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

/// Sends one delivery after the other at an even pace, over one connection.
fn send(address: SocketAddr, connection: usize, count: &AtomicU64, is_over: &AtomicBool) {
    let load = Load { body: 500, connections: 1, span: Duration::MAX };
    let mut stream = TcpStream::connect(address).expect("the program accepts");
    stream.set_nodelay(true).expect("a fresh socket takes options");
    let (mut due, mut answer) = (Instant::now(), vec![0; 4096]);
    for number in 0.. {
        due += Duration::from_secs(1) * CONNECTIONS / PER_SECOND;
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if is_over.load(Ordering::Relaxed) {
            return;
        }
        let request = load.request(&address.into(), connection, number);
        stream.write_all(&request).expect("the program reads");
        let mut length = 0;
        while !load::is_whole(&answer[..length]) {
            length += stream.read(&mut answer[length..]).expect("the program answers");
        }
        count.fetch_add(1, Ordering::Relaxed);
    }
}
