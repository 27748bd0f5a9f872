//! The ledger of connections: the one place where each is noted, whatever it was for. It is in
//! memory and bounded: whoever shows it takes out what it has.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use tokio::sync::Notify;

use crate::domain::attempt::AttemptError;
use crate::domain::egress::{Aim, Egress, Ending, Told};
use crate::domain::url::Url;

/// So many wait for whoever shows them; of more than these the oldest are only counted.
const MOST: usize = 1_000;

/// What was noted and not taken yet. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct EgressLedger(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    noted: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    all: VecDeque<Egress>,
    forgotten: u64,
}

impl EgressLedger {
    /// Takes out what was noted, as soon as there is something. Nothing is lost when the future is
    /// dropped.
    pub async fn told(&self) -> Told {
        loop {
            let noted = self.0.noted.notified();
            let told = self.take();
            if !told.all.is_empty() {
                return told;
            }
            noted.await;
        }
    }

    /// Takes out what was noted up to now.
    fn take(&self) -> Told {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let Waiting { all, forgotten } = std::mem::take(&mut *waiting);
        Told { all: all.into(), forgotten }
    }

    fn note(&self, egress: Egress) {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.all.len() == MOST {
            waiting.all.pop_front();
            waiting.forgotten += 1;
        }
        waiting.all.push_back(egress);
        drop(waiting);
        self.0.noted.notify_one();
    }
}

/// The bytes that go over a connection.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    sent: AtomicU64,
    received: AtomicU64,
}

impl Meter {
    /// So many bytes went out.
    pub(crate) fn sent(&self, bytes: usize) {
        self.sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// So many bytes came in.
    pub(crate) fn received(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// A connection that is under way. It is noted when it is dropped, and whoever drops it without an
/// ending has given it up.
#[derive(Debug)]
pub(crate) struct Entry {
    meter: Meter,
    begun: Option<Begun>,
    ending: Ending,
    reused: bool,
}

/// What is noted of a beginning, where anything is.
#[derive(Debug)]
struct Begun {
    ledger: EgressLedger,
    at: Timestamp,
    since: Instant,
    host: String,
    aim: Aim,
}

impl Entry {
    /// A connection begins.
    pub(crate) fn begin(ledger: Option<EgressLedger>, url: &Url, aim: Aim) -> Self {
        let begun = ledger.map(|ledger| Begun {
            ledger,
            at: Timestamp::now(),
            since: Instant::now(),
            host: url.authority().to_owned(),
            aim,
        });
        Self { meter: Meter::default(), begun, ending: Ending::GivenUp, reused: false }
    }

    /// Counts its bytes.
    pub(crate) fn meter(&self) -> &Meter {
        &self.meter
    }

    /// It has ended so.
    pub(crate) fn end(&mut self, ending: Ending, reused: bool) {
        (self.ending, self.reused) = (ending, reused);
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        // Offline no connection is made, so there is none to note.
        let is_none = self.ending == Ending::Failed(AttemptError::Offline);
        let Some(begun) = self.begun.take().filter(|_| !is_none) else { return };
        let Begun { ledger, at, since, host, aim } = begun;
        ledger.note(Egress {
            at,
            host,
            aim,
            ending: self.ending,
            reused: self.reused,
            took: since.elapsed(),
            sent: self.meter.sent.load(Ordering::Relaxed),
            received: self.meter.received.load(Ordering::Relaxed),
        });
    }
}

#[cfg(test)]
mod tests;
