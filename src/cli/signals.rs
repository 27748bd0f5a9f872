//! Signals that ask the program to end: the first one politely, the second one at once.

use std::io;

use tokio::sync::mpsc;

use crate::app::message::Message;
use crate::capture::Shutdown;
use crate::runtime::terminal;

/// Turns the first signal into a message for whoever runs, and makes the second one skip the drain.
///
/// # Errors
/// When the system does not let signals be watched.
pub(super) fn watch(outside: mpsc::Sender<Message>, shutdown: Shutdown) -> io::Result<()> {
    let mut signals = Signals::new()?;
    tokio::spawn(async move {
        signals.next().await;
        // Who does not listen any more is ending already, so the first one is the second one.
        if outside.send(Message::Signal).await.is_ok() {
            signals.next().await;
        }
        shutdown.hurry.cancel();
    });
    Ok(())
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) {
        loop {
            tokio::select! {
                _ = self.interrupt.recv() => {
                    if !terminal::is_interrupt_of_other() {
                        return;
                    }
                }
                _ = self.terminate.recv() => return,
                _ = self.hang_up.recv() => return,
            }
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
