//! The rows in memory: an unbroken part of the filtered list, newest first, at most
//! [`Window::MOST`] of them. What lies beyond either end stays in the store.
//!
//! A still window has rows in another order, and nothing is joined to it.

use std::collections::{BTreeSet, VecDeque};

use crate::domain::delivery::DeliveryId;
use crate::domain::page::{Cursor, Page};
use crate::domain::record::Summary;

/// The delivery of the same event before one is looked for in so many rows below it.
const FAR: usize = 1_000;

/// Part of the list of deliveries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    rows: VecDeque<Summary>,
    /// The rows stand in another order.
    is_still: bool,
    /// There are, or may be, newer rows in the store that are not here.
    pub newer: bool,
    /// There are older rows in the store that are not here.
    pub older: bool,
    /// How far beyond its newest row the list was looked through in vain.
    newer_than: Option<DeliveryId>,
    /// How far beyond its oldest row.
    older_than: Option<DeliveryId>,
}

impl Window {
    /// More rows than these are never kept.
    pub const MOST: usize = 10_000;

    /// Rows that are read again when the newest end is joined: deliveries of one commit are
    /// published in any order, so the last ones before a loss may have gaps.
    const OVERLAP: usize = 64;

    /// The rows, newest first, and at which ends there may be more.
    #[must_use]
    pub fn new(rows: Vec<Summary>, newer: bool, older: bool) -> Self {
        Self { rows: rows.into(), newer, older, ..Self::default() }
    }

    /// These rows in their order, whatever it is.
    #[must_use]
    pub fn still(rows: Vec<Summary>) -> Self {
        Self { rows: rows.into(), is_still: true, ..Self::default() }
    }

    /// Whether the rows stand in another order than that in which they came.
    #[must_use]
    pub fn is_still(&self) -> bool {
        self.is_still
    }

    /// The rows of a page alone. It was read from the oldest on, or from a place that may have newer
    /// rows above it, else from the newest on.
    #[must_use]
    pub fn of(page: Page, from_oldest: bool, has_newer: bool) -> Self {
        let more = page.more();
        let (newer, older) = if from_oldest { (more, false) } else { (has_newer, more) };
        let mut window = Self::new(page.rows, newer, older);
        window.goes_on(page.next);
        window
    }

    /// Takes note of where the list goes on behind a page that was just joined.
    fn goes_on(&mut self, next: Option<Cursor>) {
        match next {
            Some(Cursor::Before(id)) => self.older_than = Some(id),
            Some(Cursor::After(id)) => self.newer_than = Some(id),
            Some(Cursor::Newest | Cursor::Oldest) | None => {}
        }
    }

    /// Where the older rows begin that are not here.
    #[must_use]
    pub fn to_older(&self) -> Option<Cursor> {
        let from = self.older_than.or_else(|| self.oldest());
        from.filter(|_| self.older).map(Cursor::Before)
    }

    /// Where the newer rows begin that are not here. Some rows are read again: of those next to an end
    /// at which arrivals were lost some may be missing.
    #[must_use]
    pub fn to_newer(&self) -> Option<Cursor> {
        let overlap = || self.id(Self::OVERLAP.min(self.rows.len().saturating_sub(1)));
        self.newer_than.or_else(overlap).filter(|_| self.newer).map(Cursor::After)
    }

    /// Whether nothing was found from some row on, and newer ones were not looked at.
    #[must_use]
    pub fn is_vain(&self) -> bool {
        self.is_empty() && !self.older && self.newer && self.newer_than.is_none()
    }

    /// Takes note that there may be newer rows than the newest one here.
    pub fn lost(&mut self) {
        self.newer = true;
        self.newer_than = None;
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at that place, 0 being the newest.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&Summary> {
        self.rows.get(at)
    }

    /// The rows from that place on, towards the older ones.
    pub fn rows_from(&self, at: usize) -> impl ExactSizeIterator<Item = &Summary> {
        self.rows.range(at.min(self.rows.len())..)
    }

    /// The id at that place.
    #[must_use]
    pub fn id(&self, at: usize) -> Option<DeliveryId> {
        self.row(at).map(|row| row.id)
    }

    /// Whether no row is left though there may be others, and nothing tells where.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        let is_part = self.newer || self.older;
        is_part && self.is_empty() && self.to_newer().or_else(|| self.to_older()).is_none()
    }

    /// The ids of the rows, newest first.
    #[must_use]
    pub fn ids(&self) -> Vec<DeliveryId> {
        self.rows.iter().map(|row| row.id).collect()
    }

    /// The id of the oldest row.
    #[must_use]
    pub fn oldest(&self) -> Option<DeliveryId> {
        self.rows.back().map(|row| row.id)
    }

