//! Where the deliveries of an endpoint are replayed to, as long as nobody says otherwise.

use super::forwarding::Forwarding;
use super::url::Url;

/// Where the deliveries of an endpoint are replayed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplayTargets {
    /// Where they went, the last target first.
    used: Vec<Url>,
    /// Where the endpoint's deliveries are handed on to, in the order of the config.
    configured: Vec<Url>,
}

impl ReplayTargets {
    /// So many of those that were used are remembered.
    pub const MOST: usize = 20;

    /// Targets that were used, the last one first.
    #[must_use]
    pub fn used(mut used: Vec<Url>) -> Self {
        used.truncate(Self::MOST);
        Self { used, configured: Vec::new() }
    }

    /// The same for an endpoint whose deliveries are handed on.
    #[must_use]
    pub fn with(self, forwarding: &Forwarding) -> Self {
        let configured = forwarding.targets.iter().map(|target| target.to.clone()).collect();
        Self { configured, ..self }
    }

    /// The target without a question: the last one, else the configured one. Where several are
    /// configured, none of them.
    #[must_use]
    pub fn usual(&self) -> Option<&Url> {
        match (&self.used[..], &self.configured[..]) {
            ([last, ..], _) => Some(last),
            ([], [only]) => Some(only),
            _ => None,
        }
    }

    /// All of them, the last one first, then those that are configured.
    pub fn iter(&self) -> impl Iterator<Item = &Url> {
        let others = self.configured.iter().filter(|target| !self.used.contains(target));
        self.used.iter().chain(others)
    }

    /// Deliveries go there now.
    pub fn use_now(&mut self, target: &Url) {
        self.used.retain(|known| known != target);
        self.used.insert(0, target.clone());
        self.used.truncate(Self::MOST);
    }
}

#[cfg(test)]
mod tests;
