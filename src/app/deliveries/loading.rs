//! What is read from the store for the list: one page at a time, and never one of a filter that is
//! gone.

use std::collections::BTreeSet;

use crate::domain::delivery::DeliveryId;
use crate::domain::page::{Cursor, Page};
use crate::domain::record::Summary;

/// A new beginning of the list: the page that replaces the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// To the newest rows.
    Newest,
    /// To the oldest rows.
    Oldest,
    /// To this delivery, or the nearest older one that matches.
    To(DeliveryId),
}

impl Jump {
    /// Which page that is.
    #[must_use]
    pub fn cursor(self) -> Cursor {
        match self {
            Self::Newest => Cursor::Newest,
            Self::Oldest => Cursor::Oldest,
            // `Before` leaves its delivery out.
            Self::To(DeliveryId(id)) => Cursor::Before(DeliveryId(id.saturating_add(1))),
        }
    }
}

/// A page on its way, or just arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Which page.
    pub cursor: Cursor,
    /// It replaces the rows and is not joined to them.
    pub jump: Option<Jump>,
    /// Arrivals since it was asked for: the store may have read the page before them.
    pub arrived: Vec<Summary>,
    /// Arrivals were lost since it was asked for, so that the page may miss some.
    pub lossy: bool,
    /// Deliveries that are gone since it was asked for.
    gone: BTreeSet<DeliveryId>,
}

impl Load {
    /// More arrivals than these are not kept beside one page.
    const MOST_ARRIVED: usize = 1_000;
}

/// The page on its way and the one to ask for next.
#[derive(Clone, Debug, Default)]
pub struct Loading {
    generation: u64,
    next: Option<Jump>,
    load: Option<Load>,
    failure: Option<String>,
    /// Deliveries may be gone that nobody told of.
    doubtful: bool,
}

impl Loading {
    /// Counts the filters; a page of an older one is dropped.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether the rows are about to be replaced.
    #[must_use]
    pub fn is_jumping(&self) -> bool {
        self.next.is_some() || self.load.as_ref().is_some_and(|load| load.jump.is_some())
    }

    /// Whether a page is on its way, or has to be.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.next.is_some() || self.load.is_some()
    }

    /// Why the last page could not be read. Nothing is asked for until [`Loading::retry`].
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Begins anew for another filter: what is on its way counts no more.
    pub fn restart(&mut self, jump: Jump) {
        let generation = self.generation + 1;
        *self = Self { generation, next: Some(jump), ..Self::default() };
    }

    /// Nothing was read yet, and this is to be jumped to.
    #[must_use]
    pub fn of(jump: Jump) -> Self {
        Self { next: Some(jump), ..Self::default() }
    }

    /// Replaces the rows as soon as the page on its way is here.
    pub fn jump(&mut self, jump: Jump) {
        self.next = Some(jump);
        self.failure = None;
    }

    /// Lets a page that failed be asked for again.
    pub fn retry(&mut self) {
        self.failure = None;
    }

    /// The page to ask for now: the one to jump to, else the one to extend the rows with.
    pub fn ask(&mut self, extend: Option<Cursor>) -> Option<Cursor> {
        if self.load.is_some() || self.failure.is_some() {
            return None;
        }
        let jump = self.next;
        let cursor = jump.map(Jump::cursor).or(extend)?;
        self.load =
            Some(Load { cursor, jump, arrived: Vec::new(), lossy: false, gone: BTreeSet::new() });
        self.next = None;
        Some(cursor)
    }

    /// The page on its way with its rows; none if this is not the page that was asked for, or it
    /// could not be read.
    pub fn answer(
        &mut self,
        generation: u64,
        cursor: Cursor,
        page: Result<Page, String>,
    ) -> Option<(Load, Page)> {
        let expected = |load: &mut Load| generation == self.generation && load.cursor == cursor;
        let load = self.load.take_if(expected)?;
        match page {
            Ok(mut page) => {
                page.rows.retain(|row| !load.gone.contains(&row.id));
                Some((load, page))
            }
            Err(reason) => {
                self.next = self.next.or(load.jump);
                self.failure = Some(reason);
                None
            }
        }
    }

    /// Keeps a matching arrival until the page on its way is here.
    pub fn arrived(&mut self, row: &Summary) {
        let Some(load) = &mut self.load else { return };
        if load.arrived.len() < Load::MOST_ARRIVED {
            load.arrived.push(row.clone());
        } else {
            load.lossy = true;
        }
    }

    /// Deliveries are gone, which the page on its way may not know.
    pub fn gone(&mut self, ids: &BTreeSet<DeliveryId>) {
        let Some(load) = &mut self.load else { return };
        load.arrived.retain(|row| !ids.contains(&row.id));
        load.gone.extend(ids);
    }

    /// Whether it has to be looked after which deliveries are gone; it then counts as done.
    pub fn doubts(&mut self) -> bool {
        std::mem::take(&mut self.doubtful)
    }

    /// Arrivals were lost.
    pub fn lost(&mut self) {
        self.failure = None;
        self.doubtful = true;
        if let Some(load) = &mut self.load {
            load.lossy = true;
        }
    }
}
