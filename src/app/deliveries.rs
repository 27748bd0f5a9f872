//! The list of deliveries: which part of it is in memory, what is selected, what the filter is.
//!
//! The store is the truth. Arrivals keep the newest end fresh, pages read from the store bring
//! everything else, and both are joined by the delivery's id. Nothing is ever sorted, counted or
//! filtered over the whole list here.
//!
//! Reading order: [`applied`] (the filter), [`row`], [`window`] (the rows in memory), [`loading`] (the
//! page on its way), [`mod@matches`] (how many there are); here: what is told, comes in, is done.

use std::collections::BTreeSet;

use http::StatusCode;

use super::search::{Needle, Step, nearest};
use crate::domain::delivery::DeliveryId;
use crate::domain::page::{Cursor, Page, Tally};
use crate::domain::record::{Record, Summary};
pub use applied::{Applied, Unseen};
use loading::{Jump, Loading};
use matches::Matches;
pub use row::is_sure_repeat;
use row::says;
use window::Window;

pub mod applied;
pub mod row;
pub mod window;
pub mod loading;
pub mod matches;

/// Rows that are read from the store at once.
pub const PAGE_ROWS: usize = 200;
/// When fewer rows than these lie ahead in memory, more are read.
const MARGIN: usize = PAGE_ROWS / 2;

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
    matches: Matches,
    loading: Loading,
    search: Needle,
}

impl Default for Deliveries {
    fn default() -> Self {
        Self {
            window: Window::default(),
            outdated: false,
            selected: None,
            top: 0,
            follow: true,
            unseen: Unseen::default(),
            filter: Applied::default(),
            matches: Matches::default(),
            loading: Loading::of(Jump::Newest),
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

    /// Whether the newest delivery is kept selected: also the first one of a list without any.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.follow || self.selected.is_none()
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

    /// How many deliveries match the filter; none without one.
    #[must_use]
    pub fn matches(&self) -> Option<&Matches> {
        (!self.filter.filter.is_empty()).then_some(&self.matches)
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
            || self.window.is_empty() && (self.window.older || self.window.newer)
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
        self.matches.arrived();
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
        if self.window.is_spent() {
            self.loading.jump(self.selected.map_or(Jump::Newest, Jump::To));
        }
        self.selected = self.cursor().and_then(|cursor| self.window.id(cursor));
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

    /// Deliveries were captured that did not come in here, so many of the list if somebody counted:
    /// the store has to be asked.
    pub fn lost(&mut self, counted: Option<u64>) {
        self.loading.lost();
        self.matches.lost();
        if self.follow || self.window.is_empty() {
            self.loading.jump(Jump::Newest);
        } else {
            self.window.lost();
            self.unseen.count += counted.unwrap_or(0);
            self.unseen.or_more |= counted.is_none();
        }
    }

    /// The page to read now, if rows are missing where the user is.
    pub fn ask(&mut self, height: usize) -> Option<Cursor> {
        let extend = if self.outdated { None } else { self.missing(height) };
        self.loading.ask(extend)
    }

    fn missing(&self, height: usize) -> Option<Cursor> {
        let newer = self.window.to_newer().filter(|_| self.top < MARGIN);
        let ahead = self.window.len().saturating_sub(self.top + height);
        newer.or_else(|| self.window.to_older().filter(|_| ahead < MARGIN))
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
        let Some((load, page)) = self.loading.answer(generation, cursor, page) else { return };
        let is_counted = self.matches.looked(cursor, page.rows.len(), page.next);
        if let Some(jump) = load.jump {
            self.replace(jump, page);
        } else {
            self.top += self.window.extend(cursor, page);
            self.trim();
        }
        // Nothing from there on matches.
        if self.window.is_vain() {
            self.loading.jump(Jump::Newest);
        }
        // Before the others are joined: a lost one may belong below them.
        if load.lossy {
            self.lost(None);
        }
        for row in load.arrived {
            // Those that arrived before the count began were left to it.
            if self.join(row) && is_counted && cursor == Cursor::Newest {
                self.matches.arrived();
            }
        }
    }

    fn replace(&mut self, jump: Jump, page: Page) {
        // A place that was jumped to may have newer ones above it.
        self.window = Window::of(page, jump == Jump::Oldest, matches!(jump, Jump::To(_)));
        let last = self.window.len().saturating_sub(1);
        self.top = if jump == Jump::Oldest { last } else { 0 };
        self.selected = self.window.id(self.top);
        self.outdated = false;
    }

    /// Puts a captured delivery among the rows; false if it is not one of them or was there already.
    /// What is in sight stays where it is.
    fn join(&mut self, row: Summary) -> bool {
        let place = self.window.insert(row);
        if place.is_some_and(|place| place <= self.top) {
            self.top += 1;
        }
        self.trim();
        place.is_some()
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
        self.matches = Matches::default();
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

    /// Selects a delivery, or the nearest older one in the list.
    pub fn go_to(&mut self, id: DeliveryId) {
        self.follow = false;
        match self.window.place(id) {
            Ok(place) => self.select(place),
            Err(_) => self.loading.jump(Jump::To(id)),
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
