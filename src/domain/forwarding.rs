//! Which deliveries of an endpoint are handed on as they arrive, and where to.

use super::filter::Filter;
use super::record::Record;
use super::url::Url;
use super::verdict::Verdict;

/// What is handed on of an endpoint's deliveries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forwarding {
    /// Where to, in the order of the config; each address once.
    pub targets: Vec<ForwardTarget>,
    /// Whether only what verifies is handed on.
    pub only_verified: bool,
}

/// One address that deliveries are handed on to.
#[derive(Clone, Debug, PartialEq)]
pub struct ForwardTarget {
    /// The address. With a path it is used as it stands, else each delivery keeps its own.
    pub to: Url,
    /// Which deliveries: those that match any of these; without any, all.
    pub when: Vec<Filter>,
}

impl Forwarding {
    /// Everything to one address.
    #[must_use]
    pub fn to(target: Url) -> Self {
        let target = ForwardTarget { to: target, when: Vec::new() };
        Self { targets: vec![target], only_verified: false }
    }

    /// The targets that a delivery goes to, in order. One that was answered as a handshake goes to
    /// none: it is a question to the listener.
    pub fn targets_of<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a ForwardTarget> {
        let verified = matches!(record.inspection.verdict, Verdict::Verified { .. });
        let goes = record.handshake.is_none() && (verified || !self.only_verified);
        self.targets.iter().filter(move |target| goes && target.takes(record))
    }
}

impl ForwardTarget {
    fn takes(&self, record: &Record) -> bool {
        self.when.is_empty() || self.when.iter().any(|filter| filter.matches(record))
    }
}
