//! The open delivery: its tabs, where the reader stands in each, and what is being loaded.
//!
//! It shows one delivery whole or nothing. While another one is loading, the one before stays, so
//! that nothing blinks; at most one load is under way, however fast the selection moves.
//!
//! Reading order: [`rules`], [`repeats`] and [`facts`] (what the tabs say); [`fetching`], [`attempt_facts`],
//! [`mod@column`] and [`attempts`] (the tab of what was sent outward); [`content`] (one tab to move
//! in), `shown` (all of them), then here.

use std::borrow::Cow;
use std::sync::Arc;

use super::attempted::{self, OpenedAttempt};
use super::document::Document;
use super::keymap::Keymap;
use super::message::Opened;
use super::search::{Needle, Step};
use super::tab::Tab;
use crate::domain::attempt::{Attempt, AttemptId, Purpose};
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::Answer;
use crate::domain::event::ProviderId;
use crate::domain::record::{Record, Summary};
use attempts::Attempts;
use content::Content;
use fetching::Fetching;
use shown::Shown;

pub mod rules;
pub mod repeats;
pub mod facts;
pub mod fetching;
pub mod attempt_facts;
pub mod column;
pub mod attempts;
pub mod content;
mod shown;

/// The detail pane.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    tab: Tab,
    /// The last tab on top that was not that of the attempts.
    beside: Tab,
    shown: Option<Shown>,
    loading: Option<DeliveryId>,
    failure: Option<(DeliveryId, String)>,
    search: Needle,
    /// What is on its way, for whichever delivery.
    under_way: Vec<Fetching>,
    /// What the tabs name as the keys to press.
    keymap: Arc<Keymap>,
}

impl Detail {
    /// Nothing yet; its tabs will name these keys.
    #[must_use]
    pub fn new(keymap: Arc<Keymap>) -> Self {
        Self { keymap, ..Self::default() }
    }

    /// The tab on top.
    #[must_use]
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// The tab that is shown beside the attempts where they have a pane of their own.
    #[must_use]
    pub fn beside(&self) -> Tab {
        self.beside
    }

    /// The delivery that is shown.
    #[must_use]
    pub fn record(&self) -> Option<&Arc<Record>> {
        self.shown.as_ref().map(|shown| &shown.record)
    }

    /// The id of the delivery that is shown.
    #[must_use]
    pub fn id(&self) -> Option<DeliveryId> {
        self.record().map(|record| record.id)
    }

    /// What the endpoint answers to the delivery that is shown; none where an app answers.
    #[must_use]
    pub fn usual_answer(&self) -> Option<&Answer> {
        self.shown.as_ref()?.about.answer.as_ref()
    }

    /// What was sent outward about the delivery that is shown.
    #[must_use]
    pub fn attempts(&self) -> Option<&Attempts> {
        match self.shown.as_ref()?.contents.get(Tab::Attempts as usize)? {
            Content::Attempts(attempts) => Some(attempts),
            Content::Lines(_) | Content::Document(_) => None,
        }
    }

    fn attempts_mut(&mut self) -> Option<&mut Attempts> {
        match self.shown.as_mut()?.contents.get_mut(Tab::Attempts as usize)? {
            Content::Attempts(attempts) => Some(attempts),
            Content::Lines(_) | Content::Document(_) => None,
        }
    }

