//! Whether deliveries can come in and are kept: what the status light shows.

/// The state of listener and store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The listener.
    pub listener: Listener,
    /// The store.
    pub store: StoreHealth,
}

/// Whether requests can come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listener {
    /// There is none: the dashboard is open over a store.
    Absent,
    /// It accepts connections.
    Listening,
    /// It does not, for this reason.
    NotListening(String),
}

/// Whether deliveries are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreHealth {
    /// The last commit held.
    Well,
    /// The last commit failed, for this reason.
    Failing(String),
}

/// A change of health.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// What became of the listener.
    Listener(Listener),
    /// What became of the store.
    Store(StoreHealth),
}

impl Health {
    /// Takes a change in.
    pub fn report(&mut self, report: Report) {
        match report {
            Report::Listener(listener) => self.listener = listener,
            Report::Store(store) => self.store = store,
        }
    }

    /// What is wrong, the store first; none when all is well.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        match (&self.store, &self.listener) {
            (StoreHealth::Failing(reason), _) | (_, Listener::NotListening(reason)) => Some(reason),
            (StoreHealth::Well, Listener::Absent | Listener::Listening) => None,
        }
    }
}
