//! What went out a while ago, so that it is known when it comes back.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::client::replay::MARK;
use crate::domain::record::Record;

/// How many are remembered.
const MOST: usize = 4096;

/// The deliveries that were handed on last. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(Arc<Mutex<VecDeque<Uuid>>>);

impl Marks {
    /// Remembers a delivery that goes out.
    pub(super) fn remember(&self, uid: Uuid) {
        let mut marks = self.marks();
        if marks.len() == MOST {
            marks.pop_front();
        }
        marks.push_back(uid);
    }

    /// Whether a delivery is one that was handed on by us and has come back: to hand it on again
    /// would have no end. One that another hookscope has handed on is none of these.
    pub(super) fn has_come_back(&self, record: &Record) -> bool {
        let mark = record.delivery.request.headers.text(MARK);
        let uid = mark.and_then(|mark| mark.parse().ok());
        uid.is_some_and(|uid| self.marks().contains(&uid))
    }

    fn marks(&self) -> MutexGuard<'_, VecDeque<Uuid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