    /// What stands on a tab: its word, and how many attempts there are where that is known.
    #[must_use]
    pub fn title(&self, tab: Tab) -> Cow<'static, str> {
        match (tab, self.attempts().and_then(Attempts::count)) {
            (Tab::Attempts, Some(count)) => format!("{} {count}", tab.title()).into(),
            _ => tab.title().into(),
        }
    }

    /// What the tab on top holds.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        self.content_of(self.tab)
    }

    /// What a tab holds.
    #[must_use]
    pub fn content_of(&self, tab: Tab) -> Option<&Content> {
        self.shown.as_ref().map(|shown| &shown.contents[tab as usize])
    }

    /// The delivery that is being loaded.
    #[must_use]
    pub fn loading(&self) -> Option<DeliveryId> {
        self.loading
    }

    /// Why that delivery cannot be shown, if it was tried.
    #[must_use]
    pub fn failure(&self, id: DeliveryId) -> Option<&str> {
        let (failed, reason) = self.failure.as_ref()?;
        (*failed == id).then_some(reason)
    }

    /// The body of the delivery that is shown.
    #[must_use]
    pub fn document(&self) -> Option<&Arc<Document>> {
        match self.shown.as_ref()?.contents.get(Tab::Body as usize)? {
            Content::Document(view) => Some(view.document()),
            Content::Lines(_) | Content::Attempts(_) => None,
        }
    }

    /// What is looked for in this pane.
    #[must_use]
    pub fn needle(&self) -> &Needle {
        &self.search
    }

    /// The path of what is under the cursor: a JSON path in the body, a name elsewhere.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        self.content().map(Content::path).filter(|path| !path.is_empty())
    }

    /// The value under the cursor.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        self.content().map(Content::value).filter(|value| !value.is_empty())
    }

    /// Shows another tab. A search belongs to the tab that it was begun in.
    pub fn show(&mut self, tab: Tab) {
        if tab != self.tab {
            self.search("");
            self.tab = tab;
        }
        if tab != Tab::Attempts {
            self.beside = tab;
        }
    }

    /// Asks for the delivery, unless it is there, failed before, or a load is under way. The
    /// answer is what has to be loaded now.
    pub fn want(&mut self, id: DeliveryId) -> Option<DeliveryId> {
        let have = self.id() == Some(id) || self.failure(id).is_some();
        if have || self.loading.is_some() {
            return None;
        }
        self.loading = Some(id);
        self.loading
    }

    /// Takes in what was loaded. `url` is the address that the delivery was sent to.
    pub fn opened(&mut self, opened: &Opened, url: &str) {
        self.loading = None;
        self.failure = None;
        self.search = Needle::default();
        self.under_way.retain(|fetching| fetching.stored.is_none());
        let under_way = self.under_way_for(opened.record.id);
        self.shown = Some(Shown::new(opened, url, &under_way, &self.keymap));
    }

    /// Shows what is known of the delivery now, if it is the one that is shown.
    pub fn reinspected(&mut self, record: &Arc<Record>) {
        if let Some(shown) = self.shown.as_mut().filter(|shown| shown.record.id == record.id) {
            shown.record = Arc::clone(record);
            shown.tell();
        }
    }

    /// Asks for the deliveries of the same event, if the Overview is on top, or their timeline, and they
    /// have to be read.
    /// The answer is whose have to be loaded now.
    pub fn want_same(&mut self, is_timed: bool) -> Option<DeliveryId> {
        let is_told = self.tab == Tab::Overview || is_timed;
        let shown = self.shown.as_mut().filter(|_| is_told)?;
        std::mem::take(&mut shown.wants_same).then_some(shown.record.id)
    }

    /// The deliveries of the same event as the one that is shown, as far as they were read; oldest first.
    #[must_use]
    pub fn same(&self) -> &[Summary] {
        self.shown.as_ref().map_or(&[], |shown| &shown.same)
    }

    /// Takes in the deliveries of the same event as one.
    pub fn same_loaded(&mut self, id: DeliveryId, same: Vec<Summary>) {
        if let Some(shown) = self.shown.as_mut().filter(|shown| shown.record.id == id) {
            shown.same = same;
            shown.tell();
        }
    }

    /// A delivery came or was answered; if it is of the event that is shown, all are read again.
    pub fn came(&mut self, row: &Summary) {
        if let Some(shown) = &mut self.shown {
            shown.wants_same |= row.sameness == shown.sameness;
        }
    }

    /// The delivery could not be loaded.
    pub fn failed(&mut self, id: DeliveryId, reason: String) {
        self.loading = None;
        self.shown = None;
        self.failure = Some((id, reason));
    }

    /// Lets what failed be asked for again.
    pub fn retry(&mut self) {
        self.failure = None;
        if let Some(attempts) = self.attempts_mut() {
            attempts.retry();
        }
    }

    /// Asks for the attempts about the delivery that is shown, if their tab is on top or they are in
    /// sight elsewhere, and if they have to be read. The answer is whose have to be loaded now.
    pub fn want_attempts(&mut self, is_in_sight: bool) -> Option<DeliveryId> {
        let id = self.id().filter(|_| is_in_sight || self.tab == Tab::Attempts)?;
        self.attempts_mut()?.want().then_some(id)
    }

    /// Takes in the attempts about a delivery.
    pub fn attempts_loaded(
        &mut self,
        delivery: DeliveryId,
        opened: Result<attempted::Opened, String>,
    ) {
        if self.id() != Some(delivery) {
            return;
        }
        let stored = |id| match &opened {
            Ok(opened) => opened.attempts.iter().any(|attempt| attempt.id == Some(id)),
            Err(_) => true,
        };
        self.under_way.retain(|fetching| !fetching.stored.is_some_and(stored));
        let under_way = self.under_way_for(delivery);
        let is_new = self.attempts_mut().is_some_and(|it| it.loaded(opened, under_way));
        if is_new && self.tab == Tab::Attempts {
            self.search = Needle::default();
        }
    }

    /// A fetch was sent.
    pub fn sent(&mut self, fetching: Fetching) {
        let delivery = fetching.delivery;
        self.under_way.push(fetching);
        let under_way = self.under_way_for(delivery);
        if let Some(attempts) = self.attempts_mut_of(delivery) {
            attempts.sent(under_way);
        }
    }

    /// Something was sent about a delivery and has come back. What is stored is read from there if
    /// that delivery is shown, and stays on its way until then. `provider` is whose API it spoke to.
    pub fn attempted(
        &mut self,
        delivery: DeliveryId,
        id: Option<AttemptId>,
        attempt: Arc<Attempt>,
        provider: Option<ProviderId>,
    ) {
        let is_shown = self.id() == Some(delivery);
        let place = self.under_way.iter().position(|fetching| {
            let Fetching { delivery: of, url, stored, .. } = fetching;
            *of == delivery && *url == attempt.call.url && stored.is_none()
        });
        if let Some(place) = place.filter(|_| attempt.purpose == Purpose::Fetch) {
            self.under_way[place].stored = id;
            if id.is_none() || !is_shown {
                self.under_way.remove(place);
            }
        }
        let under_way = self.under_way_for(delivery);
        let Some(attempts) = self.attempts_mut_of(delivery) else { return };
        if id.is_some() {
            attempts.outdated();
        } else {
            attempts.unstored(OpenedAttempt::of(None, attempt, provider, None), under_way);
        }
    }

    /// Something was sent, which may be about the delivery that is shown. If `at_once` is false and
    /// the attempts are being read, that is enough.
    pub fn attempts_outdated(&mut self, at_once: bool) {
        if let Some(attempts) = self.attempts_mut().filter(|it| at_once || !it.is_reading()) {
            attempts.outdated();
        }
    }

    fn under_way_for(&self, delivery: DeliveryId) -> Vec<Fetching> {
        let of_it = self.under_way.iter().filter(|fetching| fetching.delivery == delivery);
        of_it.cloned().collect()
    }

    fn attempts_mut_of(&mut self, delivery: DeliveryId) -> Option<&mut Attempts> {
        if self.id() == Some(delivery) { self.attempts_mut() } else { None }
    }

    /// Shows an older attempt, or a newer one if negative.
    pub fn step_attempt(&mut self, older: isize) {
        if self.attempts_mut().is_some_and(|attempts| attempts.step(older)) {
            self.search = Needle::default();
        }
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        self.shown = None;
        self.failure = None;
        self.search = Needle::default();
    }

    /// What the tab on top holds, to move and fold in.
    pub fn content_mut(&mut self) -> Option<&mut Content> {
        self.content_of_mut(self.tab)
    }

    /// What a tab holds, to move in.
    pub fn content_of_mut(&mut self, tab: Tab) -> Option<&mut Content> {
        self.shown.as_mut().map(|shown| &mut shown.contents[tab as usize])
    }

    /// Looks for text from here on; false if it is not there.
    pub fn search(&mut self, text: &str) -> bool {
        self.search = Needle::new(text);
        self.step(Step::Here)
    }

    /// Goes to a neighbouring match; false if there is none.
    pub fn step(&mut self, step: Step) -> bool {
        let Some(shown) = &mut self.shown else { return false };
        shown.contents[self.tab as usize].search(&self.search, step)
    }
}

#[cfg(test)]
mod tests;
