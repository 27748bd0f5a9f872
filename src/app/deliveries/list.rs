//! The list itself: what there is of it, and what can be told about it.

use super::applied::{Applied, Unseen};
use super::bin::Bin;
use super::loading::{Jump, Loading};
use super::matches::Matches;
use super::pins::Pins;
use super::sight::Sight;
use super::sorted::Sorted;
use super::window::Window;
use crate::app::search::Needle;
use crate::domain::delivery::DeliveryId;

/// The stream pane.
#[derive(Clone, Debug)]
pub struct Deliveries {
    pub(super) sight: Sight,
    /// The rows in memory are of an earlier filter or order, until the first page of this one is here.
    pub(super) outdated: bool,
    pub(super) unseen: Unseen,
    pub(super) filter: Applied,
    pub(super) matches: Matches,
    pub(super) loading: Loading,
    pub(super) sorted: Option<Sorted>,
    pub(super) pins: Pins,
    pub(super) bin: Bin,
    pub(super) search: Needle,
}

impl Default for Deliveries {
    fn default() -> Self {
        let window = Window::default();
        Self {
            sight: Sight { window, selected: None, top: 0, follow: true },
            outdated: false,
            unseen: Unseen::default(),
            filter: Applied::default(),
            matches: Matches::default(),
            loading: Loading::of(Jump::Newest),
            sorted: None,
            pins: Pins::default(),
            bin: Bin::default(),
            search: Needle::default(),
        }
    }
}

impl Deliveries {
    /// The rows in memory, newest first unless they are sorted.
    #[must_use]
    pub fn window(&self) -> &Window {
        &self.sight.window
    }

    /// The place of the first row in sight.
    #[must_use]
    pub fn top(&self) -> usize {
        self.sight.top
    }

    /// The selected delivery.
    #[must_use]
    pub fn selected(&self) -> Option<DeliveryId> {
        self.sight.selected
    }

    /// The place of the selected delivery, or of the nearest one.
    #[must_use]
    pub fn cursor(&self) -> Option<usize> {
        self.sight.cursor()
    }

    /// In which other order the list is, if it is.
    #[must_use]
    pub fn sorted(&self) -> Option<&Sorted> {
        self.sorted.as_ref()
    }

    /// The pinned columns.
    #[must_use]
    pub fn pins(&self) -> &Pins {
        &self.pins
    }

    /// What is deleted but can be brought back.
    #[must_use]
    pub fn bin(&self) -> &Bin {
        &self.bin
    }

    /// The same, to let its time pass.
    pub fn bin_mut(&mut self) -> &mut Bin {
        &mut self.bin
    }

    /// The delivery to stay at when the filter changes: none while the newest one is followed.
    #[must_use]
    pub fn anchor(&self) -> Option<DeliveryId> {
        self.sight.selected.filter(|_| !self.sight.follow)
    }

    /// Whether the newest delivery is kept selected: also the first one of a list without any.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.sight.follow || self.sight.selected.is_none()
    }

    /// The deliveries above what is in sight, or not in the picture, that were not looked at.
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
        let window = &self.sight.window;
        self.outdated
            || self.loading.is_jumping()
            || window.is_empty() && (window.older || window.newer)
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
}
