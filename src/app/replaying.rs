//! Replaying: what is marked for it, where each endpoint's deliveries go, and what is under
//! way. What the keys do with it stands in `replays`; nothing here sends.
//!
//! Reading order: [`marks`], [`sheet`] (a plan to fill in), then here.

pub mod marks;
pub mod sheet;

use std::collections::BTreeMap;

use crate::domain::name::EndpointName;
use crate::domain::replay::Progress;
use crate::domain::replay_targets::ReplayTargets;
use crate::domain::url::Url;
use marks::Marks;

/// Where deliveries go as long as nobody said otherwise.
pub const USUAL_TARGET: &str = "http://127.0.0.1:3000";

/// What the dashboard knows about replays.
#[derive(Clone, Debug, Default)]
pub struct Replaying {
    /// The deliveries that are marked.
    pub marks: Marks,
    /// Where the deliveries of each endpoint are replayed to.
    targets: BTreeMap<EndpointName, ReplayTargets>,
    /// How many replays are under way.
    running: usize,
    /// How far the one that told something last has come.
    progress: Option<Progress>,
}

impl Replaying {
    /// Where the deliveries of an endpoint are replayed to.
    #[must_use]
    pub fn targets(&self, endpoint: &EndpointName) -> Option<&ReplayTargets> {
        self.targets.get(endpoint)
    }

    /// Takes in where deliveries went in former runs, and what is configured.
    pub fn targets_loaded(&mut self, targets: BTreeMap<EndpointName, ReplayTargets>) {
        self.targets = targets;
    }

    /// The deliveries of an endpoint go there now.
    pub fn remember(&mut self, endpoint: &EndpointName, target: &Url) {
        self.targets.entry(endpoint.clone()).or_default().use_now(target);
    }

    /// A replay has begun.
    pub fn begin(&mut self) {
        self.running += 1;
    }

    /// How far a replay has come.
    pub fn advance(&mut self, progress: Progress) {
        self.progress = Some(progress);
    }

    /// A replay has come to its end.
    pub fn end(&mut self) {
        self.running = self.running.saturating_sub(1);
        self.progress = None;
    }

    /// Whether a replay is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.running > 0
    }

    /// How far the replay that is under way has come, as far as it was told.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
        self.progress.as_ref().filter(|_| self.is_running())
    }
}

#[cfg(test)]
mod tests;
