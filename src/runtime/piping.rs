//! Commands of the user's that read a body. What is read reaches them on their standard input alone: no
//! part of it is in the command line or in the environment.
//!
//! [`run`] keeps what a command prints; [`hand_over`] gives it the terminal instead.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::Notify;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{shell, terminal};
use crate::app::document::Document;
use crate::app::piping::{Ending, MOST, Printed};

/// What was printed is not told more often.
const BETWEEN: Duration = Duration::from_millis(100);

/// So many bytes are read at once.
const CHUNK: usize = 64 * 1024;

/// Runs a command that reads `body`, and tells now and then what it has printed. It is over when the
/// command has ended and nobody can print any more. After `cancel`, or when this is dropped, the command
/// ends with all that it has started.
pub(super) async fn run(
    line: &str,
    shell: Option<OsString>,
    body: Bytes,
    tell: impl Fn(Printed) + Sync,
    cancel: &CancellationToken,
) -> (Ending, Printed) {
    let mut group = match Group::start(shell::command(line, shell)) {
        Ok(group) => group,
        Err(error) => {
            let ending = Ending::Unstarted(format!("the shell cannot be started: {error}"));
            return (ending, Printed::default());
        }
    };
    let child = &mut group.0;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let kept = Kept::default();
    let printing = async {
        tokio::join!(kept.keep(stdout, Stream::Output), kept.keep(stderr, Stream::Errors));
        child.wait().await
    };
    let status = tokio::select! {
        status = printing => Some(status),
        () = cancel.cancelled() => None,
        () = feed(stdin, &body) => None,
        () = kept.tell(&tell) => None,
    };
    if status.is_none() {
        group.end().await;
    }
    let printed = kept.printed();
    let ending = match status {
        // Who is not read any more does not end well.
        Some(Ok(_)) if printed.is_cut => Ending::Done,
        Some(Ok(status)) if status.success() => Ending::Done,
        Some(Ok(status)) => Ending::Failed(status_text(status)),
        Some(Err(error)) => Ending::Failed(format!("its end is not known: {error}")),
        None => Ending::Cancelled,
    };
    (ending, printed)
}

/// Writes all that the command wants to read. One that does not read on is no mistake. Never ends: what
/// comes of the command does not depend on it.
async fn feed(stdin: Option<ChildStdin>, body: &[u8]) {
    if let Some(mut stdin) = stdin {
        let _ = stdin.write_all(body).await;
    }
    std::future::pending::<()>().await;
}

fn status_text(status: ExitStatus) -> String {
    format!("ended with {status}")
}

/// A command with all that it starts. Dropping it ends them.
struct Group(Child);

impl Group {
    fn start(command: std::process::Command) -> io::Result<Self> {
        let mut command = Command::from(command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        command.spawn().map(Self)
    }

    /// Ends them at once, and waits until the command is gone.
    async fn end(&mut self) {
        self.kill();
        let _ = self.0.wait().await;
    }

    /// Its number is that of its group, and is nobody else's before it was waited for.
    #[cfg(unix)]
    fn kill(&mut self) {
        use rustix::process::{Pid, Signal, kill_process_group};

        let id = self.0.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(id) = id {
            let _ = kill_process_group(id, Signal::KILL);
        }
    }

    #[cfg(not(unix))]
    fn kill(&mut self) {
        let _ = self.0.start_kill();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

#[derive(Clone, Copy)]
enum Stream {
    Output,
    Errors,
}

/// What is kept of what a command prints.
#[derive(Default)]
struct Kept {
    text: Mutex<Text>,
    grown: Notify,
}

#[derive(Default)]
struct Text {
    output: Vec<u8>,
    errors: Vec<u8>,
    is_cut: bool,
}

impl Kept {
    /// Keeps what comes until its end, or until there is too much. Who prints on is told so by the
    /// system then.
    async fn keep(&self, from: Option<impl AsyncRead + Unpin>, stream: Stream) {
        let Some(mut from) = from else { return };
        let mut chunk = vec![0; CHUNK];
        // What cannot be read has ended.
        while let Ok(count @ 1..) = from.read(&mut chunk).await {
            let has_room = self.push(&chunk[..count], stream);
            self.grown.notify_one();
            if !has_room {
                return;
            }
        }
    }

    /// False if it was too much.
    fn push(&self, bytes: &[u8], stream: Stream) -> bool {
        let mut text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST - text.output.len() - text.errors.len();
        let fitting = &bytes[..bytes.len().min(room)];
        match stream {
            Stream::Output => text.output.extend_from_slice(fitting),
            Stream::Errors => text.errors.extend_from_slice(fitting),
        }
        text.is_cut |= bytes.len() > room;
        !text.is_cut
    }

    /// Tells what has come, now and then. Never ends.
    async fn tell(&self, tell: impl Fn(Printed)) {
        loop {
            self.grown.notified().await;
            tell(self.printed());
            sleep(BETWEEN).await;
        }
    }

    fn printed(&self) -> Printed {
        let text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        let (output, errors) = (text.output.clone(), text.errors.clone());
        let is_cut = text.is_cut;
        drop(text);
        let document = Document::of_output(output.into(), errors.into());
        Printed { document: document.into(), is_cut }
    }
}

/// Gives the terminal to a command that reads `body`, until it ends. What it says last can be read if it
/// did not end well.
///
/// # Errors
/// When the terminal cannot be given away or taken back, or the command does not end well.
pub fn hand_over(line: &str, body: &Bytes) -> Result<(), String> {
    terminal::lend(|| {
        let told = in_terminal(line, body);
        if let Err(reason) = &told {
            wait_for_enter(reason);
        }
        told
    })
}

fn in_terminal(line: &str, body: &Bytes) -> Result<(), String> {
    let mut command = shell::command(line, std::env::var_os("SHELL"));
    let started = command.stdin(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| format!("the shell cannot be started: {error}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        let body = body.clone();
        // Nobody waits for it: a command that does not read on is no mistake.
        thread::spawn(move || stdin.write_all(&body));
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{line} {}", status_text(status))),
        Err(error) => Err(format!("the end of {line} is not known: {error}")),
    }
}

fn wait_for_enter(reason: &str) {
    // Without a terminal there is nobody to wait for.
    let _ = writeln!(io::stderr(), "\n{reason}; enter goes back to hookscope");
    let _ = io::stdin().read_line(&mut String::new());
}

#[cfg(test)]
mod tests;
