//! What goes wrong around a listener: the disk, the store's file, descriptors, other senders. The
//! program goes on, says what is wrong, and keeps what it has answered.

#![cfg(unix)]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Instant;

use hookscope::domain::page::Cursor;
use hookscope::storage::Store;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tempfile::TempDir;

use crate::headless::Headless;
use crate::support::{DEADLINE, Listening, post};

fn store() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hookscope.db");
    (folder, file)
}

/// The targets of what is stored, newest first.
fn stored(file: &Path) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open_to_read(file).unwrap();
        let page = store.page(std::sync::Arc::default(), Cursor::Newest, 10_000).await.unwrap();
        page.rows.iter().map(|row| row.target.clone()).collect()
    })
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or_default()
}

/// Asks again until it is answered as expected.
fn until_answered(listener: &Headless, path: &str, expected: &str) {
    let until = Instant::now() + DEADLINE;
    while status(&listener.send(path, "", "")) != expected {
        assert!(Instant::now() < until, "{path} is not answered {expected}");
    }
}

fn post_on(stream: &mut TcpStream, path: &str) -> String {
    write!(stream, "POST {path} HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi").unwrap();
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        answer.push(byte[0]);
    }
    String::from_utf8(answer).unwrap()
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}

#[test]
#[cfg(target_os = "linux")]
fn when_the_disk_is_full_deliveries_are_refused_and_taken_again_once_there_is_room() {
    let (_folder, file) = store();
    // A limit on the length of files is the disk that is full; without a handler it would kill.
    let listener = Headless::under("trap '' XFSZ", &file);
    let process = rustix::process::Pid::from_child(&listener.child);
    let limit = |current| {
        let limits = Rlimit { current, maximum: None };
        rustix::process::prlimit(Some(process), Resource::Fsize, limits).unwrap();
    };
    for path in ["/1", "/2", "/3"] {
        assert_eq!(status(&listener.send(path, "", "")), "200");
    }
    limit(Some(1));
    for path in ["/refused-1", "/refused-2", "/refused-3"] {
        let answer = listener.send(path, "", "");
        assert_eq!(status(&answer), "503", "{answer}");
        assert_eq!(listener.line("refusal")["reason"], "store_failed");
    }
    limit(None);
    for path in ["/4", "/5"] {
        assert_eq!(status(&listener.send(path, "", "")), "200");
    }
    drop(listener);
    assert_eq!(stored(&file), ["/5", "/4", "/3", "/2", "/1"]);
}

#[test]
fn a_store_that_is_moved_away_is_noticed_before_anything_is_lost_and_found_again() {
    let (folder, file) = store();
    let mut listener = Headless::start(&file);
    assert_eq!(status(&listener.send("/before", "", "")), "200");
    let away = folder.path().join("away.db");
    fs::rename(&file, &away).unwrap();
    let answer = listener.send("/meanwhile", "", "");
    assert_eq!(status(&answer), "503");
    assert!(answer.contains("was moved, deleted or replaced"), "{answer}");
    fs::rename(&away, &file).unwrap();
    assert_eq!(status(&listener.send("/after", "", "")), "200");
    listener.kill();
    assert_eq!(stored(&file), ["/after", "/before"]);
}

#[test]
fn a_store_that_is_replaced_is_not_written_to_and_keeps_its_log() {
    let (folder, file) = store();
    let mut listener = Headless::start(&file);
    assert_eq!(status(&listener.send("/ours", "", "")), "200");
    fs::rename(&file, folder.path().join("ours.db")).unwrap();
    fs::write(&file, "of somebody else").unwrap();
    let log = folder.path().join("hookscope.db-wal");
    fs::remove_file(&log).unwrap();
    fs::write(&log, "of somebody else too").unwrap();
    assert_eq!(status(&listener.send("/lost", "", "")), "503");
    let process = rustix::process::Pid::from_child(&listener.child);
    rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    assert!(listener.child.wait().unwrap().success());
    assert_eq!(fs::read_to_string(&file).unwrap(), "of somebody else");
    assert_eq!(fs::read_to_string(&log).unwrap(), "of somebody else too");
    assert_eq!(stored(&folder.path().join("ours.db")), ["/ours"]);
}

