//! What is deleted on the screen but not in the store yet, so that it can be brought back. What is in
//! here is in no list; if the program dies, nothing of it is lost.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::SignedDuration;

use crate::domain::delivery::DeliveryId;

/// How long something can be brought back.
const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// However long nothing happened, or wherever the clock was set: more than this does not pass at once.
const LONGEST_STEP: SignedDuration = SignedDuration::from_secs(2);

/// What can be brought back, and what the store is deleting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bin(Vec<Lot>);

/// What was deleted in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// The deliveries.
    pub ids: BTreeSet<DeliveryId>,
    stage: Stage,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// It can be brought back for so long.
    Waiting(SignedDuration),
    /// The store was told to delete these.
    Going(Arc<[DeliveryId]>),
}

impl Lot {
    /// How many seconds it can be brought back yet; the last one counts until it is over. None if it
    /// cannot.
    #[must_use]
    pub fn seconds_left(&self) -> Option<i64> {
        match self.stage {
            Stage::Waiting(left) => Some(left.as_secs() + i64::from(left.subsec_nanos() > 0)),
            Stage::Going(_) => None,
        }
    }
}

impl Bin {
    /// Puts deliveries in.
    pub(super) fn put(&mut self, ids: BTreeSet<DeliveryId>) {
        self.0.push(Lot { ids, stage: Stage::Waiting(GRACE) });
    }

    /// What is brought back next: what was put in last.
    #[must_use]
    pub fn last(&self) -> Option<&Lot> {
        self.0.iter().rfind(|lot| lot.seconds_left().is_some())
    }

    /// Takes that out.
    pub(super) fn take(&mut self) -> Option<Lot> {
        let at = self.0.iter().rposition(|lot| lot.seconds_left().is_some())?;
        Some(self.0.remove(at))
    }

    /// Whether a delivery is in it.
    #[must_use]
    pub fn holds(&self, id: DeliveryId) -> bool {
        self.0.iter().any(|lot| lot.ids.contains(&id))
    }

    /// How many deliveries are in it.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.iter().map(|lot| lot.ids.len() as u64).sum()
    }

    /// Lets time pass.
    pub fn pass(&mut self, time: SignedDuration) {
        let time = time.clamp(SignedDuration::ZERO, LONGEST_STEP);
        for lot in &mut self.0 {
            if let Stage::Waiting(left) = &mut lot.stage {
                *left = left.saturating_sub(time).max(SignedDuration::ZERO);
            }
        }
    }

    /// Ends the time in which something can be brought back.
    pub fn hurry(&mut self) {
        for lot in &mut self.0 {
            if let Stage::Waiting(left) = &mut lot.stage {
                *left = SignedDuration::ZERO;
            }
        }
    }

    /// What the store has to delete now; it then counts as told.
    pub fn due(&mut self) -> Option<Arc<[DeliveryId]>> {
        let is_due = |lot: &mut Lot| lot.stage == Stage::Waiting(SignedDuration::ZERO);
        let due = self.0.extract_if(.., is_due).flat_map(|lot| lot.ids).collect::<BTreeSet<_>>();
        if due.is_empty() {
            return None;
        }
        let told = due.iter().copied().collect::<Arc<_>>();
        self.0.push(Lot { ids: due, stage: Stage::Going(Arc::clone(&told)) });
        Some(told)
    }

    /// The store did what it was told about these. Those that it has yet; none if they were not from
    /// here.
    pub(super) fn settle(&mut self, told: &Arc<[DeliveryId]>) -> Option<BTreeSet<DeliveryId>> {
        let is_of = |lot: &Lot| matches!(&lot.stage, Stage::Going(ids) if ids == told);
        let at = self.0.iter().position(is_of)?;
        Some(self.0.remove(at).ids)
    }

    /// Deliveries are gone from the store.
    pub(super) fn forget(&mut self, gone: &BTreeSet<DeliveryId>) {
        for lot in &mut self.0 {
            lot.ids.retain(|id| !gone.contains(id));
        }
        // What the store was told to delete is waited for until it answers.
        self.0.retain(|lot| lot.seconds_left().is_none() || !lot.ids.is_empty());
    }
}

#[cfg(test)]
mod tests;
