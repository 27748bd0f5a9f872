//! The live stream of arrivals: lossy by design. Whoever lags reloads from the store.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::broadcast;

use crate::domain::arrival::Arrival;

/// How many arrivals wait for a subscriber before it lags.
const DEPTH: usize = 1024;

/// Publishes arrivals to whoever subscribed. Publishing never waits.
#[derive(Clone, Debug)]
pub struct Feed {
    sender: broadcast::Sender<Arrival>,
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    captured: AtomicU64,
    refused: AtomicU64,
}

impl Default for Feed {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(DEPTH), counts: Arc::default() }
    }
}

impl Feed {
    /// Tells every subscriber; counts even when there is none.
    pub fn publish(&self, arrival: Arrival) {
        match &arrival {
            Arrival::Captured(_) => self.counts.captured.fetch_add(1, Ordering::Relaxed),
            Arrival::Refused(_) => self.counts.refused.fetch_add(1, Ordering::Relaxed),
            Arrival::Reinspected(_)
            | Arrival::Answered { .. }
            | Arrival::Held { .. }
            | Arrival::LetGo(_)
            | Arrival::Deleted(_) => 0,
        };
        // An error only says that nobody listens.
        let _ = self.sender.send(arrival);
    }

    /// Everything that is published from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arrival> {
        self.sender.subscribe()
    }

    /// Deliveries captured so far by this listener.
    pub fn captured(&self) -> u64 {
        self.counts.captured.load(Ordering::Relaxed)
    }

    /// Requests refused so far by this listener.
    pub fn refused(&self) -> u64 {
        self.counts.refused.load(Ordering::Relaxed)
    }
}
