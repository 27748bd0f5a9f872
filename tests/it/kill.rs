//! The promise of the 200: what was answered is in the store, whatever happens to the program.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hookscope::domain::filter::Filter;
use hookscope::domain::page::Cursor;
use hookscope::storage::Store;

use crate::headless::Headless;
use crate::pty::Pty;
use crate::support::DEADLINE;

const SENDERS: usize = 16;
const ROUNDS: usize = 50;

/// The program, in every fifth round with its dashboard.
enum Listener {
    Headless(Headless),
    Dashboard(Pty),
}

impl Listener {
    fn start(round: usize, folder: &Path, store: &Path) -> Self {
        if !round.is_multiple_of(5) {
            return Self::Headless(Headless::start(store));
        }
        let store = store.to_str().unwrap();
        let arguments = ["--addr", "127.0.0.1:0", "--store", store];
        Self::Dashboard(Pty::start(&arguments, folder, (120, 40)))
    }

    fn address(&self) -> SocketAddr {
        match self {
            Self::Headless(listener) => listener.address,
            Self::Dashboard(pty) => pty.address(),
        }
    }

    fn kill(&mut self) {
        match self {
            Self::Headless(listener) => listener.kill(),
            Self::Dashboard(pty) => {
                pty.signal("KILL");
                pty.end();
            }
        }
    }
}

/// Sends until the listener is gone; returns the names of what was answered 200.
fn send_until_gone(address: SocketAddr, sender: &str, answered: &AtomicUsize) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(mut stream) = TcpStream::connect(address) else { return names };
    for number in 0.. {
        let name = format!("/{sender}/{number}");
        let request = format!("POST {name} HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi");
        let mut answer = [0; 512];
        let mut length = 0;
        if stream.write_all(request.as_bytes()).is_err() {
            break;
        }
        while !answer[..length].ends_with(b"\r\n\r\n") {
            match stream.read(&mut answer[length..]) {
                Ok(count) if count > 0 => length += count,
                _ => return names,
            }
        }
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
        names.push(name);
        answered.fetch_add(1, Ordering::Relaxed);
    }
    names
}

fn stored(store: &Path) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open_to_read(store).unwrap();
        let everything = Arc::new(Filter::default());
        let mut names = Vec::new();
        let mut cursor = Cursor::Newest;
        loop {
            let page = store.page(Arc::clone(&everything), cursor, 1000).await.unwrap();
            names.extend(page.rows.iter().map(|row| row.target.clone()));
            match page.rows.last() {
                Some(row) if page.more() => cursor = Cursor::Before(row.id),
                _ => return names,
            }
        }
    })
}

#[test]
fn after_kill_9_under_load_every_answered_delivery_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("kill.db");
    let mut all = Vec::new();
    for round in 1..=ROUNDS {
        let mut listener = Listener::start(round, folder.path(), &store);
        let address = listener.address();
        let answered = Arc::new(AtomicUsize::new(0));
        let senders = (0..SENDERS).map(|sender| {
            let answered = Arc::clone(&answered);
            std::thread::spawn(move || {
                send_until_gone(address, &format!("{round}-{sender}"), &answered)
            })
        });
        let senders = senders.collect::<Vec<_>>();
        let until = Instant::now() + DEADLINE;
        // Some die at once, some with a large log, most in the middle of a commit.
        let enough = 1 + (round * 7_919) % 400;
        while answered.load(Ordering::Relaxed) < enough {
            assert!(Instant::now() < until, "the listener does not answer");
            std::thread::park_timeout(Duration::from_millis(1));
        }
        listener.kill();
        all.extend(senders.into_iter().flat_map(|sender| sender.join().unwrap()));
    }
    let stored = stored(&store);
    let known = stored.iter().collect::<HashSet<_>>();
    assert_eq!(known.len(), stored.len(), "a delivery is there twice");
    for name in &all {
        assert!(known.contains(name), "{name} was answered and is gone");
    }
    assert!(all.len() >= 100 * ROUNDS, "{} were answered", all.len());
}
