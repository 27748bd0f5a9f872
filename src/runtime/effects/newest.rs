//! What is read again and again.

use std::collections::HashMap;

use tokio::task::AbortHandle;

/// Tasks of which only the newest counts: starting one cancels the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum TaskKey {
    /// A page at one end of the list.
    Page { older: bool },
    /// How many match the filter.
    Matches,
    /// Values of pinned columns.
    Cells,
    /// The delivery of a time.
    Locate,
    /// The delivery that is shown.
    Record,
    /// Two deliveries to compare.
    Pair,
    /// The number of stored deliveries.
    Count,
    /// What came in of late.
    Overview,
    /// The marks.
    Marks,
    /// Notes and tags.
    Comments,
    /// What a filter finds, to delete it.
    ToDelete,
    /// Which rows are gone.
    Gone,
    /// The request that the replay sheet shows.
    Rehearsal,
    /// What was sent about the delivery that is shown.
    Attempts,
    /// The deliveries of its event.
    Repeats,
}

/// The newest task of each kind.
#[derive(Debug, Default)]
pub(super) struct Newest(HashMap<TaskKey, AbortHandle>);

impl Newest {
    /// Takes note of a task that was started.
    pub(super) fn keep(&mut self, key: TaskKey, task: AbortHandle) {
        self.0.insert(key, task);
    }

    /// Cancels the one before.
    pub(super) fn cancel(&mut self, key: TaskKey) {
        if let Some(older) = self.0.remove(&key) {
            older.abort();
        }
    }
}
