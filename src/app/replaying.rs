//! Replaying: what is marked for it, where each endpoint's deliveries go, and what is under
//! way. What the keys do with it stands in `replays`; nothing here sends.
//!
//! Reading order: [`marks`], [`sheet`] (a plan to fill in), then here.

pub mod marks;
pub mod sheet;

use std::collections::BTreeMap;

use crate::app::under_way::UnderWay;
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
    /// What is under way.
    pub under_way: UnderWay<Progress>,
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
}

#[cfg(test)]
mod tests;
