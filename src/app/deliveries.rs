//! The list of deliveries: which part of it is in memory, what is selected, what the filter is.
//!
//! The store is the truth. Arrivals keep the newest end fresh, pages read from the store bring
//! everything else, and both are joined by the delivery's id. Nothing is ever sorted, counted or
//! filtered over the whole list here.
//!
//! Reading order: [`window`] (the rows in memory), [`loading`] (the page on its way), then here:
//! first what is told, then what comes in, then what the user does.

use std::collections::BTreeSet;
use std::sync::Arc;

use http::StatusCode;

use super::search::{Needle, Step, nearest};
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::{Cursor, Page};
use crate::domain::record::{Record, Summary};
use loading::{Jump, Loading};
pub use said::is_sure_repeat;
use said::says;
use window::Window;

pub mod window;
pub mod loading;
mod said;

/// Rows that are read from the store at once.
pub const PAGE_ROWS: usize = 200;

/// When fewer rows than these lie ahead in memory, more are read.
const MARGIN: usize = PAGE_ROWS / 2;

/// Rows that are read again when the newest end is joined: deliveries of one commit are published
/// in any order, so the last ones before a loss may have gaps.
const OVERLAP: usize = 64;

/// The stream pane.
#[derive(Clone, Debug)]
pub struct Deliveries {
    window: Window,
    /// The rows in memory are of an earlier filter, until the first page of this one is here.
    outdated: bool,
    selected: Option<DeliveryId>,
    top: usize,
    follow: bool,
    unseen: Unseen,
    filter: Applied,
    loading: Loading,
    search: Needle,
}

/// A filter as it was typed and as it was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// The text.
    pub text: String,
    /// What it means.
    pub filter: Arc<Filter>,
}

/// Deliveries that arrived above what is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unseen {
    /// How many are known.
    pub count: u64,
    /// There may be more: some arrivals were not seen one by one.
    pub or_more: bool,
}

impl Default for Deliveries {
    fn default() -> Self {
        let mut loading = Loading::default();
        loading.jump(Jump::Newest);
        Self {
            window: Window::default(),
            outdated: false,
            selected: None,
            top: 0,
            follow: true,
            unseen: Unseen::default(),
            filter: Applied::default(),
            loading,
            search: Needle::default(),
        }
    }
}

impl Deliveries {
    /// The rows in memory, newest first.
    #[must_use]
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// The place of the first row in sight.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// The selected delivery.
    #[must_use]
    pub fn selected(&self) -> Option<DeliveryId> {
        self.selected
    }

    /// The place of the selected delivery, or of the nearest one.
    #[must_use]
    pub fn cursor(&self) -> Option<usize> {
        let place = match self.window.place(self.selected?) {
            Ok(place) | Err(place) => place,
        };
        (!self.window.is_empty()).then(|| place.min(self.window.len() - 1))
    }

    /// The delivery to stay at when the filter changes: none while the newest one is followed.
    #[must_use]
    pub fn anchor(&self) -> Option<DeliveryId> {
        self.selected.filter(|_| !self.follow)
    }

