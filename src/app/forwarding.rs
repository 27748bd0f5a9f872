//! The apps that deliveries are handed on to, and whether they take them.

use jiff::Timestamp;

/// An app that deliveries are handed on to, as it was when it was looked at last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    /// Its host and port.
    pub target: String,
    /// What is wrong with it, if anything is.
    pub trouble: Option<Trouble>,
}

/// An app that does not take what is handed on to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What it does instead.
    pub kind: TroubleKind,
    /// Since when.
    pub since: Timestamp,
    /// How many deliveries wait for it.
    pub waiting: Waiting,
}

/// What an app does instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// It cannot be reached, or ends connections without an answer.
    Down,
    /// It has a delivery and does not answer.
    Slow,
}

/// How many deliveries wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// So many were counted.
    pub count: u64,
    /// Whether there may be more than that.
    pub or_more: bool,
}

impl Waiting {
    /// Those of both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { count: self.count + other.count, or_more: self.or_more || other.or_more }
    }
}

/// How many deliveries wait for apps that do not take them.
#[must_use]
pub fn waiting(forwards: &[Forward]) -> Waiting {
    let troubles = forwards.iter().filter_map(|forward| forward.trouble.as_ref());
    troubles.fold(Waiting::default(), |sum, trouble| sum.with(trouble.waiting))
}
