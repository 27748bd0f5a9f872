//! The program without a terminal, its NDJSON read line by line.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use serde_json::Value;

use crate::support::DEADLINE;

/// A listener in a process of its own; dropping it kills it.
pub(crate) struct Headless {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    lines: Receiver<Value>,
}

impl Headless {
    /// Starts in the folder of the store, whose `hookscope.toml` it reads.
    pub(crate) fn start(store: &Path) -> Self {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_hookscope")), store)
    }

    /// The same after a shell has set limits.
    #[cfg(unix)]
    pub(crate) fn under(limits: &str, store: &Path) -> Self {
        let mut shell = Command::new("sh");
        let script = format!("{limits}; exec \"$0\" \"$@\"");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_hookscope")]);
        Self::start_by(shell, store)
    }

    fn start_by(mut program: Command, store: &Path) -> Self {
        let mut child = program
            .args(["listen", "--addr", "127.0.0.1:0", "--format", "json", "--store"])
            .arg(store)
            .current_dir(store.parent().unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        // All lines are read, else the program would wait for room in the pipe.
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str(&line).unwrap());
            }
        });
        let listening: Value = lines.recv_timeout(DEADLINE).unwrap();
        let url = listening["url"].as_str().unwrap();
        let address = url.strip_prefix("http://").unwrap().parse().unwrap();
        Self { child, address, lines }
    }

    /// The next line of that kind.
    pub(crate) fn line(&self, kind: &str) -> Value {
        loop {
            let line = self.lines.recv_timeout(DEADLINE).unwrap();
            if line["kind"] == kind {
                return line;
            }
        }
    }

    /// Sends a request with further header lines; returns the answer.
    pub(crate) fn send(&self, path: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: h\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
