//! What the list asks the store for, and what it makes of the answers.

use std::sync::Arc;

use super::list::Deliveries;
use super::loading::{Jump, Load};
use super::sight::Sight;
use super::sorted::Sorted;
use super::window::Window;
use crate::domain::delivery::DeliveryId;
use crate::domain::page::{Cursor, Page, Tally};
use crate::domain::pin::{Cells, Pin};

/// Rows that are read from the store at once.
pub const PAGE_ROWS: usize = 200;

/// When fewer rows than these lie ahead in memory, more are read.
const MARGIN: usize = PAGE_ROWS / 2;

impl Deliveries {
    /// Reads other rows in the place of those that there are.
    pub(super) fn begin(&mut self, jump: Jump) {
        self.outdated = true;
        self.matches.again();
        self.loading.restart(jump);
    }

    /// The page to read now, if rows are missing where the user is.
    pub fn ask(&mut self, height: usize) -> Option<Cursor> {
        let extend = match &self.sorted {
            Some(sorted) => sorted.missing(),
            None if self.outdated => None,
            None => self.missing(height),
        };
        self.loading.ask(extend)
    }

    fn missing(&self, height: usize) -> Option<Cursor> {
        let Sight { window, top, .. } = &self.sight;
        let newer = window.to_newer().filter(|_| *top < MARGIN);
        let ahead = window.len().saturating_sub(top + height);
        newer.or_else(|| window.to_older().filter(|_| ahead < MARGIN))
    }

    /// The rows whose values in pinned columns have to be read now: those that are about to be sorted,
    /// else those in sight and next to it.
    pub fn ask_cells(&mut self, height: usize) -> Option<Vec<DeliveryId>> {
        if self.pins.pinned().is_empty() {
            return None;
        }
        let mut wanted = self.sorted.as_ref().map(Sorted::waiting).unwrap_or_default();
        if wanted.is_empty() {
            let rows = self.sight.window.rows_from(self.sight.top.saturating_sub(height));
            wanted = rows.take(3 * height).map(|row| row.id).collect();
        }
        self.pins.ask(&wanted)
    }

    /// Takes in what rows have in pinned columns, none if it could not be read; false then.
    pub fn cells_loaded(
        &mut self,
        pins: &Arc<[Pin]>,
        cells: Option<Vec<(DeliveryId, Cells)>>,
    ) -> bool {
        let is_read = self.pins.loaded(pins, cells);
        self.take_picture();
        is_read
    }

    /// The part of the list to count now: behind the pages that are read anyway.
    pub fn ask_count(&mut self) -> Option<Cursor> {
        if self.filter.filter.is_empty() || self.outdated || self.loading.is_busy() {
            return None;
        }
        self.matches.ask()
    }

    /// Takes in how many match in a part of the list, none if it could not be counted.
    pub fn counted(&mut self, generation: u64, cursor: Cursor, tally: Option<Tally>) {
        if generation == self.loading.generation() {
            self.matches.counted(cursor, tally);
        }
    }

    /// Lets a second pass.
    pub fn advance(&mut self) {
        self.matches.advance();
    }

    /// Takes in a page; one that was not asked for is dropped.
    pub fn loaded(&mut self, generation: u64, cursor: Cursor, page: Result<Page, String>) {
        let Some((load, mut page)) = self.loading.answer(generation, cursor, page) else { return };
        let is_counted = self.matches.looked(cursor, page.rows.len(), page.next);
        page.rows.retain(|row| !self.bin.holds(row.id));
        if self.sorted.is_some() {
            return self.gather(&load, page, is_counted);
        }
        if let Some(jump) = load.jump {
            self.replace(jump, page);
        } else {
            self.sight.top += self.sight.window.extend(cursor, page);
            self.sight.trim();
        }
        // Nothing from there on matches.
        if self.sight.window.is_vain() {
            self.loading.jump(Jump::Newest);
        }
        // Before the others are joined: a lost one may belong below them.
        if load.lossy {
            self.lost(None);
        }
        for row in load.arrived {
            // Those that arrived before the count began were left to it.
            if self.sight.join(row) && is_counted && cursor == Cursor::Newest {
                self.matches.arrived();
            }
        }
    }

    fn replace(&mut self, jump: Jump, page: Page) {
        // A place that was jumped to may have newer ones above it.
        let window = Window::of(page, jump == Jump::Oldest, matches!(jump, Jump::To(_)));
        let last = window.len().saturating_sub(1);
        self.sight.replace(window, if jump == Jump::Oldest { last } else { 0 });
        self.outdated = false;
    }

    /// Takes a page into the picture. What arrived since the first one was asked for and is not in it
    /// was not looked at.
    fn gather(&mut self, load: &Load, page: Page, is_counted: bool) {
        let Some(sorted) = &mut self.sorted else { return };
        if load.jump.is_some() {
            let newest = page.rows.first().map(|row| row.id);
            for _ in load.arrived.iter().filter(|row| Some(row.id) > newest) {
                self.unseen.count += 1;
                if is_counted {
                    self.matches.arrived();
                }
            }
            self.unseen.or_more |= load.lossy;
        }
        sorted.gather(load.cursor, page);
        self.take_picture();
    }

    /// Shows the picture, if all is there that it needs.
    fn take_picture(&mut self) {
        let Some(sorted) = &mut self.sorted else { return };
        let Some(rows) = sorted.take(&self.pins) else { return };
        let window = Window::still(rows);
        let selected = self.sight.selected.filter(|_| !sorted.is_from_top);
        let place = selected.and_then(|id| window.place(id).ok()).unwrap_or(0);
        self.sight.replace(window, place);
        self.outdated = false;
    }

    /// Lets what failed to be read be asked for again.
    pub fn retry(&mut self) {
        self.loading.retry();
        self.pins.retry();
    }
}
