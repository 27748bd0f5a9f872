//! A store of numbers alone.

use crate::app::deliveries::{Deliveries, PAGE_ROWS};
use crate::app::fixtures::record;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::{Cursor, Page, Tally};

/// The rows in sight.
pub(super) const HEIGHT: usize = 10;

/// Answers pages as the store would.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf(pub(super) Vec<i64>);

impl Shelf {
    pub(super) fn next(&self) -> i64 {
        self.0.last().map_or(1, |id| id + 1)
    }

    pub(super) fn page(&self, filter: &Filter, cursor: Cursor) -> Page {
        self.part(filter, cursor, usize::MAX)
    }

    /// What is found of a page among so many deliveries.
    pub(super) fn part(&self, filter: &Filter, cursor: Cursor, most: usize) -> Page {
        let ids = self.0.iter().copied().filter(|id| match cursor {
            Cursor::Newest | Cursor::Oldest => true,
            Cursor::Before(DeliveryId(other)) => *id < other,
            Cursor::After(DeliveryId(other)) => *id > other,
        });
        let mut ids = ids.collect::<Vec<_>>();
        let upward = matches!(cursor, Cursor::Oldest | Cursor::After(_));
        if !upward {
            ids.reverse();
        }
        let behind = |id| Some(if upward { Cursor::After(id) } else { Cursor::Before(id) });
        let mut next = ids.get(most).and_then(|_| behind(DeliveryId(ids[most - 1])));
        let matching = ids.into_iter().take(most).map(record).filter(|it| filter.matches(it));
        let mut rows =
            matching.map(|record| record.summary()).take(PAGE_ROWS + 1).collect::<Vec<_>>();
        if rows.len() > PAGE_ROWS {
            rows.truncate(PAGE_ROWS);
            next = rows.last().and_then(|row| behind(row.id));
        }
        if upward {
            rows.reverse();
        }
        Page { rows, next }
    }

    /// Counts as far as to the end of the list, so many deliveries at once.
    pub(super) fn count(&self, list: &mut Deliveries, most: usize) {
        while let Some(cursor) = list.ask_count() {
            let Page { rows, next } = self.part(&list.filter().filter, cursor, most);
            let tally = Tally { count: rows.len() as u64, next };
            list.counted(list.generation(), cursor, Some(tally));
        }
    }

    /// Answers until nothing is asked for.
    pub(super) fn serve(&self, list: &mut Deliveries) {
        list.settle(HEIGHT, false);
        while let Some(cursor) = list.ask(HEIGHT) {
            let page = self.page(&list.filter().filter, cursor);
            list.loaded(list.generation(), cursor, Ok(page));
            list.settle(HEIGHT, false);
        }
    }
}