    /// Whether the newest delivery is kept selected.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.follow
    }

    /// The deliveries above what is in sight that were not looked at.
    #[must_use]
    pub fn unseen(&self) -> Unseen {
        self.unseen
    }

    /// The filter.
    #[must_use]
    pub fn filter(&self) -> &Applied {
        &self.filter
    }

    /// Counts the filters; a page of an older one is dropped.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.loading.generation()
    }

    /// Whether the rows in sight are still those of an earlier filter, or of none.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.loading.is_jumping()
    }

    /// Why the list could not be read.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.loading.failure()
    }

    /// What is looked for in this pane.
    #[must_use]
    pub fn needle(&self) -> &Needle {
        &self.search
    }

    /// A delivery was captured; true if it is one of those in the list.
    pub fn arrive(&mut self, record: &Record) -> bool {
        if !self.filter.filter.matches(record) {
            return false;
        }
        let row = record.summary();
        self.loading.arrived(&row);
        if !self.follow {
            self.unseen.count += 1;
        }
        if !self.outdated {
            self.join(row);
        }
        true
    }

    /// A delivery was inspected again: its row is shown as it is now, whether or not the filter
    /// would still find it.
    pub fn reinspected(&mut self, record: &Record) {
        self.window.replace(record.summary());
    }

    /// Deliveries are gone from the store. What was selected gives way to the nearest older one.
    pub fn gone(&mut self, ids: &BTreeSet<DeliveryId>) {
        self.loading.gone(ids);
        self.top -= self.window.remove(ids, self.top);
        let is_part = self.window.newer || self.window.older;
        let nearest = self.cursor().and_then(|cursor| self.window.id(cursor));
        self.selected = nearest.or(self.selected.filter(|_| is_part));
    }

    /// The rows in memory, if deliveries may be gone without a word; whoever asks looks after them.
    pub fn doubts(&mut self) -> Option<Vec<DeliveryId>> {
        self.loading.doubts().then(|| self.window.ids())
    }

    /// A delivery was answered with another status than it came in with. Returns its row.
    pub fn answered(&mut self, id: DeliveryId, status: StatusCode) -> Option<Summary> {
        let row = Summary { status, ..self.window.row_of(id)?.clone() };
        self.window.replace(row.clone());
        Some(row)
    }

    /// Deliveries were captured that did not come in here: the store has to be asked.
    pub fn lost(&mut self) {
        self.loading.lost();
        if self.follow || self.window.is_empty() {
            self.loading.jump(Jump::Newest);
        } else {
            self.window.newer = true;
            self.unseen.or_more = true;
        }
    }

    /// The page to read now, if rows are missing where the user is.
    pub fn ask(&mut self, height: usize) -> Option<Cursor> {
        if self.window.is_spent() {
            self.loading.jump(self.selected.map_or(Jump::Newest, Jump::To));
        }
        let extend = if self.outdated { None } else { self.missing(height) };
        self.loading.ask(extend)
    }

    fn missing(&self, height: usize) -> Option<Cursor> {
        let Window { newer, older, .. } = self.window;
        if newer && self.top < MARGIN {
            let overlap = OVERLAP.min(self.window.len().saturating_sub(1));
            return self.window.id(overlap).map(Cursor::After);
        }
        let ahead = self.window.len().saturating_sub(self.top + height);
        self.window.oldest().filter(|_| older && ahead < MARGIN).map(Cursor::Before)
    }

    /// Takes in a page; one that was not asked for is dropped.
    pub fn loaded(&mut self, generation: u64, cursor: Cursor, page: Result<Page, String>) {
        let Some((load, page)) = self.loading.answer(generation, cursor, page) else { return };
        match load.jump {
            Some(Jump::To(_)) if page.rows.is_empty() => {
                return self.loading.jump(Jump::Newest);
            }
            Some(jump) => self.replace(jump, page),
            None => self.extend(cursor, page),
        }
        // Before the others are joined: a lost one may belong below them.
        if load.lossy {
            self.lost();
        }
        for row in load.arrived {
            self.join(row);
        }
    }

    fn replace(&mut self, jump: Jump, page: Page) {
        let Page { rows, more } = page;
        self.window = match jump {
            Jump::Newest => Window::new(rows, false, more),
            Jump::Oldest => Window::new(rows, more, false),
            Jump::To(_) => Window::new(rows, true, more),
        };
        let last = self.window.len().saturating_sub(1);
        self.top = if jump == Jump::Oldest { last } else { 0 };
        self.selected = self.window.id(self.top);
        self.outdated = false;
    }

    fn extend(&mut self, cursor: Cursor, page: Page) {
        match cursor {
            Cursor::Before(_) => {
                self.window.extend_older(page.rows);
                self.window.older = page.more;
            }
            Cursor::After(_) => {
                self.top += self.window.extend_newer(page.rows);
                self.window.newer = page.more;
            }
            // Pages from an end are only ever jumped to.
            Cursor::Newest | Cursor::Oldest => {}
        }
        self.trim();
    }

    /// Puts a captured delivery among the rows. What is in sight stays where it is.
    fn join(&mut self, row: Summary) {
        if self.window.insert(row).is_some_and(|place| place <= self.top) {
            self.top += 1;
        }
        self.trim();
    }

    /// Keeps the memory bounded, at the end that is farther from what is in sight.
    fn trim(&mut self) {
        if self.top > self.window.len() / 2 {
            self.top -= self.window.drop_newest();
        } else {
            self.window.drop_oldest();
        }
    }

    /// Brings selection and first row into what is there and in sight. Everything that changes the
    /// list ends here.
    pub fn settle(&mut self, height: usize) {
        let lowest_top = self.window.len().saturating_sub(height);
        if self.follow {
            self.top = 0;
            self.selected = self.window.id(0);
        } else {
            let cursor = self.cursor().unwrap_or(0);
            self.selected = self.window.id(cursor);
            let furthest = (cursor + 1).saturating_sub(height);
            self.top = self.top.clamp(furthest, cursor).min(lowest_top);
        }
        if self.top == 0 && !self.window.newer {
            self.unseen = Unseen::default();
        }
    }

    /// Shows what matches another filter, from `around` on if given, else from the newest.
    pub fn apply(&mut self, filter: Applied, around: Option<DeliveryId>) {
        self.filter = filter;
        self.outdated = true;
        self.unseen = Unseen::default();
        self.loading.restart(around.map_or(Jump::Newest, Jump::To));
    }

    /// Moves the selection by so many rows, towards the older ones.
    pub fn move_by(&mut self, rows: isize) {
        if let Some(cursor) = self.cursor() {
            self.select(cursor.saturating_add_signed(rows).min(self.window.len() - 1));
        }
    }

    /// Selects the delivery at that place. Leaving the newest one ends following.
    pub fn select(&mut self, place: usize) {
        if let Some(id) = self.window.id(place) {
            self.selected = Some(id);
            self.follow &= place == 0;
        }
    }

    /// Selects the newest delivery.
    pub fn first(&mut self) {
        if self.window.newer {
            self.loading.jump(Jump::Newest);
        } else {
            self.select(0);
        }
    }

    /// Selects the oldest delivery.
    pub fn last(&mut self) {
        if self.window.older {
            self.follow = false;
            self.loading.jump(Jump::Oldest);
        } else {
            self.select(self.window.len().saturating_sub(1));
        }
    }

    /// Keeps the newest delivery selected from now on, or no longer.
    pub fn set_follow(&mut self, follow: bool) {
        self.follow = follow;
        if follow {
            self.first();
        }
    }

    /// Lets a page that failed be asked for again.
    pub fn retry(&mut self) {
        self.loading.retry();
    }

    /// Looks for text in the rows from the selection on; false if it is not there.
    pub fn search(&mut self, text: &str) -> bool {
        self.search = Needle::new(text);
        self.step(Step::Here)
    }

    /// Selects a neighbouring match; false if there is none.
    pub fn step(&mut self, step: Step) -> bool {
        let holds = |place| self.window.row(place).is_some_and(|row| says(row, &self.search));
        let cursor = self.cursor().unwrap_or(0);
        let found = nearest(cursor, self.window.len(), step, holds);
        if let Some(place) = found {
            self.select(place);
        }
        found.is_some()
    }
}

#[cfg(test)]
mod tests;