#[test]
fn when_descriptors_run_out_those_who_are_connected_are_served_and_others_later() {
    let (_folder, file) = store();
    let listener = Headless::under("ulimit -n 48", &file);
    let mut first = connect(listener.address);
    assert_eq!(status(&post_on(&mut first, "/1")), "200");
    let waiting = (0..64).map(|_| connect(listener.address)).collect::<Vec<_>>();
    assert_eq!(status(&post_on(&mut first, "/2")), "200");
    drop(waiting);
    until_answered(&listener, "/3", "200");
    assert_eq!(status(&post_on(&mut first, "/4")), "200");
}

#[test]
fn thousands_who_idle_and_hundreds_who_dawdle_keep_nobody_out() {
    // They are in this process, and the listener takes over its limit.
    let limits = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limits.maximum, ..limits }).unwrap();
    let (_folder, file) = store();
    let listener = Headless::start(&file);
    let idle = (0..2_000).map(|_| connect(listener.address)).collect::<Vec<_>>();
    let dawdling = (0..200).map(|_| {
        let mut stream = connect(listener.address);
        stream
            .write_all(b"POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf")
            .unwrap();
        stream
    });
    let mut dawdling = dawdling.collect::<Vec<_>>();
    std::thread::scope(|scope| {
        for sender in 0..64 {
            let address = listener.address;
            scope.spawn(move || {
                let mut stream = connect(address);
                for number in 0..10 {
                    let answer = post_on(&mut stream, &format!("/{sender}/{number}"));
                    assert_eq!(status(&answer), "200");
                }
            });
        }
    });
    // Who dawdles is served too, and who idles may still begin.
    dawdling[0].write_all(b"-done").unwrap();
    let mut answer = [0; 12];
    dawdling[0].read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    let mut late = &idle[1_999];
    assert_eq!(status(&post_on(&mut late.try_clone().unwrap(), "/late")), "200");
    late.flush().unwrap();
    drop(listener);
    assert_eq!(stored(&file).len(), 64 * 10 + 2);
}

/// A long body is inspected on a thread of its own, which this runtime does not have: that panics.
#[tokio::test(flavor = "current_thread")]
async fn a_panic_while_a_delivery_is_handled_costs_that_one_and_no_other() {
    let listening = Listening::start().await;
    let answer = listening.send(post("/panics", "", &"x".repeat(300 * 1024))).await;
    assert_eq!(answer.status, 503);
    assert!(String::from_utf8(answer.body).unwrap().contains("could not be handled"));
    assert_eq!(listening.send(post("/next", "", "hi")).await.status, 200);
    assert_eq!(listening.store.count().await.unwrap(), 1);
}

/// Whoever runs the tests: the owner of everything may not write where it is not allowed either.
#[test]
#[cfg(target_os = "linux")]
fn a_store_that_may_only_be_read_is_told_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    let (folder, file) = store();
    let mut listener = Headless::start(&file);
    assert_eq!(status(&listener.send("/kept", "", "")), "200");
    listener.kill();
    let before = fs::read(&file).unwrap();
    let readable = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode));
    let files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    for file in files.collect::<Vec<_>>() {
        fs::set_permissions(file, fs::Permissions::from_mode(0o400)).unwrap();
    }
    readable(0o500).unwrap();
    let mut program = if rustix::process::geteuid().is_root() {
        let mut program = Command::new("setpriv");
        program.args(["--bounding-set=-dac_override", env!("CARGO_BIN_EXE_hookscope")]);
        program
    } else {
        Command::new(env!("CARGO_BIN_EXE_hookscope"))
    };
    let arguments = ["listen", "--headless", "--addr", "127.0.0.1:0", "--store"];
    let output = program.args(arguments).arg(&file).current_dir("/").output().unwrap();
    readable(0o700).unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("ermission"), "{told}");
    assert_eq!(fs::read(&file).unwrap(), before);
}
