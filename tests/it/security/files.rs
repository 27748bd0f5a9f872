//! Whatever the program writes is for its owner alone, even where the umask would let others in.

#![cfg(unix)]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use portable_pty::CommandBuilder;

use crate::pty::Pty;

/// Runs the program where everything that is made is open to everybody unless it says otherwise.
const WITHOUT_UMASK: [&str; 3] =
    ["-c", "umask 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_hookscope")];

fn send(address: SocketAddr, body: &str) {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
}

/// The names of the files below, each of which is for its owner alone.
fn owned(folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        if path.is_dir() {
            assert_eq!(mode, 0o700, "{}", path.display());
            owned(&path, names);
        } else {
            assert_eq!(mode, 0o600, "{}", path.display());
            names.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
}

#[test]
fn config_store_and_log_are_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut init = CommandBuilder::new("sh");
    init.args(WITHOUT_UMASK);
    init.arg("init");
    assert!(Pty::run(init, folder.path(), (80, 24)).end().success());

    let mut listen = CommandBuilder::new("sh");
    listen.args(WITHOUT_UMASK);
    listen.args(["listen", "--addr", "127.0.0.1:0", "-vv"]);
    let mut pty = Pty::run(listen, folder.path(), (120, 40));
    pty.wait_for("Waiting for the first delivery");
    send(pty.address(), "hello");
    pty.wait_for("/a");
    let mut names = Vec::new();
    owned(folder.path(), &mut names);
    names.sort();
    let expected = [
        "hookscope.db",
        "hookscope.db-shm",
        "hookscope.db-wal",
        "hookscope.db.lock",
        "hookscope.log",
        "hookscope.toml",
    ];
    assert_eq!(names, expected);
    pty.type_keys("Q");
    assert!(pty.end().success());
}