    /// The delivery of the same event before the one at that place, if it is not far below it.
    #[must_use]
    pub fn before(&self, place: usize) -> Option<&Summary> {
        let row = self.row(place).filter(|row| row.repeat > 1 && !self.is_still)?;
        let mut below = self.rows_from(place + 1).take(FAR);
        below.find(|before| before.sameness == row.sameness)
    }

    /// Whether the rows above and below that place are of the same event.
    #[must_use]
    pub fn neighbours(&self, place: usize) -> (bool, bool) {
        let of = |place| self.row(place).map(|row| row.sameness);
        let is_same = |other: Option<usize>| other.is_some_and(|other| of(other) == of(place));
        (is_same(place.checked_sub(1)), is_same(place.checked_add(1)))
    }

    /// Where the delivery is, else where it would be; in another order than that of arrival that is
    /// its top.
    pub fn place(&self, id: DeliveryId) -> Result<usize, usize> {
        if self.is_still {
            return self.rows.iter().position(|row| row.id == id).ok_or(0);
        }
        self.rows.binary_search_by(|row| id.cmp(&row.id))
    }

    /// The row of that delivery.
    #[must_use]
    pub fn row_of(&self, id: DeliveryId) -> Option<&Summary> {
        self.row(self.place(id).ok()?)
    }

    /// Puts a row in the place of the one with the same number, if that is there.
    pub fn replace(&mut self, row: Summary) {
        if let Ok(place) = self.place(row.id) {
            self.rows[place] = row;
        }
    }

    /// Puts a row where its id belongs and tells where that is; none if it is there already or
    /// belongs beyond an end where rows are missing, or the rows stand still.
    pub fn insert(&mut self, row: Summary) -> Option<usize> {
        if self.is_still {
            return None;
        }
        let Err(place) = self.place(row.id) else { return None };
        let beyond_newest = place == 0 && self.newer;
        let beyond_oldest = place == self.rows.len() && self.older;
        if beyond_newest || beyond_oldest {
            return None;
        }
        self.rows.insert(place, row);
        Some(place)
    }

    /// Joins a page that begins at one of the ends; tells how many rows are new above the others.
    pub fn extend(&mut self, cursor: Cursor, page: Page) -> usize {
        let more = page.more();
        let above = match cursor {
            Cursor::Before(_) => {
                self.extend_older(page.rows);
                self.older = more;
                0
            }
            Cursor::After(_) => {
                self.newer = more;
                self.extend_newer(page.rows)
            }
            // Pages from an end are only ever jumped to.
            Cursor::Newest | Cursor::Oldest => 0,
        };
        self.goes_on(page.next);
        above
    }

    /// Takes rows out and tells how many of them stood before each of these places.
    pub fn remove(&mut self, ids: &BTreeSet<DeliveryId>, before: [usize; 2]) -> [usize; 2] {
        let oldest = self.oldest();
        let is_older = |id: &DeliveryId| oldest.is_none_or(|oldest| *id < oldest);
        if !self.is_still && ids.iter().all(is_older) {
            return [0; 2];
        }
        let (mut place, mut removed) = (0, [0; 2]);
        self.rows.retain(|row| {
            let goes = ids.contains(&row.id);
            for (removed, before) in removed.iter_mut().zip(before) {
                *removed += usize::from(goes && place < before);
            }
            place += 1;
            !goes
        });
        removed
    }

    /// Puts newer rows on top, newest first, and tells how many were not there yet.
    fn extend_newer(&mut self, rows: Vec<Summary>) -> usize {
        let before = self.rows.len();
        for row in rows.into_iter().rev() {
            if let Err(place) = self.place(row.id) {
                self.rows.insert(place, row);
            }
        }
        self.rows.len() - before
    }

    /// Puts older rows below, newest first.
    fn extend_older(&mut self, rows: Vec<Summary>) {
        let oldest = self.oldest();
        self.rows
            .extend(rows.into_iter().filter(|row| oldest.is_none_or(|oldest| row.id < oldest)));
    }

    /// Lets go of the oldest rows beyond the most that are kept.
    pub fn drop_oldest(&mut self) {
        if self.rows.len() > Self::MOST {
            self.rows.truncate(Self::MOST);
            self.older = true;
            self.older_than = None;
        }
    }

    /// Lets go of the newest rows beyond the most that are kept and tells how many they were.
    pub fn drop_newest(&mut self) -> usize {
        let excess = self.rows.len().saturating_sub(Self::MOST);
        if excess > 0 {
            self.rows.drain(..excess);
            self.newer = true;
            self.newer_than = None;
        }
        excess
    }
}

#[cfg(test)]
mod tests;
